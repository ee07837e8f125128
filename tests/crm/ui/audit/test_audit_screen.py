"""The screen of the audit log."""

import csv
import io

import pytest
from django.urls import reverse

from contacts import persons
from contacts.act_kinds import Kind
from crm.accounts import users
from crm.accounts.models import RoleCode, Visibility
from crm.kernel.models import AuditEntry
from crm.ui.templatetags import audit as audit_tags


@pytest.fixture
def officer(client, privacy):
    client.force_login(privacy)
    return client


def text(answer):
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("role", "status"),
    [("sales", 403), ("service", 403), ("team_lead", 403), ("privacy", 200), ("admin", 200)],
)
def test_who_may_read_it(client, request, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("audit-log")).status_code == status
    assert client.post(reverse("audit-export")).status_code == status


def test_privacy_finds_it_in_the_rail(officer):
    page = text(officer.get("/heute/"))
    assert f'href="{reverse("audit-log")}"' in page


def test_an_entry_tells_time_actor_act_object_and_details(officer, make_person, admin, source, at):
    person = make_person("Johannes", "Maier")
    persons.update(actor=admin, person=person, values={"surname": "Mayer"}, source=source, at=at)

    page = text(officer.get(reverse("audit-log"), {"object": f"person:{person.public_id}"}))

    assert "17.03.2026, 10:12 Uhr" in page
    assert "Nachname geändert" in page
    assert "<del>Maier</del>" in page
    assert "<ins>Mayer</ins>" in page
    assert f'href="{reverse("person-detail", args=[person.public_id])}"' in page
    assert "Ansprechpartner: Johannes Mayer" in page


def test_the_page_of_a_record_leads_to_its_entries(client, admin, sales, make_person):
    person = make_person("Anna", "Nord", owner=sales)
    link = f"{reverse('audit-log')}?object=person:{person.public_id}"
    for user, there in ((admin, True), (sales, False)):
        client.force_login(user)
        page = text(client.get(reverse("person-detail", args=[person.public_id])))
        assert (link in page) is there


def test_what_may_not_be_seen_has_no_name(officer, make_person, admin, privacy, team, at):
    make_person("Anna", "Geheim", team=team)
    role = privacy.roles.get(code=RoleCode.PRIVACY)
    users.set_role_visibility(actor=admin, role=role, visibility=Visibility.TEAM, at=at)

    page = text(officer.get(reverse("audit-log")))

    assert "nicht sichtbar" in page
    assert "Geheim" not in page


def test_wrong_conditions_stand_beside_their_field_and_do_not_count(officer, make_person):
    make_person("Anna", "Nord")
    page = text(
        officer.get(
            reverse("audit-log"), {"since": "2026-03-18", "until": "2026-03-01", "kind": "gossip"}
        )
    )
    assert "Der letzte Tag liegt vor dem ersten, dem 18.03.2026." in page
    assert "Zu diesen Bedingungen steht nichts im Protokoll." in page
    assert officer.get(reverse("audit-log"), {"object": "person:x"}).status_code == 404
    for value in ("x", "-1", "9" * 30, "²"):
        assert officer.get(reverse("audit-log"), {"after": value}).status_code == 200


def test_the_list_goes_on_by_pages(officer, make_person):
    for number in range(60):
        make_person("Anna", f"Nord{number:02}")
    first = officer.get(reverse("audit-log"), {"kind": "record"})
    page = text(first)
    assert "Nord59" in page
    assert "Nord09" not in page
    older = first.context["page"].older
    assert f"kind=record&amp;after={older}" in page
    part = text(
        officer.get(
            reverse("audit-log"),
            {"kind": "record", "after": older},
            headers={"HX-Request": "true"},
        )
    )
    assert "Nord09" in part
    assert "<html" not in part


def test_every_kind_of_act_has_its_sign():
    assert set(audit_tags.SIGNS) == set(Kind)


def test_the_number_of_queries_stays(officer, make_person, django_assert_max_num_queries):
    for number in range(55):
        make_person("Anna", f"Nord{number:02}")
    officer.get(reverse("audit-log"))
    with django_assert_max_num_queries(16):
        officer.get(reverse("audit-log"))


def test_the_file_follows_the_conditions(officer, make_person, privacy):
    make_person("Anna", "Nord")
    answer = officer.post(reverse("audit-export") + "?kind=record")
    data = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith('attachment; filename="protokoll-')
    assert [line[4] for line in csv.reader(io.StringIO(data), delimiter=";")] == [
        "Gegenstand",
        "Anna Nord",
    ]
    assert AuditEntry.objects.latest("pk").action == "audit.exported"
    page = text(officer.get(reverse("audit-log"), {"kind": "export"}))
    assert "Protokoll ausgeleitet" in page
    assert "Was: Stammdaten" in page
