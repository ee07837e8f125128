"""Answers that tell much about a person rest on their consent, and go when it goes."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from consent import (
    capturing,
    circumstances,
    consents,
    forgetting,
    histories,
    standing,
    texts,
    verifying,
)
from consent.criteria import MISSING, NO_TEXT, NOT_A_PERSON, NOT_EXPLICIT
from consent.models import EventKind, LedgerEvent
from consent.requests import erasures, persons, portability, portions
from contacts import bulk, companies, criteria, merging, qualification
from contacts.models import Criterion, CriterionValue, MergeEntry, Person, Source
from contacts.profile import replies
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from tests.criteria_stock import (
    CLUB,
    DAY,
    FAITH,
    consented,
    drafted,
    guarded,
    published,
    withdrawn,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def club(admin: User, at: datetime) -> Criterion:
    return guarded(admin, at=at - 10 * DAY)


@pytest.fixture
def faith(admin: User, at: datetime) -> Criterion:
    return guarded(admin, label=FAITH, sensitivity="SPECIAL", at=at - 10 * DAY)


@pytest.fixture
def answer(admin: User, source: Source, at: datetime) -> Callable[..., Any]:
    def set_value(person: Any, criterion: Criterion, value: Any, *, at: datetime = at) -> Any:
        return qualification.set_value(
            actor=admin, record=person, criterion=criterion, value=value, source=source, at=at
        )

    return set_value


def verdict(record: Any, criterion: Criterion, at: datetime) -> Any:
    return qualification.may_hold(record=record, criterion=criterion, at=at)


def traces(word: str) -> list[str]:
    """Where a word still stands."""
    found = [f"value {row.pk}" for row in CriterionValue.objects.all() if word in str(row.value)]
    found += [f"audit {row.action}" for row in AuditEntry.objects.all() if word in str(row.changes)]
    found += [f"merge {row.act}" for row in MergeEntry.objects.all() if word in str(row.before)]
    return found


def test_a_consent_to_exactly_this_lets_the_answer_be_kept(
    person: Person, club: Criterion, answer: Any, at: datetime
) -> None:
    refused = verdict(person, club, at)
    assert (refused.code, "Kein veröffentlichter" in refused.remedy) == (NO_TEXT, True)
    text = published(club, at=at - DAY)
    refused = verdict(person, club, at)
    assert (refused.code, "Erfassen Sie" in refused.remedy) == (MISSING, True)
    with pytest.raises(qualification.SensitiveValueRefused, match=CLUB) as error:
        answer(person, club, "Holstein Kiel")
    assert error.value.data["reason"] == MISSING
    assert CriterionValue.objects.count() == 0

    consent = consented(person, club, text, at=at)
    allowed = verdict(person, club, at)
    assert (allowed.reason, allowed.basis) == (
        "Einwilligung vom 17.03.2026",
        str(consent.public_id),
    )
    assert answer(person, club, "Holstein Kiel").value == "Holstein Kiel"
    entry = AuditEntry.objects.get(action="qualification.set")
    assert entry.context == {"consent": str(consent.public_id)}
    assert consent.details["criterion"] == club.code
    assert (consent.point, consent.channels) == (None, [])


def test_a_consent_to_another_criterion_is_none(
    person: Person, club: Criterion, admin: User, answer: Any, at: datetime
) -> None:
    other = guarded(admin, label="Hobby", at=at - 10 * DAY)
    text = published(club, other, at=at - DAY)
    consented(person, other, text, at=at)
    refused = verdict(person, club, at)
    assert "nicht in genau diese Angabe" in refused.reason
    with pytest.raises(qualification.SensitiveValueRefused):
        answer(person, club, "Holstein Kiel")
    assert answer(person, other, "Segeln").value == "Segeln"
    assert CriterionValue.objects.count() == 1


def test_a_consent_to_advertising_is_none(
    person: Person, club: Criterion, give_consent: Any, at: datetime
) -> None:
    give_consent(purposes=["newsletter", "profile_attribute"])
    assert verdict(person, club, at).code == NO_TEXT


def test_a_special_category_takes_an_explicit_consent(
    person: Person, faith: Criterion, club: Criterion, admin: User, at: datetime
) -> None:
    plain = [each for each in texts.OF_CRITERIA if each != texts.EXPLICIT]
    vague = drafted(faith, at=at - 2 * DAY, elements=plain)
    with pytest.raises(errors.Invalid, match="ausdrücklich"):
        texts.publish(actor=None, text=vague, at=at - 2 * DAY)
    consented(person, faith, published(faith, code="glaube", at=at - DAY), at=at)
    assert verdict(person, faith, at)
    consented(person, club, published(club, code="verein", elements=plain, at=at - DAY), at=at)
    assert verdict(person, club, at)
    criteria.update(actor=admin, criterion=club, values={"sensitivity": "SPECIAL"}, at=at)
    refused = verdict(person, Criterion.objects.get(pk=club.pk), at)
    assert (refused.code, "nicht ausdrücklich" in refused.reason) == (NO_TEXT, True)
    published(club, code="verein", at=at)
    assert verdict(person, Criterion.objects.get(pk=club.pk), at).code == NOT_EXPLICIT


def test_the_text_names_what_it_is_about(club: Criterion, admin: User, at: datetime) -> None:
    text = drafted(club, at=at, body="Sie dürfen sich einiges merken.")
    with pytest.raises(errors.Invalid, match=CLUB) as refusal:
        texts.publish(actor=None, text=text, at=at)
    assert list(refusal.value.errors) == ["body"]
    text.refresh_from_db()
    assert (text.status, LedgerEvent.objects.count()) == ("DRAFT", 0)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"criteria": []}, "nennen Sie die Kriterien"),
        ({"criteria": ["gibt-es-nicht"]}, "keine Einwilligung der Person"),
        ({"criteria": ["branche"]}, "keine Einwilligung der Person"),
        ({"purposes": ["newsletter", "profile_attribute"]}, "steht allein"),
        ({"channels": ["email"]}, "steht allein"),
        ({"form": "WEB_FORM"}, "auf Papier oder am Telefon"),
    ],
)
def test_it_is_about_nothing_else(
    club: Criterion, admin: User, at: datetime, more: dict[str, Any], said: str
) -> None:
    guarded(admin, label="Branche", sensitivity="NORMAL", at=at)
    with pytest.raises(errors.Invalid, match=said) as refusal:
        drafted(club, at=at, **more)
    assert list(refusal.value.errors) == ["criteria"]


def test_who_is_renamed_is_another_one(
    person: Person, club: Criterion, admin: User, at: datetime
) -> None:
    """A consent to the favourite club says nothing about the religion, under whatever code."""
    consented(person, club, published(club, at=at - DAY), at=at)
    renamed = criteria.update(actor=admin, criterion=club, values={"label": FAITH}, at=at)
    assert not verdict(person, renamed, at)
    again = criteria.update(actor=admin, criterion=renamed, values={"label": CLUB}, at=at)
    assert verdict(person, again, at)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": None}, "text"),
        ({"channels": ["email"]}, "text"),
        ({"criterion": None}, "channels"),
    ],
)
def test_an_incomplete_declaration_is_refused(
    person: Person, club: Criterion, at: datetime, more: dict[str, Any], field: str
) -> None:
    text = published(club, at=at - DAY)
    before = LedgerEvent.objects.count()
    with pytest.raises(errors.Invalid) as refusal:
        consented(person, club, text, at=at, method="import", declared=more)
    assert list(refusal.value.errors) == [field]
    assert LedgerEvent.objects.count() == before


def test_a_firm_cannot_consent(
    admin: User, source: Source, team: Any, answer: Any, at: datetime
) -> None:
    firm = companies.create(
        actor=admin, values={"name": "Havelberg GmbH"}, source=source, team=team, at=at
    )
    character = guarded(admin, label="Wesen", subject="COMPANY", at=at)
    assert verdict(firm, character, at).code == NOT_A_PERSON
    with pytest.raises(qualification.SensitiveValueRefused):
        answer(firm, character, "knauserig")
    assert CriterionValue.objects.count() == 0


def test_a_withdrawal_takes_the_answer_with_all_that_is_left_of_it(
    person: Person, club: Criterion, admin: User, answer: Any, at: datetime
) -> None:
    text = published(club, at=at - DAY)
    consent = consented(person, club, text, at=at)
    answer(person, club, "Holstein Kiel")
    answer(person, club, "Hansa Rostock", at=at + DAY)
    assert traces("Kiel")
    version = Person.objects.get(pk=person.pk).version

    (event,) = withdrawn(consent, at=at + 2 * DAY)
    assert (event.kind, event.details["named"]) == (EventKind.WITHDRAWN, CLUB)
    assert CriterionValue.objects.count() == 0
    assert traces("Kiel") == traces("Rostock") == []
    told = AuditEntry.objects.get(action="qualification.forgotten")
    assert told.changes == {CLUB: ["[gelöscht]", None]}
    assert told.context == {"consent": str(consent.public_id)}
    rows = AuditEntry.objects.filter(action="qualification.set").order_by("-pk")
    assert [row.changes for row in rows] == [
        {CLUB: ["[gelöscht]", "[gelöscht]"]},
        {CLUB: [None, "[gelöscht]"]},
    ]
    assert Person.objects.get(pk=person.pk).version == version + 1
    refused = verdict(person, club, at + 2 * DAY)
    assert "widerrufen" in refused.reason
    with pytest.raises(qualification.SensitiveValueRefused):
        answer(person, club, "Holstein Kiel", at=at + 2 * DAY)


def test_an_answer_stays_while_another_consent_stands(
    person: Person, club: Criterion, answer: Any, at: datetime
) -> None:
    text = published(club, at=at - 2 * DAY)
    old = consented(person, club, text, at=at - DAY)
    new = consented(person, club, text, at=at, content=b"new")
    answer(person, club, "Holstein Kiel")
    consents.end(
        actor=None, consent=old, kind=EventKind.EXPIRED, reason="renewed", effective_at=at, at=at
    )
    assert CriterionValue.objects.get().value == "Holstein Kiel"
    consents.end(
        actor=None, consent=new, kind=EventKind.INVALIDATED, reason="x", effective_at=at, at=at
    )
    assert CriterionValue.objects.count() == 0


def test_proof_that_turns_out_to_be_none_takes_it_too(
    person: Person, club: Criterion, answer: Any, at: datetime
) -> None:
    consent = consented(person, club, published(club, at=at - DAY), at=at)
    answer(person, club, "Holstein Kiel")
    consents.correct(actor=None, consent=consent, details={"proof": "none"}, at=at)
    assert CriterionValue.objects.count() == 0


def test_a_withdrawal_that_fails_takes_nothing(
    person: Person, club: Criterion, answer: Any, at: datetime
) -> None:
    consent = consented(person, club, published(club, at=at - DAY), at=at)
    answer(person, club, "Holstein Kiel")
    with pytest.raises(consents.TooEarly):
        withdrawn(consent, at=at - DAY)
    assert CriterionValue.objects.get().value == "Holstein Kiel"


def test_an_answer_without_ground_is_not_told_and_can_only_be_deleted(
    person: Person, admin: User, answer: Any, at: datetime
) -> None:
    """Its sensitivity was raised after it had been given."""
    club = guarded(admin, sensitivity="NORMAL", at=at - DAY)
    answer(person, club, "Holstein Kiel")
    club = criteria.update(
        actor=admin, criterion=club, values={"sensitivity": "PERSONALITY"}, at=at
    )
    (reply,) = replies.replies_of(person, at=at)
    assert (reply.is_withheld, reply.text, reply.value, reply.former) == (True, "", None, ())
    assert answer(person, club, "") is None
    assert CriterionValue.objects.count() == 0
    assert traces("Kiel") == []


def test_a_merge_carries_consent_and_answer_and_an_undo_gives_them_back(
    person: Person, make_person: Any, club: Criterion, admin: User, answer: Any, at: datetime
) -> None:
    twin = make_person("Johanna", "Mayer")
    text = published(club, at=at - DAY)
    consented(twin, club, text, at=at)
    answer(twin, club, "Holstein Kiel")
    merge = merging.merge(actor=admin, survivor=person, others=[twin], at=at)
    assert verdict(person, club, at)
    assert person.criterion_values.get().value == "Holstein Kiel"
    merging.undo(actor=admin, merge=merge, at=at)
    assert not verdict(person, club, at)
    assert verdict(Person.objects.get(pk=twin.pk), club, at)


def test_nothing_comes_back_with_the_undo_of_a_merge_after_a_withdrawal(
    person: Person, make_person: Any, club: Criterion, admin: User, answer: Any, at: datetime
) -> None:
    twin = make_person("Johanna", "Mayer")
    text = published(club, at=at - DAY)
    given = [consented(each, club, text, at=at, content=b"%d" % each.pk) for each in (person, twin)]
    for each in (person, twin):
        answer(each, club, "Holstein Kiel")
    merge = merging.merge(actor=admin, survivor=person, others=[twin], at=at)
    assert traces("Kiel")
    for consent in given:
        withdrawn(consent, at=at + DAY)
    assert traces("Kiel") == []
    merging.undo(actor=admin, merge=merge, at=at + DAY)
    assert traces("Kiel") == []
    assert CriterionValue.objects.count() == 0


def test_merged_records_that_contradict_each_other_allow_nothing(
    person: Person, make_person: Any, club: Criterion, admin: User, at: datetime
) -> None:
    twin = make_person("Johanna", "Mayer")
    text = published(club, at=at - 3 * DAY)
    withdrawn(consented(twin, club, text, at=at - 2 * DAY), at=at - DAY)
    consented(person, club, text, at=at, content=b"new")
    merging.merge(actor=admin, survivor=person, others=[twin], at=at)
    refused = verdict(person, club, at)
    assert refused.code == "merge-conflict"
    assert "dieselbe Person" in refused.remedy


def test_many_at_once_take_a_fixed_number_of_queries(
    person: Person, make_person: Any, club: Criterion, admin: User, source: Source, at: datetime,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    text = published(club, at=at - DAY)
    others = [make_person("Anna", f"Abel{number}") for number in range(5)]
    consented(person, club, text, at=at)
    with django_assert_num_queries(4):
        verdicts = qualification.may_hold_all(records=[person, *others], criteria=[club], at=at)
    assert [bool(verdicts[each.pk, club.pk]) for each in (person, *others)] == [True] + [False] * 5
    with pytest.raises(qualification.SensitiveValueRefused):
        bulk.answer(
            actor=admin, records=Person.objects.all(), criterion=club, value="x", source=source,
            at=at,
        )  # fmt: skip
    assert CriterionValue.objects.count() == 0


def test_what_is_not_guarded_costs_nothing(
    person: Person, admin: User, at: datetime, django_assert_num_queries: Any
) -> None:
    usual = guarded(admin, label="Branche", sensitivity="NORMAL", at=at)
    with django_assert_num_queries(0):
        assert qualification.may_hold(record=person, criterion=usual, at=at)


def test_a_colleague_records_and_withdraws_it_criterion_by_criterion(
    person: Person, club: Criterion, admin: User, sales: User, at: datetime
) -> None:
    hobby = guarded(admin, label="Hobby", at=at - 10 * DAY)
    text = published(club, hobby, at=at - DAY)
    declared = capturing.Declared(
        text=text, criteria=[club.code, hobby.code], method="paper", declared_at=at,
        proof=capturing.Attachment(content=b"\x89PNG\r\n\x1a\n slip", media_type="image/png"),
    )  # fmt: skip
    events = capturing.record(actor=admin, person=person, declared=declared, at=at)
    assert {each.details["named"] for each in events} == {CLUB, "Hobby"}
    lines = {line.label: line for line in standing.of(person, at=at)}
    assert {name: (line.channel, line.point) for name, line in lines.items()} == {
        CLUB: ("", None),
        "Hobby": ("", None),
    }
    capturing.withdraw(
        actor=admin, person=person, lines=[lines[CLUB].key], received_at=at, via="phone", at=at
    )
    assert [line.label for line in standing.of(person, at=at)] == ["Hobby"]
    assert not verdict(person, club, at)
    assert verdict(person, hobby, at)
    told = histories.of_person(person).entries
    assert sum(CLUB in entry.facts for entry in told) == 2


def test_a_note_of_a_call_is_kept_and_not_enough(
    person: Person, club: Criterion, admin: User, at: datetime
) -> None:
    text = published(club, form="SPOKEN", at=at - DAY)
    declared = capturing.Declared(
        text=text, criteria=[club.code], method="oral_inbound", declared_at=at
    )
    (event,) = capturing.record(actor=admin, person=person, declared=declared, at=at)
    assert (event.kind, event.details["grade"]) == (EventKind.GRANTED, "C")
    refused = verdict(person, club, at)
    assert (refused.code, "Beleg" in refused.reason) == (MISSING, True)


@pytest.mark.parametrize(
    ("criteria_named", "field"), [([], "criteria"), (["hobby"], "criteria"), (["x"], "criteria")]
)
def test_what_the_text_does_not_name_is_not_recorded(
    person: Person,
    club: Criterion,
    admin: User,
    at: datetime,
    criteria_named: list[str],
    field: str,
) -> None:
    guarded(admin, label="Hobby", at=at)
    text = published(club, at=at - DAY)
    before = LedgerEvent.objects.count()
    declared = capturing.Declared(
        text=text, criteria=criteria_named, method="paper", declared_at=at
    )
    with pytest.raises(errors.Invalid) as refusal:
        capturing.record(actor=admin, person=person, declared=declared, at=at)
    assert list(refusal.value.errors) == [field]
    assert LedgerEvent.objects.count() == before


def test_restriction_forbids_new_answers_and_takes_none(
    person: Person, club: Criterion, answer: Any, at: datetime
) -> None:
    text = published(club, at=at - 3 * DAY)
    old = consented(person, club, text, at=at - 2 * DAY)
    consented(person, club, text, at=at - DAY, content=b"new")
    answer(person, club, "Holstein Kiel", at=at - DAY)
    circumstances.restrict(actor=None, person=person, ground="a", starts_at=at, at=at)
    consents.end(
        actor=None, consent=old, kind=EventKind.EXPIRED, reason="x", effective_at=at, at=at
    )
    assert not verdict(person, club, at)
    assert CriterionValue.objects.get().value == "Holstein Kiel"


def test_access_and_portability_carry_consent_and_answer(
    person: Person, club: Criterion, answer: Any, at: datetime
) -> None:
    consented(person, club, published(club, at=at - DAY), at=at)
    answer(person, club, "Holstein Kiel")
    whose = persons.whose(person)
    rows = {portion.model: portion.rows for portion in portions.of(whose)}
    assert "Holstein Kiel" in json.dumps([*rows["contacts.criterionvalue"]], default=str)
    told = histories.told(forgetting.events(whose).select_related("payload"))
    assert any(CLUB in entry.facts for entry in told)
    assert "contacts.criterionvalue" in portability.schema()["properties"]["data"]["properties"]


def test_the_chain_with_such_consents_verifies(
    person: Person, club: Criterion, at: datetime
) -> None:
    withdrawn(consented(person, club, published(club, at=at - DAY), at=at), at=at)
    assert verifying.verify()


def test_an_erasure_ends_such_a_consent_and_leaves_nothing(
    person: Person, club: Criterion, answer: Any, at: datetime
) -> None:
    consented(person, club, published(club, at=at - DAY), at=at)
    answer(person, club, "Holstein Kiel")
    assert erasures.expire([person.pk], at=at) == 1
    assert not Person.with_aliases.filter(pk=person.pk).exists()
    assert (CriterionValue.objects.count(), traces("Kiel")) == (0, [])
    assert LedgerEvent.objects.filter(kind=EventKind.EXPIRED).count() == 1
    assert verifying.verify()
