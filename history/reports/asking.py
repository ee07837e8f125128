"""What a report is asked: by whom, for which days and which team."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, Self
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import Team, User, Visibility
from crm.kernel import errors

Step = Literal["week", "month"]
USUAL: Final = timedelta(weeks=12)
LONGEST: Final = timedelta(days=3 * 366)
BY_WEEK: Final = timedelta(weeks=20)


@dataclass(frozen=True, slots=True)
class Asked:
    """``since`` and ``until`` are the first and last day; ``at`` is now."""

    user: User
    since: date
    until: date
    at: datetime
    team: Team | None = None

    @classmethod
    def of(
        cls,
        *,
        user: User,
        at: datetime,
        since: date | None = None,
        until: date | None = None,
        team: UUID | str | None = None,
    ) -> Self:
        """Check what is asked; without days the last twelve weeks are meant.

        :raises errors.NotPermitted: the role may not see reports
        :raises errors.NotFound: the team does not exist, or is none of the user's
        :raises errors.Invalid: the days are in the wrong order or too far apart
        """
        policy.require(user, policy.Permission.REPORTS_VIEW)
        last = until or timezone.localtime(at).date()
        try:
            first = since or last - USUAL + timedelta(days=1)
        except OverflowError as error:
            raise errors.Invalid({"until": [_("Dieser Tag ist zu lange her.")]}) from error
        if first > last:
            raise errors.Invalid({"since": [_("Der erste Tag liegt nach dem letzten.")]})
        if last - first > LONGEST:
            raise errors.Invalid({"since": [_("Eine Auswertung umfasst höchstens drei Jahre.")]})
        if last.year > 2999 or first.year < 1000:
            raise errors.Invalid({"until": [_("Bitte wählen Sie einen näheren Tag.")]})
        return cls(user, first, last, at, _team(user, team) if team else None)

    @property
    def begin(self) -> datetime:
        """The first moment."""
        return timezone.make_aware(datetime.combine(self.since, time.min))

    @property
    def end(self) -> datetime:
        """The first moment behind the last day."""
        return timezone.make_aware(datetime.combine(self.until + timedelta(days=1), time.min))

    @property
    def step(self) -> Step:
        """Weeks for short periods, months for long ones."""
        return "week" if self.until - self.since < BY_WEEK else "month"

    def theirs(self, who: str) -> Q:
        """The condition on rows with a ``team`` and somebody who did it (field ``who``): those
        that the user may see, and of the team asked for."""
        access = self.user.access
        found = Q()
        if access.visibility == Visibility.TEAM:
            found = _of_teams(who, access.team_ids) | Q(**{who: self.user.pk})
        elif access.visibility == Visibility.OWN:
            found = Q(**{who: self.user.pk})
        return found & _of_teams(who, (self.team.pk,)) if self.team else found


def teams_of(user: User) -> QuerySet[Team]:
    """The teams that the user may ask for."""
    teams = Team.objects.filter(is_active=True)
    if user.access.visibility == Visibility.ALL:
        return teams
    return teams.filter(pk__in=user.access.team_ids)


def _of_teams(who: str, ids: tuple[int, ...]) -> Q:
    members = User.objects.filter(teams__in=ids).order_by().values("pk")
    return Q(team__in=ids) | Q(**{"team": None, f"{who}__in": members})


def _team(user: User, public_id: UUID | str) -> Team:
    team = teams_of(user).filter(public_id=parsed(public_id)).first()
    if team is None:
        raise errors.NotFound(public_id=str(public_id))
    return team
