"""Teams, log-ins, sources and criteria of the demo company."""

from datetime import date, datetime

import pytest

from contacts import saved_views, sources
from contacts.listing import ListName
from contacts.models import Criterion, SourceKind
from crm.accounts.models import RoleCode, Team, User
from crm.demo import favourites, origins, questions, staff, staffing
from crm.demo.records import Origin

pytestmark = pytest.mark.django_db


def test_every_role_has_a_log_in_that_works(at: datetime) -> None:
    people = staffing.employ(at=at)
    assert set(Team.objects.values_list("name", flat=True)) == set(staff.TEAMS)
    assert all(user.check_password("nordlicht") for user in map(_fresh, people.values()))
    shown = [people[mailbox] for mailbox in staff.SHOWN]
    roles = {role.code for user in shown for role in user.roles.all()}
    assert roles == set(RoleCode.values)
    assert shown[0].email == "vertrieb@nordlicht.example"


def test_everybody_responsible_works_here() -> None:
    emails = {colleague.email for colleague in staff.COLLEAGUES}
    for country in ("DE", "AT", "CH"):
        for digit in "0123456789":
            code = f"{digit}4103"
            assert staff.responsible(postal_code=code, country=country) in emails


def test_each_criterion_has_an_owner_and_a_help_text(at: datetime) -> None:
    questions.ask(staff=staffing.employ(at=at), at=at)
    defined = list(Criterion.objects.all())
    assert len(defined) == 8
    assert all(criterion.owner and criterion.help_text for criterion in defined)
    guarded = [criterion.code for criterion in defined if criterion.sensitivity == "PERSONALITY"]
    assert guarded == ["lieblingsverein"]


def test_shared_views_are_valid(at: datetime) -> None:
    people = staffing.employ(at=at)
    questions.ask(staff=people, at=at)
    favourites.share(staff=people, at=at)
    for list_name in ListName:
        shown = saved_views.visible_to(user=people["service"], list_name=list_name)
        wanted = [name for name_of_list, name, _ in favourites.VIEWS if name_of_list is list_name]
        assert [view.name for view in shown] == sorted(wanted)


def test_the_bought_list_has_licence_and_end(at: datetime) -> None:
    made = origins.name_all(today=at.date(), at=at)
    bought = made[Origin.LIST]
    assert bought.kind == SourceKind.SUPPLIER
    assert bought.use_until == date(2026, 4, 30)
    assert sources.usable(bought, on=at.date())
    assert "EMAIL" not in bought.licensed_channels
    assert made[Origin.ERP].licensed_channels == []


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 11, 22), date(2026, 12, 31)),
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2026, 12, 2), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 3, 31)),
    ],
)
def test_the_licence_ends_with_a_month_thirty_days_ahead(today: date, end: date) -> None:
    assert origins.end_of_licence(today) == end


def _fresh(user: User) -> User:
    user.refresh_from_db()
    return user
