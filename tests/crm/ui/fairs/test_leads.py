"""The screens on which leads are read and decided."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from contacts import contact_points
from contacts.models import Company, Merge, Person, Source
from crm.accounts.models import User
from crm.kernel import clock
from history.models import Event, LeadCapture, LeadFile, Opportunity, StoredFile

Make = Callable[..., LeadCapture]
PIXEL = bytes.fromhex("ffd8ffe0") + b"JFIF"


def url(name: str, found: Any, *more: object) -> str:
    return reverse(name, args=[found.public_id, *more])


@pytest.fixture
def known(make_person: Callable[..., Person], admin: User, source: Source, team: Any) -> Person:
    person = make_person("Jens", "Kowalsky", team=team)
    contact_points.add(
        actor=admin, record=person, kind="EMAIL", value="j.kowalski@havelberg.example",
        source=source, at=clock.now(),
    )  # fmt: skip
    return person


def test_the_list_of_fairs_shows_what_counts(rep: Client, event: Event, make: Make) -> None:
    make("Ada Berg", ago=192)
    make("Cem Ak", ago=1)
    page = rep.get(reverse("event-list")).text
    assert event.name in page
    assert '<a class="bad"' in page


def test_nothing_is_shown_to_who_is_not_on_the_team(
    client: Client, make_user: Callable[..., User], event: Event, lead: LeadCapture
) -> None:
    client.force_login(make_user("SALES"))
    assert "Noch keine Messe" in client.get(reverse("event-list")).text
    for name in ("event", "event-figures", "event-devices"):
        assert client.get(url(name, event)).status_code == 404
    for name in ("lead", "lead-take-over", "lead-drop", "lead-edit", "lead-next"):
        assert client.get(url(name, lead)).status_code == 404
    assert client.post(url("lead-drop", lead), {"reason": "x"}).status_code == 404
    lead.refresh_from_db()
    assert lead.state == "NEW"


def test_whoever_waits_too_long_stands_first(rep: Client, event: Event, make: Make) -> None:
    make("Cem Ak", ago=1)
    make("Ada Berg", ago=192)
    page = rep.get(url("event", event)).text
    assert page.index("Ada Berg") < page.index("Cem Ak")
    assert "überfällig" in page
    only = rep.get(url("event", event) + "?zustand=faellig").text
    assert "Ada Berg" in only
    assert "Cem Ak" not in only
    assert "Kein Lead" in rep.get(url("event", event) + "?note=C").text


def test_an_empty_fair_says_how_to_begin(rep: Client, event: Event) -> None:
    page = rep.get(url("event", event)).text
    assert "Noch kein Lead" in page
    assert 'href="/messe/"' in page
    assert "Noch keine Zahlen" in rep.get(url("event-figures", event)).text


def test_the_list_has_a_budget(
    rep: Client, event: Event, make: Make, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(20) as counted:
            rep.get(url("event", event))
        return len(counted)

    make("Ada Berg")
    few = queries()
    for number in range(6):
        make(f"Gast Nummer{number}", email="")
    assert queries() == few


def test_the_figures_are_drawn(rep: Client, event: Event, make: Make) -> None:
    make("Ada Berg", ago=192)
    page = rep.get(url("event-figures", event)).text
    assert "Leads je Stunde" in page
    assert "Ja 0, Nein 0" not in page
    assert '<rect class="part-overdue"' in page


def test_the_slip_stands_as_it_was_captured(rep: Client, make: Make) -> None:
    lead = make(origins={"email": "card"}, problems=["Die Nummer 12 ist keine Rufnummer."])
    page = rep.get(url("lead", lead)).text
    for words in (
        "Jens Kowalski", "Havelberg Anlagenbau GmbH", "LED für Halle 3", "von der Visitenkarte",
        "Die Nummer 12 ist keine Rufnummer.", "150–300", "Am Stand wurde nach keinem Opt-in",
    ):  # fmt: skip
        assert words in page


def test_the_page_has_a_budget(
    rep: Client, lead: LeadCapture, known: Person, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(45):
        rep.get(url("lead", lead))


def test_photos_are_shown_and_other_files_only_saved(
    rep: Client, client: Client, make_user: Callable[..., User], lead: LeadCapture
) -> None:
    def kept(name: str, media_type: str) -> LeadFile:
        stored = StoredFile(
            sha256=name.ljust(64, "0"), media_type=media_type, size=8, created_at=clock.now()
        )
        stored.file.save(name, ContentFile(PIXEL))
        return LeadFile.objects.create(
            lead=lead, kind="CARD", name=name, sha256=stored.sha256, size=8, received=8,
            stored=stored,
        )  # fmt: skip

    photo, page = kept("karte.jpg", "image/jpeg"), kept("seite.html", "text/html")
    shown = rep.get(url("lead-file", lead, photo.public_id))
    assert (shown.headers["Content-Type"], shown.headers["Content-Disposition"]) == (
        "image/jpeg", 'inline; filename="karte.jpg"',
    )  # fmt: skip
    saved = rep.get(url("lead-file", lead, page.public_id))
    assert saved.headers["Content-Type"] == "application/octet-stream"
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "karte.jpg" in rep.get(url("lead", lead)).text
    client.force_login(make_user("SALES"))
    assert client.get(url("lead-file", lead, photo.public_id)).status_code == 404


def test_a_lead_is_taken_over_in_one_step(rep: Client, lead: LeadCapture) -> None:
    page = rep.get(url("lead-take-over", lead)).text
    assert "225.000,00" in page
    form = {
        "company": "Havelberg Anlagenbau GmbH", "company_choice": "new", "function": "Leitung",
        "title": "Halle 3", "need": "LED", "situation": "alt", "volume": "180.000",
        "realisation_on": "2026-09-01", "role": "TECHNICAL", "competitors": "Lumitrax, Osr",
        "version": "1",
    }  # fmt: skip
    answer = rep.post(url("lead-take-over", lead), form)
    assert answer.headers["Location"] == url("lead", lead)
    deal = Opportunity.objects.get()
    assert (deal.title, deal.volume, deal.company) == (
        "Halle 3", Decimal(180000), Company.objects.get(),
    )  # fmt: skip
    assert [each.name for each in deal.competitors.all()] == ["Lumitrax", "Osr"]
    page = rep.get(url("lead", lead)).text
    assert deal.number in page
    assert 'data-key="u"' not in page


def test_a_refusal_keeps_what_was_typed(rep: Client, lead: LeadCapture) -> None:
    form = {"title": "", "need": "LED", "volume": "viel", "version": "1"}
    answer = rep.post(url("lead-take-over", lead), form)
    assert answer.status_code == 422
    assert "ist kein Betrag" in answer.text
    assert not Opportunity.objects.exists()
    lead.refresh_from_db()
    assert lead.state == "NEW"


def test_dropping_leads_on_and_can_be_undone(rep: Client, lead: LeadCapture, make: Make) -> None:
    other = make("Ada Berg", ago=192, email="")
    assert rep.get(url("lead-drop", lead)).status_code == 200
    assert rep.post(url("lead-drop", lead), {"reason": ""}).status_code == 422
    answer = rep.post(url("lead-drop", lead), {"reason": "kein Bedarf", "version": "1"})
    assert answer.headers["Location"] == url("lead", other)
    lead.refresh_from_db()
    assert (lead.state, lead.dropped_because) == ("DROPPED", "kein Bedarf")
    assert "Ohne Ergebnis: kein Bedarf." in rep.get(url("lead", lead)).text
    rep.post(url("lead-take-up", lead))
    lead.refresh_from_db()
    assert lead.state == "NEW"


def test_the_last_one_leads_back_to_the_list(rep: Client, event: Event, lead: LeadCapture) -> None:
    answer = rep.get(url("lead-next", lead))
    assert answer.headers["Location"] == url("event", event)


def test_a_visitor_is_added_to_the_known_person(
    rep: Client, lead: LeadCapture, known: Person
) -> None:
    page = rep.get(url("lead", lead)).text
    assert "Zur bekannten Person hinzufügen" in page
    assert "Jens Kowalsky" in page
    rep.post(url("lead-join", lead), {"person": str(known.public_id), "version": "1"})
    lead.refresh_from_db()
    assert lead.person == known
    page = rep.get(url("lead", lead)).text
    assert "Im Bestand sieht niemand so aus." in page
    undo = reverse("settling-undo", args=[Merge.objects.get().public_id])
    assert undo in page
    answer = rep.post(f"{undo}?zurueck={url('lead', lead)}")
    assert answer.headers["Location"] == url("lead", lead)
    lead.refresh_from_db()
    assert lead.person != known


def test_joining_after_a_change_is_refused_with_the_reason(
    rep: Client, lead: LeadCapture, known: Person
) -> None:
    rep.post(url("lead-join", lead), {"person": str(known.public_id), "version": "7"})
    assert not Merge.objects.exists()


def test_a_slip_is_completed_at_the_desk(rep: Client, make: Make) -> None:
    lead = make("", email="", grade="")
    assert "Auf dem Leadzettel steht noch kein Name" in rep.get(url("lead", lead)).text
    form = {
        "name": "Ada Berg", "company_name": "Berg GmbH", "email": "ada@berg.example",
        "grade": "B", "answer_volume": "50-150", "version": "1",
    }  # fmt: skip
    assert rep.get(url("lead-edit", lead)).status_code == 200
    answer = rep.post(url("lead-edit", lead), form)
    assert answer.headers["Location"] == url("lead", lead)
    lead.refresh_from_db()
    assert (lead.name, lead.grade, lead.answers) == ("Ada Berg", "B", {"volume": ["50-150"]})
    assert lead.person is not None
    assert lead.person.full_name == "Ada Berg"
    assert rep.post(url("lead-edit", lead), form).status_code == 422


def test_what_the_card_says_is_taken_by_a_click(rep: Client, lead: LeadCapture) -> None:
    LeadFile.objects.create(
        lead=lead, kind="CARD", name="karte.jpg", sha256="1" * 64, size=8,
        recognised={"fields": [
            {"field": "phone", "value": "030 23125 102", "confidence": 0.62},
            {"field": "name", "value": "Jens Kowalski", "confidence": 0.99},
            {"field": "colour", "value": "rot", "confidence": 1},
        ], "text": ""},
    )  # fmt: skip
    page = rep.get(url("lead", lead)).text
    assert "Von der Visitenkarte gelesen" in page
    assert page.count('name="feld"') == 1
    assert "62\N{NO-BREAK SPACE}% sicher" in page
    assert rep.post(url("lead-proposal", lead), {"feld": "colour"}).status_code == 404
    rep.post(url("lead-proposal", lead), {"feld": "phone", "version": "1"})
    lead.refresh_from_db()
    assert (lead.phone, lead.origins["phone"]) == ("030 23125 102", "card")


def test_the_list_as_a_file(boss: Client, rep: Client, event: Event, lead: LeadCapture) -> None:
    answer = boss.post(url("lead-export", event), {"format": "csv"})
    assert answer.headers["Content-Disposition"].startswith(
        'attachment; filename="leads-raumlicht-berlin-2026-'
    )
    assert "Jens Kowalski" in answer.getvalue().decode("utf-8-sig")
    assert rep.post(url("lead-export", event)).status_code == 403
