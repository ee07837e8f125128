"""Answers that lose their ground otherwise than by a withdrawal."""

import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from consent import circumstances, tasks, texts, ungrounded
from contacts import criteria, qualification
from contacts.models import Criterion, CriterionValue, Person, Source
from crm.accounts.models import User
from crm.kernel import clock, errors
from crm.kernel.models import AuditEntry
from tests.criteria_stock import CLUB, DAY, consented, guarded, published

PLAIN = [each for each in texts.OF_CRITERIA if each != texts.EXPLICIT]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def answered(admin: User, source: Source, at: datetime) -> Callable[..., CriterionValue]:
    """``answered(person, criterion, **declared)``: with the consent that it needs."""
    named: dict[int, Any] = {}

    def answer(person: Person, criterion: Criterion, **declared: Any) -> CriterionValue:
        if criterion.sensitivity != "NORMAL":
            if criterion.pk not in named:
                named[criterion.pk] = published(
                    criterion, code=f"angaben-{criterion.pk}", elements=PLAIN, at=at - DAY
                )
            consented(person, criterion, named[criterion.pk], declared=declared, at=at)
        value = qualification.set_value(
            actor=admin,
            record=person,
            criterion=criterion,
            value="Holstein Kiel",
            source=source,
            at=at,
        )
        assert value is not None
        return value

    return answer


@pytest.fixture
def club(admin: User, at: datetime) -> Criterion:
    return guarded(admin, at=at - 10 * DAY)


def raised(admin: User, *people: Person, answered: Any, at: datetime) -> Criterion:
    """A criterion that anybody could answer before."""
    found = guarded(admin, label="Hobby", sensitivity="NORMAL", at=at - DAY)
    for person in people:
        answered(person, found)
    return criteria.update(
        actor=admin, criterion=found, values={"sensitivity": "PERSONALITY"}, at=at
    )


def told(outcome: ungrounded.Outcome) -> list[tuple[str, str, bool]]:
    return [(each.criterion.label, each.code, each.has_run_out) for each in outcome.found]


def test_what_rests_on_a_consent_stays(
    person: Person, club: Criterion, answered: Any, at: datetime
) -> None:
    answered(person, club)
    assert ungrounded.take_back(actor=None, at=at) == ungrounded.Outcome(1, [], 0)
    assert CriterionValue.objects.count() == 1


def test_a_consent_that_runs_out_takes_the_answer_with_it_in_the_night(
    person: Person,
    club: Criterion,
    answered: Any,
    admin: User,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered(person, club, valid_until=(at + DAY).date())
    hobby = raised(admin, person, answered=answered, at=at)
    monkeypatch.setattr(clock, "now", lambda: at + DAY)
    tasks.take_back_answers()
    assert CriterionValue.objects.count() == 2
    monkeypatch.setattr(clock, "now", lambda: at + 3 * DAY)
    assert told(ungrounded.look(at=at + 3 * DAY)) == [
        (CLUB, "consent-missing", True),
        ("Hobby", "consent-text-missing", False),
    ]
    tasks.take_back_answers()
    assert list(CriterionValue.objects.values_list("criterion", flat=True)) == [hobby.pk]
    entry = AuditEntry.objects.get(action="qualification.forgotten")
    assert (entry.actor_id, entry.context) == (None, {"reason": "consent-missing"})
    assert "Kiel" not in str(entry.changes)


def test_what_was_guarded_or_renamed_later_goes_when_somebody_says_so(
    person: Person, club: Criterion, answered: Any, admin: User, privacy: User, at: datetime
) -> None:
    answered(person, club)
    raised(admin, person, answered=answered, at=at)
    criteria.update(actor=admin, criterion=club, values={"label": "Verein"}, at=at)
    assert [label for label, _code, _out in told(ungrounded.look(at=at))] == ["Verein", "Hobby"]
    outcome = ungrounded.take_back(actor=privacy, at=at)
    assert (outcome.looked_at, outcome.taken) == (2, 2)
    assert not CriterionValue.objects.exists()


def test_a_consent_that_is_not_explicit_enough_any_more_is_none(
    person: Person, club: Criterion, answered: Any, admin: User, at: datetime
) -> None:
    answered(person, club)
    criteria.update(actor=admin, criterion=club, values={"sensitivity": "SPECIAL"}, at=at)
    assert told(ungrounded.look(at=at)) == [(CLUB, "consent-text-missing", False)]


def test_who_may_not_manage_consents_takes_nothing_back(
    person: Person, answered: Any, admin: User, sales: User, at: datetime
) -> None:
    raised(admin, person, answered=answered, at=at)
    with pytest.raises(errors.NotPermitted):
        ungrounded.take_back(actor=sales, at=at)
    assert CriterionValue.objects.count() == 1


def test_of_restricted_persons_nothing_goes_but_at_their_word(
    person: Person,
    club: Criterion,
    answered: Any,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Art. 18 GDPR: they may need it as it is."""
    answered(person, club, valid_until=(at + DAY).date())
    later = at + 3 * DAY
    look = ungrounded.look

    def restricted_meanwhile(**asked: Any) -> ungrounded.Outcome:
        found = look(**asked)
        circumstances.restrict(actor=None, person=person, ground="c", starts_at=at, at=at)
        return found

    monkeypatch.setattr(ungrounded, "look", restricted_meanwhile)
    outcome = ungrounded.take_back(actor=None, at=later)
    assert (len(outcome.found), outcome.taken) == (1, 0)
    assert look(at=later) == ungrounded.Outcome(1, [])
    assert CriterionValue.objects.count() == 1


def test_a_batch_takes_as_many_statements_as_one(
    make_person: Any,
    answered: Any,
    admin: User,
    at: datetime,
    django_assert_num_queries: Any,
) -> None:
    people = [make_person("Ina", f"Nr {number}") for number in range(12)]
    raised(admin, *people, answered=answered, at=at)
    with django_assert_num_queries(6):
        outcome = ungrounded.look(at=at)
    assert (outcome.looked_at, len(outcome.found)) == (12, 12)
    assert len(ungrounded.look(at=at, most=5).found) == 5


def test_the_command_tells_and_takes_back(
    person: Person, answered: Any, admin: User, at: datetime
) -> None:
    raised(admin, person, answered=answered, at=at)
    out = StringIO()
    call_command("check_guarded_answers", stdout=out)
    assert "Johanna Maier, Hobby: " in out.getvalue()
    assert "1 Angaben angesehen, 1 ohne Grundlage, 0 zurückgenommen." in out.getvalue()
    assert "Kiel" not in out.getvalue()
    out = StringIO()
    call_command("check_guarded_answers", "--take-back", "--json", stdout=out)
    assert json.loads(out.getvalue())["taken_back"] == 1
    assert not CriterionValue.objects.exists()
