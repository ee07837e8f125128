"""Who sees the pages, who edits: 404 for what one may not see, 403 for what one may not do."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Person
from crm.kernel.models import AuditEntry

PLAIN = ["record-identity", "record-remark", "record-confirm", "record-point-new"]
PLAIN += ["record-place-new", "record-role-new", "record-number-new"]


def addresses_of(person: Person) -> list[str]:
    """Every address that changes something about the person."""
    own = ["ansprechpartner", person.public_id]
    point, place = person.contact_points.first().pk, person.addresses.get().pk
    role = person.employments.get().pk
    parts = {"point": point, "place": place, "role": role}
    urls = [reverse(name, args=own) for name in PLAIN]
    for part, pk in parts.items():
        urls += [reverse(f"record-{part}", args=[*own, pk])]
        urls += [reverse(f"record-{part}-confirm", args=[*own, pk])]
    for name in ("point-status", "point-prefer", "point-away", "point-verify"):
        urls += [reverse(f"record-{name}", args=[*own, point])]
    urls += [reverse("record-place-end", args=[*own, place])]
    urls += [reverse("record-role-end", args=[*own, role])]
    urls += [reverse("record-answer", args=[*own, "budgetmonat"])]
    return urls


def test_who_may_not_edit_sees_no_controls_and_is_refused(client, privacy, maier, budget) -> None:
    client.force_login(privacy)
    page = client.get(reverse("person-detail", args=[maier.public_id]))
    assert page.status_code == 200
    for url in addresses_of(maier):
        assert url not in page.text
    written = AuditEntry.objects.count()
    for url in addresses_of(maier):
        assert client.post(url).status_code == 403, url
    assert (
        client.get(
            reverse("record-identity", args=["ansprechpartner", maier.public_id])
        ).status_code
        == 403
    )
    assert client.get(reverse("person-new")).status_code == 403
    assert client.post(reverse("company-new"), {"name": "X"}).status_code == 403
    assert AuditEntry.objects.count() == written


def test_what_one_may_not_see_is_not_found(client, make_user, other_team, maier, budget) -> None:
    client.force_login(make_user(teams=[other_team]))
    assert client.get(reverse("person-detail", args=[maier.public_id])).status_code == 404
    for url in addresses_of(maier):
        assert client.post(url).status_code == 404, url


def test_only_who_may_assign_changes_the_keeper(client, sales, team_lead, maier, team, again):
    url = reverse("record-keeper", args=["ansprechpartner", maier.public_id])
    client.force_login(sales)
    assert client.post(url, {"owner": str(sales.public_id)}).status_code == 403
    client.force_login(team_lead)
    assert "Zuständigkeit ändern" in client.get(url).text
    typed = {"owner": str(sales.public_id), "team": str(team.public_id)}
    assert client.post(url, typed).status_code == 303
    assert (again(maier).owner, again(maier).team) == (sales, team)


def test_who_hands_a_record_on_may_lose_sight_of_it(client, team_lead, maier, other_team, hx):
    url = reverse("record-keeper", args=["ansprechpartner", maier.public_id])
    client.force_login(team_lead)
    done = client.post(url, {"owner": "", "team": str(other_team.public_id)}, headers=hx)
    assert done.headers["HX-Redirect"] == "/"


def test_nobody_reaches_it_without_logging_in(client: Client, maier) -> None:
    for url in (reverse("person-detail", args=[maier.public_id]), reverse("person-new")):
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("name", ["company-choices"])
def test_choices_follow_visibility(client, make_user, other_team, havelberg, sales, name) -> None:
    client.force_login(sales)
    assert "Havelberg Anlagenbau GmbH" in client.get(reverse(name), {"company": "havel"}).text
    client.force_login(make_user(teams=[other_team]))
    found = client.get(reverse(name), {"company": "havel", "neu": "1"}).text
    assert "Havelberg Anlagenbau GmbH" not in found
    assert "Neue Firma „havel“ anlegen" in found
