"""Recording contacts: who may, what is refused, what is kept, and how it is corrected."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from consent import circumstances, gate
from consent.models import EventKind, LedgerEvent
from contacts import contact_points
from crm.accounts.models import RoleCode, Visibility
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history import access, attachments, corrections, timeline, touchpoints
from history.attachments import Upload
from history.models import Attachment, Participation, StoredFile, Touchpoint


def subjects(page: timeline.Page) -> list[str]:
    return [entry.subject for entry in page.entries]


def nothing_written() -> bool:
    return not Touchpoint.objects.exists() and not Participation.objects.exists()


def test_a_call_is_recorded_once_for_everybody(maier, make_person, havelberg, sales, at) -> None:
    haas = make_person("Friederike", "Haas")
    made = touchpoints.record(
        actor=None,
        channel="PHONE",
        direction="IN",
        happened_at=at - timedelta(minutes=5),
        times=touchpoints.Times(answered_at=at - timedelta(minutes=4), ended_at=at),
        persons=[(maier, "PARTNER"), (haas, "ATTENDEE")],
        companies=[havelberg],
        subject="  Angebot  ",
        body="Mit DALI-2.",
        outcome="REACHED",
        agent=sales,
        at=at,
    )
    assert (made.subject, made.agent, made.team) == ("Angebot", sales, sales.teams.get())
    rows = Participation.objects.filter(touchpoint=made).order_by("pk")
    assert [(row.person, row.company, row.role) for row in rows] == [
        (maier, None, "PARTNER"),
        (haas, None, "ATTENDEE"),
        (None, havelberg, "PARTNER"),
    ]
    assert {(row.happened_at, row.channel, row.direction, row.agent_id) for row in rows} == {
        (made.happened_at, "PHONE", "IN", sales.pk)
    }
    entry = AuditEntry.objects.get(action="touchpoint.recorded")
    assert (entry.object_type, entry.object_id) == ("history.touchpoint", made.pk)


def test_what_came_before_is_not_written_again(maier, took_place) -> None:
    first = took_place(maier, system="mail", external_id="<1@havelberg.example>", subject="Eins")
    again = took_place(maier, system="mail", external_id="<1@havelberg.example>", subject="Zwei")
    assert (again.pk, again.subject) == (first.pk, "Eins")
    other = took_place(maier, system="chat", external_id="<1@havelberg.example>")
    assert other.pk != first.pk
    assert Touchpoint.objects.count() == 2


def test_a_row_is_never_changed(maier, took_place) -> None:
    made = took_place(maier, subject="Angebot")
    made.subject = "anders"
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        made.save()
    assert Touchpoint.objects.get().subject == "Angebot"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"channel": "PIGEON"}, "channel", "Diesen Kanal gibt es nicht."),
        ({"direction": "UP"}, "direction", "Diese Richtung gibt es nicht."),
        ({"outcome": "FINE"}, "outcome", "Dieses Ergebnis gibt es nicht."),
        ({"subject": "x" * 301}, "subject", "Höchstens 300 Zeichen; der Rest gehört in den Text."),
        ({"channel": "NOTE", "direction": ""}, "body", "Eine Notiz braucht einen Text."),
        (
            {"ago": timedelta(hours=-1)},
            "happened_at",
            "Das liegt in der Zukunft. Was noch kommt, ist ein Termin oder eine Wiedervorlage.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(maier, took_place, values, field, sentence) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        took_place(maier, **values)
    assert refusal.value.errors == {field: [sentence]}
    assert nothing_written()


def test_an_end_before_the_beginning_is_refused(maier, took_place, at) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        took_place(maier, times=touchpoints.Times(ended_at=at - timedelta(seconds=1)))
    assert refusal.value.errors == {"ended_at": ["Das Ende liegt vor dem Beginn."]}
    assert nothing_written()


def test_it_must_concern_somebody(took_place) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        took_place(subject="Wer?", contact_value="keine Nummer")
    assert list(refusal.value.errors) == ["persons"]
    assert nothing_written()


def test_who_may_record(maier, make_user, privacy, at) -> None:
    stranger = make_user(RoleCode.SALES)
    role = stranger.roles.get()
    role.visibility = Visibility.OWN
    role.save()
    values = {"channel": "PHONE", "happened_at": at, "at": at, "persons": [(maier, "PARTNER")]}
    with pytest.raises(errors.NotPermitted):
        touchpoints.record(actor=privacy, **values)
    with pytest.raises(errors.NotFound):
        touchpoints.record(actor=stranger, **values)
    assert nothing_written()


def test_of_somebody_unknown_it_waits_at_the_number(
    maier, admin, source, took_place, at, make_user
) -> None:
    missed = took_place(contact_value="030 / 231 25-164", subject="verpasst")
    assert missed.contact_point.normalised == "+493023125164"
    assert subjects(timeline.page(user=admin, owner=maier)) == []
    holder = contact_points.add(
        actor=admin, record=maier, kind="PHONE", value="030 23125164", source=source, at=at
    )
    assert subjects(timeline.page(user=admin, owner=maier)) == ["verpasst"]
    contact_points.set_status(actor=admin, holder=holder, status="REASSIGNED", at=at)
    assert subjects(timeline.page(user=admin, owner=maier)) == []


def test_mark_up_becomes_text_and_is_kept(maier, took_place) -> None:
    html = (
        "<html><head><title>x</title><style>p{color:red}</style></head><body><p>Guten&nbsp;Tag,"
        "</p><script>alert(1)</script><p>das <b>Angebot</b><br>bitte noch einmal.</p>"
        "<!-- versteckt --><img src=x onerror=alert(1)></body></html>"
    )
    made = took_place(maier, channel="EMAIL", html=html)
    assert made.body == "Guten Tag,\n\ndas Angebot\nbitte noch einmal."
    kept = Attachment.objects.get(touchpoint=made)
    assert (kept.name, kept.stored.media_type) == ("Original.html", "text/html")
    assert kept.stored.file.read() == html.encode()


def test_files_are_stored_once(maier, took_place) -> None:
    pdf = Upload(name="C:\\Angebote\\Angebot.pdf", content=b"%PDF-1.7 Angebot")
    took_place(maier, channel="EMAIL", files=[pdf])
    took_place(maier, channel="EMAIL", files=[Upload(name="noch einmal.pdf", content=pdf.content)])
    assert [each.name for each in Attachment.objects.order_by("pk")] == [
        "Angebot.pdf",
        "noch einmal.pdf",
    ]
    assert StoredFile.objects.get().media_type == "application/pdf"


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (
            Upload(name="Film.mov", content=bytes(60 * 1024 * 1024)),
            "„Film.mov“ hat 60 MB. Möglich sind 25 MB; legen Sie einen Verweis ab.",
        ),
        (Upload(name="leer.txt", content=b""), "„leer.txt“ ist leer."),
        (
            Upload(name="Rechnung.pdf.exe", content=b"MZ"),
            "„Rechnung.pdf.exe“ ist ein Programm und wird nicht angenommen.",
        ),
        (
            Upload(name="Rechnung.pdf", content=b"MZ\x90"),
            "„Rechnung.pdf“ ist ein Programm und wird nicht angenommen.",
        ),
    ],
)
def test_a_file_that_is_not_taken(maier, took_place, upload, sentence) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        took_place(maier, files=[Upload(name="gut.txt", content=b"gut"), upload])
    assert refusal.value.errors == {"files": [sentence]}
    assert nothing_written()
    assert not StoredFile.objects.exists()


def test_files_by_their_first_bytes() -> None:
    kinds = {
        "Bild.pdf": attachments.media_type_of(b"\x89PNG\r\n\x1a\n", "Bild.pdf"),
        "Brief.docx": attachments.media_type_of(b"PK\x03\x04", "Brief.docx"),
        "Paket.zip": attachments.media_type_of(b"PK\x03\x04", "Paket.zip"),
        "Notiz.txt": attachments.media_type_of(b"Notiz", "Notiz.txt"),
        "Unbekannt.png": attachments.media_type_of(b"nichts", "Unbekannt.png"),
    }
    assert kinds == {
        "Bild.pdf": "image/png",
        "Brief.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Paket.zip": "application/zip",
        "Notiz.txt": "text/plain",
        "Unbekannt.png": "application/octet-stream",
    }


def test_a_correction_takes_its_place(maier, admin, took_place, at) -> None:
    made = took_place(maier, subject="Angebt", files=[Upload(name="a.txt", content=b"a")])
    later = corrections.correct(
        actor=admin, touchpoint=made, values={"subject": "Angebot"}, at=at + timedelta(hours=1)
    )
    assert (later.corrects, later.happened_at, later.recorded_by) == (made, made.happened_at, admin)
    assert [each.name for each in later.attachments.all()] == ["a.txt"]
    assert subjects(timeline.page(user=admin, owner=maier)) == ["Angebot"]
    assert Touchpoint.objects.get(pk=made.pk).subject == "Angebt"
    entry = AuditEntry.objects.get(action="touchpoint.corrected")
    assert entry.changes == {"subject": ["Angebt", "Angebot"]}


def test_a_correction_that_is_none_or_comes_late(maier, admin, took_place, at) -> None:
    made = took_place(maier, subject="Angebot")
    same = corrections.correct(actor=admin, touchpoint=made, values={"subject": "Angebot"}, at=at)
    assert same.pk == made.pk
    corrections.correct(actor=admin, touchpoint=made, values={"subject": "Eins"}, at=at)
    with pytest.raises(errors.Conflict):
        corrections.correct(actor=admin, touchpoint=made, values={"subject": "Zwei"}, at=at)
    with pytest.raises(errors.Invalid) as refusal:
        corrections.correct(actor=admin, touchpoint=made, values={"channel": "FAX"}, at=at)
    assert list(refusal.value.errors) == ["channel"]
    assert Touchpoint.objects.count() == 2


def test_who_sees_a_contact(maier, make_user, admin, privacy, took_place) -> None:
    made = took_place(maier)
    stranger = make_user(RoleCode.SALES)
    stranger.roles.update(visibility=Visibility.OWN)
    assert access.touchpoint_for(user=admin, public_id=made.public_id) == made
    assert access.touchpoint_for(user=privacy, public_id=made.public_id) == made
    stranger = type(stranger).objects.get(pk=stranger.pk)
    with pytest.raises(errors.NotFound):
        access.touchpoint_for(user=stranger, public_id=made.public_id)


def test_the_database_holds_to_exactly_one_subject(maier, havelberg, took_place) -> None:
    made = took_place(maier)
    for both in ({"person": maier, "company": havelberg}, {}):
        with pytest.raises(IntegrityError, match="participation_is_of_one"), transaction.atomic():
            Participation.objects.create(
                touchpoint=made, happened_at=made.happened_at, channel="PHONE", **both
            )


def test_the_use_of_a_decision_is_told_to_the_ledger(maier, admin, source, took_place, at) -> None:
    holder = contact_points.add(
        actor=admin, record=maier, kind="EMAIL", value="j@havelberg.example", source=source, at=at
    )
    circumstances.note_service(actor=admin, person=maier, relation="contract", since=at, at=at)
    decision = gate.permit(
        actor=admin,
        person=maier,
        point=holder.contact_point,
        channel="email",
        purpose="contract_info",
        at=at,
    )
    made = took_place(maier, channel="EMAIL", direction="OUT", decision=decision)
    used = LedgerEvent.objects.get(kind=EventKind.USED)
    assert (made.decision, made.consent_use) == (decision, used.public_id)
    with pytest.raises(gate.NotUsable):
        took_place(maier, channel="EMAIL", direction="OUT", decision=decision)
    assert Touchpoint.objects.count() == 1
