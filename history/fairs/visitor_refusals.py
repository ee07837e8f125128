"""A visitor's no: what stands is withdrawn, the rest is recorded as refused, with its proof."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consent import channels, consents, evidences, standing
from consent.ledger import chain
from consent.models import (
    ConsentText,
    Evidence,
    EvidenceKind,
    Grade,
    LedgerEvent,
)
from consent.optin import MOST_AGENT, Press
from consent.preferences import VIA
from contacts import contact_points
from contacts.models import ContactPoint, ContactPointStatus, Person
from history.fairs import visitor_answers, visitor_ways
from history.fairs.visitor_answers import METHOD
from history.models import LeadCapture, LeadOptIn, OptInAnswer


@transaction.atomic
def refuse(*, lead: LeadCapture, texts: Sequence[ConsentText], press: Press, at: datetime) -> None:
    """Record the no to all channels of these texts; what was refused before is left as it is.

    Whoever cannot be reached at all has said no too: it is kept beside the slip.
    """
    if lead.person is not None:
        _withdraw(lead.person, texts, press=press, at=at)
    rows = LeadOptIn.objects.filter(lead=lead).select_related("text", "recorded")
    known = {(row.text.code, row.channel) for row in rows if visitor_answers.is_own_refusal(row)}
    for text in texts:
        left = [each for each in text.channels if (text.code, each) not in known]
        recorded: Mapping[str, LedgerEvent] = {}
        if lead.person is not None:
            recorded = _refuse(lead.person, text, left, press=press, at=at)
        for channel in left:
            visitor_answers.note(lead, text, channel, OptInAnswer.NO, recorded.get(channel))


def _withdraw(person: Person, texts: Sequence[ConsentText], *, press: Press, at: datetime) -> None:
    """End what these texts allow already: a no after a yes is a withdrawal."""
    codes = [text.code for text in texts]
    hashes = set(
        ConsentText.objects.filter(code__in=codes)
        .exclude(sha256="")
        .values_list("sha256", flat=True)
    )
    open_ = {
        line.consent.public_id: line.consent
        for line in standing.of(person, at=at)
        if line.consent.text in hashes
    }
    consents.withdraw(
        actor=None,
        consents=open_.values(),
        received_at=at,
        at=at,
        via=VIA,
        payload={"address": press.address, "agent": press.agent[:MOST_AGENT]},
    )


def _refuse(
    person: Person, text: ConsentText, named: Sequence[str], *, press: Press, at: datetime
) -> Mapping[str, LedgerEvent]:
    """One event for each contact point that the text could mean; by channel."""
    recorded: dict[str, LedgerEvent] = {}
    kinds = [str(kind) for kind in visitor_ways.KINDS.values()]
    held = contact_points.held_by(person).filter(
        status=ContactPointStatus.ACTIVE, contact_point__kind__in=kinds
    )
    for holder in held.select_related("contact_point"):
        point = holder.contact_point
        about = [channel for channel in named if channels.fits(channel, point.kind)]
        if not about:
            continue
        event = consents.refuse(
            actor=None,
            declaration=consents.Declaration(
                person=person,
                point=point,
                controller=text.controller,
                channels=about,
                purposes=text.purposes,
                method=METHOD,
                declared_at=at,
                text=text,
                evidence=[_form_log(text, point, about, press=press, at=at)],
                payload={
                    "address": press.address,
                    "agent": press.agent[:MOST_AGENT],
                    "form": press.form,
                },
            ),
            at=at,
        )
        recorded |= dict.fromkeys(about, event)
    return recorded


def _form_log(
    text: ConsentText, point: ContactPoint, named: Sequence[str], *, press: Press, at: datetime
) -> Evidence:
    log = {
        "answer": "no",
        "answered_at": chain.instant(at),
        "address": press.address,
        "agent": press.agent[:MOST_AGENT],
        "form": press.form,
        "text_sha256": text.sha256,
        "contact_point": point.display,
        "channels": sorted(named),
        "purposes": list(text.purposes),
    }
    return evidences.store(
        content=json.dumps(log, ensure_ascii=False, sort_keys=True, indent=1).encode(),
        kind=EvidenceKind.FORM_LOG,
        grade=Grade.D,
        media_type="application/json",
        name=_("Formular.json"),
        at=at,
    )
