"""What a slip becomes, and what happens when it is completed, corrected, or changed elsewhere."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from consent import gate, texts
from consent.models import ConsentText, EventKind, LedgerEvent
from contacts import merging, persons
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history import corrections
from history.activities import planning, progress
from history.fairs import capturing
from history.fairs.capturing import Arrival
from history.models import Activity, CaptureDevice, LeadCapture, LeadOptIn, Touchpoint
from tests.history.fairs.conftest import FULL, NAMED

Send = Callable[..., Arrival]


BERLIN = ZoneInfo("Europe/Berlin")


def local(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment in Berlin."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


def said(text: ConsentText, **answers: str) -> list[dict[str, str]]:
    """``said(text, email="YES")``."""
    return [
        {"text": str(text.public_id), "channel": channel, "answer": answer}
        for channel, answer in answers.items()
    ]


def ledger() -> list[tuple[str, list[str]]]:
    """Consents and what ended them, in their order."""
    kinds = (EventKind.GRANTED, EventKind.REFUSED, EventKind.WITHDRAWN)
    rows = LedgerEvent.objects.filter(kind__in=kinds).order_by("seq")
    return [(str(each.kind), each.channels) for each in rows]


def test_answers_are_in_the_ledger(
    send: Send, text: ConsentText, at: datetime, sales: User
) -> None:
    lead = send({**FULL, "opt_ins": said(text, email="YES", phone="NO", sms="NOT_ASKED")}).lead
    assert lead.problems == []
    assert ledger() == [("granted", ["email"]), ("refused", ["phone"])]
    granted = LedgerEvent.objects.get(kind=EventKind.GRANTED)
    assert granted.effective_at == lead.captured_at
    assert (granted.details["method"], granted.details["grade"]) == ("fair", "C")
    assert granted.text == text.sha256
    rows = {row.channel: row.recorded for row in lead.opt_ins.all()}
    assert rows["email"] == granted
    assert rows["sms"] is None
    assert "Darf sich melden, E‑Mail: Ja" in Touchpoint.objects.get().body


def test_a_yes_without_an_address_waits_for_it(send: Send, text: ConsentText) -> None:
    lead = send({**NAMED, "opt_ins": said(text, email="YES")}).lead
    assert ledger() == []
    assert lead.problems == [
        "Zu „E‑Mail“ fehlt die Adresse oder Nummer; die Antwort wird eingetragen, sobald sie auf "
        "dem Zettel steht."
    ]
    lead = send({"email": "h.mayer@havelberg.example"}, base={"email": ""}).lead
    assert ledger() == [("granted", ["email"])]
    assert lead.problems == []


def test_a_yes_is_for_the_number_that_fits(send: Send, text: ConsentText) -> None:
    send({**FULL, "opt_ins": said(text, phone="YES", sms="YES")})
    assert ledger() == [("granted", ["phone"]), ("granted", ["sms"])]
    rows = {row.channel: row.recorded for row in LeadOptIn.objects.all()}
    assert rows["phone"].point != rows["sms"].point


def test_a_yes_taken_back_is_withdrawn_and_a_no_noted(send: Send, text: ConsentText) -> None:
    send({**FULL, "opt_ins": said(text, email="YES", sms="YES")})
    was = said(text, email="YES", sms="YES")
    lead = send({"opt_ins": said(text, email="NO", sms="NOT_ASKED")}, base={"opt_ins": was}).lead
    assert ledger()[2:] == [("withdrawn", []), ("withdrawn", []), ("refused", ["email"])]
    assert lead.opt_ins.get(channel="sms").recorded is None
    send({"opt_ins": said(text, email="YES")}, base={"opt_ins": said(text, email="NO")})
    assert ledger()[-1] == ("granted", ["email"])


def test_of_two_answers_in_one_event_one_is_taken_back(send: Send, text: ConsentText) -> None:
    number = {**NAMED, "mobile": FULL["mobile"]}
    send({**number, "opt_ins": said(text, phone="YES", sms="YES")})
    assert ledger() == [("granted", ["phone", "sms"])]
    send({"opt_ins": said(text, sms="NO")}, base={"opt_ins": said(text, phone="YES", sms="YES")})
    assert ledger()[1:] == [("withdrawn", ["sms"]), ("refused", ["sms"])]


def test_a_retired_text_is_no_consent(
    send: Send, text: ConsentText, at: datetime, admin: User
) -> None:
    texts.retire(actor=None, text=text, at=at - timedelta(hours=1))
    lead = send({**FULL, "opt_ins": said(text, email="YES", phone="NO")}).lead
    assert ledger() == [("refused", ["phone"])]
    assert lead.problems == [
        f"Der Text „{text}“ war schon zurückgezogen; das Ja zu „E‑Mail“ gilt nicht."
    ]
    assert lead.opt_ins.get(channel="email").answer == "YES"


def test_a_text_retired_while_the_slip_waited_counts(
    send: Send, text: ConsentText, at: datetime
) -> None:
    texts.retire(actor=None, text=text, at=at - timedelta(minutes=1))
    lead = send({**FULL, "opt_ins": said(text, email="YES")}).lead
    assert (ledger(), lead.problems) == ([("granted", ["email"])], [])


def test_the_gate_knows_the_answers(send: Send, text: ConsentText, at: datetime) -> None:
    lead = send({**FULL, "opt_ins": said(text, email="YES")}).lead
    assert lead.person is not None
    points = {
        each.contact_point.kind: each.contact_point for each in lead.person.contact_points.all()
    }
    asked = {"person": lead.person, "purpose": "product_offer", "at": at}
    known = gate.may_contact(point=points["EMAIL"], channel="email", **asked)
    assert str(lead.opt_ins.get().recorded_id) in str(known)
    assert not gate.may_contact(point=points["MOBILE"], channel="sms", **asked)


@pytest.mark.parametrize(
    ("fields", "kind", "due", "has_time", "priority"),
    [
        ({"grade": "A"}, "CALL", local(3, 18, 10, 7), True, 1),
        ({"grade": "B"}, "CALL", local(3, 19, 10, 7), True, 2),
        ({"grade": "C"}, "TASK", local(3, 24), False, 3),
        ({}, "TASK", local(3, 24), False, 2),
        ({"answers": {"authority": ["decider"], "horizon": ["3"]}}, "CALL",
         local(3, 18, 10, 7), True, 1),
        ({"grade": "A", "next_step_on": "2026-03-20"}, "CALL", local(3, 20), False, 1),
    ],
)  # fmt: skip
def test_the_grade_promises_a_follow_up(
    send: Send, fields: Any, kind: str, due: datetime, has_time: bool, priority: int, sales: User
) -> None:
    lead = send({**NAMED, **fields}).lead
    planned = Activity.objects.get()
    assert lead.activity == planned
    assert (planned.kind, planned.due_at, planned.has_time) == (kind, due, has_time)
    assert (planned.priority, planned.assignee, planned.person) == (priority, sales, lead.person)
    assert planned.touchpoint == lead.touchpoint
    assert planned.subject.endswith("Raumlicht Berlin 2026")


def test_what_falls_on_a_weekend_is_due_on_monday(send: Send, at: datetime) -> None:
    friday = at + timedelta(days=3)
    send({**NAMED, "grade": "A"}, at=friday)
    assert Activity.objects.get().due_at == local(3, 23, 10, 7)


def test_what_was_agreed_goes_before_the_rule(send: Send) -> None:
    send({**NAMED, "grade": "A", "next_step": "Muster schicken", "next_step_on": "2026-03-25"})
    planned = Activity.objects.get()
    assert (planned.kind, planned.subject) == ("FOLLOW_UP", "Muster schicken")
    assert (planned.due_at, planned.has_time) == (local(3, 25), False)


def test_a_slip_that_comes_late_is_due_today(send: Send, at: datetime) -> None:
    moment = at - timedelta(days=12)
    lead = send({**NAMED, "grade": "A"}, captured_at=moment.isoformat()).lead
    assert lead.problems == []
    assert Activity.objects.get().due_at == local(3, 17)


def test_another_grade_moves_what_nobody_touched(send: Send, sales: User, at: datetime) -> None:
    send({**NAMED, "grade": "B"})
    lead = send({"grade": "A"}, base={"grade": "B"}).lead
    planned = Activity.objects.get()
    assert planned.due_at == local(3, 18, 10, 7)
    moved = local(4, 1)
    planning.edit(actor=sales, activity=planned, values={"due_at": moved}, at=at)
    send({"grade": "C"}, base={"grade": "A"})
    planned.refresh_from_db()
    assert (planned.due_at, planned.kind) == (moved, "CALL")
    progress.complete(actor=sales, activity=planned, at=at)
    send({"grade": "B"}, base={"grade": "C"})
    assert Activity.objects.get().state == "DONE"
    assert lead.activity == planned


def test_a_corrected_name_goes_to_the_person(send: Send) -> None:
    send({**NAMED, "name": "Hans Meier"})
    lead = send({"name": "Frau Dr. Hanna von der Heide"}, base={"name": "Hans Meier"}).lead
    person = Person.objects.get()
    assert (person.full_name, person.salutation) == ("Dr. Hanna von der Heide", "FRAU")
    assert lead.problems == []


def test_who_was_renamed_by_hand_keeps_the_name(
    send: Send, sales: User, source: Any, at: datetime
) -> None:
    lead = send({**NAMED, "name": "Hans Meier"}).lead
    assert lead.person is not None
    persons.update(
        actor=sales, person=lead.person, values={"surname": "Maier"}, source=source, at=at
    )
    lead = send({"name": "Hans Mayer"}, base={"name": "Hans Meier"}).lead
    assert Person.objects.get().full_name == "Hans Maier"
    assert lead.problems == ["Der Ansprechpartner heißt „Hans Maier“ und behält diesen Namen."]


def test_a_corrected_address_takes_the_place_of_the_wrong_one(send: Send) -> None:
    send(FULL)
    lead = send({"email": "hans@havelberg.example"}, base={"email": FULL["email"]}).lead
    assert lead.person is not None
    points = lead.person.contact_points.filter(contact_point__kind="EMAIL")
    assert [each.contact_point.display for each in points] == ["hans@havelberg.example"]


def test_an_address_with_an_answer_stays(send: Send, text: ConsentText) -> None:
    send({**FULL, "opt_ins": said(text, email="YES")})
    lead = send({"email": "hans@havelberg.example"}, base={"email": FULL["email"]}).lead
    assert lead.person is not None
    assert lead.person.contact_points.filter(contact_point__kind="EMAIL").count() == 2
    assert lead.problems == [
        f"„{FULL['email']}“ bleibt beim Ansprechpartner: dazu ist eine Antwort erfasst."
    ]
    assert ledger() == [("granted", ["email"])]


def test_what_changes_is_corrected_in_the_line(send: Send) -> None:
    send(FULL)
    former = Touchpoint.objects.get()
    lead = send({"need": "Nur Halle 3."}, base={"need": FULL["need"]}).lead
    assert lead.touchpoint is not None
    assert lead.touchpoint.corrects == former
    assert "Bedarf: Nur Halle 3." in lead.touchpoint.body
    assert Touchpoint.objects.count() == 2


def test_what_was_corrected_by_hand_stays(send: Send, sales: User, at: datetime) -> None:
    send(FULL)
    corrections.correct(
        actor=sales, touchpoint=Touchpoint.objects.get(), values={"body": "Von Hand"}, at=at
    )
    lead = send({"need": "Nur Halle 3."}, base={"need": FULL["need"]}).lead
    assert Touchpoint.objects.count() == 2
    assert lead.problems == [
        "Der Eintrag im Verlauf wurde von Hand berichtigt und bleibt, wie er ist."
    ]
    assert lead.need == "Nur Halle 3."


def test_in_a_known_person_a_slip_goes_on(
    send: Send, admin: User, make_person: Any, at: datetime, text: ConsentText
) -> None:
    lead = send({**FULL, "opt_ins": said(text, email="YES")}).lead
    known = make_person("Johannes", "Maier", title="Dr.")
    assert lead.person is not None
    merging.merge(actor=admin, survivor=known, others=[lead.person], at=at)
    known.refresh_from_db()
    name = known.full_name
    lead = capturing.edit(actor=admin, lead=lead, values={"email": "hans@havelberg.example"}, at=at)
    assert lead.person == known
    known.refresh_from_db()
    assert known.full_name == name
    assert known.contact_points.filter(contact_point__kind="EMAIL").count() == 2


def test_a_device_whose_user_no_longer_sees_the_person_loses_nothing(
    send: Send, admin: User, other_team: Any
) -> None:
    lead = send(FULL).lead
    assert lead.person is not None
    Person.objects.filter(pk=lead.person.pk).update(owner=admin, team=other_team)
    later = send(
        {"email": "hans@havelberg.example", "need": "x"},
        base={"email": FULL["email"], "need": FULL["need"]},
    ).lead
    assert (later.email, later.need) == ("hans@havelberg.example", "x")
    assert any("dürfen ihn nicht sehen" in each for each in later.problems)


def test_a_conflict_changes_nothing(send: Send, admin: User, at: datetime) -> None:
    lead = send(FULL).lead
    capturing.edit(
        actor=admin, lead=lead, values={"company_name": "Havelberg SE", "note": "x"},
        version=1, at=at,
    )  # fmt: skip
    before = LeadCapture.objects.values().get()
    rows = AuditEntry.objects.count()
    wanted = {"company_name": "Havelberg AG", "need": "y", "note": "x"}
    base = {"company_name": FULL["company_name"], "need": FULL["need"], "note": FULL["note"]}
    with pytest.raises(capturing.LeadConflict) as caught:
        send(wanted, base=base)
    assert caught.value.data == {
        "fields": {
            "company_name": {
                "current": "Havelberg SE",
                "mine": "Havelberg AG",
                "original": FULL["company_name"],
            }
        }
    }
    assert LeadCapture.objects.values().get() == before
    assert AuditEntry.objects.count() == rows
    chosen = send(wanted, base={**base, "company_name": "Havelberg SE"}).lead
    assert (chosen.company_name, chosen.need, chosen.note, chosen.version) == (
        "Havelberg AG", "y", "x", 3,
    )  # fmt: skip


def test_what_only_the_desk_changed_stays(send: Send, admin: User, at: datetime) -> None:
    lead = send(FULL).lead
    capturing.edit(actor=admin, lead=lead, values={"function": "Einkauf"}, at=at)
    lead = send({**FULL, "need": "y"}, base={"need": FULL["need"]}).lead
    assert (lead.function, lead.need) == ("Einkauf", "y")


def test_who_never_got_an_answer_may_go_on_writing(send: Send, admin: User, at: datetime) -> None:
    send(FULL)
    lead = send({**FULL, "need": "y"}).lead
    assert (lead.need, lead.version) == ("y", 2)
    with pytest.raises(capturing.LeadConflict):
        send({**FULL, "need": "z"})


def test_opt_ins_conflict_one_by_one(
    send: Send, admin: User, text: ConsentText, at: datetime
) -> None:
    was = said(text, email="YES", phone="NOT_ASKED")
    lead = send({**FULL, "opt_ins": was}).lead
    capturing.edit(actor=admin, lead=lead, values={"opt_ins": said(text, email="NO")}, at=at)
    lead = send({"opt_ins": said(text, phone="YES")}, base={"opt_ins": was}).lead
    assert {row.channel: row.answer for row in lead.opt_ins.all()} == {
        "email": "NO",
        "phone": "YES",
    }
    with pytest.raises(capturing.LeadConflict) as caught:
        send({"opt_ins": said(text, email="NOT_ASKED")}, base={"opt_ins": was})
    told: Any = caught.value.data["fields"]
    assert told["opt_ins"]["mine"] == said(text, email="NOT_ASKED")
    assert said(text, email="NO")[0] in told["opt_ins"]["current"]


def test_the_desk_completes_a_slip(send: Send, admin: User, sales: User, at: datetime) -> None:
    lead = send({"company_name": "Havelberg"}).lead
    done = capturing.edit(
        actor=admin,
        lead=lead,
        values={"name": "Inge Voß", "next_step_on": date(2026, 3, 20)},
        version=1,
        at=at,
    )
    assert done.person is not None
    assert (done.person.owner, done.version, done.problems) == (sales, 2, [])
    assert Activity.objects.get().assignee == sales
    with pytest.raises(errors.Conflict):
        capturing.edit(actor=admin, lead=lead, values={"name": "x"}, version=1, at=at)
    assert LeadCapture.objects.get().name == "Inge Voß"


def test_the_desk_of_another_event_sees_nothing(
    send: Send, make_user: Any, privacy: User, at: datetime
) -> None:
    lead = send(FULL).lead
    with pytest.raises(errors.NotFound):
        capturing.edit(actor=make_user("SALES"), lead=lead, values={"name": "x"}, at=at)
    with pytest.raises(errors.NotPermitted):
        capturing.edit(actor=privacy, lead=lead, values={"name": "x"}, at=at)
    assert LeadCapture.objects.get().name == "Hans Mayer"


def test_a_colleague_who_may_not_assign_keeps_the_person(
    send: Send, event: Any, make_user: Any, at: datetime
) -> None:
    colleague = make_user("SALES")
    event.team.add(colleague)
    lead = send({"company_name": "Havelberg"}, id=uuid4()).lead
    done = capturing.edit(actor=colleague, lead=lead, values={"name": "Inge Voß"}, at=at)
    assert done.person is not None
    assert done.person.owner == colleague


def test_a_closed_account_stops_nothing_at_the_desk(
    send: Send, admin: User, sales: User, device: CaptureDevice, at: datetime
) -> None:
    lead = send({"company_name": "Havelberg"}).lead
    User.objects.filter(pk=sales.pk).update(is_active=False)
    done = capturing.edit(actor=admin, lead=lead, values={"name": "Inge Voß"}, at=at)
    assert done.problems == []
    assert Activity.objects.get().assignee == admin
