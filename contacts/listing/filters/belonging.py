"""Filters by who looks after a record."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.listing.filters.identifiers import keys_of, one_of
from contacts.listing.filters.kinds import Choice, Entry, Filter, Group, Values
from contacts.listing.scope import Scope
from crm.accounts.models import Team, User

ME, NOBODY = "me", "none"


def _owners(scope: Scope) -> list[Choice]:
    users = User.objects.filter(is_active=True)
    return [
        Choice(ME, _("ich")),
        Choice(NOBODY, _("niemand")),
        *(Choice(str(user.public_id), user.full_name) for user in users),
    ]


def _former_owner(scope: Scope, value: str) -> Choice | None:
    user = one_of(User.objects.all(), value)
    return Choice(value, _("%(name)s (inaktiv)") % {"name": user.full_name}) if user else None


def _owned_by(scope: Scope, values: Values) -> Q:
    people = keys_of(User.objects.all(), set(values) - {ME, NOBODY})
    if ME in values:
        people.append(scope.user.pk)
    condition = Q(owner__in=people) if people else Q(pk__in=())
    return condition | Q(owner=None) if NOBODY in values else condition


def _teams(scope: Scope) -> list[Choice]:
    teams = [Choice(str(team.public_id), team.name) for team in Team.objects.all()]
    return [Choice(NOBODY, _("kein Team")), *teams]


def _in_team(scope: Scope, values: Values) -> Q:
    teams = keys_of(Team.objects.all(), set(values) - {NOBODY})
    condition = Q(team__in=teams) if teams else Q(pk__in=())
    return condition | Q(team=None) if NOBODY in values else condition


FILTERS = [
    Filter(
        code="owner",
        label=gettext_lazy("Zuständig"),
        group=Group.BELONGING,
        entry=Entry.CHOICES,
        choices=_owners,
        look_up=_former_owner,
        build=_owned_by,
        sentence=gettext_lazy("Zuständig: %(value)s"),
    ),
    Filter(
        code="team",
        label=gettext_lazy("Team"),
        group=Group.BELONGING,
        entry=Entry.CHOICES,
        choices=_teams,
        build=_in_team,
        sentence=gettext_lazy("Team: %(value)s"),
    ),
]
