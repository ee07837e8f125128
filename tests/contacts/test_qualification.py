"""Qualification values: typed, with history, sensitive ones only past a guard."""

from datetime import timedelta
from typing import Any

import pytest

from contacts import criteria, qualification
from contacts.models import CriterionValue
from crm.kernel import answers, errors
from crm.kernel.models import AuditEntry


@pytest.fixture
def anna(make_person):
    return make_person("Anna", "Abel")


@pytest.fixture
def define(admin, at):
    def define(label="Branche", type="TEXT", subject="PERSON", **more):
        return criteria.create(
            actor=admin, **{"label": label, "type": type, "subject": subject, "at": at, **more}
        )

    return define


@pytest.fixture
def answer(admin, source, at):
    def answer(record, criterion, value):
        return qualification.set_value(
            actor=admin, record=record, criterion=criterion, value=value, source=source, at=at
        )

    return answer


@pytest.mark.parametrize(
    ("type", "choices", "value", "stored", "shown"),
    [
        ("TEXT", [], " Maschinenbau ", "Maschinenbau", "Maschinenbau"),
        ("NUMBER", [], "1.250,5", 1250.5, "1.250,5"),
        ("NUMBER", [], "250", 250, "250"),
        ("DATE", [], "31.03.2026", "2026-03-31", "31.03.2026"),
        ("BOOLEAN", [], "ja", True, "ja"),
        ("CHOICE", ["A+", "B"], "a+", "aplus", "A+"),
        (
            "CHOICES",
            ["Messe", "Schulung"],
            "Schulung; Messe",
            ["messe", "schulung"],
            "Messe, Schulung",
        ),
    ],
)
def test_values_are_stored_by_type(
    define, answer, anna, type, choices, value, stored, shown
) -> None:
    criterion = define(type=type, choices=choices)
    row = answer(anna, criterion, value)
    assert row.value == stored
    assert qualification.text_of(criterion=criterion, value=row.value) == shown


@pytest.mark.parametrize(
    ("type", "choices", "value"),
    [
        ("TEXT", [], "x" * 1001),
        ("NUMBER", [], "viel"),
        ("NUMBER", [], "NaN"),
        ("DATE", [], "31.02.2026"),
        ("BOOLEAN", [], "vielleicht"),
        ("CHOICE", ["A", "B"], "C"),
        ("CHOICES", ["A", "B"], ["A", "C"]),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(define, answer, anna, type, choices, value) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        answer(anna, define(type=type, choices=choices), value)
    assert list(refusal.value.errors) == ["value"]
    assert CriterionValue.objects.count() == 0


def test_the_former_answer_stays_as_history(define, answer, anna, at) -> None:
    criterion = define()
    answer(anna, criterion, "Maschinenbau")
    answer(anna, criterion, "Anlagenbau")
    answer(anna, criterion, "")
    rows = CriterionValue.objects.order_by("pk")
    assert [(row.value, row.superseded_at) for row in rows] == [
        ("Maschinenbau", at),
        ("Anlagenbau", at),
        (None, None),
    ]


def test_the_same_answer_again_confirms_it(define, answer, anna, admin, source, at) -> None:
    criterion = define()
    answer(anna, criterion, "Maschinenbau")
    row = qualification.set_value(
        actor=admin,
        record=anna,
        criterion=criterion,
        value="Maschinenbau",
        source=source,
        confirmed_on=at.date(),
        at=at,
    )
    assert CriterionValue.objects.get() == row
    assert row.confirmed_on == at.date()
    entry = AuditEntry.objects.get(action="datum.confirmed")
    assert entry.changes == {"Branche: confirmed_on": [None, "2026-03-17"]}


def says(verdict: answers.Answer) -> Any:
    """A guard that always says the same."""
    return lambda records, criteria, at: {
        (record.pk, criterion.pk): verdict for record in records for criterion in criteria
    }


@pytest.mark.parametrize("sensitivity", ["PERSONALITY", "SPECIAL"])
def test_sensitive_values_are_refused_until_a_guard_allows_them(
    define, answer, anna, sensitivity, monkeypatch
) -> None:
    criterion = define(label="Lieblingsverein", sensitivity=sensitivity)
    monkeypatch.setattr(qualification, "_guards", [])
    with pytest.raises(qualification.SensitiveValueRefused, match="Lieblingsverein"):
        answer(anna, criterion, "Holstein Kiel")
    assert CriterionValue.objects.count() == 0
    qualification.register_guard(says(answers.YES))
    assert answer(anna, criterion, "Holstein Kiel").value == "Holstein Kiel"
    qualification.register_guard(says(answers.no(code="x", reason="Widerrufen.")))
    with pytest.raises(qualification.SensitiveValueRefused, match="Widerrufen"):
        answer(anna, criterion, "HSV")
    assert CriterionValue.objects.get(superseded_at=None).value == "Holstein Kiel"


def test_a_criterion_for_companies_is_refused_for_a_person(define, answer, anna) -> None:
    with pytest.raises(errors.Invalid, match="gilt hier nicht"):
        answer(anna, define(subject="COMPANY"), "x")


def test_a_retired_criterion_takes_no_new_answers(define, answer, anna, admin, at) -> None:
    criterion = define()
    answer(anna, criterion, "x")
    criteria.set_active(actor=admin, criterion=criterion, is_active=False, at=at)
    with pytest.raises(errors.Invalid, match="stillgelegt"):
        answer(anna, criterion, "y")
    assert CriterionValue.objects.get().value == "x"


def test_fill_rates_and_the_proposal_to_retire(define, answer, anna, make_person, at) -> None:
    used, unused = define(label="Branche"), define(label="Faxgerät")
    answer(anna, used, "x")
    answer(make_person("Bernd", "Bohm"), used, "x")
    answer(make_person("Carla", "Claus"), used, "x")
    answer(anna, used, None)
    uses = {use.criterion: use for use in criteria.uses(at=at + timedelta(days=91))}
    assert (uses[used].filled, uses[used].total) == (2, 3)
    assert uses[used].rate == pytest.approx(2 / 3)
    assert not uses[used].propose_retirement
    assert uses[unused].propose_retirement
    assert not any(use.propose_retirement for use in criteria.uses(at=at))


def test_fill_rates_take_a_fixed_number_of_queries(
    define, answer, anna, at, django_assert_max_num_queries
) -> None:
    for number in range(8):
        answer(anna, define(label=f"Frage {number}"), "x")
    with django_assert_max_num_queries(5):
        assert len(criteria.uses(at=at)) == 8


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"label": " "}, "label"),
        ({"type": "CHOICE"}, "choices"),
        ({"type": "TEXT", "choices": ["A"]}, "choices"),
        ({"type": "COLOUR"}, "type"),
    ],
)
def test_a_bad_criterion_is_refused(define, values, field) -> None:
    from contacts.models import Criterion

    with pytest.raises(errors.Invalid) as refusal:
        define(**values)
    assert list(refusal.value.errors) == [field]
    assert Criterion.objects.count() == 0


def test_choices_left_out_are_retired_and_given_answers_keep_their_meaning(
    define, answer, anna, admin, at
) -> None:
    criterion = define(type="CHOICE", choices=["A", "B"])
    answer(anna, criterion, "A")
    criteria.update(actor=admin, criterion=criterion, values={}, choices=["B", "C"], at=at)
    criterion.refresh_from_db()
    assert [(c.label, c.is_active) for c in criterion.choices.order_by("label")] == [
        ("A", False),
        ("B", True),
        ("C", True),
    ]
    assert qualification.text_of(criterion=criterion, value="a") == "A"
    with pytest.raises(errors.Invalid):
        answer(anna, criterion, "A+")
