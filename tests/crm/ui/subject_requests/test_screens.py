"""The screens of requests: take in, identify, see the plan, erase, refuse, hand out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consent.models import RequestState, Restriction, SubjectRequest
from consent.requests import cases
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.ERASURE_LOG = tmp_path / "erasures.jsonl"


@pytest.fixture
def desk(client: Client, privacy: User) -> Client:
    client.force_login(privacy)
    return client


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person("Johanna", "Maier")


@pytest.fixture
def received(person: Person) -> Callable[..., SubjectRequest]:
    def receive(article: str, *, ago: timedelta = timedelta(0), **values: Any) -> SubjectRequest:
        now = clock.now()
        given: dict[str, Any] = {"person": person, "channel": "EMAIL", **values}
        return cases.receive(actor=None, article=article, received_at=now - ago, at=now, **given)

    return receive


def url(name: str, case: SubjectRequest, *more: str) -> str:
    return reverse(name, args=[case.public_id, *more])


def identify(case: SubjectRequest) -> None:
    day = timezone.localdate(case.received_at)
    cases.prove_identity(actor=None, case=case, on=day, how="Rückruf", at=clock.now())


def test_a_request_is_taken_in_from_the_page_of_a_person(desk: Client, person: Person) -> None:
    answer = desk.post(
        reverse("request-new") + f"?person={person.public_id}",
        {"article": "15", "channel": "PHONE", "received_on": clock.today().isoformat()},
    )
    case = SubjectRequest.objects.get()
    assert answer.headers["Location"] == url("request", case)
    assert (case.person, case.requester) == (person, "Johanna Maier")


def test_a_request_dated_tomorrow_is_not_taken_in(desk: Client, person: Person) -> None:
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = desk.post(
        reverse("request-new") + f"?person={person.public_id}",
        {"article": "15", "channel": "PHONE", "received_on": tomorrow},
    )
    assert answer.status_code == 422
    assert "liegt in der Zukunft" in answer.content.decode()
    assert not SubjectRequest.objects.exists()


def test_the_list_shows_both_days_and_what_is_late(
    desk: Client, received: Callable[..., SubjectRequest]
) -> None:
    late, fresh = received("15", ago=timedelta(days=60)), received("16")
    text = desk.get(reverse("request-list")).content.decode()
    assert text.index(late.number) < text.index(fresh.number)
    assert "überfällig" in text
    assert "in der Frist" in text
    due = cases.due_of(fresh, today=clock.today())
    assert f"{due.internal:%d.%m.%Y}" in text
    assert f"{due.legal:%d.%m.%Y}" in text


def test_somebody_unknown_is_chosen_from_who_bears_the_name(
    desk: Client, received: Callable[..., SubjectRequest], person: Person
) -> None:
    from contacts import indexing

    indexing.rebuild()
    case = received("15", person=None, requester="Johanna Maier, Berlin")
    assert str(person.public_id) in desk.get(url("request", case)).content.decode()
    desk.post(
        url("request-identify", case),
        {
            "person": str(person.public_id),
            "on": clock.today().isoformat(),
            "how": "Antwort über die bekannte Adresse",
        },
    )
    case.refresh_from_db()
    assert case.person == person


def test_the_plan_is_shown_and_the_name_has_to_be_typed(
    desk: Client, received: Callable[..., SubjectRequest], person: Person
) -> None:
    case = received("17")
    assert "Endgültig löschen" not in desk.get(url("request", case)).content.decode()
    identify(case)
    page = desk.get(url("request", case)).content.decode()
    assert "Stammdaten" in page
    assert "Endgültig löschen" in page
    answer = desk.post(url("request-erase", case), {"typed": "Maier"})
    assert answer.status_code == 422
    assert "genau so ein" in answer.content.decode()
    assert Person.objects.filter(pk=person.pk).exists()
    desk.post(url("request-erase", case), {"typed": "Johanna Maier"})
    assert not Person.objects.filter(pk=person.pk).exists()
    assert "gelöscht" in desk.get(url("request", case)).content.decode()
    letter = desk.get(url("request-letter", case, "done"))
    assert letter.content.startswith(b"%PDF")


def test_an_extension_after_the_month_is_refused_with_the_reason(
    desk: Client, received: Callable[..., SubjectRequest]
) -> None:
    case = received("15", ago=timedelta(days=60))
    answer = desk.post(
        url("request-extend", case), {"told_on": clock.today().isoformat(), "reason": "viel"}
    )
    assert answer.status_code == 422
    assert "Bitte antworten Sie sofort" in answer.content.decode()
    case.refresh_from_db()
    assert case.extended_on is None


def test_a_refusal_needs_a_reason_and_makes_a_letter(
    desk: Client, received: Callable[..., SubjectRequest]
) -> None:
    case = received("15")
    assert desk.post(url("request-refuse", case), {"reason": ""}).status_code == 422
    desk.post(url("request-refuse", case), {"reason": "Zum dritten Mal in diesem Monat"})
    case.refresh_from_db()
    assert case.state == RequestState.REFUSED
    for kind in ("received", "refused"):
        answer = desk.get(url("request-letter", case, kind))
        assert answer.content.startswith(b"%PDF")
    assert desk.get(url("request-letter", case, "extended")).status_code == 404


def test_the_package_is_a_file(desk: Client, received: Callable[..., SubjectRequest]) -> None:
    case = received("15")
    assert desk.post(url("request-package", case)).status_code == 409
    identify(case)
    answer = desk.post(url("request-package", case))
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.content.startswith(b"PK")


def test_the_page_asks_a_fixed_number_of_questions(
    desk: Client,
    received: Callable[..., SubjectRequest],
    django_assert_max_num_queries: Any,
    at: datetime,
) -> None:
    for _number in range(3):
        received("15")
    with django_assert_max_num_queries(9):
        desk.get(reverse("request-list"))
    for _number in range(10):
        received("15")
    with django_assert_max_num_queries(9):
        desk.get(reverse("request-list"))


def test_a_request_for_restriction_restricts_on_a_ground(
    desk: Client, received: Callable[..., SubjectRequest], person: Person
) -> None:
    case = received("18")
    identify(case)
    assert "Einschränken" in desk.get(url("request", case)).content.decode()
    assert desk.post(url("request-answer", case), {"ground": "z"}).status_code == 422
    assert not Restriction.objects.exists()
    desk.post(url("request-answer", case), {"ground": "b"})
    case.refresh_from_db()
    assert (case.state, case.outcome["ground"]) == (RequestState.DONE, "b")
    assert Restriction.objects.get().person == person
    today = clock.today().isoformat()
    assert "Einschränkung aufheben" in desk.get(url("request", case)).content.decode()
    assert desk.post(url("request-lift", case), {"informed_on": today}).status_code == 422
    assert Restriction.objects.exists()
    desk.post(url("request-lift", case), {"informed_on": today, "reason": "berichtigt"})
    assert not Restriction.objects.exists()
