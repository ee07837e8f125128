"""Persons and companies made one and separated again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from contacts import access, companies, contact_points, employments, external_ids, merging
from contacts.models import Company, Merge, Person, PersonSignature, Source
from crm.accounts.models import User
from tests.contacts.merging.dumps import dump

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., Person]


def test_two_persons_become_one_and_two_again(
    admin: User, source: Source, make_person: MakePerson, at: datetime
) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    maier = make_person("Johannes", "Maier", title="Dr.")
    mayer = make_person("Hans", "Mayer", remark="ruft gern an")
    for record, mail in ((maier, "a@x.example"), (mayer, "a@x.example"), (mayer, "b@x.example")):
        contact_points.add(record=record, kind="EMAIL", value=mail, is_preferred=True, **known)
    external_ids.add(record=mayer, system="Outlook", value="17", **known)
    before = dump()

    preview = merging.preview(actor=admin, records=[maier, mayer])
    assert preview.survivor == maier
    assert {each.model: each.count for each in preview.moves} == {
        "contacts.contactpointholder": 2,
        "contacts.externalid": 1,
    }
    merge = merging.merge(
        actor=admin,
        survivor=maier,
        others=[mayer],
        choices={"given_name": mayer.public_id},
        versions=preview.versions,
        at=at,
    )

    maier.refresh_from_db()
    assert (maier.title, maier.given_name, maier.remark) == ("Dr.", "Hans", "ruft gern an")
    held = maier.contact_points.values_list("contact_point__display", flat=True)
    assert sorted(held) == ["a@x.example", "b@x.example"]
    assert maier.contact_points.filter(is_preferred=True).count() == 1
    assert list(Person.objects.all()) == [maier]
    assert access.person_for(user=admin, public_id=mayer.public_id) == maier
    assert not PersonSignature.objects.filter(person=mayer).exists()

    merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before
    again = merging.redo(actor=admin, merge=Merge.objects.get(), at=at)
    maier.refresh_from_db()
    assert maier.given_name == "Hans"
    merging.undo(actor=admin, merge=again, at=at)
    assert dump() == before


def test_two_companies_become_one_and_two_again(
    admin: User, source: Source, make_person: MakePerson, at: datetime
) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    one = companies.create(values={"name": "Havelberg", "erp_number": "4711"}, **known)
    other = companies.create(values={"name": "Havelberg GmbH", "erp_number": "17"}, **known)
    below = companies.create(values={"name": "Havelberg Süd", "parent": other}, **known)
    for company in (one, other):
        employments.add(
            person=make_person("Inge", "Abel"), company=company, values={"function": "Einkauf"},
            **known,
        )  # fmt: skip
    before = dump()
    merge = merging.merge(
        actor=admin, survivor=one, others=[other], choices={"erp_number": other.public_id}, at=at
    )
    one.refresh_from_db()
    assert (one.full_name, one.erp_number) == ("Havelberg GmbH", "17")
    assert one.employments.count() == 2
    below.refresh_from_db()
    assert below.parent == one
    assert Company.with_aliases.get(erp_number="4711").merged_into == one
    merging.undo(actor=admin, merge=merge, at=at)
    assert dump() == before
