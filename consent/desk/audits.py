"""The audit report: coverage, grounds of contacts, findings and the state of the ledger."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consent import recording
from consent.decision import words
from consent.decision.codes import Ground
from consent.desk import coverage, findings, samples, states
from consent.desk.blocks import Block, Facts, Heading, Table, Text
from consent.desk.coverage import Row
from consent.desk.findings import Finding, Latency
from consent.desk.reports import Report
from consent.desk.samples import Sample
from consent.desk.states import State
from consent.models import ContactDecision, ProvisionMedium, ProvisionStatus
from consent.notices import counting
from consent.notices.counting import Figures
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit

DRAWN = 10


@transaction.atomic
def make(*, actor: User | None, at: datetime, seed: int | None = None) -> Report:
    """Everything as it stands; that it was made is told in the audit log.

    Without an ``actor`` it is the operator at the machine.

    :raises errors.NotPermitted: the role may not audit
    """
    if actor is not None:
        policy.require(actor, policy.Permission.CONSENT_AUDIT)
    rows, found = coverage.rows(at=at), findings.all_of(at=at)
    late, state = findings.latency(at=at), states.state()
    notices = counting.figures(at=at)
    sample = samples.draw(count=DRAWN, seed=seed or samples.new_seed(), size=recording.size())
    grounds = _grounds()
    audit.record(actor=actor, action="ledger.report-made", context={"seed": sample.seed}, at=at)
    return Report(
        name=f"pruefbericht-{timezone.localdate(at):%Y-%m-%d}",
        title=_("Prüfbericht zu Einwilligungen"),
        subtitle=_("Abdeckung, Feststellungen und Stichprobe"),
        blocks=list(_blocks(rows, found, late, state, sample, grounds, notices)),
        data={
            "made_at": timezone.localtime(at).isoformat(),
            "ledger": _state_data(state),
            "coverage": [
                {
                    "channel": row.channel,
                    "purpose": row.purpose,
                    "contact_points": row.points,
                    "open": row.open,
                    "grades": row.grades,
                    **row.states,
                }
                for row in rows
            ],
            "grounds": grounds,
            "findings": [
                {
                    "kind": each.kind,
                    "count": each.count,
                    "is_more": each.is_more,
                    "events": [event.seq for event in each.events],
                    "names": list(each.names),
                }
                for each in found
            ],
            "latency_seconds": {
                "count": late.count,
                "mean": late.mean.total_seconds() if late.mean else None,
                "longest": late.longest.total_seconds() if late.longest else None,
            },
            "notices": {
                "counts": [list(each) for each in notices.counts],
                "mean_seconds": notices.seconds,
                "left": notices.left,
                "overdue": notices.overdue,
            },
            "sample": {
                "seed": sample.seed,
                "size": sample.size,
                "among": sample.among,
                "drawn": [
                    {"seq": each.entry.seq, "is_violation": each.judged.is_violation}
                    for each in sample.drawn
                ],
            },
        },
        head=[
            *(_("Kanal"), _("Zweck"), _("Kontaktwege"), _("erteilt"), _("prüfen")),
            *(_("beendet"), _("nicht gefragt"), _("Nachweisstufen")),
        ],
        rows=[_cells(row) for row in rows],
        at=at,
    )


def _blocks(
    rows: list[Row],
    found: list[Finding],
    late: Latency,
    state: State,
    sample: Sample,
    grounds: dict[str, int],
    notices: Figures,
) -> Iterable[Block]:
    yield Heading(_("Zustand des Protokolls"))
    yield Facts(_state_facts(state))
    yield Heading(_("Abdeckung"))
    yield Text(_("Gezählt sind Kontaktwege in Gebrauch; „erteilt“ mit der Stufe des Nachweises."))
    yield Table(
        [
            *(_("Kanal"), _("Zweck"), _("Wege"), _("erteilt"), _("prüfen"), _("beendet")),
            *(_("nicht gefragt"), _("Stufen")),
        ],
        [_cells(row) for row in rows],
        (14, 24, 9, 10, 9, 10, 12, 12),
    )
    yield Heading(_("Kontakte nach Grundlage"))
    yield Table(
        [_("Grundlage"), _("Entscheidungen")],
        [[_ground(code), str(count)] for code, count in grounds.items()] or [["–", "0"]],
        (70, 30),
    )
    yield Heading(_("Feststellungen"))
    if not found:
        yield Text(_("Keine."))
    else:
        yield Table(
            [_("Anzahl"), _("Feststellung"), _("Ereignisse")],
            [[_count(each), f"{each.title}: {each.note}", _which(each)] for each in found],
            (12, 52, 36),
        )
    yield Facts(
        [
            (_("Widersprüche und Widerrufe"), str(late.count)),
            (_("bis zur Erfassung im Mittel"), _hours(late.mean)),
            (_("längstens"), _hours(late.longest)),
        ]
    )
    yield from _notices(notices)
    yield Heading(_("Stichprobe"))
    yield Text(
        _("%(count)d von %(among)d Kontakten, gezogen mit dem Startwert %(seed)d.")
        % {"count": len(sample.drawn), "among": sample.among, "seed": sample.seed}
    )
    if sample.drawn:
        yield Table(
            [_("Nr."), _("Wann"), _("Kontakt"), _("damals"), _("heute")],
            [
                [
                    str(each.entry.seq),
                    _moment(each.entry.effective_at),
                    " · ".join(each.entry.facts),
                    _yes(each.judged.then),
                    _yes(each.judged.now),
                ]
                for each in sample.drawn
            ],
            (8, 18, 46, 14, 14),
        )


def _notices(notices: Figures) -> Iterable[Block]:
    yield Heading(_("Datenschutzhinweise"))
    yield Table(
        [_("Weg"), _("Ausgang"), _("Anzahl")],
        [
            [str(ProvisionMedium(medium).label), str(ProvisionStatus(status).label), str(count)]
            for medium, status, count in notices.counts
        ]
        or [["–", "–", "0"]],
        (40, 40, 20),
    )
    seconds = number_format(notices.seconds, decimal_pos=0) if notices.seconds else "–"
    yield Facts(
        [
            (_("Sekunden je Skript im Mittel"), seconds),
            (_("noch zu informieren"), str(notices.left)),
            (_("davon überfällig"), str(notices.overdue)),
        ]
    )


def _grounds() -> dict[str, int]:
    rows = ContactDecision.objects.order_by().values_list("ground").annotate(count=Count("pk"))
    return dict(sorted(rows, key=lambda each: -each[1]))


def _ground(code: str) -> str:
    return words.words_of(get_language() or "de").grounds[Ground(code)].brief


def _cells(row: Row) -> list[str]:
    grades = ", ".join(f"{grade} {count}" for grade, count in row.grades.items())
    numbers = [row.points, *row.states.values(), row.open]
    return [row.channel_label, row.purpose_label, *map(str, numbers), grades or "–"]


def _count(each: Finding) -> str:
    return f"{each.count}+" if each.is_more else str(each.count)


def _which(each: Finding) -> str:
    named = [*each.names, *(str(event.seq) for event in each.events)]
    return ", ".join(named[:12]) + (" …" if len(named) > 12 else "")


def _state_facts(state: State) -> list[tuple[str, str]]:
    return [
        (_("Ereignisse"), str(state.size)),
        (_("Zuletzt geprüft"), _moment(state.verified_at) if state.verified_at else _("noch nie")),
        (_("Ergebnis"), _("unverändert") if state.is_valid else _("verändert oder ungeprüft")),
        *((_("Befund"), each) for each in state.findings),
    ]


def _state_data(state: State) -> dict[str, Any]:
    return {
        "size": state.size,
        "valid": state.is_valid,
        "verified_at": state.verified_at.isoformat() if state.verified_at else None,
        "findings": list(state.findings),
        "checkpoint": state.checkpoint.note if state.checkpoint else None,
    }


def _hours(delay: Any) -> str:
    if delay is None:
        return "–"
    hours = number_format(delay.total_seconds() / 3600, decimal_pos=1)
    return _("%(hours)s Stunden") % {"hours": hours}


def _yes(decision: Any) -> str:
    if decision is None:
        return _("nicht gefragt")
    return _("erlaubt") if decision else _("nicht erlaubt")


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "d.m.Y, H:i")
