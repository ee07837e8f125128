"""``manage.py may_contact``: the question box of the privacy officer."""

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from consent.models import LedgerEvent
from contacts.models import ContactPoint, Person

pytestmark = pytest.mark.django_db


def ask(*words: str) -> str:
    out = io.StringIO()
    call_command("may_contact", *words, "--purpose", "newsletter", stdout=out)
    return out.getvalue()


def test_a_yes_says_on_what_it_rests(
    give_consent: Callable[..., LedgerEvent], person: Person, mailbox: ContactPoint, at: datetime
) -> None:
    consent = give_consent()
    when = (at + timedelta(hours=1)).isoformat()
    answer = json.loads(
        ask("--email", "J.Maier@x.example", "--channel", "email", "--at", when, "--json")
    )
    assert (answer["outcome"], answer["decisive"]) == ("ALLOW", str(consent.public_id))
    assert answer["person"] == str(person.public_id)


def test_a_no_is_an_exit_code_and_a_sentence(person: Person, number: ContactPoint) -> None:
    with pytest.raises(CommandError, match="Niemand davon"):
        ask("--number", "0171/3920012", "--channel", "phone")
    with pytest.raises(CommandError, match="Niemand davon"):
        ask("--person", str(person.public_id), "--channel", "phone")


def test_what_cannot_be_asked_is_refused(person: Person) -> None:
    with pytest.raises(CommandError, match="niemanden"):
        ask("--email", "nobody@x.example", "--channel", "email")
    with pytest.raises(CommandError, match="kein Zeitpunkt"):
        ask("--email", "a@x.example", "--channel", "email", "--at", "gestern")
