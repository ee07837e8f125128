"""``manage.py notice``."""

import json
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from consent.models import NoticeProvision, NoticeVersion
from consent.notices import provisions
from contacts.models import Person
from crm.kernel import clock


def notice_of(**options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("notice", purpose="appointment", json=True, stdout=out, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_script_for_anybody(notice: NoticeVersion) -> None:
    found = notice_of(layer="spoken", lang="en")
    assert found["outcome"] == "LAYERED"
    assert found["text"].startswith("A short note on data protection: Nordlicht GmbH in Hamburg")
    assert found["items"] == found["first_layer"] == ["13.1.a", "13.1.c", "13.2.b"]
    assert found["length"] == "fine"
    assert found["seconds"] > found["words"] / 2.4


def test_only_what_somebody_lacks(notice: NoticeVersion, person: Person, at: datetime) -> None:
    provisions.record(
        actor=None,
        person=person,
        version=notice,
        medium="paper",
        status="handed_over",
        given_at=at,
        at=at,
    )
    found = notice_of(person=str(person.public_id))
    assert (found["outcome"], found["items_due"]) == ("NONE", [])
    assert found["known"]["13.1.a"] == at.isoformat()
    assert NoticeProvision.objects.count() == 1


def test_the_full_text(notice: NoticeVersion) -> None:
    found = notice_of(layer="full", lang="einfach")
    assert found == notice_of(layer="full", lang="plain")
    assert found["sections"][0] == {
        "item": "13.1.a",
        "title": "Wer sind wir?",
        "text": "Wir sind die Firma Nordlicht GmbH. Unsere Adresse ist: Kai 1, 20457 Hamburg. Sie "
        "erreichen uns mit einer E‑Mail an info@nordlicht.example.",
        "is_new": False,
    }


def test_unknown_purposes_and_children_are_refused(
    notice: NoticeVersion, person: Person, at: datetime
) -> None:
    with pytest.raises(CommandError, match="Eingerichtet sind: appointment"):
        call_command("notice", purpose="lottery", stdout=StringIO())
    person.birth_date = clock.now().date()
    person.save()
    with pytest.raises(CommandError, match="16 Jahre"):
        notice_of(person=str(person.public_id), lang="de")
