"""What is left to tell, as long as nobody told it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from consent import gate, references
from consent.desk import findings
from consent.models import Controller, EventKind, LedgerEvent, NoticeVersion
from consent.notices import counting, provisions, settling, tasks
from contacts import contact_points
from contacts.models import Person, Source, SourceKind

Publishes = Callable[..., NoticeVersion]


def told(person: Person, version: NoticeVersion, at: datetime, status: str, **more: Any) -> None:
    provisions.record(
        actor=None,
        person=person,
        version=version,
        medium="phone",
        status=status,
        given_at=at,
        at=at,
        **more,
    )


def bought(make_person: Any, at: datetime, kind: str = SourceKind.SUPPLIER) -> Person:
    source = Source.objects.create(
        kind=kind, name=f"Quelle {kind}", licence="x", use_until=date(2027, 1, 1), created_at=at
    )
    person: Person = make_person("Ida", "Kauf")
    Person.objects.filter(pk=person.pk).update(source=source, created_at=at)
    return Person.objects.get(pk=person.pk)


def test_a_skipped_script_is_left_until_somebody_tells(
    notice: NoticeVersion, person: Person, make_person: Any, at: datetime
) -> None:
    other = make_person("Uwe", "Später")
    told(person, notice, at, "skipped", reason="emergency")
    told(other, notice, at, "deferred", reason="later", due_on=date(2026, 3, 24))
    first, second = tasks.skipped().listed
    assert (first.kind, first.person, first.why, first.due_by) == (
        "skipped", person, "Notfall", date(2026, 3, 17),
    )  # fmt: skip
    assert (second.kind, second.due_by) == ("deferred", date(2026, 3, 24))
    assert first.is_overdue(date(2026, 3, 18))
    assert not first.is_overdue(date(2026, 3, 17))
    told(person, notice, at + timedelta(hours=1), "bounced")
    assert tasks.skipped().count == 2
    told(person, notice, at + timedelta(hours=2), "read_aloud")
    assert [task.person for task in tasks.skipped().listed] == [other]


def test_bought_data_must_be_told_within_a_month_or_at_first_contact(
    publish: Publishes, make_person: Any, admin: Any, source: Source, at: datetime
) -> None:
    person = bought(make_person, at)
    (task,) = tasks.art_14().listed
    assert (task.person, task.purpose, task.why) == (
        person, "bought_addresses", "Quelle: Quelle SUPPLIER",
    )  # fmt: skip
    assert task.due_by == date(2026, 4, 17)
    point = contact_points.add(
        actor=admin, record=person, kind="EMAIL", value="ida@x.example", source=source, at=at
    ).contact_point
    later = at + timedelta(days=3)
    permit = gate.permit(
        actor=None, person=person, point=point, channel="email", purpose="legal_notice", at=later
    )
    gate.use(actor=None, decision=permit, reference="m", at=later)
    assert tasks.art_14().listed[0].due_by == date(2026, 3, 20)
    told(person, publish("bought_addresses"), later, "handed_over")
    assert tasks.art_14() == tasks.Tasks((), 0)


def test_what_the_person_told_us_is_no_task(person: Person) -> None:
    assert tasks.art_14().count == 0
    assert tasks.skipped().count == 0


def test_however_many_there_are(
    notice: NoticeVersion, make_person: Any, at: datetime, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        told(make_person("Person", str(number)), notice, at, "skipped", reason="hung_up")
    with django_assert_num_queries(3):
        assert tasks.skipped().count == 4
    bought(make_person, at)
    with django_assert_num_queries(2):
        assert tasks.art_14().count == 1


def test_what_was_sent_is_settled_after_a_day(
    publish: Publishes, make_person: Any, at: datetime
) -> None:
    person, other = bought(make_person, at), make_person("Ilse", "Zurück")
    notice = publish("bought_addresses")
    told(person, notice, at, "sent", reference="m1")
    told(other, notice, at, "sent", reference="m2")
    told(other, notice, at + timedelta(hours=1), "bounced", reference="m2")
    assert tasks.art_14().count == 0
    assert settling.settle(at=at + timedelta(hours=23)) == 0
    assert settling.settle(at=at + timedelta(hours=24)) == 1
    event = LedgerEvent.objects.get(kind=EventKind.INFORMED)
    assert (event.person, event.effective_at) == (references.subject_of(person), at)
    assert settling.settle(at=at + timedelta(days=2)) == 0


def test_what_came_back_is_left_to_tell(publish: Publishes, make_person: Any, at: datetime) -> None:
    person, notice = bought(make_person, at), publish("bought_addresses")
    told(person, notice, at, "sent", reference="m1")
    told(person, notice, at + timedelta(hours=1), "bounced", reference="m1")
    assert [task.person for task in tasks.art_14().listed] == [person]
    assert settling.settle(at=at + timedelta(days=2)) == 0


def test_figures_of_a_year(notice: NoticeVersion, person: Person, at: datetime) -> None:
    told(person, notice, at, "read_aloud", seconds=30)
    told(person, notice, at, "read_aloud", seconds=34)
    told(person, notice, at, "skipped", reason="hung_up")
    found = counting.figures(at=at)
    assert found.counts == (("phone", "read_aloud", 2), ("phone", "skipped", 1))
    assert (found.seconds, found.left) == (32.0, 0)


def test_a_notice_that_is_outdated_is_found(
    notice: NoticeVersion, controller: Controller, at: datetime
) -> None:
    assert findings.all_of(at=at) == []
    controller.privacy_contact = "ds@nordlicht.example"
    controller.save()
    (found,) = findings.all_of(at=at)
    assert (found.kind, found.names) == ("notice-outdated", ("appointment · 1",))
