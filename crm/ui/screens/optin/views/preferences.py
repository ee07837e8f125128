"""The settings behind a signed link: see, withdraw, object, agree. And one click out of a mail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from consent import links, preferences, standing, tasks
from consent.links import Key
from crm.kernel import clock, errors
from crm.ui.screens.optin import limits, masks, public

WAY = {"phone": "phone", "sms": "sms", "email": "mail", "post": "letter", "fax": "fax"}


@public.page
def settings(request: HttpRequest, signed: str) -> HttpResponse:
    """Everything the person agreed to, and the buttons to change it."""
    key = links.read(signed)
    done, problem = "", ""
    waiting: list[str] = []
    if request.method == "POST":
        try:
            done, waiting = _act(request, key)
        except errors.Invalid as refusal:
            problem = refusal.message
    return _page(request, key, done=done, problem=problem, waiting=waiting)


@public.page
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """One click of a mail program (RFC 8058): POST withdraws, anything else leads to the page."""
    key = links.read(signed)
    if request.method != "POST":
        settings_of = links.sign(Key(key.person, key.point, key.controller))
        return redirect("preferences", settings_of)
    preferences.unsubscribe(key=key, press=public.press_of(request), at=clock.now())
    return public.render(
        request, "optin/said.html", {"said": "done_withdrawn"}, controller=key.controller
    )


@public.page
def ask(request: HttpRequest) -> HttpResponse:
    """Send the link to an address, and say the same whether it is known or not."""
    if request.method != "POST":
        return public.render(request, "optin/ask.html", {})
    value = request.POST.get("email", "").strip()[:254]
    if value and limits.may_ask(value):
        tasks.send_preferences_link.delay(value)
    return public.render(request, "optin/said.html", {"said": "asked"})


def _act(request: HttpRequest, key: Key) -> tuple[str, list[str]]:
    """What to say, and the addresses where codes are entered."""
    press, at, posted = public.press_of(request), clock.now(), request.POST
    if "object" in posted:
        preferences.object_to_all(key=key, press=press, at=at)
        return "done_objected", []
    if "withdraw_all" in posted:
        preferences.withdraw_all(key=key, press=press, at=at)
        return "done_withdrawn", []
    if "withdraw" in posted:
        preferences.withdraw(key=key, lines=posted.getlist("withdraw"), press=press, at=at)
        return "done_withdrawn", []
    given = preferences.give(
        key=key,
        wanted=posted.getlist("offer"),
        language=public.gettext_language(request),
        press=press,
        at=at,
    )
    if not given.waiting:
        return "done_given", []
    codes = [
        reverse("optin-code", args=[confirmation.ref])
        for made in given.waiting
        for confirmation in made.confirmations.filter(kind="sms_code")
    ]
    return "done_waiting", codes


def _page(
    request: HttpRequest, key: Key, *, done: str, problem: str, waiting: list[str]
) -> HttpResponse:
    at = clock.now()
    lines = standing.of(key.person, controller=key.controller, at=at)
    offers = preferences.offers(key, language=public.gettext_language(request), at=at)
    texts: dict[int, dict[str, Any]] = {}
    for offer in offers:
        shown = texts.setdefault(offer.text.pk, {"text": offer.text, "ways": []})
        shown["ways"].append(_way(offer.key, offer.channel, offer.channel_label, offer.point))
    context = {
        "has": [
            _way(line.key, line.channel, line.label, line.point) | {"line": line} for line in lines
        ],
        "offers": list(texts.values()),
        "has_objected": preferences.has_objected(key.person),
        "done": done,
        "problem": problem,
        "waiting": waiting,
    }
    return public.render(
        request,
        "optin/settings.html",
        context,
        controller=key.controller,
        status=422 if problem else 200,
    )


def _way(key: str, channel: str, label: str, point: Any) -> dict[str, Any]:
    return {
        "key": key,
        "icon": WAY.get(channel, "chat"),
        "label": label,
        "value": masks.masked(point) if point else "",
    }
