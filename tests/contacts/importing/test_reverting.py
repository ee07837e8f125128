"""Taking an import back leaves the stock as it was; what somebody changed stays and is told."""

import pytest

from contacts import contact_points, persons
from contacts.importing import imports, reverting
from contacts.models import (
    Address,
    Company,
    ContactPoint,
    Employment,
    ExternalId,
    ImportRow,
    ImportRun,
    ImportState,
    Person,
)
from crm.kernel.models import AuditEntry

LIST = (
    "Personennummer;Vorname;Nachname;Firma;PLZ;Ort;E-Mail\n"
    "1;Hans;Maier;Brandt KG;24103;Kiel;maier@brandt.example\n"
    "2;Inge;Abel;Brandt KG;24103;Kiel;abel@brandt.example\n"
)


def counts() -> tuple[int, ...]:
    models = (Person, Company, Employment, Address, ContactPoint, ExternalId)
    return tuple(model.objects.count() for model in models)


def test_nothing_is_left(import_file, take_back):
    run = import_file(LIST)
    assert counts() == (2, 1, 2, 3, 3, 2)

    take_back(run)

    assert counts() == (0, 0, 0, 0, 0, 0)
    actions = AuditEntry.objects.filter(action__endswith=".removed").order_by("pk")
    assert [(entry.action, entry.object_label) for entry in actions] == [
        ("person.removed", "Inge Abel"),
        ("person.removed", "Hans Maier"),
        ("company.removed", "Brandt KG"),
    ]


def test_what_was_changed_since_stays_and_is_told(import_file, take_back, admin, at, source):
    run = import_file(LIST)
    maier = Person.objects.get(surname="Maier")
    persons.update(actor=admin, person=maier, values={"title": "Dr."}, source=source, at=at)

    run = take_back(run)

    assert [person.surname for person in Person.objects.all()] == ["Maier"]
    assert Company.objects.get().name == "Brandt"
    left = ImportRow.objects.filter(run=run, reason_code="changed-since")
    assert [row.number for row in left] == [2]
    assert left[0].reason == (
        "Nicht zurückgenommen: seit dem Import geändert oder anderswo verwendet."
    )
    assert run.settings["revert"] == {"removed": 1, "restored": 0, "left": 1}


def test_a_contact_point_added_since_keeps_the_person(import_file, take_back, admin, at, source):
    run = import_file(LIST)
    contact_points.add(
        actor=admin,
        record=Person.objects.get(surname="Abel"),
        kind="PHONE",
        value="030 23125101",
        source=source,
        at=at,
    )

    take_back(run)

    assert [person.surname for person in Person.objects.all()] == ["Abel"]


def test_a_company_that_others_use_stays(import_file, take_back):
    run = import_file(LIST)
    import_file("Vorname;Nachname;Firma;PLZ\nUwe;Roth;Brandt KG;24103\n")

    run = take_back(run)

    assert [person.surname for person in Person.objects.all()] == ["Roth"]
    assert Company.objects.get().employments.count() == 1
    assert run.settings["revert"] == {"removed": 2, "restored": 0, "left": 1}


def test_shared_contact_points_stay_with_those_who_share_them(import_file, take_back):
    import_file("Vorname;Nachname;E-Mail\nUwe;Roth;maier@brandt.example\n")
    run = import_file(LIST)

    take_back(run)

    assert [point.display for point in ContactPoint.objects.all()] == ["maier@brandt.example"]


def test_several_imports_are_taken_back_one_by_one(import_file, take_back):
    first = import_file(LIST)
    changed = LIST.replace("Inge;Abel", "Inge;Apel")
    second = import_file(changed, update_existing=True)

    stuck = take_back(ImportRun.objects.get(pk=first.pk))
    assert stuck.settings["revert"] == {"removed": 1, "restored": 0, "left": 2}
    take_back(second)

    assert [person.surname for person in Person.objects.all()] == ["Abel"]


def test_reverting_goes_on_where_it_was_interrupted(import_file, at, monkeypatch):
    run = import_file(LIST)
    imports.revert(actor=None, run=run, at=at)
    monkeypatch.setattr(reverting, "CHUNK", 1)
    run.refresh_from_db()
    assert reverting._take_back_chunk(run, None, at=at)
    assert counts()[0] == 1

    reverting.work(run.pk, clock=lambda: at)

    run.refresh_from_db()
    assert run.state == ImportState.REVERTED
    assert counts() == (0, 0, 0, 0, 0, 0)


def test_a_reverted_file_can_be_imported_again(import_file, take_back, outcomes):
    take_back(import_file(LIST))

    assert [outcome for _number, outcome, _code in outcomes(import_file(LIST))] == [
        "CREATED",
        "CREATED",
    ]


@pytest.mark.parametrize("times", [1, 2])
def test_only_what_was_imported_can_be_taken_back(upload, import_file, take_back, at, times):
    runs = [upload(LIST), import_file(LIST, dry_run=True)]
    if times == 2:
        runs = [take_back(import_file(LIST))]

    for run in runs:
        with pytest.raises(imports.WrongState):
            imports.revert(actor=None, run=run, at=at)
