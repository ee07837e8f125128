"""Files of proof as they are uploaded."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consent import evidences
from consent.importing import proofs_of
from crm.kernel import errors


def packed(*members: tuple[str, bytes]) -> SimpleUploadedFile:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return SimpleUploadedFile("Nachweise.ZIP", buffer.getvalue())


def test_nothing_is_no_proof() -> None:
    assert proofs_of([]) is None
    assert proofs_of(None) is None


def test_single_files_are_found_by_their_names() -> None:
    files = proofs_of(
        [SimpleUploadedFile(f"zettel-{at}.pdf", f"%PDF-{at}".encode()) for at in (1, 2)]
    )
    assert files is not None
    assert ("zettel-2.pdf" in files, "zettel-3.pdf" in files) == (True, False)
    assert files["zettel-2.pdf"] == files["zettel-2.pdf"] == b"%PDF-2"


def test_an_archive_is_found_by_names_without_folders() -> None:
    files = proofs_of([packed(("2025/", b""), ("2025/zettel-1.pdf", b"%PDF-1"))])
    assert files is not None
    assert ("zettel-1.pdf" in files, "2025/zettel-1.pdf" in files) == (True, False)
    assert files["zettel-1.pdf"] == b"%PDF-1"


def test_of_a_member_no_more_is_unpacked_than_could_be_kept() -> None:
    files = proofs_of([packed(("a.pdf", b"0" * (evidences.MAX_BYTES + 1000)))])
    assert files is not None
    assert len(files["a.pdf"]) == evidences.MAX_BYTES + 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([SimpleUploadedFile("a.zip", b"PK no archive")], "kein ZIP-Archiv"),
        ([SimpleUploadedFile("a.pdf", b"1"), SimpleUploadedFile("a.pdf", b"2")], "heißen a.pdf"),
        ([packed(("x/a.pdf", b"1"), ("y/a.pdf", b"2"))], "heißen a.pdf"),
    ],
)
def test_what_cannot_be_told_apart_or_read_is_refused(
    files: list[SimpleUploadedFile], said: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        proofs_of(files)
    (sentence,) = refused.value.errors["evidence"]
    assert said in sentence


def test_a_damaged_member_is_refused_by_its_name() -> None:
    content = packed(("a.pdf", b"%PDF-1 scan")).read().replace(b"%PDF-1 scan", b"%PDF-1 scam")
    files = proofs_of([SimpleUploadedFile("nachweise.zip", content)])
    assert files is not None
    with pytest.raises(errors.Invalid) as refused:
        files["a.pdf"]
    assert "a.pdf lässt sich nicht entpacken" in refused.value.message
