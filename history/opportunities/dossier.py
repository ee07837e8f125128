"""The dossier: everything of an opportunity on one page, to be printed or sent as PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consent.desk import printing
from consent.desk.blocks import Block, Facts, Heading, Quote, Table, Text
from crm.accounts.models import User
from crm.kernel import audit
from history.models import Opportunity
from history.opportunities import dossier_contacts, page, words
from history.opportunities.page import Page

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A title, a line under it, and what follows."""

    title: str
    subtitle: str
    blocks: list[Block]


def read(*, user: User, opportunity: Opportunity, at: datetime) -> Dossier:
    """Everything that the user may know: ten queries, however much hangs on it."""
    shown = page.read(user=user, opportunity=opportunity, at=at)
    blocks: list[Block] = [
        *_head(shown),
        *_need(opportunity),
        *_people(shown),
        *_rivals(shown),
        *_score(shown),
        *_steps(shown),
        *_orders(shown),
        *_way(shown),
        *_contacts(user, shown),
    ]
    customer = opportunity.company or opportunity.person
    return Dossier(opportunity.title, f"{opportunity.number} · {customer}", blocks)


@transaction.atomic
def make(*, actor: User, opportunity: Opportunity, at: datetime) -> bytes:
    """The dossier as PDF; that it was made stands in the audit log."""
    found = read(user=actor, opportunity=opportunity, at=at)
    content = printing.to_pdf(
        title=found.title,
        subtitle=found.subtitle,
        blocks=found.blocks,
        attached={},
        at=at,
        language=get_language() or "de",
    )
    audit.record(actor=actor, action="opportunity.dossier-made", at=at, target=opportunity)
    return content


def _head(shown: Page) -> Iterator[Block]:
    deal = shown.opportunity
    yield Facts(
        [
            (_("Zustand"), _state(deal)),
            (_("Stufe"), f"{deal.pipeline.name}: {deal.stage.name}"),
            (_("Volumen"), _euros(deal.volume)),
            (_("Wahrscheinlichkeit"), _percent(deal.probability)),
            (_("gewichtet"), _euros(shown.weighted)),
            (_("Realisierung"), _day(deal.realisation_on)),
            (_("Entscheidung"), _day(deal.decision_on)),
            (_("Budget"), deal.budget or UNKNOWN),
            (_("Zuständig"), " · ".join(str(each) for each in (deal.owner, deal.team) if each)),
        ]
    )


def _need(deal: Opportunity) -> Iterator[Block]:
    yield Heading(_("Bedarf"))
    yield Text(deal.need or _("Noch nicht in Worten festgehalten."), not deal.need)
    for label, said in (
        (_("Regeln"), deal.regulate),
        (_("Vermeiden"), deal.avoid),
        (_("Erreichen"), deal.reach),
    ):
        if said:
            yield Heading(label, 2)
            yield Quote(said)
    for label, told in ((_("Heute"), deal.situation), (_("Unser Vorteil"), deal.advantage)):
        if told:
            yield Heading(label, 2)
            yield Text(told)


def _people(shown: Page) -> Iterator[Block]:
    yield Heading(_("Buying-Center"))
    if not shown.members:
        yield Text(_("Noch niemand genannt."), is_faint=True)
        return
    head = [_("Person"), _("Firma"), _("Rolle"), _("Haltung"), _("Einfluss"), _("Kontakte")]
    rows = [
        [
            str(each.stakeholder.person),
            str(each.stakeholder.company or UNKNOWN),
            each.roles or UNKNOWN,
            words.stance(each.stakeholder.stance),
            words.influence(each.stakeholder.influence),
            _made(each.made.count, each.made.last_at),
        ]
        for each in shown.members
    ]
    yield Table(head, rows, (22, 22, 22, 12, 11, 15))
    for each in shown.members:
        if each.stakeholder.note:
            yield Text(f"{each.stakeholder.person}: {each.stakeholder.note}")
    if shown.gap:
        yield Text(_("Lücke: %(gap)s") % {"gap": words.gap(shown.gap)})


def _rivals(shown: Page) -> Iterator[Block]:
    if shown.competitors:
        yield Heading(_("Wettbewerb"))
        head = [_("Wettbewerber"), _("Stand"), _("Notiz")]
        rows = [[each.name, words.standing(each.standing), each.note] for each in shown.competitors]
        yield Table(head, rows, (35, 20, 45))


def _score(shown: Page) -> Iterator[Block]:
    found = shown.score
    yield Heading(_("Bewertung"))
    yield Text(
        _("%(value)s von 100, bekannt sind %(coverage)s %% der Gewichte.")
        % {"value": UNKNOWN if found.value is None else found.value, "coverage": found.coverage}
    )
    head = [_("Teil"), _("Gewicht"), _("Anteil")]
    rows = [[words.part(each.code), str(each.weight), words.share(each)] for each in found.parts]
    yield Table(head, rows, (60, 20, 20))


def _steps(shown: Page) -> Iterator[Block]:
    yield Heading(_("Nächste Schritte"))
    if not any(step.is_open for step in shown.activities):
        yield Text(_("Kein nächster Schritt geplant."))
    rows = [
        [_day(timezone.localdate(step.due_at)), step.subject, str(step.assignee or UNKNOWN),
         step.get_state_display()]
        for step in shown.activities
    ]  # fmt: skip
    if rows:
        yield Table([_("Fällig"), _("Was"), _("Wer"), _("Zustand")], rows, (15, 50, 20, 15))


def _orders(shown: Page) -> Iterator[Block]:
    if shown.orders:
        yield Heading(_("Angebote und Aufträge"))
        rows = [
            [each.number, each.get_kind_display(), _day(each.ordered_on), _euros(each.total)]
            for each in shown.orders
        ]
        yield Table([_("Nummer"), _("Art"), _("vom"), _("Summe")], rows, (30, 25, 20, 25))


def _way(shown: Page) -> Iterator[Block]:
    yield Heading(_("Weg durch die Stufen"))
    rows = [
        [_day(timezone.localdate(step.at)), step.stage.name, step.get_state_display(),
         _euros(step.volume), _percent(step.probability), str(step.actor or UNKNOWN)]
        for step in shown.steps
    ]  # fmt: skip
    head = [_("am"), _("Stufe"), _("Zustand"), _("Volumen"), "%", _("durch")]
    yield Table(head, rows, (14, 24, 14, 18, 10, 20))


def _contacts(user: User, shown: Page) -> Iterator[Block]:
    found = dossier_contacts.latest(user=user, page=shown)
    if found:
        yield Heading(_("Letzte Kontakte"))
        rows = [[_moment(each.at), each.channel, each.who, each.said] for each in found]
        yield Table([_("Wann"), _("Kanal"), _("Mit wem"), _("Worüber")], rows, (18, 14, 24, 44))


def _state(deal: Opportunity) -> str:
    told = [str(deal.get_state_display())]
    if deal.closed_at:
        told += [_day(timezone.localdate(deal.closed_at)), str(deal.close_reason), deal.close_note]
    return " · ".join(each for each in told if each)


def _made(count: int, last_at: datetime | None) -> str:
    if last_at is None:
        return _("keine")
    return _("%(n)s, zuletzt %(day)s") % {"n": count, "day": _day(timezone.localdate(last_at))}


def _day(day: date | None) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT") if day else UNKNOWN


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def _percent(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value} %"


def _euros(value: Decimal | None) -> str:
    if value is None:
        return UNKNOWN
    return f"{formats.number_format(value, 2, use_l10n=True, force_grouping=True)} €"
