"""Photos in pieces over a bad connection: whole, once, and with the contact of their lead."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from crm.kernel import errors
from history.fairs import files, tasks
from history.fairs.capturing import Arrival
from history.models import Attachment, LeadCapture, LeadFile, StoredFile
from tests.history.fairs.conftest import NAMED

Send = Callable[..., Arrival]
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 400
SHA = hashlib.sha256(PHOTO).hexdigest()
FILE = {"sha256": SHA, "size": len(PHOTO), "kind": "CARD", "name": "C:\\Fotos\\karte.jpg"}
PIECE = 20_000


@pytest.fixture
def lead(send: Send) -> LeadCapture:
    return send(NAMED, files=[FILE]).lead


def uploads(settings: Any) -> list[Path]:
    return [each for each in (Path(settings.MEDIA_ROOT) / "uploads").glob("*") if each.is_file()]


def take(lead: LeadCapture, offset: int, piece: bytes, at: datetime, sha: str = SHA) -> LeadFile:
    return files.take(lead=lead, sha256=sha, offset=offset, piece=piece, at=at)


def test_a_connection_that_fails_at_every_third_request(
    lead: LeadCapture, at: datetime, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    requests, offset = 0, 0
    with django_capture_on_commit_callbacks(execute=True):
        while offset < len(PHOTO):
            requests += 1
            try:
                known = take(lead, offset, PHOTO[offset : offset + PIECE], at).received
            except files.WrongOffset as refusal:
                known = int(str(refusal.data["received"]))
            if requests % 3:  # of every third one the answer is lost
                offset = known
    assert requests == 8
    file = LeadFile.objects.get()
    assert (file.received, file.partial.name) == (len(PHOTO), "")
    assert file.stored is not None
    assert file.stored.file.read() == PHOTO
    assert (file.stored.media_type, file.name) == ("image/jpeg", "karte.jpg")
    attached = Attachment.objects.get()
    assert (attached.touchpoint, attached.name) == (lead.touchpoint, "karte.jpg")
    assert uploads(settings) == []


def test_a_piece_that_was_written_but_not_counted_is_overwritten(
    lead: LeadCapture, at: datetime
) -> None:
    take(lead, 0, PHOTO[:PIECE], at)
    file = LeadFile.objects.get()
    with file.partial.storage.open(file.partial.name, "ab") as target:
        target.write(b"of an interrupted request")
    take(lead, PIECE, PHOTO[PIECE:], at)
    assert StoredFile.objects.get().file.read() == PHOTO


def test_announced_twice_and_sent_twice_it_is_there_once(
    lead: LeadCapture, send: Send, at: datetime
) -> None:
    take(lead, 0, PHOTO, at)
    send(NAMED, files=[FILE, FILE])
    with pytest.raises(files.WrongOffset) as caught:
        take(lead, 0, PHOTO, at)
    assert caught.value.data == {"received": len(PHOTO)}
    assert take(lead, len(PHOTO), b"", at).received == len(PHOTO)
    assert LeadFile.objects.count() == StoredFile.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_the_same_photo_on_two_slips_is_stored_once(
    lead: LeadCapture, send: Send, at: datetime
) -> None:
    other = send(NAMED, id=uuid4(), files=[FILE]).lead
    for each in (lead, other):
        take(each, 0, PHOTO, at)
    assert StoredFile.objects.count() == 1
    assert Attachment.objects.count() == 2


def test_a_changed_file_starts_again(
    lead: LeadCapture, at: datetime, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        take(lead, 0, PHOTO[:PIECE], at)
        with pytest.raises(files.WrongHash) as caught:
            take(lead, PIECE, bytes(len(PHOTO) - PIECE), at)
    assert caught.value.data == {"received": 0}
    assert LeadFile.objects.get().received == 0
    assert uploads(settings) == []
    assert not StoredFile.objects.exists()
    take(lead, 0, PHOTO, at)
    assert StoredFile.objects.get().sha256 == SHA


def test_a_file_of_a_slip_without_a_name_waits_with_it(send: Send, at: datetime) -> None:
    lead = send({}, files=[FILE]).lead
    take(lead, 0, PHOTO, at)
    assert not Attachment.objects.exists()
    named = send(NAMED, base={"name": "", "company_name": ""}).lead
    assert Attachment.objects.get().touchpoint == named.touchpoint


def test_it_hangs_on_the_contact_as_corrected(lead: LeadCapture, send: Send, at: datetime) -> None:
    take(lead, 0, PHOTO, at)
    later = send({"need": "x"}, base={"need": ""}).lead
    assert later.touchpoint is not None
    assert later.touchpoint.attachments.count() == 1


@pytest.mark.parametrize(
    ("offset", "piece", "refusal"),
    [
        (5, b"x", files.WrongOffset),
        (0, PHOTO + b"x", errors.Invalid),
        (0, bytes(files.MOST_PIECE_BYTES + 1), errors.Invalid),
    ],
)
def test_a_wrong_piece_changes_nothing(
    lead: LeadCapture, at: datetime, settings: Any, offset: int, piece: bytes, refusal: Any
) -> None:
    with pytest.raises(refusal):
        take(lead, offset, piece, at)
    assert LeadFile.objects.get().received == 0
    assert uploads(settings) == []


def test_what_nobody_announced_is_not_there(lead: LeadCapture, at: datetime) -> None:
    with pytest.raises(errors.NotFound):
        take(lead, 0, b"x", at, sha="b" * 64)


def test_a_program_is_not_kept(send: Send, at: datetime) -> None:
    content = b"MZ" + bytes(100)
    sha = hashlib.sha256(content).hexdigest()
    lead = send(NAMED, files=[{**FILE, "sha256": sha, "size": 102, "name": "karte.jpg"}]).lead
    with pytest.raises(files.Refused, match="ist ein Programm"):
        take(lead, 0, content, at, sha=sha)
    lead.refresh_from_db()
    assert lead.problems == ["„karte.jpg“ ist ein Programm und wird nicht angenommen."]
    assert not LeadFile.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ({**FILE, "sha256": "x"}, "„karte.jpg“ ist ohne Prüfsumme oder Größe angekündigt."),
        ({**FILE, "size": 0}, "„karte.jpg“ ist ohne Prüfsumme oder Größe angekündigt."),
        ({**FILE, "size": True}, "„karte.jpg“ ist ohne Prüfsumme oder Größe angekündigt."),
        ({**FILE, "size": 26 * 1024 * 1024}, "„karte.jpg“ hat 26 MB; möglich sind 25 MB."),
    ],
)
def test_what_cannot_come_is_told_at_once(send: Send, file: Any, problem: str) -> None:
    lead = send(NAMED, files=[file]).lead
    assert lead.problems == [problem]
    assert not LeadFile.objects.exists()
    assert lead.person is not None


def test_no_more_than_twenty(send: Send) -> None:
    many = [{**FILE, "sha256": f"{number:064x}"} for number in range(21)]
    lead = send(NAMED, files=many).lead
    assert lead.files.count() == 20
    assert lead.problems == ["„karte.jpg“ ist zu viel; möglich sind 20 Dateien."]


def test_what_was_given_up_is_deleted_after_30_days(
    lead: LeadCapture, at: datetime, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    take(lead, 0, PHOTO[:PIECE], at)
    assert files.drop_abandoned(at=at + timedelta(days=30)) == 0
    assert len(uploads(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert files.drop_abandoned(at=at + timedelta(days=30, seconds=1)) == 1
    assert uploads(settings) == []
    assert LeadFile.objects.get().received == 0
    assert tasks.drop_abandoned_uploads.name == "history.drop_abandoned_uploads"
