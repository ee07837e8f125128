"""Refusals, messages and redirects, as pages and as fragments."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from crm.accounts.models import User
from crm.kernel import errors
from crm.ui import responses, toasts
from crm.ui.refusals import DomainErrorMiddleware
from crm.ui.toasts import Toast, ToastMiddleware

HTMX = {"HX-Request": "true"}
Make = Callable[..., HttpRequest]


@pytest.fixture
def make_request(rf: RequestFactory) -> Make:
    def make(*, htmx: bool = False, method: str = "get", path: str = "/x/") -> HttpRequest:
        request = getattr(rf, method)(path, headers=HTMX if htmx else {})
        request.user = AnonymousUser()
        request.htmx = HtmxDetails(request)
        request._messages = CookieStorage(request)
        return request

    return make


def refused(request: HttpRequest, error: Exception) -> HttpResponse | None:
    middleware = DomainErrorMiddleware(lambda request: HttpResponse())
    return middleware.process_exception(request, error)


class TestRefusals:
    @pytest.mark.parametrize(
        ("error", "status"),
        [
            (errors.NotPermitted("Nur die Administration darf das."), 403),
            (errors.NotFound("Diesen Eintrag gibt es nicht."), 404),
            (errors.Conflict("Inzwischen geändert."), 409),
            (errors.Invalid({"name": ["Bitte ausfüllen."]}), 422),
            (errors.DomainError("So nicht."), 409),
        ],
    )
    def test_are_pages_with_their_message(
        self, make_request: Make, error: errors.DomainError, status: int
    ) -> None:
        response = refused(make_request(), error)
        assert response is not None
        assert response.status_code == status
        assert error.message in response.content.decode()

    def test_are_messages_beside_a_fragment_and_swap_nothing(self, make_request: Make) -> None:
        request = make_request(htmx=True)
        response = refused(request, errors.Conflict("Inzwischen geändert."))
        assert response is not None
        assert (response.status_code, response.headers["HX-Reswap"]) == (409, "none")
        assert response.content == b""
        assert toasts.pending(request) == [Toast("Inzwischen geändert.", "no")]

    @pytest.mark.parametrize(("error", "status"), [(Http404(), 404), (PermissionDenied(), 403)])
    def test_of_django_read_the_same_in_a_fragment(
        self, make_request: Make, error: Exception, status: int
    ) -> None:
        response = refused(make_request(htmx=True), error)
        assert response is not None
        assert response.status_code == status

    def test_leave_the_api_and_real_faults_alone(self, make_request: Make) -> None:
        assert refused(make_request(path="/api/v1/persons/"), errors.Conflict()) is None
        assert refused(make_request(), ValueError()) is None


class TestToasts:
    def passed(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return ToastMiddleware(lambda request: response)(request)

    def test_are_added_to_a_fragment_out_of_band(self, make_request: Make) -> None:
        request = make_request(htmx=True)
        toasts.show(request, "Gesichert.", undo_url="/x/zurueck/")
        html = self.passed(request, HttpResponse("<p>neu</p>")).content.decode()
        assert html.startswith("<p>neu</p>")
        assert 'id="toasts" hx-swap-oob="beforeend"' in html
        assert "Gesichert." in html
        assert 'action="/x/zurueck/"' in html
        assert request._messages.used is True

    def test_wait_for_the_page_a_redirect_leads_to(self, make_request: Make) -> None:
        request = make_request(htmx=True, method="post")
        toasts.show(request, "Gesichert.")
        response = self.passed(request, responses.redirect(request, "/konto/"))
        assert (response.status_code, response.content) == (204, b"")
        assert response.headers["HX-Redirect"] == "/konto/"
        assert toasts.pending(request) == [Toast("Gesichert.", "yes")]

    def test_are_left_to_the_template_of_a_whole_page(self, make_request: Make) -> None:
        request = make_request()
        toasts.show(request, "Gesichert.")
        assert self.passed(request, HttpResponse("<html>")).content == b"<html>"

    def test_escape_what_users_typed(self, make_request: Make) -> None:
        request = make_request(htmx=True)
        toasts.show(request, "<script>alert(1)</script> ist angelegt.")
        html = self.passed(request, HttpResponse("")).content.decode()
        assert "<script>" not in html
        assert "&lt;script&gt;" in html


def test_a_form_redirect_becomes_a_get(make_request: Make) -> None:
    response = responses.redirect(make_request(method="post"), "account")
    assert (response.status_code, response.headers["Location"]) == (303, "/konto/")


def test_an_unknown_page_is_told_in_the_design(client: Client, sales: User) -> None:
    client.force_login(sales)
    response = client.get("/gibt/es/nicht/")
    assert response.status_code == 404
    assert (
        "Diese Seite gibt es nicht, oder Sie dürfen sie nicht sehen." in response.content.decode()
    )


def test_a_missing_permission_is_told_in_the_design(client: Client, sales: User) -> None:
    client.force_login(sales)
    response = client.get("/verwaltung/konten/")
    assert response.status_code == 403
    assert "Ihre Rolle erlaubt das nicht." in response.content.decode()


def test_a_fault_is_told_without_request_and_database(rf: RequestFactory) -> None:
    from django.views.defaults import bad_request, server_error

    assert "Es wurde nichts halb gesichert." in server_error(rf.get("/")).content.decode()
    assert "Anfrage nicht lesbar" in bad_request(rf.get("/"), ValueError()).content.decode()


def test_a_missing_token_is_told_in_the_design(sales: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(sales)
    response = client.post("/konto/name/", {})
    assert response.status_code == 403
    assert "Seite abgelaufen" in response.content.decode()
