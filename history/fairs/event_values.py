"""What may be set at an event: read, trimmed and checked before it is written."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from consent.models import ConsentText, TextStatus
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import errors
from history.fairs import checking
from history.models import Event

PLAIN: Final = (
    "name", "stand", "place", "starts_on", "ends_on", "controller", "target_leads",
    "badge_licence", "delete_on",
)  # fmt: skip
LISTS: Final = ("team", "texts")
FIELDS: Final = frozenset({*PLAIN, *LISTS, "form", "follow_up"})
MOST_TARGET: Final = 1_000_000
LONGEST: Final = {"name": 200, "stand": 100, "place": 200, "badge_licence": 500}


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Texts trimmed, lists in order, questions and rules read and as they are stored.

    :raises errors.Invalid: a field that does not exist, questions or rules that make no sense
    """
    if unknown := sorted(set(values) - FIELDS):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    wanted: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    for name in LISTS:
        if name in wanted:
            wanted[name] = sorted(set(wanted[name]), key=lambda each: each.pk)
    try:
        if "form" in wanted:
            wanted["form"] = checking.read_form(wanted["form"]).stored()
    except ValueError as error:
        raise errors.Invalid({"form": [str(error)]}) from error
    try:
        if "follow_up" in wanted:
            wanted["follow_up"] = {
                grade: {"hours": rule.hours, "act": str(rule.act)}
                for grade, rule in checking.read_rules(wanted["follow_up"]).items()
            }
    except ValueError as error:
        raise errors.Invalid({"follow_up": [str(error)]}) from error
    return wanted


def check(event: Event, wanted: Mapping[str, Any]) -> None:
    """Pass if the event makes sense as it is filled now.

    :raises errors.Invalid: with the sentences per field
    """
    wrong: dict[str, list[str]] = {}
    if not event.name:
        wrong["name"] = [_("Bitte geben Sie der Messe einen Namen.")]
    elif Event.objects.filter(name__iexact=event.name).exclude(pk=event.pk).exists():
        wrong["name"] = [_("Eine Messe mit diesem Namen gibt es schon.")]
    wrong |= _wrong_days(event)
    if event.controller_id is None:
        wrong["controller"] = [_("Bitte sagen Sie, wer für die Daten verantwortlich ist.")]
    target = event.target_leads
    if target is not None and not 1 <= target <= MOST_TARGET:
        wrong["target_leads"] = [_("Das Ziel ist eine Zahl ab 1, oder es bleibt leer.")]
    if problem := _wrong_texts(event, wanted):
        wrong["texts"] = [problem]
    if problem := _wrong_team(wanted):
        wrong["team"] = [problem]
    for name, most in LONGEST.items():
        if len(getattr(event, name)) > most:
            wrong[name] = [_("Höchstens %(most)s Zeichen.") % {"most": most}]
    if wrong:
        raise errors.Invalid(wrong)


def _wrong_days(event: Event) -> dict[str, list[str]]:
    needed = {
        "starts_on": _("Bitte nennen Sie den ersten Tag."),
        "ends_on": _("Bitte nennen Sie den letzten Tag."),
        "delete_on": _("Bitte sagen Sie, wann Leads ohne Ergebnis gelöscht werden."),
    }
    days: dict[str, date | None] = {name: getattr(event, name) for name in needed}
    if missing := {name: [needed[name]] for name, day in days.items() if day is None}:
        return missing
    if event.starts_on > event.ends_on:
        return {"ends_on": [_("Das Ende liegt vor dem Beginn.")]}
    if event.delete_on <= event.ends_on:
        return {
            "delete_on": [_("Gelöscht wird erst nach der Messe: Der Tag liegt nach ihrem Ende.")]
        }
    return {}


def _wrong_texts(event: Event, wanted: Mapping[str, Any]) -> str:
    """A text that is newly offered is published, and in the name of who is responsible."""
    texts: list[ConsentText] = list(wanted.get("texts", ()))
    if event.pk:
        kept = set(event.texts.values_list("pk", flat=True))
        if "texts" not in wanted:
            texts = list(event.texts.all())
    else:
        kept = set()
    for text in texts:
        if text.status != TextStatus.PUBLISHED and text.pk not in kept:
            return _("„%(text)s“ ist nicht veröffentlicht.") % {"text": text.title}
        if text.controller_id != event.controller_id:
            return _("„%(text)s“ ist der Text eines anderen Verantwortlichen.") % {
                "text": text.title
            }
    return ""


def _wrong_team(wanted: Mapping[str, Any]) -> str:
    for user in wanted.get("team", ()):
        if not user.is_active or not policy.may(user, Permission.HISTORY_RECORD):
            return _("%(name)s darf keine Kontakte erfassen und kann nicht mit an den Stand.") % {
                "name": user
            }
    return ""
