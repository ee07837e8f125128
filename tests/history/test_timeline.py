"""The line: all contacts of those concerned, each once, in order, whatever is added meanwhile."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts import employments
from crm.accounts.models import RoleCode, Visibility
from crm.kernel import errors
from history import marks, timeline, touchpoints
from history.models import Opportunity, Pipeline, Stage, Stakeholder, Touchpoint
from history.timeline import Cursor, Filters


def subjects(page: timeline.Page) -> list[str]:
    return [entry.subject for entry in page.entries]


def days(count: float) -> timedelta:
    return timedelta(days=count)


@pytest.fixture
def deal(havelberg, admin, at) -> Opportunity:
    pipeline = Pipeline.objects.create(name="Test")
    stage = Stage.objects.create(pipeline=pipeline, name="Angebot", position=1, probability=60)
    return Opportunity.objects.create(
        number="VC-1",
        title="LED-Deckensystem",
        company=havelberg,
        pipeline=pipeline,
        stage=stage,
        stage_since=at,
        created_at=at,
        updated_at=at,
    )


def test_a_person_s_line(maier, make_person, admin, took_place) -> None:
    haas = make_person("Friederike", "Haas")
    took_place(maier, ago=days(2), subject="zwei")
    took_place(maier, haas, ago=days(1), subject="eins")
    took_place(haas, subject="ohne ihn")
    assert subjects(timeline.page(user=admin, owner=maier)) == ["eins", "zwei"]


def test_a_company_s_line_has_its_people_while_they_are_there(
    maier, make_person, havelberg, admin, source, took_place, at
) -> None:
    employments.add(
        actor=admin,
        person=maier,
        company=havelberg,
        values={"started_on": date(2026, 1, 1), "ended_on": date(2026, 3, 10)},
        source=source,
        at=at,
    )
    haas = make_person("Friederike", "Haas")
    employments.add(actor=admin, person=haas, company=havelberg, values={}, source=source, at=at)
    took_place(maier, ago=days(100), subject="davor")
    took_place(maier, ago=days(20), subject="dort")
    took_place(maier, subject="danach")
    took_place(haas, ago=days(300), subject="ohne Anfang")
    took_place(maier, haas, ago=days(19), companies=[havelberg], subject="beide")
    took_place(ago=days(1), companies=[havelberg], subject="Zentrale")
    line = timeline.page(user=admin, owner=havelberg)
    assert subjects(line) == ["Zentrale", "beide", "dort", "ohne Anfang"]


def test_a_deal_s_line_has_all_who_have_a_say(
    maier, make_person, havelberg, deal, admin, took_place, at
) -> None:
    sander = make_person("Ines", "Sander")
    Stakeholder.objects.create(opportunity=deal, person=maier, created_at=at)
    took_place(maier, ago=days(3), subject="Maier")
    other = took_place(sander, ago=days(2), subject="Sander")
    took_place(ago=days(1), companies=[havelberg], subject="Zentrale")
    assert subjects(timeline.page(user=admin, owner=deal)) == ["Zentrale", "Maier"]
    touchpoints.assign(actor=admin, touchpoint=other, opportunity=deal, at=at)
    touchpoints.assign(actor=admin, touchpoint=other, opportunity=deal, at=at)
    assert subjects(timeline.page(user=admin, owner=deal)) == ["Zentrale", "Sander", "Maier"]
    assert subjects(
        timeline.page(user=admin, owner=sander, filters=Filters(opportunity=deal.pk))
    ) == ["Sander"]
    touchpoints.unassign(actor=admin, touchpoint=other, opportunity=deal, at=at)
    assert subjects(timeline.page(user=admin, owner=deal)) == ["Zentrale", "Maier"]


def test_people_out_of_sight_are_left_out(
    maier, make_person, havelberg, source, make_user, team, admin, took_place, at
) -> None:
    seen = make_person("Friederike", "Haas", team=team)
    for person in (maier, seen):
        employments.add(
            actor=admin, person=person, company=havelberg, values={}, source=source, at=at
        )
        took_place(person, subject=person.surname)
    reader = make_user(RoleCode.SALES, teams=[team])
    reader.roles.update(visibility=Visibility.TEAM)
    reader = type(reader).objects.get(pk=reader.pk)
    assert subjects(timeline.page(user=reader, owner=havelberg)) == ["Haas"]


def test_filters(maier, make_person, admin, sales, took_place) -> None:
    haas = make_person("Friederike", "Haas")
    took_place(maier, ago=days(4), subject="Anruf", agent=sales)
    took_place(maier, ago=days(3), channel="EMAIL", subject="Preise", body="Die Angebote folgen.")
    took_place(maier, haas, ago=days(2), channel="EMAIL", direction="OUT", subject="Antwort")
    took_place(maier, ago=days(1), channel="NOTE", direction="", subject="Notiz")

    def shown(**values: object) -> list[str]:
        filters = Filters(**values)  # type: ignore[arg-type]
        return subjects(timeline.page(user=admin, owner=maier, filters=filters))

    assert shown(channels=("EMAIL",)) == ["Antwort", "Preise"]
    assert shown(channels=("EMAIL", "NOTE"), direction="IN") == ["Preise"]
    assert shown(agent=sales.pk) == ["Anruf"]
    assert shown(person=haas.pk) == ["Antwort"]
    assert shown(since=date(2026, 3, 15), until=date(2026, 3, 15)) == ["Antwort"]
    assert shown(text="Angebot") == ["Preise"]
    assert shown(text="nirgends") == []


def test_a_day_is_a_day_in_berlin(maier, admin, took_place, at) -> None:
    took_place(maier, ago=timedelta(hours=9, minutes=30), subject="kurz nach Mitternacht")
    filters = Filters(since=date(2026, 3, 17))
    assert at.hour == 9
    page = timeline.page(user=admin, owner=maier, filters=filters)
    assert subjects(page) == ["kurz nach Mitternacht"]


@pytest.mark.parametrize("count", [3, 60])
def test_a_page_costs_the_same_however_long_the_line(
    maier, havelberg, admin, took_place, count, django_assert_num_queries
) -> None:
    for number in range(count):
        took_place(maier, ago=timedelta(minutes=number), companies=[havelberg])
    with django_assert_num_queries(5):
        page = timeline.page(user=admin, owner=maier, size=20)
        for entry in page.entries:
            assert [row.person or row.company for row in entry.participations.all()] == [
                maier,
                havelberg,
            ]
            assert list(entry.attachments.all()) == []
            assert entry.promises == []
            assert entry.agent == admin
    assert len(page.entries) == min(count, 20)
    with django_assert_num_queries(1):
        figures = timeline.figures(user=admin, owner=maier)
    assert (figures.total, figures.by_channel, figures.is_more) == (count, {"PHONE": count}, False)


@given(
    moments=st.lists(st.integers(0, 5), max_size=25),
    size=st.integers(1, 7),
    added=st.lists(st.integers(0, 5), max_size=6),
)
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_paged_through_all_are_met_once_in_order(
    maier, admin, took_place, moments, size, added
) -> None:
    from django.db import transaction

    with transaction.atomic():
        for moment in moments:
            took_place(maier, ago=timedelta(minutes=moment))
        before = {entry.pk for entry in Touchpoint.objects.all()}
        met, later, place = [], list(added), None
        while True:
            page = timeline.page(user=admin, owner=maier, before=place, size=size)
            met += page.entries
            if later:  # somebody else records something while one reads
                took_place(maier, ago=timedelta(minutes=later.pop()))
            place = page.older
            if place is None:
                break
        order = [(entry.happened_at, entry.pk) for entry in met]
        assert order == sorted(order, reverse=True)
        assert len(set(order)) == len(order)
        assert before <= {entry.pk for entry in met}
        transaction.set_rollback(True)


def test_a_place_in_an_address() -> None:
    for text in ("", "x", "2026-03-17~5", "2026-03-17T09:12:00+00:00~0", "~", "morgen~7"):
        assert Cursor.parse(text) is None
    place = Cursor.parse("2026-03-17T09:12:00+00:00~7")
    assert str(place) == "2026-03-17T09:12:00+00:00~7"


def test_pins(maier, admin, privacy, took_place, at) -> None:
    first, second = took_place(maier), took_place(maier)
    for each in (first, second, first):
        marks.pin(actor=admin, touchpoint=each, owner=maier, at=at)
        at += timedelta(minutes=1)
    assert marks.pinned(owner=maier) == [second.pk, first.pk]
    with pytest.raises(errors.NotPermitted):
        marks.unpin(actor=privacy, touchpoint=second, owner=maier)
    assert marks.pinned(owner=maier) == [second.pk, first.pk]
    marks.unpin(actor=admin, touchpoint=second, owner=maier)
    assert marks.pinned(owner=maier) == [first.pk]


def test_what_is_new_since_the_last_visit(maier, admin, at) -> None:
    assert marks.visit(user=admin, owner=maier, at=at) is None
    assert marks.visit(user=admin, owner=maier, at=at + timedelta(minutes=10)) is None
    later = at + timedelta(hours=2)
    assert marks.visit(user=admin, owner=maier, at=later) == at
    assert marks.visit(user=admin, owner=maier, at=later + timedelta(minutes=5)) == at
