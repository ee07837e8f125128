"""What is configured for notices: purposes with their facts, and who receives data."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent.models import Controller, NoticePurpose, NoticeRecipient
from consent.notices.rules import facts
from consent.retention import rules
from consent.retention.periods import Period
from crm.accounts.models import User
from crm.kernel import audit, errors

LISTS = {
    "legal_bases": facts.LEGAL_BASES,
    "interests": facts.INTERESTS,
    "data": facts.DATA,
    "sources": facts.SOURCES,
}
Row = TypeVar("Row", NoticePurpose, NoticeRecipient)
INTEGRATIONS = ("mail", "sms")
RULE_OF = {
    "appointment": "appointment",
    "bought_address": "bought_address",
    "consent_proof": "email_consent_proof",
    "notice_log": "notice_provision",
    "phone_consent_proof": "phone_consent_proof",
    "trade_letter": "trade_letter",
    "voucher": "booking_voucher",
}
"""The rule of the schedule of retention behind what a notice says of storage."""


class UnknownPurpose(errors.NotFound):
    """There is no notice for such a purpose."""

    code = "unknown-notice-purpose"
    default_message = gettext_lazy("Für diesen Zweck ist nichts eingerichtet.")


def configuration_of(*, controller: Controller, purpose: str) -> facts.Configuration:
    """Everything that the notice of a purpose is generated from (3 queries).

    :raises UnknownPurpose: no such purpose is set up; the sentence names those that are
    """
    row = NoticePurpose.objects.filter(controller=controller, code=purpose).first()
    if row is None:
        raise unknown(purpose, controller=controller)
    return _configuration(row, recipients_of(controller), controller, rules.periods())


def all_of(*, controller: Controller) -> dict[str, facts.Configuration]:
    """That of every purpose that is set up, in the order of :data:`facts.PURPOSES` (3 queries)."""
    rows = {row.code: row for row in NoticePurpose.objects.filter(controller=controller)}
    recipients, schedule = recipients_of(controller), rules.periods()
    return {
        code: _configuration(rows[code], recipients, controller, schedule)
        for code in facts.PURPOSES
        if code in rows
    }


def recipients_of(controller: Controller) -> list[NoticeRecipient]:
    """Who receives data, by name."""
    return list(NoticeRecipient.objects.filter(controller=controller, is_active=True))


def _configuration(
    row: NoticePurpose,
    rows: Sequence[NoticeRecipient],
    controller: Controller,
    schedule: Mapping[str, Period | None],
) -> facts.Configuration:
    own = [each for each in rows if row.code in each.purposes]
    named = {each.integration for each in own}
    return facts.Configuration(
        purpose=row.code,
        controller=_responsible(controller),
        legal_bases=tuple(row.legal_bases),
        interests=tuple(row.interests),
        data=tuple(row.data),
        recipients=tuple(map(_recipient, own)),
        periods=tuple(
            facts.Period(kind=kind, months=scheduled(kind, schedule) or months, start=start)
            for kind, months, start in row.periods
        ),
        obligation=row.obligation,
        is_automated=row.is_automated,
        logic=row.logic,
        consequences=row.consequences,
        sources=tuple(row.sources),
        unnamed=tuple(host for code, host in integrations().items() if code not in named),
    )


def scheduled(kind: str, schedule: Mapping[str, Period | None]) -> int | None:
    """For how many months the schedule of retention keeps this kind; None: without a rule."""
    period = schedule.get(RULE_OF.get(kind, ""))
    return period.in_months if period else None


def integrations() -> dict[str, str]:
    """Services outside of the house that this installation hands data to: code and host."""
    found = {}
    if settings.SMS_URL:
        found["sms"] = urlsplit(settings.SMS_URL).hostname or settings.SMS_URL
    host = getattr(settings, "EMAIL_HOST", "localhost")
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and host not in _OWN_HOSTS:
        found["mail"] = host
    return found


def unknown(purpose: str, *, controller: Controller) -> UnknownPurpose:
    """The refusal, with the purposes that there are."""
    known = NoticePurpose.objects.filter(controller=controller).values_list("code", flat=True)
    return UnknownPurpose(
        _("Für „%(purpose)s“ ist nichts eingerichtet. Eingerichtet sind: %(known)s.")
        % {"purpose": purpose[:40], "known": ", ".join(known) or _("noch keine Zwecke")},
        purpose=purpose[:40],
    )


@transaction.atomic
def describe(
    *,
    actor: User | None,
    controller: Controller,
    purpose: str,
    at: datetime,
    legal_bases: Sequence[str] = (),
    interests: Sequence[str] = (),
    data: Sequence[str] = (),
    periods: Sequence[tuple[str, int, str]] = (),
    obligation: str = "",
    is_automated: bool = False,
    logic: Mapping[str, str] | None = None,
    consequences: Mapping[str, str] | None = None,
    sources: Sequence[str] = (),
) -> NoticePurpose:
    """Set up a purpose, or change how it is processed. What is lacking is told when publishing.

    :raises UnknownPurpose: Einklang has no words for such a purpose
    :raises errors.Invalid: a code is unknown
    """
    if purpose not in facts.PURPOSES:
        raise unknown(purpose, controller=controller)
    values: dict[str, Any] = {
        "legal_bases": _in_order(legal_bases, facts.LEGAL_BASES),
        "interests": _in_order(interests, facts.INTERESTS),
        "data": _in_order(data, facts.DATA),
        "sources": _in_order(sources, facts.SOURCES),
        "periods": [list(each) for each in periods],
        "obligation": obligation,
        "is_automated": is_automated,
        "logic": _texts(logic),
        "consequences": _texts(consequences),
    }
    given = {"legal_bases": legal_bases, "interests": interests, "data": data, "sources": sources}
    _require_known(given, periods, obligation)
    row = NoticePurpose.objects.filter(controller=controller, code=purpose).first()
    row = row or NoticePurpose(controller=controller, code=purpose)
    return _written(row, values, actor=actor, action="notice-purpose.set", at=at)


@transaction.atomic
def name_recipient(
    *,
    actor: User | None,
    controller: Controller,
    name: str,
    category: str,
    purposes: Sequence[str],
    at: datetime,
    country: str = "DE",
    safeguard: str = "",
    copy_at: str = "",
    integration: str = "",
    is_surprising: bool = False,
    recipient: NoticeRecipient | None = None,
) -> NoticeRecipient:
    """Name somebody who gets data, or change what is known of ``recipient``.

    :raises errors.Invalid: a code is unknown, nothing is named, or the name is taken
    """
    values: dict[str, Any] = {
        "name": name.strip(),
        "category": category,
        "purposes": _in_order(purposes, facts.PURPOSES),
        "country": country.strip().upper(),
        "safeguard": safeguard,
        "copy_at": copy_at.strip(),
        "integration": integration,
        "is_surprising": is_surprising,
    }
    _require_recipient(values, given=purposes)
    row = recipient or NoticeRecipient(controller=controller)
    same = NoticeRecipient.objects.filter(controller=controller, is_active=True).exclude(pk=row.pk)
    if same.filter(name__iexact=values["name"]).exists():
        raise errors.Invalid({"name": [_("Dieser Empfänger ist schon eingetragen.")]})
    return _written(row, values, actor=actor, action="notice-recipient.named", at=at)


@transaction.atomic
def drop_recipient(*, actor: User | None, recipient: NoticeRecipient, at: datetime) -> None:
    """Nothing goes there any more; published notices stay what they are."""
    recipient.is_active = False
    recipient.save(update_fields=["is_active"])
    audit.record(actor=actor, action="notice-recipient.dropped", target=recipient, at=at)


def _written(
    row: Row, values: Mapping[str, Any], *, actor: User | None, action: str, at: datetime
) -> Row:
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    changes = audit.diff(before, values)
    audit.record(actor=actor, action=action, target=row, changes=changes, at=at)
    return row


_OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", ""})


def _responsible(controller: Controller) -> facts.Responsible:
    return facts.Responsible(
        id=str(controller.public_id),
        name=controller.name,
        street=controller.street,
        postal_code=controller.postal_code,
        city=controller.city,
        email=controller.email,
        phone=controller.phone,
        representative=controller.representative,
        officer=controller.privacy_officer,
        officer_contact=controller.privacy_contact,
        authority=controller.authority,
    )


def _recipient(row: NoticeRecipient) -> facts.Recipient:
    return facts.Recipient(
        id=str(row.public_id),
        name=row.name,
        category=row.category,
        country=row.country,
        safeguard=row.safeguard,
        copy_at=row.copy_at,
        is_surprising=row.is_surprising,
    )


def _in_order(given: Iterable[str], known: Sequence[str]) -> list[str]:
    wanted = set(given)
    return [each for each in known if each in wanted]


def _texts(given: Mapping[str, str] | None) -> dict[str, str]:
    texts = given or {}
    return {lang: texts[lang].strip() for lang in facts.LANGUAGES if texts.get(lang, "").strip()}


def _require_known(
    given: Mapping[str, Sequence[str]],
    periods: Sequence[tuple[str, int, str]],
    obligation: str,
) -> None:
    wrong: dict[str, list[str]] = {
        field: [_unknown_value(value) for value in values if value not in LISTS[field]]
        for field, values in given.items()
    }
    wrong["periods"] = [
        _unknown_value(f"{kind} {months} {start}")
        for kind, months, start in periods
        if kind not in facts.KEPT or start not in facts.STARTS or not _is_period(months, start)
    ]
    wrong["obligation"] = (
        [_unknown_value(obligation)] if obligation not in ("", *facts.OBLIGATIONS) else []
    )
    if wrong := {field: sentences for field, sentences in wrong.items() if sentences}:
        raise errors.Invalid(wrong)


def _is_period(months: int, start: str) -> bool:
    """Without months it lasts until the person says no, and only then."""
    return months == 0 if start == "objection" else 0 < months <= 1200


def _require_recipient(values: Mapping[str, Any], *, given: Sequence[str]) -> None:
    country = values["country"]
    known = {
        "category": (values["category"], facts.CATEGORIES),
        "safeguard": (values["safeguard"], ("", *facts.SAFEGUARDS)),
        "integration": (values["integration"], ("", *INTEGRATIONS)),
    }
    wrong = {field: [_unknown_value(v)] for field, (v, all_) in known.items() if v not in all_}
    if not values["name"]:
        wrong["name"] = [_("Bitte nennen Sie den Empfänger.")]
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        wrong["country"] = [_("Bitte nennen Sie das Land mit zwei Buchstaben, z. B. DE oder US.")]
    if strange := [each for each in given if each not in facts.PURPOSES]:
        wrong["purposes"] = [_unknown_value(each) for each in strange]
    elif not given:
        wrong["purposes"] = [_("Bitte wählen Sie mindestens einen Zweck.")]
    if wrong:
        raise errors.Invalid(wrong)


def _unknown_value(value: object) -> str:
    return _("Unbekannt: %(value)s.") % {"value": str(value)[:60]}
