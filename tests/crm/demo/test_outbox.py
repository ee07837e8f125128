"""The page of the running demo that shows what was sent; elsewhere there is none."""

import smtplib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse

from consent.sending.gateways import FileSink
from crm import urls
from crm.accounts.models import User
from crm.demo import outbox
from crm.platform.mail_sink import MailSink

urlpatterns = [*urls.urlpatterns, path("", include("crm.demo.urls"))]
URL = "/demo/postausgang/"
MAIL = (
    "From: a@nordlicht.example\r\nTo: lena@havelberg.example\r\nSubject: Bitte =?utf-8?q?best=C3"
    "=A4tigen?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "Hier: http://127.0.0.1:8000/einwilligung/bestaetigen/x/ <script>\r\n"
)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where mails of the demo lie; its page is there."""
    settings.ROOT_URLCONF = __name__
    settings.SMS_FILE_PATH = tmp_path / "sms"
    settings.DEMO_OUTBOX = tmp_path / "mail"
    return tmp_path / "mail"


def send(folder: Path) -> None:
    with MailSink(folder=folder) as sink, smtplib.SMTP("127.0.0.1", sink.port) as client:
        client.sendmail("a@nordlicht.example", ["lena@havelberg.example"], MAIL.encode())
        assert sink.messages == []


def test_mails_and_sms_are_read_and_their_links_can_be_followed(
    folder: Path, sales: User, settings: Any
) -> None:
    client = Client()
    client.force_login(sales)
    assert "Noch nichts gesendet" in client.get(URL).content.decode()
    send(folder)
    FileSink(settings.SMS_FILE_PATH).deliver(number="+4915228817386", text="123456 ist Ihr Code")
    page = client.get(URL).content.decode()
    link = "http://127.0.0.1:8000/einwilligung/bestaetigen/x/"
    assert f'<a href="{link}" rel="nofollow">' in page
    assert "&lt;script&gt;" in page
    for shown in ("Bitte bestätigen", "lena@havelberg.example", "+4915228817386", "123456 ist"):
        assert shown in page
    send(folder)
    found = outbox.messages(mails=folder, texts=settings.SMS_FILE_PATH)
    assert sorted(each.subject for each in found) == ["", "Bitte bestätigen", "Bitte bestätigen"]


def test_whoever_is_not_logged_in_reads_nothing(folder: Path, db: None) -> None:
    send(folder)
    assert Client().get(URL).status_code == 302


def test_outside_of_the_demo_there_is_no_such_page(
    folder: Path, sales: User, settings: Any
) -> None:
    send(folder)
    client = Client()
    client.force_login(sales)
    settings.DEMO_OUTBOX = None
    assert client.get(URL).status_code == 404
    settings.ROOT_URLCONF = "crm.urls"
    assert client.get(URL).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo-outbox")
