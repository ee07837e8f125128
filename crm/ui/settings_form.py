"""Small forms of the administration: one on a page of its own, then back to its list."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.ui import forms, responses, toasts
from crm.ui.access import Request


def posted(request: Request) -> Any:
    """What was sent, None if the form is only asked for."""
    return request.POST if request.method == "POST" else None


def of(kind: type[django_forms.Form], request: Request, row: object) -> django_forms.Form:
    """The form for a row that exists, with its values."""
    initial = {name: getattr(row, name) for name in kind.base_fields}
    return kind(posted(request), initial=initial)


def answer(
    request: Request,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    home: str,
    area: str | Promise,
) -> HttpResponse:
    """Save and go to the list ``home``, which is called ``area``; else show the form."""
    saved = forms.carry_out(form, act) if request.method == "POST" else None
    if saved:
        toasts.show(request, _("Die Änderung ist gesichert."))
        return responses.redirect(request, home)
    context = {"form": form, "title": title, "area": area, "home_url": reverse(home)}
    return responses.render(
        request,
        "ui/settings_form.html",
        context,
        fragment="form",
        status=forms.status_of(form),
    )
