"""Who was told what: recorded, in the ledger, and what it means for the next call."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from consent import circumstances
from consent.models import EventKind, LedgerEvent, NoticeProvision, NoticeVersion
from consent.notices import asking, configuring, provisions, scripts
from consent.notices.rules.due import Outcome
from consent.retention import rules
from contacts import merging
from contacts.models import Person
from crm.kernel import errors
from crm.kernel.models import AuditEntry

Publishes = Callable[..., NoticeVersion]
DAY = timedelta(days=1)


def told(person: Person, version: NoticeVersion, at: datetime, **values: Any) -> NoticeProvision:
    said: dict[str, Any] = {
        "actor": None,
        "person": person,
        "version": version,
        "medium": "email",
        "status": "delivered",
        "given_at": at,
        "at": at,
        **values,
    }
    return provisions.record(**said)


def due(person: Person | None, at: datetime, **values: Any) -> asking.Due:
    asked: dict[str, Any] = {"purpose": "appointment", "medium": "phone_inbound", **values}
    return asking.due_for(person=person, at=at, **asked)


def test_somebody_unknown_hears_the_first_layer(notice: NoticeVersion, at: datetime) -> None:
    found = due(None, at)
    assert found.outcome == Outcome.LAYERED
    assert found.first_layer == ("13.1.a", "13.1.c", "13.2.b")
    made = asking.script(due=found, at=at)
    assert made.items == found.first_layer
    assert made.text.startswith(
        "Kurz zum Datenschutz: Verantwortlich ist Nordlicht GmbH in Hamburg. Ihren Namen und Ihre "
        "Telefonnummer speichern wir, um den Termin zu vereinbaren"
    )
    assert 20 < made.estimate.seconds < 40


def test_reading_aloud_leaves_the_rest_and_a_mail_leaves_nothing(
    notice: NoticeVersion, person: Person, at: datetime
) -> None:
    first = due(person, at)
    told(person, notice, at, medium="phone", status="read_aloud", items=first.first_layer)
    rest = due(person, at)
    assert rest.outcome == Outcome.DELTA
    assert not {*rest.items} & {*first.first_layer}
    told(person, notice, at, items=rest.items)
    assert due(person, at).outcome == Outcome.NONE
    assert asking.script(due=due(person, at), at=at).text.startswith("Unsere Datenschutzhinweise")


def test_a_change_alone_is_read_to_who_holds_the_notice(
    publish: Publishes, notice: NoticeVersion, person: Person, at: datetime
) -> None:
    told(person, notice, at)
    later = at + DAY
    rules.set_period(actor=None, rule="appointment", number=1, unit="years", at=later)
    publish("appointment", at=later)
    found = due(person, later)
    assert (found.outcome, found.items) == (Outcome.DELTA, ("13.2.a",))
    made = asking.script(due=found, at=later)
    assert made.text.startswith(
        "Unsere Hinweise haben Sie am 17. März 2026 bekommen. Neu ist: So lange speichern "
        "wir. Angaben zum Termin: ein Jahr nach Abschluss des Vorgangs; "
        "Nachweise unserer Hinweise: 3 Jahre ab dem Ende des Kalenderjahres."
    )
    assert made.items == ("13.2.a",)


def test_an_event_tells_of_it_and_nothing_personal(
    notice: NoticeVersion, person: Person, at: datetime
) -> None:
    made = told(person, notice, at, language="de")
    event = LedgerEvent.objects.get(kind=EventKind.NOTICE_GIVEN)
    assert event.public_id == made.event
    assert (event.person, event.text) == (made.subject, notice.sha256)
    assert event.details["status"] == "delivered"
    assert AuditEntry.objects.filter(action="notice.given").count() == 1
    with pytest.raises(ProgrammingError), transaction.atomic():
        NoticeProvision.objects.filter(pk=made.pk).update(status="bounced")


def test_a_skipped_script_needs_a_reason(
    notice: NoticeVersion, person: Person, at: datetime
) -> None:
    for values in (
        {"status": "skipped"},
        {"status": "skipped", "reason": "other"},
        {"status": "skipped", "reason": "boredom"},
        {"status": "read_aloud", "items": ["13.9.z"]},
        {"medium": "smoke"},
    ):
        with pytest.raises(errors.Invalid):
            told(person, notice, at, **{"medium": "phone", **values})
    assert not NoticeProvision.objects.exists()
    assert not LedgerEvent.objects.filter(kind=EventKind.NOTICE_GIVEN).exists()
    told(person, notice, at, medium="phone", status="skipped", reason="emergency")
    assert due(person, at).outcome == Outcome.LAYERED


def test_art_14_told_is_known_to_the_gate(publish: Publishes, person: Person, at: datetime) -> None:
    notice = publish("bought_addresses")
    found = asking.due_for(person=person, purpose="bought_addresses", medium="import", at=at)
    assert (found.outcome, found.article) == (Outcome.FULL, 14)
    assert found.due_by == date(2026, 4, 17)
    told(person, notice, at, medium="letter")
    assert LedgerEvent.objects.filter(kind=EventKind.INFORMED).count() == 1


def test_brandenburg_is_chosen_at_the_controller(
    notice: NoticeVersion, person: Person, at: datetime
) -> None:
    controller = notice.controller
    controller.notice_profile = "brandenburg"
    controller.save()
    found = due(person, at, appointment_on=date(2026, 3, 24))
    assert (found.outcome, found.due_by) == (
        Outcome.DEFER_TO_APPOINTMENT,
        date(2026, 3, 24),
    )
    assert found.profile == "brandenburg"


def test_a_duplicate_counts_once_the_identity_is_documented(
    notice: NoticeVersion, person: Person, make_person: Any, at: datetime
) -> None:
    other = make_person("Johanna", "Meier")
    told(other, notice, at)
    merge = merging.merge(actor=None, survivor=person, others=[other], at=at)
    assert due(person, at).outcome == Outcome.LAYERED
    circumstances.document_identity(actor=None, person=person, proof="Ausweis", at=at)
    assert due(person, at).outcome == Outcome.NONE
    merging.undo(actor=None, merge=merge, at=at)
    assert due(Person.objects.get(pk=person.pk), at).outcome == Outcome.LAYERED
    assert due(Person.objects.get(pk=other.pk), at).outcome == Outcome.NONE


def test_children_are_spoken_to_in_plain_words(
    notice: NoticeVersion, person: Person, at: datetime
) -> None:
    person.birth_date = date(at.year - 16, at.month, at.day) + DAY
    with pytest.raises(scripts.UnderAge, match="einfacher Sprache"):
        asking.script(due=due(person, at), at=at, person=person)
    made = asking.script(due=due(person, at), at=at, person=person, language="plain")
    assert made.text.startswith("Wir sind die Firma Nordlicht GmbH.")


def test_unknown_purposes_and_languages_are_refused(notice: NoticeVersion, at: datetime) -> None:
    with pytest.raises(configuring.UnknownPurpose):
        due(None, at, purpose="lottery")
    with pytest.raises(asking.NothingPublished, match="Anfragen"):
        due(None, at, purpose="enquiry")
    with pytest.raises(scripts.UnknownLanguage):
        asking.script(due=due(None, at), at=at, language="tlh")


def test_what_is_due_takes_few_questions(
    notice: NoticeVersion, person: Person, at: datetime, django_assert_num_queries: Any
) -> None:
    for _each in range(5):
        told(person, notice, at)
    with django_assert_num_queries(6):
        asking.script(due=due(person, at), at=at, person=person)
