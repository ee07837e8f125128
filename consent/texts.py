"""Consent texts: drafts that may change, versions that never do."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import recording
from consent.decision import codes
from consent.ledger import canonical, chain
from consent.models import ConsentText, Controller, EventKind, TextStatus
from crm.accounts.models import User
from crm.kernel import audit, errors

ELEMENTS = {
    "controller": gettext_lazy("wer wirbt (BGH VI ZR 721/15)"),
    "channels": gettext_lazy("jeder Kanal beim Namen"),
    "purposes": gettext_lazy("wofür geworben wird, welche Produkte"),
    "withdrawal": gettext_lazy("dass und wie man widerrufen kann (Art. 7 Abs. 3 DSGVO)"),
    "distinguishable": gettext_lazy("abgesetzt von anderem (Art. 7 Abs. 2 DSGVO)"),
    "not_preticked": gettext_lazy("kein Häkchen vorausgefüllt (EuGH C-673/17)"),
    "voluntary": gettext_lazy("an nichts anderes geknüpft (Art. 7 Abs. 4 DSGVO)"),
}
"""What the law demands of a text; all of them must be there before it is published."""

FACTS_MISSING = {
    "channels": "channel",
    "purposes": "products",
    "withdrawal": "withdrawal_notice",
    "distinguishable": "art7_2_distinguishable",
    "controller": "controller",
}
"""What :mod:`consent.decision` calls a missing element."""


class NotADraft(errors.DomainError):
    """A published text is changed by a new version."""

    code = "text-is-published"
    default_message = gettext_lazy(
        "Veröffentlichte Texte ändern sich nicht mehr. Bitte legen Sie eine neue Fassung an."
    )


@transaction.atomic
def draft(
    *,
    actor: User | None,
    code: str,
    form: str,
    title: str,
    body: str,
    channels: list[str],
    purposes: list[str],
    elements: list[str],
    controller: Controller,
    language: str = "de",
    at: datetime,
) -> ConsentText:
    """A new version of the text ``code`` in a language, to be published later.

    :raises errors.Invalid: a channel, purpose or element is unknown, or words are missing
    """
    _require_known(channels=channels, purposes=purposes, elements=elements)
    same = ConsentText.objects.filter(code=code, language=language)
    last = same.aggregate(last=Max("version"))["last"] or 0
    text = ConsentText(
        code=code,
        version=last + 1,
        language=language,
        form=form,
        controller=controller,
        channels=sorted(set(channels)),
        purposes=sorted(set(purposes)),
        title=title.strip(),
        body=body.strip(),
        elements=sorted(set(elements)),
        created_at=at,
    )
    text.full_clean()
    text.save()
    audit.record(actor=actor, action="consent-text.drafted", target=text, at=at)
    return text


def missing_elements(text: ConsentText) -> list[str]:
    """Mandatory elements that the text lacks, in the order of :data:`ELEMENTS`."""
    return [element for element in ELEMENTS if element not in text.elements]


@transaction.atomic
def publish(*, actor: User | None, text: ConsentText, at: datetime) -> ConsentText:
    """Make the text usable and immutable; the version before it is retired.

    :raises NotADraft: it is published already
    :raises errors.Invalid: a mandatory element is missing (field ``elements``)
    """
    text = ConsentText.objects.select_for_update().get(pk=text.pk)
    if text.status != TextStatus.DRAFT:
        raise NotADraft()
    if missing := missing_elements(text):
        names = "; ".join(str(ELEMENTS[element]) for element in missing)
        raise errors.Invalid(
            {"elements": [_("Dem Text fehlt: %(names)s.") % {"names": names}]}, missing=missing
        )
    before = ConsentText.objects.filter(
        code=text.code, language=text.language, status=TextStatus.PUBLISHED
    ).first()
    if before is not None:
        retire(actor=actor, text=before, at=at)
    text.status = TextStatus.PUBLISHED
    text.published_at = at
    text.sha256 = digest(text)
    text.save()
    _tell(text, EventKind.TEXT_PUBLISHED, actor=actor, at=at)
    return text


@transaction.atomic
def retire(*, actor: User | None, text: ConsentText, at: datetime) -> None:
    """No new consent on this text; those given on it stay as they are."""
    if text.status != TextStatus.PUBLISHED:
        raise NotADraft(_("Nur ein veröffentlichter Text kann zurückgezogen werden."))
    text.status = TextStatus.RETIRED
    text.retired_at = at
    text.save(update_fields=["status", "retired_at"])
    _tell(text, EventKind.TEXT_RETIRED, actor=actor, at=at)


def digest(text: ConsentText) -> str:
    """SHA-256 over the canonical form of everything that was shown (hex)."""
    content: dict[str, Any] = {
        "code": text.code,
        "version": text.version,
        "language": text.language,
        "form": str(text.form),
        "controller": str(text.controller.public_id),
        "channels": list(text.channels),
        "purposes": list(text.purposes),
        "title": text.title,
        "body": text.body,
        "elements": list(text.elements),
    }
    return hashlib.sha256(canonical.encode(content)).hexdigest()


def told(text: ConsentText) -> dict[str, Any]:
    """What the ledger says of a text beside its hash and its times."""
    return {
        "id": str(text.public_id),
        "code": text.code,
        "version": text.version,
        "language": text.language,
        "created_at": chain.instant(text.created_at),
    }


def published(*, code: str, language: str = "de") -> ConsentText | None:
    """The version that is offered now."""
    return ConsentText.objects.filter(
        code=code, language=language, status=TextStatus.PUBLISHED
    ).first()


def _tell(text: ConsentText, kind: EventKind, *, actor: User | None, at: datetime) -> None:
    recording.append(
        recording.Draft(
            kind=kind,
            effective_at=at,
            controller=text.controller.public_id,
            channels=text.channels,
            purposes=text.purposes,
            text=text.sha256,
            details=told(text),
        ),
        actor=actor,
        at=at,
    )
    action = f"consent-text.{'published' if kind == EventKind.TEXT_PUBLISHED else 'retired'}"
    audit.record(actor=actor, action=action, target=text, at=at)


def _require_known(*, channels: list[str], purposes: list[str], elements: list[str]) -> None:
    known: dict[str, tuple[list[str], Any]] = {
        "channels": (channels, {str(channel) for channel in codes.Channel}),
        "purposes": (purposes, set(codes.PURPOSES)),
        "elements": (elements, set(ELEMENTS)),
    }
    wrong = {
        field: [
            _("Unbekannt: %(value)s.") % {"value": value} for value in given if value not in all_
        ]
        for field, (given, all_) in known.items()
    }
    if not channels:
        wrong["channels"] = [_("Bitte nennen Sie mindestens einen Kanal.")]
    if not purposes:
        wrong["purposes"] = [_("Bitte nennen Sie mindestens einen Zweck.")]
    if wrong := {field: sentences for field, sentences in wrong.items() if sentences}:
        raise errors.Invalid(wrong)
