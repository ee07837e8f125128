"""What the desk found: contacts that were wrong, consents that are worth nothing, gaps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import connection
from django.db.models import Avg, DurationField, ExpressionWrapper, F, Max
from django.utils.translation import gettext_lazy as _

from consent import controllers, histories, texts
from consent.decision.consents import months_later
from consent.desk import hindsight
from consent.gate import POLICY
from consent.histories import Entry, History
from consent.models import ROOTS, ConsentText, EventKind, LedgerEvent, TextStatus
from consent.notices import overview
from crm.kernel import errors

MOST = 200  # so many of a kind are counted; beyond it is "more"
SHOWN = 50
Urgency = Literal["no", "check"]
TITLES = {
    "violation": _("Kontakt im Nachhinein ohne Grundlage"),
    "undecided": _("Kontakt ohne Entscheidung"),
    "unproved": _("Einwilligung ohne Beleg"),
    "stale": _("Einwilligung älter als 24 Monate"),
    "weak-telephone": _("Anruf-Einwilligung mit schwachem Nachweis"),
    "text-gap": _("Einwilligung auf lückenhaftem Text"),
    "text-unsound": _("Veröffentlichter Text mit Lücke"),
    "notice-outdated": _("Datenschutzhinweise, die nicht mehr stimmen"),
    "slow": _("Widerruf oder Widerspruch spät erfasst"),
}
NOTES = {
    "violation": _("damals erlaubt, heute anders bewertet"),
    "undecided": _("niemand hat vorher gefragt"),
    "unproved": _("nicht verwendbar, bis der Beleg da ist"),
    "stale": _("vor der nächsten Nutzung klären"),
    "weak-telephone": _("§ 7a UWG verlangt mehr als einen Vermerk"),
    "text-gap": _("der Text nennt nicht alles Nötige"),
    "text-unsound": _("bitte eine neue Fassung veröffentlichen"),
    "notice-outdated": _("bitte eine neue Fassung veröffentlichen"),
    "slow": _("mehr als zwei Tage nach Eingang"),
}
URGENT = frozenset({"violation", "undecided", "text-unsound", "notice-outdated"})
LATE = timedelta(days=2)
FOUND_NOTHING: tuple[LedgerEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind: how many, and the first of them. ``names`` where they are no events."""

    kind: str
    count: int
    events: tuple[LedgerEvent, ...] = FOUND_NOTHING
    names: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is wrong."""
        return str(TITLES[self.kind])

    @property
    def note(self) -> str:
        """What that means."""
        return str(NOTES[self.kind])

    @property
    def urgency(self) -> Urgency:
        """The light of it."""
        return "no" if self.kind in URGENT else "check"

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count >= MOST

    def entries(self) -> list[Entry]:
        """The first of them in words (5 queries)."""
        return self.page().entries

    def page(self, *, before: int = 0) -> History:
        """Some of them in words, the newest first, older than the event ``before``."""
        older = [event.seq for event in self.events if not before or event.seq < before]
        shown, rest = older[:SHOWN], older[SHOWN:]
        rows = LedgerEvent.objects.filter(seq__in=shown)
        told = histories.told(rows.select_related("payload").order_by("-seq"))
        return History(told, shown[-1] if rest else 0)


@dataclass(frozen=True, slots=True)
class Latency:
    """From receipt to record of withdrawals and objections, over a year."""

    count: int
    mean: timedelta | None
    longest: timedelta | None


def all_of(*, at: datetime) -> list[Finding]:
    """Every kind of which there is any, the worst first."""
    found = [find(at) for find in _finders().values()]
    return [each for each in found if each.count]


def one(kind: str, *, at: datetime) -> Finding:
    """One kind, even if there is none of it.

    :raises errors.NotFound: there is no such kind
    """
    find = _finders().get(kind)
    if find is None:
        raise errors.NotFound(kind=kind)
    return find(at)


def latency(*, at: datetime) -> Latency:
    """How fast a no reaches the ledger (one query)."""
    rows = LedgerEvent.objects.filter(
        kind__in=[EventKind.WITHDRAWN, EventKind.OBJECTED],
        recorded_at__gt=at - timedelta(days=365),
    )
    delay = ExpressionWrapper(F("recorded_at") - F("effective_at"), output_field=DurationField())
    told = rows.aggregate(mean=Avg(delay), longest=Max(delay))
    return Latency(rows.count(), told["mean"], told["longest"])


def _finders() -> Mapping[str, Callable[[datetime], Finding]]:
    """How each kind is found, the worst first."""
    return {
        "violation": _of_events("violation", _violations),
        "undecided": _of_events("undecided", _undecided),
        "text-unsound": _unsound_texts,
        "notice-outdated": _outdated_notices,
        "unproved": _of_events("unproved", _unproved),
        "text-gap": _of_events("text-gap", _on_unsound_texts),
        "weak-telephone": _of_events("weak-telephone", _weak_telephone),
        "stale": _of_events("stale", _stale),
        "slow": _of_events("slow", _slow),
    }


def _of_events(
    kind: str, find: Callable[[datetime], Iterable[LedgerEvent]]
) -> Callable[[datetime], Finding]:
    def finding(at: datetime) -> Finding:
        found = tuple(find(at))
        return Finding(kind, len(found), found)

    return finding


def _unsound_texts(_at: datetime) -> Finding:
    names = tuple(str(text) for text in ConsentText.objects.all() if _has_gap(text))
    return Finding("text-unsound", len(names), names=names)


def _violations(_at: datetime) -> Iterable[LedgerEvent]:
    uses = hindsight.suspects(limit=MOST)
    permits = hindsight.permits_of(uses)
    for use in uses:
        permit = permits.get(use.details.get("decision", ""))
        if permit and hindsight.judge(use, permit).is_violation:
            yield use


def _undecided(_at: datetime) -> list[LedgerEvent]:
    return _select(
        """
        SELECT use.seq FROM consent_ledgerevent use
        WHERE use.kind = 'used' AND NOT EXISTS (
            SELECT FROM consent_contactdecision decision
            WHERE decision.public_id::text = use.details->>'decision')
        ORDER BY use.seq DESC LIMIT %(most)s
        """
    )


def _unproved(_at: datetime) -> list[LedgerEvent]:
    return _select(
        f"""
        SELECT root.seq FROM consent_ledgerevent root
        WHERE root.kind = ANY(%(roots)s) AND {_ALIVE}
          AND (root.kind = 'disputed' OR root.details->>'proof' = 'none')
          AND root.kind NOT IN ('refused', 'requested')
        ORDER BY root.seq DESC LIMIT %(most)s
        """
    )


def _on_unsound_texts(_at: datetime) -> list[LedgerEvent]:
    return _select(
        f"""
        SELECT root.seq FROM consent_ledgerevent root
        WHERE root.kind = ANY(%(roots)s) AND {_ALIVE} AND root.details ? 'text_missing'
        ORDER BY root.seq DESC LIMIT %(most)s
        """
    )


def _weak_telephone(_at: datetime) -> list[LedgerEvent]:
    return _select(
        f"""
        SELECT root.seq FROM consent_ledgerevent root
        WHERE root.kind = ANY(%(roots)s) AND {_ALIVE} AND 'phone' = ANY(root.channels)
          AND root.kind NOT IN ('refused', 'disputed', 'requested', 'pending')
          AND root.details->>'grade' IN ('C', 'D')
        ORDER BY root.seq DESC LIMIT %(most)s
        """
    )


def _stale(at: datetime) -> list[LedgerEvent]:
    return _select(
        f"""
        SELECT root.seq FROM consent_ledgerevent root
        WHERE root.kind = ANY(%(roots)s) AND {_ALIVE}
          AND root.kind NOT IN ('refused', 'disputed', 'requested') AND root.channels <> '{{}}'
          AND greatest(root.effective_at, (
            SELECT max(used.effective_at) FROM consent_ledgerevent used
            WHERE used.about = root.public_id AND used.kind = 'used')) < %(old)s
        ORDER BY root.seq DESC LIMIT %(most)s
        """,
        old=months_later(at, -POLICY.review_after_months),
    )


def _slow(at: datetime) -> Iterable[LedgerEvent]:
    rows = LedgerEvent.objects.filter(
        kind__in=[EventKind.WITHDRAWN, EventKind.OBJECTED],
        recorded_at__gt=F("effective_at") + LATE,
        effective_at__gt=at - timedelta(days=365),
    )
    return rows.order_by("-seq")[:MOST]


def _outdated_notices(_at: datetime) -> Finding:
    lines = overview.lines(controller=controllers.default())
    names = tuple(str(line.current) for line in lines if line.current and line.drift)
    return Finding("notice-outdated", len(names), names=names)


def _has_gap(text: ConsentText) -> bool:
    return text.status == TextStatus.PUBLISHED and bool(texts.missing_elements(text))


def _select(statement: str, **values: Any) -> list[LedgerEvent]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"roots": list(ROOTS), "most": MOST, **values})
        seqs = [seq for (seq,) in cursor.fetchall()]
    return list(LedgerEvent.objects.filter(seq__in=seqs).order_by("-seq"))


_ALIVE = """NOT EXISTS (
    SELECT FROM consent_ledgerevent ended
    WHERE ended.about = root.public_id AND ended.channels = '{}' AND ended.purposes = '{}'
      AND ended.kind IN ('withdrawn', 'expired', 'invalidated'))"""
