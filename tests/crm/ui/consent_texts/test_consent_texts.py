"""Consent texts: drafted, found wanting, published, never changed again."""

from typing import Any

import pytest
from django.test import Client

from consent import controllers, starters, texts
from consent.models import ConsentText
from crm.accounts.models import User

LIST = "/verwaltung/einwilligungstexte/"


@pytest.fixture
def client(privacy: User) -> Client:
    logged_in = Client()
    logged_in.force_login(privacy)
    return logged_in


def values(**other: Any) -> dict[str, Any]:
    return {
        "code": "umfrage", "title": "Umfrage", "form": "WEB_FORM", "language": "de",
        "controller": str(controllers.default().public_id), "body": "Ja, ich mache mit.",
        "channels": ["email"], "purposes": ["satisfaction_survey"], "elements": ["controller"],
        **other,
    }  # fmt: skip


def test_the_starters_are_drafts_that_could_be_published(client: Client, at: Any) -> None:
    assert client.post(f"{LIST}vorlagen/").status_code == 303
    drafts = list(ConsentText.objects.all())
    assert {text.status for text in drafts} == {"DRAFT"}
    assert {text.code for text in drafts} >= {"newsletter", "sales-call", "product-offer"}
    for text in drafts:
        assert texts.publish(actor=None, text=text, at=at).sha256
    client.post(f"{LIST}vorlagen/")
    assert ConsentText.objects.count() == len(drafts)


def test_every_starter_names_who_what_and_how_to_withdraw(db: None, at: Any) -> None:
    controller = controllers.default()
    for text in starters.create(actor=None, controller=controller, at=at):
        assert controller.name in text.body
        assert "{" not in text.body
        assert "widerrufen" in text.body or "withdraw" in text.body, text.code


def test_what_a_draft_lacks_is_named_and_it_stays_a_draft(client: Client) -> None:
    assert client.post(f"{LIST}neu/", values()).status_code == 303
    text = ConsentText.objects.get()
    page = client.get(f"{LIST}{text.public_id}/").content.decode()
    assert "dass und wie man widerrufen kann" in page
    assert "wer wirbt" not in page
    answer = client.post(f"{LIST}{text.public_id}/veroeffentlichen/")
    assert answer.status_code == 422
    text.refresh_from_db()
    assert text.status == "DRAFT"


def test_a_new_version_takes_the_place_of_the_former(client: Client) -> None:
    for body in ("Ja, ich mache mit.", "Ja, ich mache gern mit."):
        client.post(f"{LIST}neu/", values(body=body, elements=list(texts.ELEMENTS)))
        newest = ConsentText.objects.order_by("-version")[0]
        assert client.post(f"{LIST}{newest.public_id}/veroeffentlichen/").status_code == 303
    found = ConsentText.objects.order_by("version").values_list("version", "status")
    assert list(found) == [(1, "RETIRED"), (2, "PUBLISHED")]


@pytest.mark.parametrize(
    "wrong", [{"code": "Ü !"}, {"channels": []}, {"purposes": ["invoice"]}, {"body": " "}], ids=str
)
def test_a_draft_that_says_nothing_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    assert client.post(f"{LIST}neu/", values(**wrong)).status_code == 422
    assert not ConsentText.objects.exists()
