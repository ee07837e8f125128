"""Consent texts: drafts that may change, versions that never do."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import recording
from consent.decision import codes
from consent.ledger import canonical, chain
from consent.models import ConsentText, Controller, EventKind, TextForm, TextStatus
from contacts import qualification
from contacts.models import Criterion, Sensitivity
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

EXPLICIT = "explicit"
OF_CRITERIA = {
    element: label for element, label in ELEMENTS.items() if element not in ("channels", "purposes")
} | {
    "purposes": gettext_lazy("welche Angaben über die Person, und wozu"),
    EXPLICIT: gettext_lazy("ausdrücklich für besondere Kategorien (Art. 9 Abs. 2 lit. a DSGVO)"),
}
"""The same of a text that names criteria; the last one only if an answer is of a special category
(Art. 9 GDPR)."""
ALL_ELEMENTS = {**ELEMENTS, EXPLICIT: OF_CRITERIA[EXPLICIT]}
KEEPING = "profile_attribute"
"""The purpose of a text that names criteria, and its only one."""
FORMS_OF_CRITERIA = (TextForm.PAPER, TextForm.SPOKEN)
"""How a person consents that answers are kept: signed, or recorded with both sides' yes."""

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
    criteria: Sequence[str] = (),
    at: datetime,
) -> ConsentText:
    """A new version of the text ``code`` in a language, to be published later.

    With ``criteria`` (codes) it asks whether answers to them may be kept, and for nothing else.

    :raises errors.Invalid: a channel, purpose, element or criterion is unknown, words are missing,
        or criteria and something else are asked for at once
    """
    wanted = sorted(set(criteria))
    _require_known(
        channels=channels, purposes=purposes, elements=elements, is_of_criteria=bool(wanted)
    )
    _require_apart(wanted, channels=channels, purposes=purposes, form=form)
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
        criteria=wanted,
        created_at=at,
    )
    text.full_clean()
    text.save()
    audit.record(actor=actor, action="consent-text.drafted", target=text, at=at)
    return text


def missing_elements(text: ConsentText) -> list[str]:
    """Mandatory elements that the text lacks, in the order of :data:`ALL_ELEMENTS`."""
    wanted = {*(OF_CRITERIA if text.criteria else ELEMENTS)}
    if text.criteria and not _criteria_of(text).filter(sensitivity=Sensitivity.SPECIAL).exists():
        wanted.remove(EXPLICIT)
    return [
        element for element in ALL_ELEMENTS if element in wanted and element not in text.elements
    ]


def element_label(text: ConsentText, element: str) -> str:
    """What an element is called, of a text of this sort."""
    return str((OF_CRITERIA if text.criteria else ELEMENTS)[element])


def unnamed(text: ConsentText) -> list[str]:
    """Labels of criteria that the text is said to be about and whose name its words lack."""
    words = text.body.casefold()
    labels = _criteria_of(text).values_list("label", flat=True)
    return [label for label in labels if label.casefold() not in words]


def saying(label: str) -> str:
    """That the words have to name the criterion."""
    return _("Der Wortlaut nennt „%(name)s“ nicht beim Namen.") % {"name": label}


def naming(criteria: Iterable[Criterion]) -> dict[str, list[ConsentText]]:
    """The published texts by the code of the criterion that they name (one query).

    For a special category those that are not explicit do not count.
    """
    special = {each.code: each.sensitivity == Sensitivity.SPECIAL for each in criteria}
    codes_ = list(special)
    rows = ConsentText.objects.filter(
        status=TextStatus.PUBLISHED,
        criteria__overlap=codes_,
        controller__is_active=True,
        controller__is_default=True,
    )
    found: dict[str, list[ConsentText]] = {code: [] for code in codes_}
    for text in rows.select_related("controller").order_by("language", "title"):
        for code in text.criteria:
            if code in found and (not special[code] or EXPLICIT in text.elements):
                found[code].append(text)
    return found


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
        names = "; ".join(element_label(text, element) for element in missing)
        raise errors.Invalid(
            {"elements": [_("Dem Text fehlt: %(names)s.") % {"names": names}]}, missing=missing
        )
    if unsaid := unnamed(text):
        raise errors.Invalid({"body": [saying(label) for label in unsaid]})
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
        **_named(text),
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
        **_named(text),
    }


def _named(text: ConsentText) -> dict[str, list[str]]:
    """Texts without criteria keep the digest that they had before there were any."""
    return {"criteria": list(text.criteria)} if text.criteria else {}


def _criteria_of(text: ConsentText) -> QuerySet[Criterion]:
    return Criterion.objects.filter(code__in=text.criteria)


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


def _require_apart(
    criteria: Sequence[str], *, channels: Sequence[str], purposes: Sequence[str], form: str
) -> None:
    """Who is asked about answers to criteria is asked about nothing else in the same text."""
    problem = ""
    known = qualification.guarded().filter(code__in=criteria)
    strange = sorted({*criteria} - {*known.values_list("code", flat=True)})
    if set(purposes) == {KEEPING} and not criteria:
        problem = _("Bitte nennen Sie die Kriterien, in die eingewilligt wird.")
    elif not criteria:
        return
    elif strange:
        problem = _(
            "Dafür braucht es keine Einwilligung der Person, oder es wird nicht gefragt: %(names)s."
        ) % {"names": ", ".join(strange)}
    elif set(purposes) != {KEEPING} or channels:
        problem = _(
            "Eine Einwilligung in Angaben zur Person steht allein, ohne andere Zwecke und Kanäle."
        )
    elif form not in FORMS_OF_CRITERIA:
        problem = _("Dafür braucht es einen Text auf Papier oder am Telefon.")
    if problem:
        raise errors.Invalid({"criteria": [problem]})


def _require_known(
    *, channels: list[str], purposes: list[str], elements: list[str], is_of_criteria: bool
) -> None:
    known: dict[str, tuple[list[str], Any]] = {
        "channels": (channels, {str(channel) for channel in codes.Channel}),
        "purposes": (purposes, set(codes.PURPOSES)),
        "elements": (elements, set(ALL_ELEMENTS)),
    }
    wrong = {
        field: [
            _("Unbekannt: %(value)s.") % {"value": value} for value in given if value not in all_
        ]
        for field, (given, all_) in known.items()
    }
    if not channels and not is_of_criteria and set(purposes) != {KEEPING}:
        wrong["channels"] = [_("Bitte nennen Sie mindestens einen Kanal.")]
    if not purposes:
        wrong["purposes"] = [_("Bitte nennen Sie mindestens einen Zweck.")]
    if wrong := {field: sentences for field, sentences in wrong.items() if sentences}:
        raise errors.Invalid(wrong)
