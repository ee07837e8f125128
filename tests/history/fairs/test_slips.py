"""Malformed everything: nothing is refused, nothing is cut, everything is told."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from consent.models import ConsentText
from contacts.models import ContactPointHolder, Person
from history.fairs import capturing, conflicts, slips, starters
from history.fairs.capturing import Arrival
from history.models import Activity, LeadCapture, LeadOptIn, Touchpoint
from tests.history.fairs.conftest import NAMED

Send = Callable[..., Arrival]
FORM = starters.form


def read(**sent: Any) -> slips.Slip:
    return slips.read(sent, form=FORM(), texts=())


@pytest.mark.parametrize(
    ("name", "value", "stored", "kept", "problem"),
    [
        ("name", {"a": 1}, "", 'Name: {"a": 1}', "„Name“ ist kein Text; es steht in der Notiz."),
        ("phone", ["1", "2"], "", 'Telefon: ["1", "2"]',
         "„Telefon“ ist kein Text; es steht in der Notiz."),
        ("phone", 4930123, "4930123", "", ""),
        ("name", None, "", "", ""),
        ("name", "  Hans\n Mayer\t", "Hans Mayer", "", ""),
        ("mobile", "1" * 51, "", "Mobil: " + "1" * 51,
         "„Mobil“ ist mit 51 Zeichen zu lang (möglich sind 50); es steht ganz in der Notiz."),
        ("grade", "D", "", "Priorität: D",
         "Die Priorität „D“ gibt es nicht; sie steht in der Notiz."),
        ("grade", "B", "B", "", ""),
        ("next_step_on", "2026-03-20", date(2026, 3, 20), "", ""),
        ("next_step_on", "2026-02-30", None, "Tag des nächsten Schritts: 2026-02-30",
         "„2026-02-30“ ist kein Tag; es steht in der Notiz."),
        ("next_step_on", "9999-01-01", None, "Tag des nächsten Schritts: 9999-01-01",
         "„9999-01-01“ ist kein Tag; es steht in der Notiz."),
        ("next_step_on", "", None, "", ""),
        ("answers", "x", {}, "Antworten: x",
         "Die Antworten sind nicht lesbar; sie stehen in der Notiz."),
        ("answers", {"volume": [1]}, {}, 'Antworten: {"volume": [1]}',
         "Die Antworten sind nicht lesbar; sie stehen in der Notiz."),
        ("answers", {"volume": "-50", "need": []}, {"volume": ["-50"]}, "", ""),
        ("answers", {"volume": ["7"], "colour": ["red"]}, {"volume": ["7"], "colour": ["red"]},
         "", "Die Antwort „7“ auf „volume“ gibt es nicht."),
        ("origins", {"name": "qr", "phone": 7, "x": "qr"}, {"name": "qr"}, "", ""),
        ("origins", "qr", {}, "", ""),
    ],
)  # fmt: skip
def test_a_field_is_read_or_kept(
    name: str, value: Any, stored: Any, kept: str, problem: str
) -> None:
    slip = read(**{name: value})
    assert slip.values == {name: stored}
    assert slip.kept == ([kept] if kept else [])
    assert slip.problems[:1] == ([problem] if problem else [])


@pytest.mark.parametrize(
    "opt_in",
    [
        {"text": "x", "channel": "email", "answer": "YES"},
        {"text": str(uuid4()), "channel": "email", "answer": "YES"},
        {"channel": "email"},
        "YES",
        7,
    ],
)
def test_an_answer_to_no_text_is_kept_and_means_nothing(send: Send, opt_in: Any) -> None:
    lead = send({**NAMED, "opt_ins": [opt_in]}).lead
    assert not LeadOptIn.objects.exists()
    assert lead.note.startswith("Einwilligungen: ")
    assert "gilt nicht" in lead.problems[0]


@pytest.mark.parametrize(("channel", "answer"), [("email", "MAYBE"), ("e" * 21, "YES"), (7, "YES")])
def test_neither_is_one_that_cannot_be_read(
    send: Send, text: ConsentText, channel: Any, answer: str
) -> None:
    asked = {"text": str(text.public_id), "channel": channel, "answer": answer}
    lead = send({**NAMED, "opt_ins": [asked]}).lead
    assert not LeadOptIn.objects.exists()
    assert str(text.public_id) in lead.note


def test_a_channel_that_the_text_does_not_ask_for(send: Send, text: ConsentText) -> None:
    asked = {"text": str(text.public_id), "channel": "fax", "answer": "YES"}
    lead = send({**NAMED, "opt_ins": [asked]}).lead
    assert lead.opt_ins.get().recorded is None
    assert lead.problems == [f"Der Text „{text}“ fragt nicht nach „Fax“; die Antwort gilt nicht."]


def test_a_name_of_20_kb_is_kept_whole_and_makes_nobody(send: Send) -> None:
    long = "Maximilian " * 1862
    sent = {**NAMED, "name": long, "note": "Karte"}
    lead = send(sent).lead
    assert lead.name == ""
    assert lead.note == f"Karte\n\nName: {long.strip()}"
    assert lead.problems[0].startswith("„Name“ ist mit 20481 Zeichen zu lang")
    assert lead.person is None
    again = send(sent)
    assert (again.is_new, again.lead.version) == (False, 1)
    moved = send({**sent, "company_name": "x"}, base={"company_name": NAMED["company_name"]}).lead
    assert (moved.company_name, moved.note) == ("x", lead.note)


def test_a_note_of_1_mb_is_kept_whole(send: Send) -> None:
    note = " ".join(f"wort{number}" for number in range(110_000))
    lead = send({**NAMED, "note": note}).lead
    lead.refresh_from_db()
    assert len(note) > 1_000_000
    assert lead.note == note
    assert lead.problems == []
    contact = Touchpoint.objects.get()
    assert len(contact.body) < 101_000
    assert contact.body.endswith("… der Rest steht auf dem Leadzettel.")


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("email", "h.mayer(at)havelberg", "E‑Mail „h.mayer(at)havelberg“: "),
        ("phone", "12", "Telefon „12“: "),
        ("mobile", "kommt noch", "Mobil „kommt noch“: "),
    ],
)
def test_what_is_no_address_stays_on_the_slip(
    send: Send, field: str, value: str, problem: str
) -> None:
    lead = send({**NAMED, field: value}).lead
    assert getattr(lead, field) == value
    assert lead.problems[0].startswith(problem)
    assert lead.person is not None
    assert not ContactPointHolder.objects.exists()
    assert Touchpoint.objects.count() == Activity.objects.count() == 1


@pytest.mark.parametrize("name", ["@@@", "123", "Herr und Frau Mayer", "h.mayer@havelberg.example"])
def test_what_is_no_name_makes_nobody(send: Send, name: str) -> None:
    lead = send({"name": name}).lead
    assert (lead.name, lead.person) == (name, None)
    assert len(lead.problems) == 1
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["王小明", "O", "Dr.", "X Æ A-12", "مريم"])
def test_unusual_names_are_names(send: Send, name: str) -> None:
    lead = send({"name": name}).lead
    assert lead.person is not None
    assert lead.person.full_name == name


def test_a_surname_longer_than_a_person_may_have_is_told(send: Send) -> None:
    lead = send({"name": "A" * 180}).lead
    assert lead.person is None
    assert lead.name == "A" * 180
    assert lead.problems


def test_a_field_of_a_newer_app_is_kept(send: Send) -> None:
    lead = send({**NAMED, "shoe_size": 43, "nothing": None}).lead
    assert lead.note == "shoe_size: 43"
    assert lead.problems == ["Die Angabe „shoe_size“ ist hier unbekannt; sie steht in der Notiz."]


def test_everything_at_once_loses_nothing(send: Send) -> None:
    fields = {name: {"x": [1, {"y": None}]} for name in (*slips.LABELS, "other", "x" * 90)}
    lead = send(fields, captured_at=[], device_now={}, files=[7, {}, {"sha256": 1}]).lead
    assert LeadCapture.objects.count() == 1
    assert lead.note.count('{"x": [1, {"y": null}]}') == len(fields)
    assert not lead.files.exists()
    assert all(len(problem) <= 500 for problem in lead.problems)


CURRENT = {"name": "A", "need": "x", "next_step_on": None, "origins": {"name": "qr"}, "opt_ins": {}}


@pytest.mark.parametrize(
    ("mine", "base", "changes", "conflicting"),
    [
        ({"name": "B"}, {"name": "A"}, {"name": "B"}, []),
        ({"name": "A"}, {"name": "Z"}, {}, []),
        ({"name": "B"}, {"name": "Z"}, {}, ["name"]),
        ({"name": "B", "need": "y"}, {"name": "Z", "need": "x"}, {"need": "y"}, ["name"]),
        ({"name": "B", "need": "y"}, {"need": "x"}, {"need": "y"}, []),
        ({"name": "B"}, {}, {}, []),
        ({"name": "B"}, None, {}, ["name"]),
        ({"next_step_on": date(2026, 3, 20)}, None, {"next_step_on": date(2026, 3, 20)}, []),
        ({"name": ""}, {"name": "A"}, {"name": ""}, []),
        ({"name": "B", "origins": {"name": "typed", "need": "qr"}}, {"name": "A"},
         {"name": "B", "origins": {"name": "typed"}}, []),
        ({"origins": {"name": "typed"}}, {"name": "A"}, {}, []),
        ({"opt_ins": {"t email": "YES"}}, {"opt_ins": {}}, {"opt_ins": {"t email": "YES"}}, []),
    ],
)  # fmt: skip
def test_three_ways(mine: Any, base: Any, changes: Any, conflicting: list[str]) -> None:
    found = conflicts.merge(current=CURRENT, mine=mine, base=base)
    assert found.changes == changes
    assert list(found.conflicts) == conflicting
    assert capturing.opt_ins_as_list({"t email": "YES"}) == [
        {"text": "t", "channel": "email", "answer": "YES"}
    ]
