"""Files of proof as they are uploaded: single ones, or one ZIP archive of them."""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from consent import evidences
from consent.importing.proofs import Proofs
from crm.kernel import errors


@dataclass(frozen=True, slots=True)
class _Single:
    files: dict[str, "UploadedFile[Any]"]

    def __contains__(self, name: object) -> bool:
        return name in self.files

    def __getitem__(self, name: str) -> bytes:
        file = self.files[name]
        file.seek(0)
        return bytes(file.read())


@dataclass(frozen=True, slots=True)
class _Archive:
    """Members by their names without folders, unpacked one at a time."""

    archive: ZipFile
    members: dict[str, ZipInfo]

    def __contains__(self, name: object) -> bool:
        return name in self.members

    def __getitem__(self, name: str) -> bytes:
        member = self.members[name]
        try:
            with self.archive.open(member) as packed:
                return packed.read(evidences.MAX_BYTES + 1)  # one more is refused as too large
        # damaged, packed in a way that Python does not know, or behind a password
        except (BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            sentence = _("%(name)s lässt sich nicht entpacken (%(why)s).")
            raise _refused([sentence % {"name": name, "why": error}]) from error


def proofs_of(uploaded: "Sequence[UploadedFile[Any]] | None") -> Proofs | None:
    """What was uploaded; None if nothing was.

    :raises errors.Invalid: two files have one name, or an archive cannot be read (``evidence``)
    """
    if not uploaded:
        return None
    if len(uploaded) == 1 and (uploaded[0].name or "").lower().endswith(".zip"):
        return _unpacked(uploaded[0])
    _require_different(file.name or "" for file in uploaded)
    return _Single({file.name or "": file for file in uploaded})


def _unpacked(file: "UploadedFile[Any]") -> Proofs:
    try:
        archive = ZipFile(file)
    except BadZipFile as error:
        raise _refused([_("Die Datei ist kein ZIP-Archiv. Bitte packen Sie sie neu.")]) from error
    members = [each for each in archive.infolist() if not each.is_dir()]
    _require_different(PurePosixPath(each.filename).name for each in members)
    return _Archive(archive, {PurePosixPath(each.filename).name: each for each in members})


def _require_different(names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        sentence = _("Mehrere Dateien heißen %(name)s. Bitte benennen Sie sie verschieden.")
        raise _refused([sentence % {"name": name} for name in twice])


def _refused(sentences: list[str]) -> errors.Invalid:
    return errors.Invalid({"evidence": sentences})
