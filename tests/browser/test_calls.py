"""A call rings: the card with the caller, by keyboard, at once, in every tab, and how it looks."""

from time import monotonic
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from contacts import companies, contact_points, employments
from crm.accounts.models import RoleCode
from history import telephony, touchpoints
from history.calls import announcing
from history.models import Activity

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def telephones(admin, at) -> tuple[Any, str]:
    return telephony.create(actor=admin, name="sipgate", format="SIPGATE", at=at)


@pytest.fixture
def agent(telephones, admin, service, at):
    telephony.add_extension(
        actor=admin, system=telephones[0], user=service, provider_id="w0", number="12", at=at
    )
    announcing._client().delete(announcing._key(service.pk))
    return service


@pytest.fixture
def ring(telephones):
    """``ring("newCall")``: what sipgate sends, over HTTP."""

    def send(event: str, *, number: str = "492118765432", call: str = "c1", **more: str) -> None:
        told = {"event": event, "callId": call, "from": number, "to": "493012345",
                "direction": "in", "userId[]": "w0", **more}  # fmt: skip
        url = f"/api/v1/cti/events/?token={telephones[1]}"
        answer = Client().post(url, urlencode(told), content_type=FORM)
        assert answer.status_code == 200

    return send


@pytest.fixture
def maier(make_person, admin, source, at):
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    person = make_person("Johannes", "Maier", title="Dr.")
    company = companies.create(values={"name": "Havelberg Anlagenbau GmbH"}, **known)
    employments.add(person=person, company=company, values={"function": "Leiter Technik"}, **known)
    contact_points.add(record=person, kind="PHONE", value="0211 8765432", **known)
    touchpoints.record(
        actor=None, channel="EMAIL", direction="IN", happened_at=at, at=at,
        subject="Angebot für zwei Pumpen", persons=[(person, "FROM")],
    )  # fmt: skip
    Activity.objects.create(
        kind="PROMISE", subject="Liefertermin nennen", due_at=at, person=person, created_at=at,
        updated_at=at,
    )  # fmt: skip
    return person


def listening(page: Page) -> Page:
    """The page once it has asked for calls and got a place to wait behind."""
    end = monotonic() + 10
    while not page.evaluate("() => sessionStorage.getItem('calls-read')"):
        assert monotonic() < end, "the page never asked for calls"
        page.wait_for_timeout(50)
    return page


def test_a_call_shows_the_right_person(
    page_as, agent, ring, maier, shot, assert_accessible
) -> None:
    page = page_as(agent)
    page.goto(reverse("call-look-up"))
    listening(page)
    ring("newCall")
    expect(page.locator("#call").get_by_role("link", name="Dr. Johannes Maier")).to_be_visible()
    expect(page.locator("#call")).to_contain_text("Liefertermin nennen")
    expect(page.locator("#call [data-open]").first).to_be_focused()
    shot(page, "call-card", whole=False)
    assert_accessible(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('person-detail', args=[maier.public_id])}")


def test_it_follows_the_call_and_goes_away(page_as, agent, ring, maier) -> None:
    page = page_as(agent)
    page.goto(reverse("call-look-up"))
    listening(page)
    ring("newCall")
    expect(page.locator("#call")).to_contain_text("Anruf")
    ring("answer", userId="w0")
    expect(page.locator("#call")).to_contain_text("Im Gespräch")
    page.keyboard.press("Escape")
    expect(page.locator("#call article")).to_have_count(0)
    ring("hangup", cause="normalClearing")
    page.goto(reverse("call-look-up"))
    expect(page.locator("main")).to_contain_text("gesprochen")
    expect(page.locator("#call article")).to_have_count(0)


def test_nobody_who_types_is_disturbed(page_as, agent, ring, maier) -> None:
    page = page_as(agent)
    page.goto(reverse("call-look-up"))
    listening(page).get_by_label("Rufnummer").fill("030")
    ring("newCall")
    expect(page.locator("#call article")).to_be_visible()
    expect(page.get_by_label("Rufnummer")).to_be_focused()


def test_who_wants_it_is_taken_there_at_once(page_as, agent, ring, maier, at) -> None:
    telephony.set_opens_at_once(user=agent, opens=True, at=at)
    page = page_as(agent)
    page.goto(reverse("call-look-up"))
    listening(page)
    there = reverse("person-detail", args=[maier.public_id])
    with page.expect_request(lambda request: request.url.endswith(there)):
        ring("newCall")
    page.wait_for_url(f"**{there}")


def test_every_tab_shows_it_though_one_listens(page_as, agent, ring, maier) -> None:
    first = page_as(agent)
    first.goto(reverse("call-look-up"))
    listening(first)
    second = first.context.new_page()
    second.goto(reverse("call-look-up"))
    ring("newCall")
    for page in (first, second):
        expect(page.locator("#call")).to_contain_text("Dr. Johannes Maier")


def test_a_stranger_is_entered_with_the_number(page_as, agent, ring, shot) -> None:
    page = page_as(agent)
    page.goto(reverse("call-look-up"))
    listening(page)
    ring("newCall", number="493023125123")
    shot(page, "call-unknown", whole=False)
    page.locator("#call").get_by_role("link", name="Neu anlegen").click()
    expect(page.locator('[name="phone"]')).to_have_value("030 23125123")


def test_several_are_to_choose_from(
    page_as, agent, ring, maier, make_person, admin, source, at, shot, assert_accessible
) -> None:
    other = make_person("Anna", "Abel")
    contact_points.add(
        actor=admin, record=other, kind="PHONE", value="0211 8765432", source=source, at=at
    )
    page = page_as(agent)
    page.goto(reverse("call-look-up"))
    listening(page)
    ring("newCall")
    expect(page.locator("#call")).to_contain_text("Wer ist am Apparat?")
    shot(page, "call-several", whole=False)
    assert_accessible(page)
    page.locator("#call").get_by_role("link", name="Anna Abel").click()
    page.wait_for_url(f"**{reverse('person-detail', args=[other.public_id])}")


def test_the_administration(
    page_as, telephones, agent, admin, shot, assert_accessible, assert_fits
) -> None:
    page = page_as(admin)
    page.goto(reverse("telephone-system-list"))
    shot(page, "telephone-systems")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Name der Anlage").fill("Zentrale")
    page.get_by_role("button", name="Anschließen").click()
    expect(page.get_by_label("Adresse mit Geheimnis")).to_be_visible()
    shot(page, "telephone-secret")
    assert_accessible(page)
    assert_fits(page)
    page.goto(reverse("telephone-system", args=[telephones[0].public_id]))
    shot(page, "telephone-system")
    assert_accessible(page)
    assert_fits(page)


def test_asking_the_gate_looks_right(page_as, maier, shot, assert_accessible, assert_fits) -> None:
    page = page_as(RoleCode.SERVICE)
    page.goto(reverse("call-look-up") + "?nummer=0211/8765432")
    shot(page, "calls")
    assert_accessible(page)
    assert_fits(page)
    point = maier.contact_points.get().contact_point
    asked = {"person": str(maier.public_id), "kontaktweg": str(point.public_id)}
    page.evaluate(
        """([url, values]) => {
          const form = document.createElement("form");
          form.method = "post"; form.action = url;
          const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
          for (const [name, value] of Object.entries({...values, csrfmiddlewaretoken: token})) {
            const field = document.createElement("input");
            field.name = name; field.value = value; form.append(field);
          }
          document.body.append(form); form.submit();
        }""",
        [reverse("call-dial"), asked],
    )
    page.wait_for_load_state()
    expect(page.locator(".dial")).to_be_visible()
    shot(page, "dial")
    assert_accessible(page)
    assert_fits(page)
