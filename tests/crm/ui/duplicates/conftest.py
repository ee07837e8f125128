"""A finished run over a few persons, made by hand: no batch is needed to look at its result."""

from collections.abc import Callable
from typing import Any

import pytest

from contacts import addresses, contact_points
from contacts.models import Company, MatchingKind, MatchingModel, MatchingRun, Person, Source
from crm.accounts.models import User
from tests.crm.suspects import made_model, made_run, suspected


@pytest.fixture
def model(db: None, at: Any) -> MatchingModel:
    return made_model(MatchingKind.PERSON, at)


@pytest.fixture
def run(model: MatchingModel, at: Any) -> MatchingRun:
    return made_run(model, at)


@pytest.fixture
def twins(
    run: MatchingRun, make_person: Callable[..., Person], admin: User, source: Source, team: Any,
    at: Any,
) -> list[Person]:  # fmt: skip
    """Johannes Maier and Johannes Mayer, who share a number, in one group of the run."""
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    found = [
        make_person("Johannes", "Maier", birth_date="1970-05-04", team=team),
        make_person("Johannes", "Mayer", birth_date="1970-04-05", team=team),
    ]
    for person in found:
        contact_points.add(record=person, kind="PHONE", value="030 23125 101", **known)
    place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    addresses.add(record=found[0], values=place, **known)
    suspected(run, found)
    return found


def url_of(record: Person | Company) -> str:
    kind = "ansprechpartner" if isinstance(record, Person) else "firmen"
    return f"/{kind}/{record.public_id}/"
