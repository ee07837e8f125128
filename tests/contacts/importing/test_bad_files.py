"""Files that are none of ours: each gets a sentence of its own."""

import zipfile
from pathlib import Path

import pytest

from contacts.importing.readers import open_table
from contacts.importing.readers.refusals import (
    EmptyFile,
    FileTooLarge,
    UnreadableFile,
    WrongFileType,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liste.csv"


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b";;;\n;;;\n", b"\xef\xbb\xbf"])
def test_a_file_without_rows_is_empty(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(EmptyFile):
        open_table(path)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "eine PDF-Datei"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00", "ein Windows-Programm"),
        (b"\x7fELF\x02\x01\x01", "ein Programm"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "ein Bild"),
        (b"\x1f\x8b\x08\x00\x00", "ein gepacktes Archiv"),
        (b"<!DOCTYPE html><html><table>", "eine Internetseite oder XML-Datei"),
        (bytes(range(256)) * 20, "keine Textdatei"),
    ],
)
def test_a_renamed_file_is_called_what_it_is(path: Path, content: bytes, what: str) -> None:
    path.write_bytes(content)

    with pytest.raises(WrongFileType) as refusal:
        open_table(path)

    assert refusal.value.data["found"] == what
    assert refusal.value.message == (
        f"Das ist {what}, keine Adressliste. "
        "Bitte wählen Sie eine CSV-, Excel-, OpenDocument- oder vCard-Datei."
    )


@pytest.mark.parametrize(
    ("member", "what"),
    [("liste.csv", "ein gepacktes Archiv (ZIP)"), ("word/document.xml", "ein Word-Dokument")],
)
def test_an_archive_is_not_a_spreadsheet(path: Path, member: str, what: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "Vorname;Nachname")

    with pytest.raises(WrongFileType) as refusal:
        open_table(path)

    assert refusal.value.data["found"] == what


def test_a_cut_off_workbook_is_damaged(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"x" * 200)

    with pytest.raises(WrongFileType) as refusal:
        open_table(path)

    assert refusal.value.message.startswith("Die Datei ist beschädigt oder unvollständig.")


def test_an_ole_file_that_is_no_workbook_is_told(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000)

    with pytest.raises(UnreadableFile) as refusal:
        open_table(path)

    assert "in Excel" in refusal.value.message


def test_a_workbook_that_swells_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contacts.importing.readers.filetypes.UNPACKED_LIMIT", 1000)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 5000)

    with pytest.raises(FileTooLarge):
        open_table(path)


def test_size_has_a_limit_that_can_be_set(path: Path, settings: object) -> None:
    path.write_bytes(b"Vorname;Nachname\n" + b"Hans;Maier\n" * 100_000)
    settings.IMPORT_MAX_BYTES = 1024 * 1024  # type: ignore[attr-defined]

    with pytest.raises(FileTooLarge) as refusal:
        open_table(path)

    assert refusal.value.message == (
        "Die Datei ist 1\u00a0MB groß, angenommen werden höchstens 1\u00a0MB. "
        "Bitte teilen Sie sie auf."
    )
