"""Reading a business card over HTTP, as the app at the stand and a screen do it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from benchmarks import visiting_cards
from crm.accounts.models import User
from crm.kernel import clock
from history.fairs import devices
from history.models import Event, LeadFile, StoredFile
from tests.consent_cast import _files_of_their_own as _files_of_their_own
from tests.consent_cast import controller as controller
from tests.history.fairs.conftest import event as event

PATH = "/api/v1/capture/cards/"


@pytest.fixture
def secret(sales: User, event: Event) -> str:
    today = clock.today()
    event.starts_on, event.ends_on = today, today + timedelta(days=2)
    event.delete_on = today + timedelta(days=90)
    event.save()
    return devices.register(actor=sales, event=event, name="Tablet", at=clock.now())[1]


def picture(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"image": SimpleUploadedFile("karte.jpg", content, "image/jpeg")}


def test_a_device_has_a_card_read_and_nothing_is_kept(secret: str) -> None:
    sample = visiting_cards.sample(9)
    headers = {"Authorization": f"Device {secret}"}
    answer = Client().post(PATH, picture(sample.picture), headers=headers)
    assert answer.status_code == 200
    body = answer.json()
    found = {row["field"]: row["value"] for row in body["fields"]}
    assert visiting_cards.comparable(found) == visiting_cards.comparable(sample.fields)
    assert {*body} == {"fields", "text", "problems"}
    assert sample.fields["company_name"] in body["text"].splitlines()
    assert (LeadFile.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_screen_may_ask_as_well(client: Client, sales: User) -> None:
    client.force_login(sales)
    answer = client.post(PATH, picture(visiting_cards.sample(9).picture))
    assert (answer.status_code, answer.json()["problems"]) == (200, [])


def test_what_is_no_picture_is_named_with_the_formats(client: Client, sales: User) -> None:
    client.force_login(sales)
    answer = client.post(PATH, picture(b"%PDF-1.7"))
    assert answer.status_code == 400
    assert answer.json()["errors"] == {
        "image": [
            "PDF wird nicht gelesen. Möglich sind JPEG, PNG, WebP, TIFF, BMP und GIF; "
            "speichern Sie das Bild als JPEG."
        ]
    }


def test_an_empty_picture_is_refused_in_the_users_language(client: Client, sales: User) -> None:
    sales.language = "en"
    sales.save()
    client.force_login(sales)
    kept = BytesIO()
    Image.new("RGB", (600, 400), "white").save(kept, "PNG")
    answer = client.post(PATH, picture(kept.getvalue()))
    assert (answer.status_code, answer.json()["code"]) == (422, "card-empty")
    assert (
        answer.json()["message"] == "There is nothing in the picture. Take a picture of the card."
    )


def test_nobody_else_may(client: Client, privacy: User) -> None:
    assert client.post(PATH, picture(b"")).status_code == 401
    client.force_login(privacy)
    assert client.post(PATH, picture(b"")).status_code == 403
    headers = {"Authorization": "Device ed_unknown"}
    assert Client().post(PATH, picture(b""), headers=headers).status_code == 401
