"""The day, the list, the form, what becomes of things, the pot, the team, the palette."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts import contact_points
from contacts.models import Person
from crm.accounts.models import RoleCode
from crm.ui.screens.activities import panel
from history import activities
from history.models import Activity

HTMX = {"hx-request": "true"}


def form(**values):
    return {
        "subject": "Angebot nachfassen",
        "when": "24.3. 14:30",
        "kind": "FOLLOW_UP",
        "priority": "2",
        **values,
    }


def test_the_day_shows_what_is_planned(browser, plan, person) -> None:
    plan("Angebot nachfassen", "2026-03-17 11:30", person=person)
    plan("Begehung", "2026-03-17 10:00", kind="APPOINTMENT", place="Halle 3")
    page = browser.get("/heute/").text
    assert "1 Wiedervorlage · 1 Termin" in page
    assert "Tageslinie: 1 Termin und 1 Wiedervorlage, jetzt 10:12 Uhr" in page
    assert page.index("Begehung") < page.index("Angebot nachfassen")
    assert f'href="/ansprechpartner/{person.public_id}/"' in page
    assert "Nächsten Fall öffnen" not in page  # the appointment is about nobody


def test_the_day_without_anything(browser) -> None:
    page = browser.get("/heute/").text
    assert "Für heute ist nichts geplant" in page
    assert "Tageslinie" not in page


def test_the_part_that_is_loaded_anew(browser, plan) -> None:
    plan("Um elf", "2026-03-17 11:00")
    part = browser.get("/heute/", headers=HTMX).text
    assert part.lstrip().startswith('<section class="panel" id="planned"')
    assert 'id="strip" hx-swap-oob="true"' in part
    assert "Zu pflegen" not in part


def test_the_day_costs_the_same_however_full(
    browser, plan, person, django_assert_max_num_queries
) -> None:
    for count in (1, 12):
        for number in range(count):
            plan(f"Nr. {number}", "2026-03-17 11:30", person=person)
        with django_assert_max_num_queries(17):
            browser.get("/heute/", headers=HTMX)


def test_whether_somebody_may_be_called(
    browser, plan, admin, make_person, team, source, at, django_assert_max_num_queries
) -> None:
    def somebody(number):
        made = make_person("Anna", f"Abel{number}", team=team)
        known = {"actor": admin, "source": source, "at": at}
        contact_points.add(record=made, kind="PHONE", value=f"030 2312510{number}", **known)
        return made

    plan("Nr. 0", person=somebody(0))
    browser.get("/heute/", headers=HTMX)
    with CaptureQueriesContext(connection) as one:
        part = browser.get("/heute/", headers=HTMX).text
    assert "Darf ich?" in part
    assert "light--ask" in part
    for number in range(1, 8):
        plan(f"Nr. {number}", person=somebody(number))
    with django_assert_max_num_queries(len(one)):
        part = browser.get("/heute/", headers=HTMX).text
    assert part.count("Kein Werbeanruf") == 8


def test_who_sees_no_history_sees_the_rest_of_the_day(browser, plan, sales, monkeypatch) -> None:
    from crm.accounts import policy

    plan("Geheim")
    kept = policy.GRANTS[RoleCode.SALES] - {policy.Permission.HISTORY_VIEW}
    monkeypatch.setitem(policy.GRANTS, RoleCode.SALES, kept)
    page = browser.get("/heute/")
    assert (page.status_code, "Geheim" in page.text) == (200, False)
    assert "Zu pflegen" in page.text


def test_the_list_and_its_chips(browser, plan, person, sales, at) -> None:
    plan("Angebot", "2026-03-24", person=person)
    plan("Muster", "2026-03-25", kind="PROMISE")
    activities.complete(actor=sales, activity=plan("Fertig"), at=at)

    def shown(query):
        page = browser.get(f"/aktivitaeten/{query}").text
        return [word for word in ("Angebot", "Muster", "Fertig") if f">{word}<" in page]

    assert shown("") == ["Angebot", "Muster"]
    assert shown("?art=PROMISE") == ["Muster"]
    assert shown("?stand=done") == ["Fertig"]
    assert shown("?ab=2026-03-25") == ["Muster"]
    assert shown("?bis=2026-03-24") == ["Angebot"]
    assert shown(f"?bei={sales.public_id}&stand=all") == ["Angebot", "Muster", "Fertig"]
    assert shown("?art=x&stand=y&wer=z&ab=q&bei=w&after=§") == ["Angebot", "Muster"]
    page = browser.get("/aktivitaeten/?art=PROMISE").text
    assert 'class="chip is-on" aria-current="true" href="?art=PROMISE">Zusage</a>' in page


def test_planned_from_a_record(browser, person, sales, team) -> None:
    url = f"/aktivitaeten/neu/?person={person.public_id}&wann=14"
    page = browser.get(url).text
    assert "Johannes Maier" in page
    assert 'value="14"' in page
    answer = browser.post(
        "/aktivitaeten/neu/",
        form(person=str(person.public_id), assignee=str(sales.public_id), next="/heute/"),
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/heute/")
    made = Activity.objects.get()
    assert (made.person, made.assignee, made.team) == (person, sales, team)
    assert timezone.localtime(made.due_at).isoformat()[:16] == "2026-03-24T14:30"
    assert made.has_time
    page = browser.get("/heute/").text
    assert "Geplant: Angebot nachfassen, Di., 24.03." in page


def test_in_a_dialog_the_page_is_loaded_anew(browser) -> None:
    page = browser.get("/aktivitaeten/neu/", headers=HTMX).text
    assert page.lstrip().startswith('<div class="dialog__head">')
    answer = browser.post("/aktivitaeten/neu/", form(), headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")
    assert Activity.objects.get().assignee is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"when": "bald"}, "Das ist kein Tag."),
        ({"when": "16.3.2026"}, "Dieser Tag ist vorbei."),
        ({"subject": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"kind": "APPOINTMENT", "when": "24.3."}, "Ein Termin braucht eine Uhrzeit"),
        ({"recurrence": "FREQ=SECONDLY"}, "FREQ=SECONDLY"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(browser, values, sentence) -> None:
    answer = browser.post("/aktivitaeten/neu/", form(**values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Activity.objects.exists()


def test_an_appointment_with_its_end(browser, sales) -> None:
    browser.post(
        "/aktivitaeten/neu/",
        form(kind="APPOINTMENT", until="15:15", assignee=str(sales.public_id), place="Halle 3"),
    )
    made = Activity.objects.get()
    assert made.ends_at - made.starts_at == timedelta(minutes=45)


def test_changed_in_place_keeps_what_was_not_typed(browser, plan, person, sales) -> None:
    made = plan("Angebot", "2026-03-24 14:30", person=person, recurrence="FREQ=WEEKLY")
    url = reverse("activity-edit", args=[made.public_id])
    page = browser.get(url).text
    assert 'value="24.03.2026 14:30"' in page
    values = form(
        subject="Angebot Halle 3",
        when="24.03.2026 14:30",
        recurrence=made.recurrence,
        assignee=str(sales.public_id),
        version="1",
    )
    assert browser.post(url, values).status_code == 303
    changed = Activity.objects.get()
    assert (changed.subject, changed.due_at, changed.recurrence, changed.version) == (
        "Angebot Halle 3",
        made.due_at,
        "FREQ=WEEKLY;BYDAY=TU",
        2,
    )
    assert changed.person == person
    answer = browser.post(url, values | {"subject": "Zu spät"})
    assert answer.status_code == 422
    assert "inzwischen geändert" in answer.text
    assert Activity.objects.get().subject == "Angebot Halle 3"


def test_done_and_taken_back(browser, plan) -> None:
    made = plan("Angebot")
    answer = browser.post(
        reverse("activity-complete", args=[made.public_id]), {"next": "/heute/"}, headers=HTMX
    )
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, '{"activitiesChanged": ""}')
    assert not Activity.objects.get().is_open
    part = browser.get("/heute/", headers=HTMX).text
    back = reverse("activity-reopen", args=[made.public_id]) + "?next=%2Fheute%2F"
    assert f'action="{back}"' in part
    answer = browser.post(back)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/heute/")
    assert Activity.objects.get().is_open


@pytest.mark.parametrize("elsewhere", ["https://boese.example/", "//boese.example/", "x:y"])
def test_never_to_another_house(browser, plan, elsewhere) -> None:
    url = reverse("activity-complete", args=[plan().public_id])
    answer = browser.post(url, {"next": elsewhere})
    assert answer.headers["Location"] == "/aktivitaeten/"


def test_put_off(browser, plan) -> None:
    made = plan("Angebot", "2026-03-17 14:30")
    url = reverse("activity-postpone", args=[made.public_id])
    browser.post(url, {"when": "2w"})
    moved = Activity.objects.get()
    assert timezone.localtime(moved.due_at).isoformat()[:16] == "2026-03-31T14:30"
    browser.post(url, {"when": "bald"})
    browser.post(url)
    assert Activity.objects.get().version == 2
    page = browser.get("/heute/").text
    assert "Angebot: verschoben auf Di., 31.03." in page
    assert "Das ist kein Tag." in page


def test_cancelled(browser, plan) -> None:
    made = plan("Angebot")
    browser.post(reverse("activity-cancel", args=[made.public_id]))
    assert Activity.objects.get().state == "CANCELLED"


def test_the_pot(browser, make_person, team, other_team, plan) -> None:
    make_person("Anna", "Abel", team=team)
    make_person("Carla", "Cohn", team=other_team)
    plan(person=make_person("Dora", "Dietz", team=team))
    page = browser.get("/aktivitaeten/ohne-naechsten-schritt/").text
    assert "Anna Abel" in page
    assert "Carla Cohn" not in page
    assert "Dora Dietz" not in page
    assert "1 Kontakt ohne nächsten Schritt" in browser.get("/heute/").text
    page = browser.get("/aktivitaeten/ohne-naechsten-schritt/?liste=firmen").text
    assert "Alles hat einen nächsten Schritt" in page


def test_the_team_and_handing_over(client, team_lead, sales, make_user, team, plan, at) -> None:
    deputy = make_user(RoleCode.SALES, teams=[team], last_name="Adler")
    plan("Muster", kind="PROMISE")
    client.force_login(team_lead)
    page = client.get("/aktivitaeten/team/").text
    assert f"?bei={sales.public_id}" in page
    assert "Offene Zusagen" in page
    assert ">Muster<" in page
    answer = client.post(
        "/aktivitaeten/vertretung/", {"absent": sales.public_id, "to": deputy.public_id}
    )
    assert answer.status_code == 303
    assert Activity.objects.get().assignee == deputy
    assert "1 Aktivität liegt jetzt bei Mareike Adler." in client.get("/aktivitaeten/").text


def test_the_panel_of_a_record(plan, person, sales, at, rf, django_assert_num_queries) -> None:
    from django.template.loader import render_to_string

    plan("Angebot senden", "2026-03-18 12:00", person=person)
    _ = sales.access
    with django_assert_num_queries(1):
        steps = panel.of_record(user=sales, record=person, at=at, here="/x/")
    html = render_to_string("activities/of_record.html", {"steps": steps})
    assert "Nächster Schritt" in html
    assert "Angebot senden" in html
    assert f"person={person.public_id}&amp;next=%2Fx%2F" in html
    assert '<input type="hidden" name="refresh" value="1">' in html


def test_done_in_the_panel_loads_its_page_anew(browser, plan) -> None:
    url = reverse("activity-complete", args=[plan().public_id])
    answer = browser.post(url, {"next": "/x/", "refresh": "1"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


def test_the_palette_understands_wv(browser, person) -> None:
    headers = HTMX | {"hx-target": "palette-results"}
    page = browser.get("/suche/?q=wv 14 Maier", headers=headers).text
    assert "Wiedervorlage am Di., 31.03." in page
    assert f'href="/aktivitaeten/neu/?wann=14&amp;person={person.public_id}"' in page
    page = browser.get("/suche/?q=wv morgen 9:00", headers=headers).text
    assert "Wiedervorlage am Mi., 18.03., 09:00" in page
    assert 'href="/aktivitaeten/neu/?wann=morgen+9%3A00&amp;betreff="' in page
    assert "Wiedervorlage am" not in browser.get("/suche/?q=wv Maier", headers=headers).text


def test_without_script_the_search_offers_it(browser, person) -> None:
    page = browser.get("/suche/?q=wv 14 Maier").text
    assert "Wiedervorlage am Di., 31.03.: Johannes Maier" in page
    assert f'href="/aktivitaeten/neu/?wann=14&amp;person={person.public_id}"' in page


@pytest.mark.parametrize(
    "url",
    [
        "/aktivitaeten/?art=%00",
        "/aktivitaeten/neu/?wann=%00",
        "/aktivitaeten/neu/?person=x",
        "/kalender/?tag=%00",
        "/kalender/abonnement/%00.ics",
        "/aktivitaeten/ohne-naechsten-schritt/?after=%00",
    ],
)
def test_input_that_nobody_types(browser, url) -> None:
    assert browser.get(url).status_code in (400, 404)


def test_nothing_of_another_team(browser, make_user, other_team, plan, person, at) -> None:
    stranger = make_user(RoleCode.SALES, teams=[other_team])
    made = plan("Geheim")
    Activity.objects.filter(pk=made.pk).update(assignee=stranger, team=other_team)
    url = [made.public_id]
    assert browser.get(reverse("activity-edit", args=url)).status_code == 404
    for name in ("complete", "reopen", "postpone", "cancel"):
        answer = browser.post(reverse(f"activity-{name}", args=url), {"when": "14"})
        assert answer.status_code == 404, name
    assert "Geheim" not in browser.get("/aktivitaeten/?wer=all&stand=all").text
    Person.objects.filter(pk=person.pk).update(team=other_team)
    answer = browser.get(f"/aktivitaeten/neu/?person={person.public_id}")
    assert answer.status_code == 404
    assert Activity.objects.get().version == 1
