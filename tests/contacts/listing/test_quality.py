"""Every number is as long as the list that it opens."""

from datetime import date

import pytest

from contacts import contact_points
from contacts.listing import ListName, Scope, page, quality
from contacts.listing import query as queries
from contacts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(make_person, reach, locate, admin, other_team, at):
    for number in range(9):
        person = make_person("", f"P{number}", team=other_team if number == 8 else None)
        if number % 2:
            holder = reach(person, "EMAIL", f"p{number}@a.example")
            if number == 5:
                contact_points.set_status(actor=admin, holder=holder, status="BOUNCED", at=at)
        if number % 3 == 0:
            locate(person, "10997", "Berlin")
        Person.objects.filter(pk=person.pk).update(
            completeness=[0, 39, 40, 59, 60, 79, 80, 99, 100][number],
            confirmed_on=[None, date(2020, 1, 1), date(2026, 1, 1)][number % 3],
            duplicate_check_due=number == 4,
        )


def measures(scope):
    return [
        *quality.WEAKNESSES,
        *quality.freshness_measures(today=scope.today),
        *quality.completeness_measures(),
    ]


@pytest.mark.parametrize("who", ["admin", "team_lead"])
def test_numbers_and_lists_agree(stock, request, who, at):
    scope = Scope(ListName.PERSONS, request.getfixturevalue(who), at)
    for figure in quality.figures(scope=scope, measures=measures(scope)):
        query = queries.parse_string(scope=scope, text=figure.query)
        assert len(page(scope=scope, query=query).rows) == figure.count, figure.measure.code


def test_the_parts_of_a_bar_are_the_whole(stock, scope):
    fresh = quality.figures(scope=scope, measures=quality.freshness_measures(today=scope.today))
    assert [(figure.measure.code, figure.count) for figure in fresh] == [
        ("fresh", 3),
        ("stale", 3),
        ("never", 3),
    ]
    full = quality.figures(scope=scope, measures=quality.completeness_measures())
    assert [figure.count for figure in full] == [2, 2, 2, 2, 1]
    assert full[0].total == 9


def test_by_source(stock, scope, source):
    (figure,) = quality.by_source(scope=scope)
    assert (figure.source, figure.total, figure.stale, figure.never, figure.fresh) == (
        source,
        9,
        3,
        3,
        3,
    )
    assert round(figure.completeness, 1) == 61.8


def test_companies_have_the_same_measures(make_company, admin, at):
    make_company("Havelberg Anlagenbau")
    scope = Scope(ListName.COMPANIES, admin, at)
    numbers = {
        figure.measure.code: figure.count
        for figure in quality.figures(scope=scope, measures=quality.WEAKNESSES)
    }
    assert numbers["unreachable"] == 1
    assert numbers["duplicates"] == 0
