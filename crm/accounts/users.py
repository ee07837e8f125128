"""Users, their roles and teams: every change is one function here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import Density, Language, Role, RoleCode, Team, Theme, User, Visibility
from crm.kernel import audit, errors

PREFERENCES: dict[str, Iterable[Any]] = {
    "language": Language.values,
    "theme": Theme.values,
    "density": Density.values,
    "single_key_shortcuts": (True, False),
}


class LastAdministrator(errors.DomainError):
    """The change would leave the installation without an administrator."""

    code = "last-administrator"


@transaction.atomic
def create_user(
    *,
    actor: User | None,
    email: str,
    first_name: str,
    last_name: str,
    roles: Iterable[str],
    teams: Iterable[Team] = (),
    password: str | None = None,
    at: datetime,
) -> User:
    """Create a user. ``actor`` is None only for the installation itself.

    :raises errors.Invalid: e-mail malformed or taken, name missing, unknown role, weak password
    """
    if actor is not None:
        policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    address = _checked_email(email)
    first_name, last_name = _checked_names(first_name, last_name)
    user = User(email=address, first_name=first_name, last_name=last_name, created_at=at)
    if password is not None:
        check_password(password, user=user)
    user.set_password(password)
    user.save()
    role_rows = _roles(roles)
    team_rows = list(teams)
    user.roles.set(role_rows)
    user.teams.set(team_rows)
    audit.record(
        actor=actor,
        action="user.created",
        at=at,
        target=user,
        changes={
            "email": ["", address],
            "roles": [[], [role.code for role in role_rows]],
            "teams": [[], [team.name for team in team_rows]],
        },
    )
    return user


@transaction.atomic
def update_user(
    *, actor: User, user: User, email: str, first_name: str, last_name: str, at: datetime
) -> User:
    """Change e-mail and name; users may do it for themselves."""
    if actor.pk != user.pk:
        policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    first_name, last_name = _checked_names(first_name, last_name)
    address = _checked_email(email, but=user)
    return _save(
        actor=actor,
        user=user,
        values={"email": address, "first_name": first_name, "last_name": last_name},
        at=at,
    )


@transaction.atomic
def set_preferences(*, user: User, values: dict[str, Any], at: datetime) -> User:
    """Change language, theme, density or single-letter keys of the user's own account."""
    for name, value in values.items():
        if name not in PREFERENCES or value not in PREFERENCES[name]:
            raise errors.Invalid({name: [_("Diese Einstellung gibt es nicht.")]})
    return _save(actor=user, user=user, values=values, at=at)


@transaction.atomic
def set_password(*, actor: User, user: User, password: str, at: datetime) -> None:
    """Set a new password; the audit row says that it happened, not what it is."""
    if actor.pk != user.pk:
        policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    check_password(password, user=user)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(actor=actor, action="user.password-set", at=at, target=user)


@transaction.atomic
def set_active(*, actor: User, user: User, is_active: bool, at: datetime) -> User:
    """Deactivate a user (log-in ends at once) or take it back."""
    policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    if not is_active and _is_last_administrator(user):
        raise LastAdministrator(_("Das letzte Administrationskonto kann nicht stillgelegt werden."))
    return _save(actor=actor, user=user, values={"is_active": is_active}, at=at)


@transaction.atomic
def set_roles(*, actor: User, user: User, roles: Iterable[str], at: datetime) -> User:
    """Replace the user's roles.

    :raises LastAdministrator: nobody would be left to administer
    """
    policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    rows = _roles(roles)
    if RoleCode.ADMIN not in [role.code for role in rows] and _is_last_administrator(user):
        raise LastAdministrator(_("Mindestens ein Konto braucht die Rolle Administration."))
    before = list(user.roles.values_list("code", flat=True))
    user.roles.set(rows)
    user.__dict__.pop("access", None)
    changes = audit.diff({"roles": before}, {"roles": [role.code for role in rows]})
    audit.record(actor=actor, action="user.roles-set", at=at, target=user, changes=changes)
    return user


@transaction.atomic
def set_teams(*, actor: User, user: User, teams: Iterable[Team], at: datetime) -> User:
    """Replace the user's teams."""
    policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    rows = list(teams)
    before = [team.name for team in user.teams.all()]
    user.teams.set(rows)
    user.__dict__.pop("access", None)
    changes = audit.diff({"teams": before}, {"teams": [team.name for team in rows]})
    audit.record(actor=actor, action="user.teams-set", at=at, target=user, changes=changes)
    return user


@transaction.atomic
def set_role_visibility(*, actor: User, role: Role, visibility: str, at: datetime) -> Role:
    """Change which records a role sees."""
    policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    if visibility not in Visibility.values:
        raise errors.Invalid({"visibility": [_("Diese Sichtbarkeit gibt es nicht.")]})
    changes = audit.diff({"visibility": role.visibility}, {"visibility": visibility})
    role.visibility = visibility
    role.save(update_fields=["visibility"])
    audit.record(actor=actor, action="role.visibility-set", at=at, target=role, changes=changes)
    return role


@transaction.atomic
def create_team(*, actor: User | None, name: str, at: datetime) -> Team:
    """Create a team; names are unique whatever their case."""
    if actor is not None:
        policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    team = Team.objects.create(name=_checked_team_name(name))
    audit.record(actor=actor, action="team.created", at=at, target=team)
    return team


@transaction.atomic
def update_team(*, actor: User, team: Team, name: str, is_active: bool, at: datetime) -> Team:
    """Rename a team or set it inactive; its records stay with it."""
    policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    before = {"name": team.name, "is_active": team.is_active}
    team.name, team.is_active = _checked_team_name(name, but=team), is_active
    team.save()
    changes = audit.diff(before, {"name": team.name, "is_active": is_active})
    audit.record(actor=actor, action="team.updated", at=at, target=team, changes=changes)
    return team


def check_password(password: str, *, user: User | None = None) -> None:
    """Pass or raise :class:`errors.Invalid` for ``password``."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise errors.Invalid({"password": error.messages}) from error


def _save(*, actor: User, user: User, values: dict[str, Any], at: datetime) -> User:
    changes = audit.diff({name: getattr(user, name) for name in values}, values)
    if changes:
        for name, value in values.items():
            setattr(user, name, value)
        user.save(update_fields=list(values))
        user.__dict__.pop("access", None)
        audit.record(actor=actor, action="user.updated", at=at, target=user, changes=changes)
    return user


def _checked_email(email: str, *, but: User | None = None) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise errors.Invalid(
            {"email": [_("Das ist keine E-Mail-Adresse: „%(email)s“.") % {"email": email}]}
        ) from error
    if User.objects.filter(email=address).exclude(pk=but.pk if but else 0).exists():
        raise errors.Invalid({"email": [_("Mit dieser Adresse gibt es schon ein Konto.")]})
    return address


def _checked_names(first_name: str, last_name: str) -> tuple[str, str]:
    names = {"first_name": first_name.strip(), "last_name": last_name.strip()}
    missing = {name: [_("Bitte ausfüllen.")] for name, value in names.items() if not value}
    if missing:
        raise errors.Invalid(missing)
    return names["first_name"], names["last_name"]


def _checked_team_name(name: str, *, but: Team | None = None) -> str:
    cleaned = name.strip()
    if not cleaned:
        raise errors.Invalid({"name": [_("Bitte geben Sie dem Team einen Namen.")]})
    if Team.objects.filter(name__iexact=cleaned).exclude(pk=but.pk if but else 0).exists():
        raise errors.Invalid({"name": [_("Ein Team mit diesem Namen gibt es schon.")]})
    return cleaned


def _roles(codes: Iterable[str]) -> list[Role]:
    wanted = set(codes)
    rows = list(Role.objects.filter(code__in=wanted))
    if not wanted or len(rows) != len(wanted):
        raise errors.Invalid({"roles": [_("Bitte wählen Sie mindestens eine der fünf Rollen.")]})
    return rows


def _is_last_administrator(user: User) -> bool:
    admins = User.objects.filter(is_active=True, roles__code=RoleCode.ADMIN).select_for_update()
    return [admin.pk for admin in admins] == [user.pk]
