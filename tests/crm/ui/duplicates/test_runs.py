"""Starting, watching and stopping runs; their figures; the model."""

import pytest
from django.urls import reverse

from contacts.matching.explain_words import CAUSES
from contacts.models import MatchingKind, MatchingRun, MatchingScope, MatchingState, MatchingStep
from crm.ui.screens.duplicates import causes
from tests.crm.suspects import made_model, made_run
from tests.crm.ui.duplicates.test_suspects import text

LIST = "/dubletten/laeufe/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def page_of(run: MatchingRun) -> str:
    return reverse("matching-run", args=[run.public_id])


@pytest.fixture
def lead(client, team_lead):
    client.force_login(team_lead)
    return client


def test_a_run_is_started_and_watched(lead, team_lead) -> None:
    answer = lead.post(LIST, {"kind": "COMPANY", "scope": "FULL"})
    run = MatchingRun.objects.get()
    assert (answer.status_code, answer.url) == (303, page_of(run))
    assert (run.kind, run.scope, run.retrain) == ("COMPANY", MatchingScope.FULL, False)
    page = text(lead.get(page_of(run)))
    assert "Wartet auf einen freien Arbeitsplatz" in page
    assert 'hx-trigger="every 1s"' in page
    assert "<b>–</b><span>Paare verglichen</span>" in page
    run.state, run.step = MatchingState.RUNNING, MatchingStep.COMPARE
    run.candidates = 23807
    run.save()
    page = text(lead.get(page_of(run), **HTMX))
    assert page.startswith("<div")
    for told in ("Paare vergleichen", "25 %", "23.807", "Anhalten"):
        assert told in page, told
    assert 'hx-trigger="every 2s"' in text(lead.get(LIST))


def test_a_second_run_has_to_wait(lead) -> None:
    form = {"kind": "PERSON", "scope": "CHANGED"}
    lead.post(LIST, form)
    answer = lead.post(LIST, form, **HTMX)
    assert answer.status_code == 422
    page = text(answer)
    assert page.startswith("<form")
    assert "Es wird gerade schon nach Dubletten gesucht" in page
    assert MatchingRun.objects.count() == 1


@pytest.mark.parametrize("form", [{}, {"kind": "X", "scope": "FULL"}, {"kind": "PERSON"}])
def test_a_run_needs_kind_and_scope(lead, form) -> None:
    assert lead.post(LIST, form).status_code == 422
    assert not MatchingRun.objects.exists()


def test_a_run_is_stopped(lead) -> None:
    lead.post(LIST, {"kind": "PERSON", "scope": "FULL"})
    run = MatchingRun.objects.get()
    cancel = reverse("matching-cancel", args=[run.public_id])
    assert lead.post(cancel).url == page_of(run)
    assert "Was der letzte vollständige Suchlauf gefunden hat, gilt weiter." in text(
        lead.get(page_of(run))
    )
    assert "angehalten" in text(lead.get(LIST))
    assert lead.post(cancel).status_code == 409


def test_a_finished_run_shows_its_figures(lead, run) -> None:
    page = text(lead.get(page_of(run)))
    for told in (
        "5.000",
        "23.807",
        "12 Sekunden",
        "Modell lernen",
        "1,5",
        "Rufnummer",
        "130.816",
        "01.01.1900",
        "512",
        "Der Bestand ist klein.",
        "aus dem Bestand gelernt",
        "Verteilung der Gewichte: sehr wahrscheinlich 13, wahrscheinlich 11, möglich 7, "
        "keine Dublette 5.000",
    ):
        assert told in page, told
    assert "every 1s" not in page
    assert "gilt jetzt" in text(lead.get(LIST))


def test_a_failed_run_says_so(lead, model, at) -> None:
    run = made_run(model, at, state="FAILED", failure="Die Suche brach ab.", figures={})
    page = text(lead.get(page_of(run)))
    assert "Die Suche brach ab." in page
    assert "Verteilung" not in page


def test_pages_of_runs(lead, model, at, monkeypatch) -> None:
    monkeypatch.setattr("crm.ui.screens.duplicates.views.runs.PAGE", 2)
    made = [made_run(model, at, is_current=False) for _ in range(3)]
    first = lead.get(LIST)
    second = lead.get(f"{LIST}?after={first.context['next']}")
    shown = [line.run for answer in (first, second) for line in answer.context["lines"]]
    assert shown == made[::-1]


def test_the_list_asks_as_often_for_many_as_for_one(
    lead, model, at, django_assert_num_queries
) -> None:
    lead.get(LIST)
    for _ in range(5):
        made_run(model, at, is_current=False)
    with django_assert_num_queries(4):
        assert len(lead.get(LIST).context["lines"]) == 5


def test_sales_see_no_runs_and_no_tabs_to_them(client, sales, run) -> None:
    client.force_login(sales)
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(run)).status_code == 403
    assert client.post(LIST, {"kind": "PERSON", "scope": "FULL"}).status_code == 403
    assert "Suchläufe" not in text(client.get("/dubletten/"))
    assert MatchingRun.objects.count() == 1


def test_the_model_explains_its_causes_and_weights(client, admin, run) -> None:
    client.force_login(admin)
    page = text(client.get("/dubletten/modell/"))
    for told in (
        "Version 1, aus dem Bestand gelernt",
        "Personen desselben Haushalts",
        "Zwillinge",
        "2,0 %",
        "Tag und Monat vertauscht",
        "Neu lernen",
        "1.280",
    ):
        assert told in page, told
    fields = client.get("/dubletten/modell/").context["fields"]
    labels = [field.label for field in fields]
    assert labels[:3] == ["Vorname", "Name", "Geburtsdatum"]
    (other,) = [level for level in fields[2].levels if level.label == "verschieden"]
    assert other.bits.startswith("−")
    assert other.bar.is_against
    assert other.others == pytest.approx(0.95)


def test_a_model_of_other_levels_shows_no_weights(client, admin, model) -> None:
    model.data["fields"]["birth"] = ["same"]
    model.save()
    client.force_login(admin)
    assert client.get("/dubletten/modell/").context["fields"] == []


def test_there_may_be_no_model_yet(client, admin, at) -> None:
    client.force_login(admin)
    assert "Noch kein Modell" in text(client.get("/dubletten/modell/"))
    made_model(MatchingKind.COMPANY, at)
    assert "verbundene Firmen" in text(client.get("/dubletten/modell/firmen/"))


def test_learning_anew_takes_everything(client, admin, run) -> None:
    client.force_login(admin)
    form = {"kind": "PERSON", "scope": "FULL", "retrain": "1"}
    assert f'name="retrain" value="{form["retrain"]}"' in text(client.get("/dubletten/modell/"))
    assert client.post(LIST, form).status_code == 303
    started = MatchingRun.objects.exclude(pk=run.pk).get()
    assert (started.retrain, started.scope) == (True, MatchingScope.FULL)


def test_the_model_is_for_the_administration(lead) -> None:
    assert lead.get("/dubletten/modell/").status_code == 403
    assert "Modell" not in text(lead.get("/dubletten/")).partition('class="tabs')[2]


def test_every_cause_is_explained() -> None:
    assert set(causes.MEANINGS) == set(CAUSES)
