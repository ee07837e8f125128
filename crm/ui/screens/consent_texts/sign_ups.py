"""The public form of a text, switched on and off; and who was asked to confirm something."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from consent import channels, links
from consent.models import ConsentText, OptInConfirmation, TextForm, TextStatus
from consent.optin import asked, sign_up_forms
from consent.optin.asked import Course
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.consent_texts.reading import text_for

PAGE: Final = 50
LOOKS: Final = {
    Course.WAITING: ("check", "clock"),
    Course.CONFIRMED: ("yes", "yes"),
    Course.OVER: ("line", ""),
    Course.UNSENT: ("no", "no"),
}


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def switch(request: Request, public_id: UUID) -> HttpResponse:
    """Open or close the form of a text."""
    text, at = text_for(public_id), clock.now()
    if request.POST.get("open") == "1":
        sign_up_forms.open_for(actor=request.user, text=text, at=at)
        toasts.show(request, _("Das Formular nimmt Anmeldungen an."))
    else:
        sign_up_forms.close(actor=request.user, text=text, at=at)
        toasts.show(request, _("Das Formular ist geschlossen."))
    return responses.redirect(request, "consent-text", text.public_id)


@require_GET
@permitted(Permission.CONSENT_MANAGE)
def sign_up_list(request: Request) -> HttpResponse:
    """Who was asked to confirm what, and who did."""
    at, wanted = clock.now(), request.GET.get("stand", "").upper()
    course = Course(wanted) if wanted in Course.values else None
    rows = asked.confirmations(user=request.user, course=course, at=at)
    after = request.GET.get("after", "")
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    here = reverse("sign-up-list")
    context = {
        "lines": [_line(each, at) for each in found[:PAGE]],
        "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None,
        "chips": [
            {"label": _("alle"), "url": here, "is_on": course is None},
            *(
                {
                    "label": each.label,
                    "url": f"{here}?stand={each.value.lower()}",
                    "is_on": each is course,
                }
                for each in Course
            ),
        ],
    }
    return responses.render(request, "consent_texts/sign_ups.html", context)


def public_form(text: ConsentText) -> dict[str, Any]:
    """What the page of a published text says about its form; empty if it can have none."""
    if text.form != TextForm.WEB_FORM or text.status != TextStatus.PUBLISHED:
        return {}
    state, address = sign_up_forms.state_of(text), links.sign_up(text.code)
    return {
        "is_open": state is not None and state.is_open,
        "lacking": sign_up_forms.lacking(text),
        "address": address,
        "snippet": f'<a href="{escape(address)}">{escape(text.title)}</a>',
    }


def _line(confirmation: OptInConfirmation, at: Any) -> dict[str, Any]:
    course = asked.course_of(confirmation, at=at)
    kind, sign = LOOKS[course]
    return {
        "confirmation": confirmation,
        "person": confirmation.request.person,
        "text": confirmation.request.text,
        "form": confirmation.request.form,
        "channels": ", ".join(map(channels.label, confirmation.channels)),
        "course": course,
        "kind": kind,
        "sign": sign,
    }
