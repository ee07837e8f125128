"""The page ``/konto/``: its forms as they stand, or as one of them was refused."""

from typing import Any

from django.http import HttpResponse

from crm.ui import responses
from crm.ui.access import Request
from crm.ui.screens.account.forms import ApiKeyForm, NameForm, PasswordForm, PreferencesForm


def show(request: Request, *, status: int = 200, fragment: str = "", **parts: Any) -> HttpResponse:
    """The page with ``parts`` in place of what the account would fill in.

    :param parts: ``name``, ``preferences``, ``password``, ``api_key``: a form that was refused;
        ``secret``: the API key that was just made
    """
    user = request.user
    values = {field: getattr(user, field) for field in ("first_name", "last_name", "email")}
    preferences = {field: getattr(user, field) for field in PreferencesForm.base_fields}
    context = {
        "name": NameForm(initial=values),
        "preferences": PreferencesForm(initial=preferences),
        "password": PasswordForm(user),
        "api_key": ApiKeyForm(),
        "api_keys": user.api_tokens.all(),
        **parts,
    }
    context["password"].fields["old_password"].widget.attrs.pop("autofocus", None)
    context["password"].fields["new_password1"].widget.attrs.pop("autofocus", None)
    return responses.render(
        request, "account/account.html", context, fragment=fragment, status=status
    )
