"""Versions of notices: generated from the configuration, checked, published, never changed."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import recording
from consent.ledger import canonical, chain
from consent.models import Controller, EventKind, NoticeItem, NoticeStatus, NoticeVersion
from consent.notices import configuring, gaps, scripts
from consent.notices.rules import contents, flaws, items, spoken, wording
from consent.notices.rules.completeness import Conditions
from consent.notices.rules.facts import LANGUAGES, Configuration
from crm.accounts.models import User
from crm.kernel import audit, errors


class NotADraft(errors.DomainError):
    """A published notice is changed by a new version."""

    code = "notice-is-published"
    default_message = gettext_lazy(
        "Veröffentlichte Hinweise ändern sich nicht mehr. Bitte legen Sie eine neue Fassung an."
    )


@transaction.atomic
def draft(
    *, actor: User | None, controller: Controller, purpose: str, at: datetime
) -> NoticeVersion:
    """Generate the next version from the configuration; a draft that there was is replaced.

    Words stay as somebody put them where the facts are still the same.

    :raises configuring.UnknownPurpose: no such purpose is set up
    """
    given = configuring.configuration_of(controller=controller, purpose=purpose)
    same = NoticeVersion.objects.filter(controller=controller, purpose=purpose)
    words = _words_so_far(same)
    same.filter(status=NoticeStatus.DRAFT).delete()
    last = same.aggregate(last=Max("number"))["last"] or 0
    version = NoticeVersion.objects.create(
        controller=controller,
        purpose=purpose,
        article=given.article,
        number=last + 1,
        conditions=stored(contents.conditions_of(given)),
        created_at=at,
    )
    NoticeItem.objects.bulk_create(
        [_item(version, each, given, words) for each in contents.contents_of(given)]
    )
    audit.record(actor=actor, action="notice.drafted", target=version, at=at)
    return version


@transaction.atomic
def reword(
    *,
    actor: User | None,
    version: NoticeVersion,
    item: str,
    language: str,
    text: str,
    said: str,
    at: datetime,
) -> NoticeItem:
    """Change the words of an item of a draft; the facts stay those of the configuration.

    :raises NotADraft: it is published
    :raises errors.NotFound: no such item or language
    :raises errors.Invalid: the text is empty (field ``text``)
    """
    if version.status != NoticeStatus.DRAFT:
        raise NotADraft()
    row = version.items.filter(item=item).first()
    if row is None or not row.is_applicable or language not in LANGUAGES:
        raise errors.NotFound(item=item, language=language)
    if not text.strip():
        raise errors.Invalid({"text": [_("Bitte schreiben Sie einen Text.")]})
    before = {"text": row.texts.get(language, ""), "spoken": row.spoken.get(language, "")}
    after = {"text": " ".join(text.split()), "spoken": " ".join(said.split())}
    row.texts = {**row.texts, language: after["text"]}
    row.spoken = {**row.spoken, language: after["spoken"]}
    row.save(update_fields=["texts", "spoken"])
    changes = audit.diff(before, after)
    context = {"item": item, "language": language}
    audit.record(
        actor=actor,
        action="notice.reworded",
        target=version,
        changes=changes,
        context=context,
        at=at,
    )
    return row


def missing(version: NoticeVersion) -> list[tuple[str, str]]:
    """The items that the version lacks, each with a code of :data:`gaps.GAPS`."""
    given = _given(version)
    return flaws.lacking(
        [
            flaws.Part(
                item=row.item,
                is_applicable=row.is_applicable,
                reason=row.reason,
                gap=row.gap,
                texts=row.texts,
            )
            for row in version.items.all()
        ],
        conditions=_conditions(version),
        recipients=[each.name for each in given.recipients] if given else [],
    )


@transaction.atomic
def publish(*, actor: User | None, version: NoticeVersion, at: datetime) -> NoticeVersion:
    """Put a draft in force and make it immutable; the version before it is superseded.

    :raises NotADraft: it is published already
    :raises errors.Invalid: something is missing (``items``; its codes in ``missing``), the
        configuration changed since (``items``), or it takes too long to say (``spoken``)
    """
    version = NoticeVersion.objects.select_for_update().get(pk=version.pk)
    if version.status != NoticeStatus.DRAFT:
        raise NotADraft()
    _require_complete(version)
    _require_current(version)
    _require_short(version)
    before = current(controller=version.controller, purpose=version.purpose)
    if before is not None:
        before.status, before.retired_at = NoticeStatus.RETIRED, at
        before.save(update_fields=["status", "retired_at"])
    version.status, version.published_at = NoticeStatus.PUBLISHED, at
    version.sha256 = digest(version)
    version.save()
    recording.append(
        recording.Draft(
            kind=EventKind.NOTICE_PUBLISHED,
            effective_at=at,
            controller=version.controller.public_id,
            text=version.sha256,
            details=told(version),
        ),
        actor=actor,
        at=at,
    )
    audit.record(actor=actor, action="notice.published", target=version, at=at)
    return version


def current(*, controller: Controller, purpose: str) -> NoticeVersion | None:
    """The version in force, with its items (2 queries)."""
    return first_current(controller=controller, purposes=(purpose,))


def first_current(*, controller: Controller, purposes: Sequence[str]) -> NoticeVersion | None:
    """The version in force of the first of these purposes that has one (2 queries)."""
    rows = NoticeVersion.objects.filter(status=NoticeStatus.PUBLISHED, controller=controller)
    rows = rows.select_related("controller").prefetch_related("items")
    found = {version.purpose: version for version in rows.filter(purpose__in=purposes)}
    return next((found[purpose] for purpose in purposes if purpose in found), None)


def drift(version: NoticeVersion) -> tuple[str, ...]:
    """Items of which the configuration says something else by now."""
    given = _given(version)
    return drift_from(version, given) if given else ()


def drift_from(version: NoticeVersion, given: Configuration) -> tuple[str, ...]:
    """Items of which this configuration says something else."""
    known = {row.item: (row.material_hash, row.is_applicable) for row in version.items.all()}
    live = {
        each.item: (each.material_hash, each.facts is not None)
        for each in contents.contents_of(given)
    }
    return items.ordered(item for item in {*known, *live} if known.get(item) != live.get(item))


def digest(version: NoticeVersion) -> str:
    """SHA-256 over the canonical form of everything that the version says (hex)."""
    content: dict[str, Any] = {
        "controller": str(version.controller.public_id),
        "purpose": version.purpose,
        "article": version.article,
        "number": version.number,
        "items": [
            {
                "item": row.item,
                "hash": row.material_hash,
                "reason": row.reason,
                "texts": row.texts,
                "spoken": row.spoken,
            }
            for row in version.items.order_by("item")
        ],
    }
    return hashlib.sha256(canonical.encode(content)).hexdigest()


def told(version: NoticeVersion) -> dict[str, Any]:
    """What the ledger says of a version beside its hash and its times."""
    return {
        "id": str(version.public_id),
        "purpose": version.purpose,
        "article": version.article,
        "number": version.number,
        "created_at": chain.instant(version.created_at),
    }


Words = dict[tuple[str, str], tuple[dict[str, str], dict[str, str]]]
"""By item and material hash: in full and to be spoken."""


def _words_so_far(rows: QuerySet[NoticeVersion]) -> Words:
    """Those of the draft, else of the version in force."""
    last = rows.filter(status__in=[NoticeStatus.DRAFT, NoticeStatus.PUBLISHED])
    newest = last.order_by("-number").first()
    found = newest.items.all() if newest else ()
    return {(row.item, row.material_hash): (row.texts, row.spoken) for row in found}


def _item(
    version: NoticeVersion, content: contents.Content, given: Configuration, words: Words
) -> NoticeItem:
    texts: dict[str, str] = {}
    said: dict[str, str] = {}
    if content.facts is not None:
        texts = _worded(wording.in_full, content.item, given)
        said = _worded(wording.spoken, content.item, given)
        before = words.get((content.item, content.material_hash))
        if before and _names_all(before[0], content.item, given):
            texts, said = before
    return NoticeItem(
        version=version,
        item=content.item,
        facts=content.facts,
        material_hash=content.material_hash,
        reason=content.reason,
        gap=content.gap,
        is_surprising=content.is_surprising,
        texts=texts,
        spoken=said,
    )


def _names_all(texts: dict[str, str], item: str, given: Configuration) -> bool:
    """Whether words of before still name whom they must: a recipient may be called otherwise."""
    named = {"13.1.e": given.recipients, "13.1.f": given.abroad}.get(items.topic(item), ())
    return all(each.name in text for each in named for text in texts.values())


def _worded(
    in_words: Callable[[str, Configuration, str], str], item: str, given: Configuration
) -> dict[str, str]:
    return {language: in_words(item, given, language) for language in LANGUAGES}


def _require_complete(version: NoticeVersion) -> None:
    if lacking := missing(version):
        raise errors.Invalid(
            {"items": gaps.sentences(lacking, given=_given(version))},
            missing=[item for item, _gap in lacking],
        )


def _given(version: NoticeVersion) -> Configuration | None:
    try:
        return configuring.configuration_of(controller=version.controller, purpose=version.purpose)
    except configuring.UnknownPurpose:
        return None


def _require_current(version: NoticeVersion) -> None:
    if changed := drift(version):
        names = "; ".join(gaps.title(item) for item in changed)
        raise errors.Invalid(
            {
                "items": [
                    _("Seit dem Entwurf hat sich geändert: %(names)s. Bitte erzeugen Sie ihn neu.")
                    % {"names": names}
                ]
            },
            changed=list(changed),
        )


def _require_short(version: NoticeVersion) -> None:
    for language in LANGUAGES:
        estimate = scripts.longest(version, language).estimate
        if estimate.length == spoken.Length.TOO_LONG:
            raise errors.Invalid(
                {
                    "spoken": [
                        _(
                            "Vorlesen dauert etwa %(seconds)s Sekunden (%(language)s). Mehr als "
                            "60 mutet man niemandem zu; bitte kürzen Sie."
                        )
                        % {"seconds": round(estimate.seconds), "language": language}
                    ]
                },
                seconds=estimate.seconds,
            )


def stored(conditions: Conditions) -> dict[str, Any]:
    """As they lie in the database."""
    return {**asdict(conditions), "legal_bases": sorted(conditions.legal_bases)}


def _conditions(version: NoticeVersion) -> Conditions:
    stored = {**version.conditions}
    stored["legal_bases"] = frozenset(stored.get("legal_bases", ()))
    return Conditions(**stored)
