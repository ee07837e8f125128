"""Two records that were made one."""

from collections.abc import Callable
from typing import Any

import pytest

from contacts import addresses, contact_points, merging
from contacts.models import Merge, Person, Source
from crm.accounts.models import User


@pytest.fixture
def pair(
    make_person: Callable[..., Person], admin: User, source: Source, team: Any, at: Any
) -> list[Person]:
    """Johannes Maier, who has a birth date, and J. Mayer, who has an address and a mail."""
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    found = [
        make_person("Johannes", "Maier", birth_date="1970-05-04", team=team),
        make_person("J.", "Mayer", title="Dr.", team=team),
    ]
    contact_points.add(record=found[1], kind="EMAIL", value="j.mayer@havelberg.example", **known)
    place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    addresses.add(record=found[1], values=place, **known)
    return [Person.objects.get(pk=each.pk) for each in found]


@pytest.fixture
def merged(pair: list[Person], sales: User, at: Any) -> Merge:
    return merging.merge(actor=sales, survivor=pair[0], others=[pair[1]], at=at)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())
