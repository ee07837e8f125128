"""What may be kept about a person."""

import pytest

from consent.decision import attributes
from consent.decision.attributes import Kind
from consent.decision.codes import Outcome
from consent.decision.vectors import Vector
from tests.consent.decision import rows


@pytest.mark.parametrize("vector", rows.of("store"), ids=lambda vector: vector.id)
def test_published_row(vector: Vector) -> None:
    given = vector.facts
    answer = attributes.may_store(
        kind=attributes.kind_of(given["attribute"]),
        consent=given.get("consent"),
        needed_for=given.get("needed_for"),
    )
    assert answer.outcome == vector.decision
    assert answer.is_unsettled or vector.debatable != "yes"


@pytest.mark.parametrize(
    ("attribute", "consent", "needed_for", "outcome"),
    [
        ("religion", "given", None, Outcome.DENY),
        ("health", None, "barrier_free_appointment", Outcome.REVIEW),
        ("health", "explicit", None, Outcome.ALLOW),
        ("football_club", "given", None, Outcome.ALLOW),
        ("football_club", "perhaps", None, Outcome.DENY),
        ("birthday", None, "contract", Outcome.ALLOW),
        ("company_size", None, None, Outcome.ALLOW),
        ("never_heard_of", "given", None, Outcome.DENY),
        ("never_heard_of", "explicit", None, Outcome.ALLOW),
    ],
)
def test_the_kind_decides_which_consent_is_enough(
    attribute: str, consent: str | None, needed_for: str | None, outcome: Outcome
) -> None:
    answer = attributes.may_store(
        kind=attributes.kind_of(attribute), consent=consent, needed_for=needed_for
    )
    assert answer.outcome is outcome
    assert bool(answer) is (outcome is Outcome.ALLOW)


def test_the_lists_do_not_overlap() -> None:
    assert not attributes.BUSINESS & (attributes.PERSONALITY | attributes.SPECIAL)
    assert not attributes.PERSONALITY & attributes.SPECIAL
    assert attributes.kind_of("religion") is Kind.SPECIAL
