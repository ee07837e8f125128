"""What would taking an import back do? Told before it is done."""

from contacts import persons
from contacts.importing import foresight
from contacts.importing.foresight import Foresight
from contacts.models import Person

LIST = (
    "Personennummer;Vorname;Nachname;Firma\n"
    "1;Hans;Maier;Brandt KG\n"
    "2;Inge;Abel;Brandt KG\n"
    "3;Elif;Öztürk;Filter AG\n"
)


def test_what_the_import_made_would_be_removed(import_file):
    run = import_file(LIST)

    assert foresight.of_revert(run) == Foresight(persons_removed=3, companies_removed=2)


def test_what_it_changed_would_be_restored(import_file):
    import_file(LIST)
    run = import_file(LIST.replace("Hans", "Johannes"), update_existing=True)

    found = foresight.of_revert(run)

    assert (found.persons_restored, found.persons_removed, found.left) == (1, 0, 0)


def test_what_somebody_changed_since_would_stay(import_file, admin, source, at):
    run = import_file(LIST)
    persons.update(
        actor=admin,
        person=Person.objects.get(surname="Maier"),
        values={"title": "Dr."},
        source=source,
        at=at,
    )

    assert foresight.of_revert(run) == Foresight(persons_removed=2, companies_removed=2, left=1)


def test_one_query_is_enough(import_file, django_assert_num_queries):
    run = import_file(LIST)

    with django_assert_num_queries(1):
        foresight.of_revert(run)
