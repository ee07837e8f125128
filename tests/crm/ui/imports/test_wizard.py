"""From a source to a mapping: the first three steps."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contacts.importing import settings
from contacts.models import ImportRun, ImportState, Source
from crm.accounts.models import Team, User
from crm.kernel import clock
from tests.crm.ui.imports.conftest import LIST

HTMX = {"HX-Request": "true"}


def test_a_known_source_leads_to_the_file_with_owner_and_team_in_the_address(
    lead: Client, source: Source, team_lead: User, team: Team
) -> None:
    answer = lead.post(
        reverse("import-new"),
        {"source": source.public_id, "owner": team_lead.public_id, "team": team.public_id},
    )

    assert answer.status_code == 303
    assert answer.headers["Location"] == (
        f"/import/neu/datei/?herkunft={source.public_id}"
        f"&zustaendig={team_lead.public_id}&team={team.public_id}"
    )


def test_bought_addresses_need_licence_and_use_until(lead: Client) -> None:
    new = {"source": "new", "new-kind": "SUPPLIER", "new-name": "Lieferung 03/2026"}

    refused = lead.post(reverse("import-new"), new)
    accepted = lead.post(
        reverse("import-new"),
        {
            **new,
            "new-licence": "Post und Telefon",
            "new-use_until": "2030-12-31",
            "new-licensed_channels": ["PHONE", "POSTAL"],
        },
    )

    assert refused.status_code == 422
    assert "Gekaufte Adressen brauchen die Angabe der Lizenz." in refused.content.decode()
    assert accepted.status_code == 303
    source = Source.objects.get(name="Lieferung 03/2026")
    assert source.use_until == date(2030, 12, 31)


def test_without_a_source_nothing_goes_on(lead: Client) -> None:
    answer = lead.post(reverse("import-new"), {})

    assert answer.status_code == 422
    assert "Bitte wählen Sie, woher die Angaben stammen." in answer.content.decode()


def test_an_expired_source_cannot_be_chosen(lead: Client, source: Source) -> None:
    source.use_until = clock.today() - timedelta(days=1)
    source.save()

    page = lead.get(reverse("import-new")).content.decode()

    assert f'value="{source.public_id}" disabled' in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leer.csv", b"", "leer (0 Byte)"),
        ("brief.csv", b"%PDF-1.7 ...", "PDF"),
    ],
)
def test_what_is_no_list_is_refused_beside_the_field(
    lead: Client, source: Source, name: str, content: bytes, sentence: str
) -> None:
    answer = lead.post(
        f"{reverse('import-upload')}?herkunft={source.public_id}",
        {"file": SimpleUploadedFile(name, content)},
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_the_file_is_read_and_read_anew_at_once(
    lead: Client, upload: Callable[..., ImportRun]
) -> None:
    run = upload()
    address = reverse("import-file", args=[run.public_id])

    page = lead.get(address).content.decode()
    wrong = lead.get(address, {"delimiter": ","}, headers=HTMX).content.decode()

    assert "Müller-Voß" in page
    assert "7 Spalten" in page
    assert "Alles steht in einer Spalte." in wrong
    assert "<html" not in wrong
    assert settings.of(run).found.delimiter == ";"


def test_a_chosen_reading_is_kept(lead: Client, upload: Callable[..., ImportRun]) -> None:
    run = upload(LIST.replace(";", "\t"))

    answer = lead.post(
        reverse("import-file", args=[run.public_id]),
        {"delimiter": "tab", "encoding": "cp1252", "header_row": "1"},
    )

    assert answer.status_code == 303
    run.refresh_from_db()
    assert settings.of(run).chosen.delimiter == "\t"
    assert settings.of(run).chosen.encoding == "cp1252"


def test_columns_show_what_they_mean_and_what_was_read(
    lead: Client, upload: Callable[..., ImportRun]
) -> None:
    run = upload()

    page = lead.get(reverse("import-mapping", args=[run.public_id])).content.decode()

    assert "6 von 7 geklärt, 6 davon von selbst erkannt" in page
    assert "Bedeutung?" in page
    assert "1 prüfen" in page
    assert "2 gelesen" in page
    assert "So wird Zeile 2" in page
    assert "Johannes Maier" in page
    assert "2 bereit · 1 mit Fragen" in page


def test_a_choice_is_kept_and_shown_at_once(lead: Client, upload: Callable[..., ImportRun]) -> None:
    run = upload()
    form = columns_of(run)

    answer = lead.post(
        reverse("import-mapping", args=[run.public_id]),
        {**form, "column-6": "", "row": "3", "update": "yes", "area_code": "030"},
        headers=HTMX,
    )

    run.refresh_from_db()
    mapping = settings.of(run).mapping
    assert mapping.columns["KZ_7"] is None
    assert mapping.options == {"area_code": "030"}
    assert run.update_existing
    part = answer.content.decode()
    assert "<html" not in part
    assert "7 von 7 geklärt" in part
    assert "So wird Zeile 3" in part
    assert "bleibt draußen" in part


def test_values_are_translated_and_empty_cells_filled(
    lead: Client, upload: Callable[..., ImportRun]
) -> None:
    run = upload(LIST.replace("KZ_7", "Anrede").replace(";J\r", ";H\r").replace(";N\r", ";F\r"))
    form = columns_of(run)

    lead.post(
        reverse("import-mapping", args=[run.public_id]),
        {
            **form,
            "from-6": ["H", "F"],
            "to-6": ["Herr", "Frau"],
            "default-field": ["person.language", ""],
            "default-text": ["Deutsch", ""],
        },
    )

    run.refresh_from_db()
    mapping = settings.of(run).mapping
    assert mapping.translations == {"person.salutation": {"H": "Herr", "F": "Frau"}}
    assert mapping.defaults == {"person.language": "Deutsch"}


def test_a_mapping_without_any_name_is_shown_with_its_problem_and_not_started(
    lead: Client, upload: Callable[..., ImportRun]
) -> None:
    run = upload()

    answer = lead.post(
        reverse("import-mapping", args=[run.public_id]),
        {f"column-{position}": "" for position in range(7)} | {"go": "trial"},
    )

    assert answer.status_code == 422
    assert "Ordnen Sie wenigstens einen Namen oder eine Firma zu." in answer.content.decode()
    run.refresh_from_db()
    assert run.state == ImportState.UPLOADED


def test_the_next_delivery_takes_the_mapping_of_the_last_one(
    lead: Client, imported: ImportRun, upload: Callable[..., ImportRun]
) -> None:
    changed = settings.of(imported)
    changed.mapping.columns["KZ_7"] = "person.remark"
    imported.settings = changed.as_json()
    imported.save()
    run = upload(LIST.replace("Maier", "Meier"))
    address = reverse("import-mapping", args=[run.public_id])

    assert "Wie letztes Mal" in lead.get(address).content.decode()
    lead.post(address, {"like": str(imported.public_id)}, headers=HTMX)

    run.refresh_from_db()
    assert settings.of(run).mapping.columns["KZ_7"] == "person.remark"


def test_a_new_file_takes_all_settings_of_an_old_one(
    lead: Client, imported: ImportRun, source: Source
) -> None:
    text = LIST.replace("Maier", "Meier")

    answer = lead.post(
        reverse("import-again", args=[imported.public_id]),
        {"file": SimpleUploadedFile("neu.csv", text.encode("cp1252"))},
    )

    run = ImportRun.objects.latest("pk")
    assert answer.headers["Location"] == reverse("import-mapping", args=[run.public_id])
    assert (run.source, run.owner, run.team) == (source, imported.owner, imported.team)
    assert settings.of(run).mapping == settings.of(imported).mapping


def test_who_may_not_import_sees_no_step(client: Client, sales: User, imported: ImportRun) -> None:
    client.force_login(sales)

    for name in ("import-list", "import-new"):
        assert client.get(reverse(name)).status_code == 403
    for name in ("import-detail", "import-file", "import-mapping", "import-revert"):
        assert client.get(reverse(name, args=[imported.public_id])).status_code == 403
    assert client.post(reverse("import-revert", args=[imported.public_id])).status_code == 403
    imported.refresh_from_db()
    assert imported.state == ImportState.DONE


def columns_of(run: ImportRun) -> dict[str, str]:
    """The form of step three as the page shows it at first."""
    chosen = settings.of(run)
    return {
        f"column-{position}": chosen.mapping.columns.get(name, "?") or ""
        for position, name in enumerate(chosen.header)
    }
