"""Accounts, roles and teams: the administrator's screens."""

import pytest
from django.test import Client

from crm.accounts import policy
from crm.accounts.models import Role, RoleCode, Team, User
from crm.kernel.models import AuditEntry
from crm.ui.screens.administration.roles import PERMISSION_WORDS

PARTS = ("name", "rollen", "teams", "betrieb", "verweis")
NEW = {"first_name": "Deniz", "last_name": "Aydın", "email": "deniz@einklang.example"}


@pytest.fixture
def desk(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def test_create_an_account(desk: Client, team: Team) -> None:
    values = {**NEW, "roles": ["SALES", "SERVICE"], "teams": [str(team.public_id)]}
    response = desk.post("/verwaltung/konten/neu/", values)
    user = User.objects.get(email=NEW["email"])
    assert (response.status_code, response.url) == (303, f"/verwaltung/konten/{user.public_id}/")
    assert {role.code for role in user.roles.all()} == {"SALES", "SERVICE"}
    assert [team.name for team in user.teams.all()] == [team.name]
    assert not user.has_usable_password()
    assert AuditEntry.objects.filter(action="user.password-link-issued").count() == 1


def test_the_link_is_shown_once_and_works(desk: Client, client: Client) -> None:
    desk.post("/verwaltung/konten/neu/", {**NEW, "roles": ["SALES"]})
    user = User.objects.get(email=NEW["email"])
    url = f"/verwaltung/konten/{user.public_id}/"
    first = desk.get(url)
    link = first.context["link"]
    assert link.startswith("http://testserver/passwort/")
    assert link in first.content.decode()
    assert link not in desk.get(url).content.decode()
    page = Client().get(link, follow=True).content.decode()
    assert "Für das Konto deniz@einklang.example" in page


def test_without_a_role_nothing_is_created(desk: Client) -> None:
    response = desk.post("/verwaltung/konten/neu/", NEW)
    assert response.status_code == 422
    assert "Bitte wählen Sie mindestens eine Rolle." in response.content.decode()
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_change_name_roles_and_teams(desk: Client, sales: User, other_team: Team) -> None:
    base = f"/verwaltung/konten/{sales.public_id}"
    assert desk.post(f"{base}/name/", NEW).status_code == 303
    assert desk.post(f"{base}/rollen/", {"roles": ["PRIVACY"]}).status_code == 303
    assert desk.post(f"{base}/teams/", {"teams": [str(other_team.public_id)]}).status_code == 303
    sales.refresh_from_db()
    assert sales.full_name == "Deniz Aydın"
    assert [role.code for role in sales.roles.all()] == ["PRIVACY"]
    assert [team.name for team in sales.teams.all()] == [other_team.name]


def test_a_deactivated_account_is_out_at_once(desk: Client, sales: User) -> None:
    theirs = Client()
    theirs.force_login(sales)
    assert theirs.get("/konto/").status_code == 200
    desk.post(f"/verwaltung/konten/{sales.public_id}/betrieb/", {"active": "no"})
    assert theirs.get("/konto/").status_code == 302
    assert (
        sales.full_name.split()[-1] in desk.get("/verwaltung/konten/?stillgelegt").content.decode()
    )
    desk.post(f"/verwaltung/konten/{sales.public_id}/betrieb/?active=yes")
    sales.refresh_from_db()
    assert sales.is_active


def test_the_last_administrator_stays(desk: Client, admin: User) -> None:
    response = desk.post(f"/verwaltung/konten/{admin.public_id}/betrieb/", {"active": "no"})
    assert response.status_code == 409
    assert "Das letzte Administrationskonto" in response.content.decode()
    response = desk.post(f"/verwaltung/konten/{admin.public_id}/rollen/", {"roles": ["SALES"]})
    assert response.status_code == 422
    assert "Mindestens ein Konto braucht die Rolle Administration." in response.content.decode()
    admin.refresh_from_db()
    assert admin.is_active
    assert [role.code for role in admin.roles.all()] == ["ADMIN"]


def test_what_a_role_sees(desk: Client) -> None:
    assert desk.post("/verwaltung/rollen/SERVICE/", {"visibility": "OWN"}).status_code == 303
    assert Role.objects.get(code="SERVICE").visibility == "OWN"
    desk.post("/verwaltung/rollen/SERVICE/", {"visibility": "GALAXY"})
    assert Role.objects.get(code="SERVICE").visibility == "OWN"


def test_every_permission_has_a_word() -> None:
    assert set(PERMISSION_WORDS) == set(policy.Permission)


def test_teams(desk: Client, team: Team) -> None:
    assert desk.post("/verwaltung/teams/", {"name": "Service Kiel"}).status_code == 303
    taken = desk.post("/verwaltung/teams/", {"name": team.name.lower()})
    assert taken.status_code == 422
    assert "Ein Team mit diesem Namen gibt es schon." in taken.content.decode()
    url = f"/verwaltung/teams/{team.public_id}/"
    assert desk.post(url, {"name": "Vertrieb Küste"}).status_code == 303
    team.refresh_from_db()
    assert (team.name, team.is_active) == ("Vertrieb Küste", False)


@pytest.mark.parametrize("role", [code for code in RoleCode.values if code != "ADMIN"])
def test_nobody_else_gets_in(client: Client, make_user, sales: User, team: Team, role: str) -> None:
    client.force_login(make_user(role))
    public_id = sales.public_id
    gets = ["konten/", "konten/neu/", f"konten/{public_id}/", "rollen/", "teams/"]
    posts = [
        "konten/neu/", "teams/", "rollen/SERVICE/", f"teams/{team.public_id}/",
        *(f"konten/{public_id}/{part}/" for part in PARTS),
    ]  # fmt: skip
    answers = [client.get(f"/verwaltung/{path}").status_code for path in gets]
    answers += [client.post(f"/verwaltung/{path}", {"active": "no"}).status_code for path in posts]
    assert set(answers) == {403}
    sales.refresh_from_db()
    assert sales.is_active


def test_the_list_takes_a_constant_number_of_queries(
    desk: Client, make_user, django_assert_max_num_queries
) -> None:
    for _ in range(12):
        make_user(RoleCode.SALES)
    with django_assert_max_num_queries(12):
        desk.get("/verwaltung/konten/")
