"""The file of a consent: what was declared, on which text, with which proof, and what followed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consent import histories
from consent.desk import keeping
from consent.histories import Entry
from consent.models import ConsentText, EventKind, Evidence, LedgerEvent


@dataclass(frozen=True, slots=True)
class ConsentFile:
    """``later`` are the events about it, the oldest first; ``lost`` hashes without a file."""

    root: LedgerEvent
    entry: Entry
    text: ConsentText | None
    evidence: tuple[Evidence, ...]
    lost: tuple[str, ...]
    later: tuple[Entry, ...]
    keep_until: date
    events: tuple[LedgerEvent, ...]

    @property
    def is_telephone(self) -> bool:
        """Whether § 7a UWG asks for it."""
        return keeping.is_telephone(self.root)

    @property
    def uses(self) -> list[Entry]:
        """Contacts that were made on it."""
        return [entry for entry in self.later if entry.kind == EventKind.USED]

    @property
    def ends(self) -> list[Entry]:
        """Withdrawals and what else ended it."""
        ending = (EventKind.WITHDRAWN, EventKind.EXPIRED, EventKind.INVALIDATED)
        return [entry for entry in self.later if entry.kind in ending]


def of(roots: Iterable[LedgerEvent]) -> list[ConsentFile]:
    """The files of consents, in their order (at most 9 queries)."""
    ids = [root.public_id for root in roots]
    rows = LedgerEvent.objects.select_related("payload").order_by("seq")
    firsts = {event.public_id: event for event in rows.filter(public_id__in=ids)}
    later: dict[UUID, list[LedgerEvent]] = {}
    for event in rows.filter(about__in=ids):
        if event.about is not None:
            later.setdefault(event.about, []).append(event)
    everything = [*firsts.values(), *(event for events in later.values() for event in events)]
    told = {entry.event: entry for entry in histories.told(everything)}
    texts = ConsentText.objects.select_related("controller").filter(
        sha256__in={event.text for event in firsts.values() if event.text}
    )
    wordings = {text.sha256: text for text in texts}
    named = {digest for event in everything for digest in event.evidence}
    pieces = {piece.sha256: piece for piece in Evidence.objects.filter(sha256__in=named)}
    files = []
    for public_id in ids:
        root, after = firsts[public_id], later.get(public_id, [])
        digests = list(dict.fromkeys(d for event in (root, *after) for d in event.evidence))
        files.append(
            ConsentFile(
                root=root,
                entry=told[public_id],
                text=wordings.get(root.text) if root.text else None,
                evidence=tuple(pieces[each] for each in digests if each in pieces),
                lost=tuple(each for each in digests if each not in pieces),
                later=tuple(told[event.public_id] for event in after),
                keep_until=keeping.keep_until(root, after),
                events=(root, *after),
            )
        )
    return files
