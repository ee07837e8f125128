"""Contact points: normalised, shared, with status and proof of reachability."""

import pytest

from contacts import contact_points, sources
from contacts.models import ContactPoint, ContactPointHolder, Person, SourceKind
from crm.kernel import errors
from crm.kernel.models import AuditEntry


@pytest.fixture
def anna(make_person) -> Person:
    return make_person("Anna", "Abel")


@pytest.fixture
def bernd(make_person) -> Person:
    return make_person("Bernd", "Bohm")


@pytest.fixture
def add(admin, source, at):
    def add(record, kind, value, **more):
        return contact_points.add(
            actor=admin,
            record=record,
            kind=kind,
            value=value,
            **{"source": source, "at": at, **more},
        )

    return add


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("PHONE", "030/23125-101", ("PHONE", "+493023125101")),
        ("PHONE", "+49 (0)30 23125 101", ("PHONE", "+493023125101")),
        ("PHONE", "0171 39200 12", ("MOBILE", "+491713920012")),
        ("FAX", "030 23125 109", ("FAX", "+493023125109")),
        ("EMAIL", " J.Maier@Havelberg.example ", ("EMAIL", "j.maier@havelberg.example")),
        ("SOCIAL", "linkedin.com/in/JMaier", ("SOCIAL", "linkedin.com/in/jmaier")),
    ],
)
def test_every_notation_is_one_value(add, anna, kind, value, stored) -> None:
    point = add(anna, kind, value).contact_point
    assert (point.kind, point.normalised) == stored


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("PHONE", "+49(0)30 23125 1o2", "value"),
        ("EMAIL", "j.maier@", "value"),
        ("SOCIAL", "  ", "value"),
        ("POSTAL", "Am Speicher 14", "kind"),
    ],
)
def test_the_unreadable_is_refused_and_nothing_is_written(add, anna, kind, value, field) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        add(anna, kind, value)
    assert list(refusal.value.errors) == [field]
    assert (ContactPoint.objects.count(), ContactPointHolder.objects.count()) == (0, 0)
    anna.refresh_from_db()
    assert anna.version == 1


def test_two_persons_share_one_number(add, anna, bernd) -> None:
    first = add(anna, "PHONE", "030 23125 100")
    second = add(bernd, "PHONE", "030/23125100")
    assert first.contact_point == second.contact_point
    assert ContactPoint.objects.count() == 1


def test_the_same_number_twice_is_told(add, anna) -> None:
    add(anna, "PHONE", "030 23125 100")
    with pytest.raises(errors.Invalid, match="steht hier schon"):
        add(anna, "PHONE", "+49 30 23125100")
    assert ContactPointHolder.objects.count() == 1


def test_completeness_and_audit_follow(add, anna) -> None:
    add(anna, "EMAIL", "a@b.example")
    anna.refresh_from_db()
    assert (anna.completeness, anna.version) == (40, 2)
    entry = AuditEntry.objects.get(action="contact-point.added")
    assert entry.changes == {"contact-point.EMAIL": ["", "a@b.example"]}
    assert entry.object_id == anna.pk


def test_one_preferred_number_of_a_kind(add, anna) -> None:
    first = add(anna, "PHONE", "030 23125 100", is_preferred=True)
    second = add(anna, "PHONE", "030 23125 101", is_preferred=True)
    first.refresh_from_db()
    assert (first.is_preferred, second.is_preferred) == (False, True)


def test_a_bounce_holds_for_everybody_who_has_the_address(add, anna, bernd, admin, at) -> None:
    mine = add(anna, "EMAIL", "info@b.example")
    theirs = add(bernd, "EMAIL", "info@b.example")
    contact_points.set_status(actor=admin, holder=mine, status="BOUNCED", at=at)
    theirs.refresh_from_db()
    assert theirs.status == "BOUNCED"
    anna.refresh_from_db()
    assert anna.completeness == 20
    contact_points.set_status(actor=admin, holder=theirs, status="ACTIVE", at=at)
    mine.refresh_from_db()
    assert mine.status == "ACTIVE"


def test_a_retired_number_is_retired_for_one_holder(add, anna, bernd, admin, at) -> None:
    mine = add(anna, "PHONE", "030 23125 100")
    theirs = add(bernd, "PHONE", "030 23125 100")
    contact_points.set_status(actor=admin, holder=mine, status="RETIRED", at=at)
    theirs.refresh_from_db()
    assert theirs.status == "ACTIVE"


def test_verifying_says_when_and_how(add, anna, admin, at) -> None:
    holder = add(anna, "PHONE", "030 23125 100")
    contact_points.verify(actor=admin, holder=holder, how="CALL", at=at)
    holder.refresh_from_db()
    assert (holder.verified_on, holder.verified_how, holder.confirmed_on) == (
        at.date(),
        "CALL",
        at.date(),
    )


def test_what_one_loses_the_other_keeps(add, anna, bernd, admin, at) -> None:
    mine = add(anna, "PHONE", "030 23125 100")
    add(bernd, "PHONE", "030 23125 100")
    contact_points.remove(actor=admin, holder=mine, at=at)
    assert [holder.person for holder in ContactPointHolder.objects.all()] == [bernd]


def test_a_channel_outside_of_the_licence_is_refused(add, anna, at) -> None:
    from datetime import date

    bought = sources.create(
        actor=None,
        kind=SourceKind.SUPPLIER,
        name="Adresskontor Falk",
        licence="Post und Telefon",
        licensed_channels=["POSTAL", "PHONE"],
        use_until=date(2026, 12, 31),
        at=at,
    )
    with pytest.raises(errors.Invalid, match="umfasst diesen Kanal nicht"):
        add(anna, "EMAIL", "a@b.example", source=bought)
    assert ContactPointHolder.objects.count() == 0
    assert add(anna, "PHONE", "030 23125 100", source=bought).pk
