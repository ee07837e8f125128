"""Users, roles and teams."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from crm.accounts import policy, users
from crm.accounts.models import Role, RoleCode, User, Visibility
from crm.kernel import errors
from crm.kernel.models import AuditEntry


def test_an_e_mail_is_stored_in_lower_case_and_logs_in_in_any(make_user) -> None:
    user = make_user(email="  Mareike.Thoms@Nordlicht.example ")
    assert user.email == "mareike.thoms@nordlicht.example"
    assert User.objects.get_by_natural_key("MAREIKE.THOMS@nordlicht.example") == user


def test_the_database_refuses_capitals_in_an_e_mail(sales: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=sales.pk).update(email="A@b.example")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "mareike"}, "email"),
        ({"first_name": " "}, "first_name"),
        ({"password": "kurz"}, "password"),
        ({"password": "password123"}, "password"),
    ],
)
def test_a_bad_account_is_refused_and_nothing_is_written(make_user, values, field) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        make_user(**values)
    assert list(refusal.value.errors) == [field]
    assert (User.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_the_same_e_mail_twice_is_refused(make_user) -> None:
    make_user(email="a@b.example")
    with pytest.raises(errors.Invalid, match="schon ein Konto"):
        make_user(email="A@b.example")
    assert User.objects.count() == 1


def test_who_may_not_manage_accounts_creates_none(sales: User, at: datetime) -> None:
    with pytest.raises(errors.NotPermitted):
        users.create_user(
            actor=sales,
            email="x@y.example",
            first_name="X",
            last_name="Y",
            roles=[RoleCode.ADMIN],
            at=at,
        )
    assert not User.objects.filter(email="x@y.example").exists()


def test_the_last_administrator_stays(admin: User, at: datetime) -> None:
    with pytest.raises(users.LastAdministrator):
        users.set_roles(actor=admin, user=admin, roles=[RoleCode.SALES], at=at)
    with pytest.raises(users.LastAdministrator):
        users.set_active(actor=admin, user=admin, is_active=False, at=at)
    admin.refresh_from_db()
    assert admin.is_active
    assert [role.code for role in admin.roles.all()] == [RoleCode.ADMIN]


def test_of_two_administrators_one_may_go(admin: User, make_user, at: datetime) -> None:
    other = make_user(RoleCode.ADMIN)
    users.set_active(actor=admin, user=other, is_active=False, at=at)
    other.refresh_from_db()
    assert not other.is_active
    assert other.access.permissions == frozenset()


def test_the_widest_visibility_of_several_roles_counts(make_user, team) -> None:
    user = make_user(RoleCode.SALES, RoleCode.SERVICE, teams=[team])
    assert user.access.visibility == Visibility.ALL
    assert user.access.team_ids == (team.pk,)
    assert policy.Permission.CONTACTS_EDIT in user.access.permissions
    assert policy.Permission.CONTACTS_EXPORT not in user.access.permissions


def test_visibility_of_a_role_can_be_changed(admin: User, at: datetime) -> None:
    role = Role.objects.get(code=RoleCode.SALES)
    users.set_role_visibility(actor=admin, role=role, visibility=Visibility.OWN, at=at)
    role.refresh_from_db()
    assert role.visibility == Visibility.OWN
    entry = AuditEntry.objects.get(action="role.visibility-set")
    assert entry.changes == {"visibility": ["TEAM", "OWN"]}


def test_a_password_never_reaches_the_audit_log(admin: User, sales: User, at: datetime) -> None:
    users.set_password(actor=admin, user=sales, password="ganz-anderes-wort", at=at)
    sales.refresh_from_db()
    assert sales.check_password("ganz-anderes-wort")
    assert AuditEntry.objects.get(action="user.password-set").changes == {}


def test_preferences_outside_the_list_are_refused(sales: User, at: datetime) -> None:
    with pytest.raises(errors.Invalid):
        users.set_preferences(user=sales, values={"theme": "pink"}, at=at)
    users.set_preferences(user=sales, values={"theme": "dark"}, at=at)
    sales.refresh_from_db()
    assert sales.theme == "dark"


def test_the_privacy_officer_reads_but_does_not_write(privacy: User) -> None:
    permissions = privacy.access.permissions
    assert policy.Permission.CONTACTS_VIEW in permissions
    assert policy.Permission.AUDIT_VIEW in permissions
    assert policy.Permission.CONTACTS_EDIT not in permissions
    answer = policy.may(privacy, policy.Permission.CONTACTS_EDIT)
    assert not answer
    assert answer.reason == "Ihre Rolle erlaubt das nicht."


def test_team_names_are_unique_whatever_their_case(admin: User, team, at: datetime) -> None:
    with pytest.raises(errors.Invalid, match="schon"):
        users.create_team(actor=admin, name="vertrieb nord", at=at)
