"""Trial, take-over, result, revert: what the pages of a run say and do."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from contacts import persons
from contacts.importing import imports
from contacts.models import ImportRow, ImportRun, ImportState, Person
from crm.accounts.models import User
from crm.kernel import clock
from tests.crm.ui.imports.conftest import LIST, take_back, work
from tests.crm.ui.imports.test_wizard import HTMX, columns_of


def page(client: Client, run: ImportRun, name: str = "import-detail", **query: str) -> str:
    return client.get(reverse(name, args=[run.public_id]), query).content.decode()


def post(client: Client, run: ImportRun, name: str) -> int:
    return client.post(reverse(name, args=[run.public_id])).status_code


def test_a_trial_counts_and_writes_nothing(lead: Client, upload: Callable[..., ImportRun]) -> None:
    run = upload()

    answer = lead.post(
        reverse("import-mapping", args=[run.public_id]), {**columns_of(run), "go": "trial"}
    )
    assert answer.headers["Location"] == reverse("import-detail", args=[run.public_id])
    assert "Wartet auf einen freien Arbeitsplatz" in page(lead, run)
    work(run)

    text = page(lead, run)
    assert "2 würden neu angelegt, 0 ergänzt, 1 zurückgewiesen" in text
    assert "Jetzt übernehmen" in text
    assert not Person.objects.exists()


def test_after_the_trial_the_file_is_taken_over(
    lead: Client, upload: Callable[..., ImportRun]
) -> None:
    run = upload()
    lead.post(reverse("import-mapping", args=[run.public_id]), {**columns_of(run), "go": "trial"})
    work(run)

    assert post(lead, run, "import-start") == 303
    work(run)

    text = page(lead, run)
    assert "2 Zeilen übernommen" in text
    assert "1 wurde zurückgewiesen und lässt sich nachreichen." in text
    assert sorted(Person.objects.values_list("surname", flat=True)) == ["Maier", "Öztürk"]


def test_a_busy_run_shows_its_progress_and_looks_again_every_second(
    lead: Client, imported: ImportRun
) -> None:
    imported.state = ImportState.RUNNING
    imported.save()

    part = lead.get(reverse("import-detail", args=[imported.public_id]), headers=HTMX)

    text = part.content.decode()
    assert 'hx-trigger="every 1s"' in text
    assert "3 von 3" in text
    assert "Sie können die Seite verlassen." in text
    assert "Anhalten" in text
    assert "<html" not in text


def test_rejected_rows_say_column_and_reason_and_come_as_a_table(
    lead: Client, imported: ImportRun
) -> None:
    text = page(lead, imported, tab="rejected")
    table = lead.get(reverse("import-rejected", args=[imported.public_id]))

    assert "Telefon" in text
    assert "030 23125 1o2" in text
    lines = b"".join(table.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Kundennr;Vorname;Nachname;Firma;Telefon;E-Mail;KZ_7;")
    assert lines[1].startswith("2;Änne;Müller-Voß;Brandt & Söhne KG;030 23125 1o2;;N;3;Telefon;")
    assert table.headers["Content-Disposition"] == (
        'attachment; filename="liste-zurueckgewiesen.csv"'
    )


def test_created_rows_link_to_their_persons(lead: Client, imported: ImportRun) -> None:
    person = Person.objects.get(surname="Maier")

    text = page(lead, imported, tab="created")

    assert reverse("person-detail", args=[person.public_id]) in text


def test_rows_of_persons_that_are_not_visible_name_nobody(
    client: Client, imported: ImportRun, team_lead: User
) -> None:
    Person.objects.update(owner=None, team=None)
    client.force_login(team_lead)

    text = page(client, imported, tab="created")

    assert "Maier" not in text
    assert "nicht sichtbar" in text


def test_taking_back_first_shows_what_it_will_do(
    lead: Client, imported: ImportRun, team_lead: User
) -> None:
    changed = Person.objects.get(surname="Maier")
    persons.update(
        actor=team_lead,
        person=changed,
        values={"title": "Dr."},
        source=imported.source,
        at=clock.now(),
    )

    text = page(lead, imported, "import-revert")
    assert "<dt>1</dt><dd>Ansprechpartner wird entfernt" in text
    assert "<dt>2</dt><dd>Firmen werden entfernt" in text
    assert "<dt>1</dt><dd>Kontakt bleibt, wie er ist" in text

    assert post(lead, imported, "import-revert") == 303
    take_back(imported)
    text = page(lead, imported)
    assert "Zurückgenommen" in text
    assert "1 Zeile blieb" in text
    assert "Nicht zurückgenommen: seit dem Import geändert" in text
    assert list(Person.objects.values_list("surname", flat=True)) == ["Maier"]


def test_rejected_rows_can_be_seen_column_by_column(
    lead: Client, upload: Callable[..., ImportRun], team_lead: User
) -> None:
    run = upload(LIST.replace("oeztuerk@filter.example", "oeztuerk(at)filter"))
    imports.start(actor=team_lead, run=run, at=clock.now())
    work(run)

    both = page(lead, run, tab="rejected")
    one = page(lead, run, tab="rejected", spalte="E-Mail")

    assert "Müller-Voß" in both
    assert "Öztürk" in both
    assert "Müller-Voß" not in one
    assert "Öztürk" in one


def test_pages_follow_the_order_of_the_file(lead: Client, imported: ImportRun) -> None:
    rows = [
        ImportRow(run=imported, number=number, outcome="UNCHANGED", reason=f"Grund {number}")
        for number in range(100, 220)
    ]
    ImportRow.objects.bulk_create(rows)

    first = page(lead, imported, tab="unchanged")
    second = page(lead, imported, tab="unchanged", after="149")
    back = page(lead, imported, tab="unchanged", before="150")

    assert "Grund 149" in first
    assert "Grund 150" not in first
    assert "after=149" in first
    assert "Grund 150" in second
    assert "Grund 199" in second
    assert "Grund 200" not in second
    assert "before=150" in second
    assert "Grund 100" in back
    assert "Grund 149" in back


def test_the_list_shows_figures_and_state(
    lead: Client, imported: ImportRun, upload: Callable[..., ImportRun]
) -> None:
    upload(LIST.replace("Maier", "Meier"), name="zweite.csv")

    text = lead.get(reverse("import-list")).content.decode()

    assert text.index("zweite.csv") < text.index("liste.csv")
    assert "noch nicht übernommen" in text
    assert "fertig" in text


def test_a_run_that_began_cannot_be_mapped_anew(lead: Client, imported: ImportRun) -> None:
    for name in ("import-mapping", "import-file"):
        answer = lead.get(reverse(name, args=[imported.public_id]))
        assert answer.headers["Location"] == reverse("import-detail", args=[imported.public_id])


def test_an_upload_can_be_thrown_away(lead: Client, upload: Callable[..., ImportRun]) -> None:
    run = upload()

    assert post(lead, run, "import-discard") == 303
    assert not ImportRun.objects.exists()


def test_the_result_says_what_became_of_the_rows(lead: Client, imported: ImportRun) -> None:
    for counts, sentences in (
        (
            (1, 0, 0, 3),
            ("1 Zeile übernommen", "3 wurden zurückgewiesen und lassen sich nachreichen."),
        ),
        ((0, 0, 0, 3), ("Keine Zeile übernommen", "banner--check")),
        ((2, 1, 1, 0), ("3 Zeilen übernommen", "1 war schon bekannt und blieb unverändert.")),
    ):
        names = ("created_count", "updated_count", "unchanged_count", "rejected_count")
        values = dict(zip(names, counts, strict=True))
        ImportRun.objects.filter(pk=imported.pk).update(**values, marked_count=1)
        text = page(lead, imported)
        assert [sentence for sentence in sentences if sentence not in text] == []
        assert "1 sieht einem bekannten Ansprechpartner ähnlich und wartet" in text
