"""Guessing passwords and flooding mailboxes have an end, also across accounts."""

from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from crm.ui.screens.login import attempts


def test_one_address_does_not_try_every_account(client: Client, admin, settings) -> None:
    cache.clear()
    for number in range(attempts.MOST_OF_AN_ADDRESS):
        attempts.count_failure(email=f"p{number}@einklang.example", address="127.0.0.1")
    form = {"username": admin.email, "password": "messstellen-nord"}
    assert client.post(reverse("login"), form).status_code == 429
    elsewhere = client.post(reverse("login"), form, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302
    cache.clear()


def test_a_mailbox_gets_five_links_and_the_page_says_the_same(client: Client, admin) -> None:
    cache.clear()
    for _time in range(attempts.MOST_LINKS + 2):
        answer = client.post(reverse("password-forgotten"), {"email": admin.email})
        assert (answer.status_code, answer.url) == (302, reverse("password-sent"))
    assert len(mail.outbox) == attempts.MOST_LINKS
    cache.clear()
