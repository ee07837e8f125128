"""No write path forgets the signatures: each is walked, and a new one must be added here."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

import contacts
from contacts import (
    addresses,
    assigning,
    bulk,
    companies,
    contact_points,
    correcting,
    employments,
    external_ids,
    freshness,
    intake,
    persons,
    qualification,
    restoring,
    supplementing,
)
from contacts.importing import imports, pace, reverting, running
from contacts.intake import NewPoint, NewRole
from contacts.matching.signatures import Facts
from contacts.matching.store import upkeep
from contacts.merging import merges, undoing
from contacts.models import (
    Address,
    Company,
    CompanySignature,
    ContactPointHolder,
    Employment,
    ImportRun,
    MatchingKind,
    MatchName,
    Merge,
    Person,
    PersonSignature,
    Source,
)
from crm.accounts.models import User

pytestmark = pytest.mark.django_db
HOME = {"street": "Lange Str. 1", "postal_code": "24103", "city": "Kiel"}
SEAT = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}


@dataclass(frozen=True, slots=True)
class World:
    """Havelberg with Maier, who has no address of his own, and Abel, who works nowhere."""

    admin: User
    source: Source
    at: datetime
    havelberg: Company
    maier: Person
    abel: Person

    @property
    def by(self) -> dict[str, Any]:
        """Who writes, and when."""
        return {"actor": self.admin, "at": self.at}

    @property
    def known(self) -> dict[str, Any]:
        """Who writes, when, and whence it comes."""
        return {**self.by, "source": self.source}

    def point(self, record: Person | Company, kind: str) -> ContactPointHolder:
        return record.contact_points.get(contact_point__kind=kind)

    @property
    def role(self) -> Employment:
        return self.maier.employments.get()

    @property
    def seat(self) -> Address:
        return self.havelberg.addresses.get()

    @property
    def home(self) -> Address:
        return self.abel.addresses.get()


@pytest.fixture
def world(admin: User, source: Source, at: datetime) -> World:
    known = {"actor": admin, "source": source, "at": at}
    havelberg = intake.create_company_with(
        values={"name": "Havelberg"}, address=SEAT,
        points=[NewPoint("phone", "PHONE", "030 23125-0", "")], **known,
    )  # fmt: skip
    maier = intake.create_person_with(
        values={"given_name": "Johannes", "surname": "Maier"}, role=NewRole(company=havelberg),
        points=[NewPoint("email", "EMAIL", "j.maier@havelberg.example", "")], **known,
    )  # fmt: skip
    abel = intake.create_person_with(
        values={"given_name": "Inge", "surname": "Abel"}, address=HOME,
        points=[NewPoint("phone", "PHONE", "0431 23125-1", "")], **known,
    )  # fmt: skip
    return World(admin, source, at, havelberg, maier, abel)


def signatures() -> dict[tuple[str, int], bytes]:
    return {
        **{("PERSON", pk): bytes(d) for pk, d in PersonSignature.objects.values_list("pk", "data")},
        **{
            ("COMPANY", pk): bytes(d)
            for pk, d in CompanySignature.objects.values_list("pk", "data")
        },
    }


def assert_all_true() -> None:
    for kind, records in ((MatchingKind.PERSON, Person), (MatchingKind.COMPANY, Company)):
        ids = list(records.objects.values_list("pk", flat=True))
        kept = {pk for name, pk in signatures() if name == kind}
        assert kept == set(ids)
        assert upkeep.stale(kind, ids) == []


Act = Callable[[World], object]
PATHS: dict[str, Act] = {
    "persons.create": lambda w: persons.create(
        values={"given_name": "Anna", "surname": "Voß", "birth_date": date(1990, 3, 9)}, **w.known
    ),
    "persons.update": lambda w: persons.update(
        person=w.maier, values={"surname": "Mayer"}, **w.known
    ),
    "persons.update birth": lambda w: persons.update(
        person=w.maier, values={"birth_date": date(1964, 4, 17)}, **w.known
    ),
    "companies.create": lambda w: companies.create(values={"name": "Brandt"}, **w.known),
    "companies.update": lambda w: companies.update(
        company=w.havelberg, values={"name": "Elbwerft"}, **w.known
    ),
    "companies.update number": lambda w: companies.update(
        company=w.havelberg, values={"vat_id": "DE123456788"}, **w.known
    ),
    "contact_points.add": lambda w: contact_points.add(
        record=w.abel, kind="EMAIL", value="inge@abel.example", **w.known
    ),
    "contact_points.held_or_added": lambda w: contact_points.held_or_added(
        record=w.maier, kind="PHONE", value="0431 998", **w.known
    ),
    "contact_points.add to a company": lambda w: contact_points.add(
        record=w.havelberg, kind="EMAIL", value="info@havelberg.example", **w.known
    ),
    "contact_points.update": lambda w: [
        contact_points.add(record=w.abel, kind="PHONE", value="0431 999", **w.known),
        contact_points.update(
            holder=w.abel.contact_points.order_by("-pk")[0], values={"is_preferred": True}, **w.by
        ),
    ],
    "contact_points.set_status": lambda w: contact_points.set_status(
        holder=w.point(w.abel, "PHONE"), status="REASSIGNED", **w.by
    ),
    "contact_points.remove": lambda w: contact_points.remove(
        holder=w.point(w.abel, "PHONE"), **w.by
    ),
    "addresses.add": lambda w: addresses.add(record=w.maier, values=HOME, **w.known),
    "addresses.update": lambda w: addresses.update(
        address=w.home, values={"street": "Am Hang", "house_number": "2"}, **w.known
    ),
    "addresses.update of a company": lambda w: addresses.update(
        address=w.seat, values={"street": "Speicherweg", "house_number": "99"}, **w.known
    ),
    "addresses.move": lambda w: addresses.move(
        address=w.home, values=SEAT, since=w.at.date() + timedelta(days=1), **w.known
    ),
    "addresses.move of a company": lambda w: addresses.move(
        address=w.seat, values=HOME, since=w.at.date() + timedelta(days=1), **w.known
    ),
    "employments.add": lambda w: employments.add(
        person=w.abel, company=w.havelberg, values={}, **w.known
    ),
    "intake.create_person_with": lambda w: intake.create_person_with(
        values={"surname": "Kern"}, role=NewRole(new_company="Kern & Söhne"), address=HOME,
        points=[NewPoint("email", "EMAIL", "kern@kern.example", "")], **w.known,
    ),
    "intake.create_company_with": lambda w: intake.create_company_with(
        values={"name": "Kern"}, address=HOME, **w.known
    ),
    "intake.add_role_with": lambda w: intake.add_role_with(
        person=w.abel, role=NewRole(new_company="Kern & Söhne"), **w.known
    ),
    "merges.merge": lambda w: merges.merge(survivor=w.abel, others=[w.maier], **w.by),
    "merges.merge of companies": lambda w: merges.merge(
        survivor=companies.create(values={"name": "Elbwerft"}, **w.known),
        others=[w.havelberg],
        choices={},
        **w.by,
    ),
    "undoing.redo": lambda w: undoing.redo(merge=_merged_and_undone(w), **w.by),
    "correcting.correct_point": lambda w: correcting.correct_point(
        holder=w.point(w.abel, "PHONE"), value="0431 23125-2", **w.known
    ),
    "supplementing.supplement": lambda w: supplementing.supplement(
        record=w.abel, values={}, role=NewRole(company=w.havelberg),
        points=[NewPoint("email", "EMAIL", "abel@kern.example", "")], **w.known,
    ),
}  # fmt: skip
"""Each changes a signature."""

SAME: dict[str, Act] = {
    "addresses.end": lambda w: addresses.end(address=w.home, last_day=w.at.date(), **w.by),
    "persons.update title": lambda w: persons.update(
        person=w.maier, values={"title": "Dr."}, **w.known
    ),
    "contact_points.verify": lambda w: contact_points.verify(
        holder=w.point(w.abel, "PHONE"), how="CALL", **w.by
    ),
    "employments.update": lambda w: employments.update(
        employment=w.role, values={"function": "Einkauf"}, **w.by
    ),
    "employments.end": lambda w: employments.end(employment=w.role, last_day=w.at.date(), **w.by),
    "assigning.assign": lambda w: assigning.assign(
        records=Person.objects.all(), owner=None, **w.by
    ),
    "freshness.confirm": lambda w: freshness.confirm(datum=w.home, **w.by),
    "freshness.confirm_record": lambda w: freshness.confirm_record(record=w.maier, **w.by),
    "bulk.confirm": lambda w: bulk.confirm(records=Person.objects.all(), **w.by),
    "external_ids.add": lambda w: external_ids.add(
        record=w.maier, system="ERP", value="4711", **w.known
    ),
    "undoing.undo": lambda w: _merged_and_undone(w),
    "restoring.restore_point": lambda w: _remove_and_restore(w),
}
"""Each leaves all signatures as they are."""

UNREAD = {
    "bulk.answer": "answers to criteria",
    "external_ids.remove": "numbers in other systems",
    "qualification.set_value": "answers to criteria",
    "qualification.confirm": "answers to criteria",
    "qualification.forget": "answers to criteria",
    "undoing.undo_preview": "changes nothing",
}
"""Writes nothing that matching reads."""

MODULES: tuple[ModuleType, ...] = (
    addresses, assigning, bulk, companies, contact_points, correcting, employments, external_ids,
    freshness, intake, merges, persons, qualification, restoring, supplementing, undoing,
)  # fmt: skip


def _merged_and_undone(world: World) -> Merge:
    merge = merges.merge(survivor=world.abel, others=[world.maier], **world.by)
    return undoing.undo(merge=merge, **world.by)


def _remove_and_restore(world: World) -> None:
    holder = world.point(world.abel, "PHONE")
    removed = restoring.RemovedPoint.of(holder)
    contact_points.remove(holder=holder, **world.by)
    restoring.restore_point(record=world.abel, removed=removed, **world.by)


@pytest.mark.parametrize("path", PATHS)
def test_a_write_path_keeps_signatures_true(path: str, world: World) -> None:
    assert_all_true()
    before = signatures()
    PATHS[path](world)
    assert_all_true()
    assert signatures() != before


@pytest.mark.parametrize("path", SAME)
def test_what_matching_does_not_read_leaves_signatures_alone(path: str, world: World) -> None:
    before = signatures()
    SAME[path](world)
    assert_all_true()
    assert signatures() == before


def test_no_write_path_is_missing_here() -> None:
    """Everything public with an actor is a write path."""
    found = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "actor" in inspect.signature(function).parameters
    }
    walked = {path.split(" ")[0] for path in (*PATHS, *SAME)}
    assert found - set(UNREAD) == walked


WRITERS = {
    "addresses.py": "walked above",
    "bulk.py": "walked above",
    "contact_points.py": "walked above",
    "correcting.py": "walked above",
    "criteria.py": "writes criteria",
    "employments.py": "walked above",
    "freshness.py": "walked above",
    "importing/storing/absorbing.py": "walked below",
    "importing/storing/updating.py": "walked below",
    "importing/undoing.py": "walked below",
    "indexing.py": "writes the keys themselves",
    "merging/reviving.py": "walked above",
    "merging/surviving.py": "walked above",
    "qualification.py": "writes answers to criteria",
    "restoring.py": "walked above",
    "supplementing.py": "walked above",
    "writing.py": "walked above",
}
_MODELS = re.compile(r"\b(Person|Company|ContactPointHolder|Address|Employment)\b")
_WRITES = re.compile(
    r"\.save\(|\.update\(\s*\*?\*?\w+=|\.objects\.(?:create|get_or_create)\(|bulk_create\("
    r"|bulk_update\(|\.delete\(\)|COPY |INSERT INTO|UPDATE \{"
)


def test_no_module_writes_records_that_is_not_known_here() -> None:
    """A rough look, meant to be noticed by whoever adds a module that writes."""
    root = Path(contacts.__file__).parent
    aside = {"migrations", "models", "matching", "duplicates"}
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if not aside & set(path.relative_to(root).parts)
        and _MODELS.search(text := path.read_text(encoding="utf-8"))
        and _WRITES.search(text)
    }
    assert found == set(WRITERS)


LIST = (
    "Personennummer;Vorname;Nachname;Firma;PLZ;Ort;E-Mail\n"
    "1;Hans;Maier;Brandt KG;24103;Kiel;maier@brandt.example\n"
    "2;Inge;Abel;Brandt KG;24103;Kiel;abel@brandt.example\n"
)


@pytest.fixture
def work(settings: Any, tmp_path: Path, admin: User, source: Source, at: datetime) -> Any:
    """Import a file in this process."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def go(text: str, **values: Any) -> ImportRun:
        run = imports.upload(
            actor=admin,
            source=source,
            file_name="liste.csv",
            file=BytesIO(text.encode()),
            at=at,
            **values,
        )
        imports.start(actor=admin, run=run, at=at)
        running.work(run.pk, clock=lambda: at)
        return ImportRun.objects.get(pk=run.pk)

    return go


def test_an_import_keeps_signatures_true_and_so_does_taking_it_back(
    work: Any, admin: User, at: datetime
) -> None:
    first = work(LIST)
    assert first.created_count == 2
    assert_all_true()
    before = signatures()
    changed = LIST.replace("Hans;Maier", "Hans;Mayer").replace("24103;Kiel", "20095;Hamburg")
    second = work(changed + "3;Uwe;Zander;Kern AG;;;\n", update_existing=True)
    assert (second.created_count, second.updated_count) == (1, 2)
    assert_all_true()
    assert signatures() != before
    imports.revert(actor=admin, run=second, at=at)
    reverting.work(second.pk, clock=lambda: at)
    assert_all_true()
    assert signatures() == before
    imports.revert(actor=admin, run=first, at=at)
    reverting.work(first.pk, clock=lambda: at)
    assert signatures() == {}


EVERYTHING = (
    "NAME1;STRASSE;HAUSNR;PLZ;ORT;TELEFON1;AP_NR;VORNAME;NACHNAME;DURCHWAHL;MOBIL;EMAIL;"
    "GEBURTSDATUM\n"
    "Brandt KG;Werftstr.;12a;24103;Kiel;0431 23125;1;Hans;Maier;0431 2312511;0152 01234567;"
    "hans.maier@brandt.example;17.04.1964\n"
    "Brandt KG;Ring;3;24103;Kiel;0431 23125;2;Inge;Abel;0431 2312512;;h.abel@brandt.example;\n"
    "Brandt KG;;;;;;3;Uwe;Zander;0431 2312511;0431 2312511;zander@brandt.example;\n"
    ";Am Speicher;7;10997;Berlin;;4;Änne;Müller-Voß;030 23125102;;Voss@web.example;\n"
    "Kern AG;;;;;;5;Elif;Öztürk;;;;03.03.1980\n"
    ";;;;;;6;Konrad;Abel;;;k.abel@web.example;\n"
)


@pytest.mark.parametrize("chunk", [1, 2, 1000])
def test_an_import_signs_what_it_wrote_as_if_it_read_it_back(
    work: Any, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "CHUNK", chunk)
    run = work(EVERYTHING)
    assert (run.created_count, run.rejected_count) == (6, 0)
    assert_all_true()


def test_all_signatures_can_be_made_anew(world: World) -> None:
    before = signatures()
    PersonSignature.objects.all().delete()
    CompanySignature.objects.update(data=b"", keys=[])
    assert upkeep.stale(MatchingKind.PERSON, [world.maier.pk]) == [world.maier.pk]
    told: list[int] = []

    assert upkeep.rebuild(MatchingKind.PERSON, progress=told.append) == 2
    assert upkeep.rebuild(MatchingKind.COMPANY) == 1

    assert told == [2]
    assert signatures() == before
    PersonSignature.objects.all().delete()
    call_command("rebuild_index")
    assert_all_true()


def test_new_signatures_are_added_as_they_would_be_written(world: World) -> None:
    facts = {
        world.maier.pk: Facts(
            id=world.maier.pk,
            given_name="Johannes",
            surname="Maier",
            emails=[f"maier{n}@firma.example" for n in range(8)],  # more than one signature holds
            phones=["+494319999", "+4915201234567"],
        ),
        world.abel.pk: Facts(id=world.abel.pk),  # nothing to find it by
    }
    upkeep.write(MatchingKind.PERSON, facts)
    written = list(PersonSignature.objects.order_by("pk").values_list("pk", "data", "keys"))
    PersonSignature.objects.all().delete()

    found = upkeep.computed(MatchingKind.PERSON, facts, upkeep.names_of(facts))
    upkeep.add(MatchingKind.PERSON, found)

    added = PersonSignature.objects.order_by("pk")
    assert list(added.values_list("pk", "data", "keys")) == written
    assert [len(keys) > 20 for _pk, _data, keys in written] == [True, False]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contacts_personsignature WHERE written_in IS NULL")
        assert cursor.fetchone() == (0,)


def test_a_signature_that_does_not_change_is_not_written(world: World) -> None:
    everybody = [world.maier.pk, world.abel.pk]
    assert upkeep.refresh(MatchingKind.PERSON, everybody) == []
    Person.objects.filter(pk=world.abel.pk).update(surname="Abels")
    assert upkeep.refresh(MatchingKind.PERSON, everybody) == [world.abel.pk]


def test_keys_are_those_of_the_batch(world: World) -> None:
    for signature in PersonSignature.objects.all():
        assert signature.keys == sorted(set(signature.keys) - {0})
        assert len(signature.keys) > 5


def test_a_name_enters_the_dictionary_once(world: World) -> None:
    names = set(MatchName.objects.values_list("text", flat=True))
    assert {"johannes", "maier", "inge", "abel", "havelberg", "lange str"} <= names
    count = MatchName.objects.count()
    upkeep.rebuild(MatchingKind.PERSON)
    assert MatchName.objects.count() == count


def test_statements_do_not_grow_with_the_records_of_a_chunk(world: World) -> None:
    def statements(count: int) -> int:
        facts = {pk: Facts(id=pk, given_name="A", surname=f"B{pk}") for pk in everybody[:count]}
        with CaptureQueriesContext(connection) as context:
            upkeep.write(MatchingKind.PERSON, facts)
        return len(context)

    everybody = [world.maier.pk, world.abel.pk]
    everybody += [
        person.pk
        for person in Person.objects.bulk_create(
            Person(surname=f"C{n}", source=world.source, created_at=world.at, updated_at=world.at)
            for n in range(300)
        )
    ]
    assert statements(2) == statements(300)
