"""From the page of a record to the comparison with another one: which is it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from contacts import search as searching
from contacts.contact_points import Record
from contacts.duplicates import suspects
from contacts.searching.hits import Hit
from crm.accounts.policy import Permission
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates.words import BANDS, Band
from crm.ui.screens.records import subject
from crm.ui.screens.records.lookalikes import sub_of

MOST = 20
_SIGNS = {subject.PERSONS: "@", subject.COMPANIES: "#"}


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with the address of the comparison."""

    hit: Hit
    url: str


@dataclass(frozen=True, slots=True)
class Suspected:
    """A record that looks like the one at hand, with what tells it apart, and the address of the
    comparison."""

    record: Record
    sub: str
    band: Band
    url: str


@require_GET
@permitted(Permission.CONTACTS_MERGE)
def record_merge(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Look for the other record of the same kind; before anything is typed, who looks alike."""
    record = subject.seen(request, kind, public_id)
    if record.public_id != public_id:  # it was merged; until that is undone, it leads here
        return responses.redirect(request, subject.url("record-merge", record))
    text = request.GET.get("q", "").strip()
    results = searching.find(user=request.user, text=_SIGNS[kind] + text, limit=MOST)
    hits: Sequence[Hit] = [*results.persons, *results.companies]
    others = [hit for hit in hits if hit.public_id != record.public_id]
    context: dict[str, Any] = {
        "record": record,
        "kind": kind,
        "is_person": kind == subject.PERSONS,
        "home": subject.url_of(record),
        "here": subject.url("record-merge", record),
        "text": text,
        "is_empty": results.query.is_empty,
        "found": [Found(hit, _compare(record, hit.public_id)) for hit in others],
        "is_itself": len(others) < len(hits),
        "is_more": results.more_persons or results.more_companies,
        "suspects": _suspects(request, record) if results.query.is_empty else [],
    }
    return responses.render(request, "merging/counterpart.html", context, fragment="results")


def _suspects(request: Request, record: Record) -> list[Suspected]:
    found = []
    for pair in suspects.of_record(user=request.user, record=record)[:MOST]:
        other = pair.second if pair.first.pk == record.pk else pair.first
        url = _compare(record, other.public_id)
        found.append(Suspected(other, sub_of(other), BANDS[pair.band], url))
    return found


def _compare(record: Record, other: UUID) -> str:
    """The comparison, with the record at hand in the first column."""
    address = reverse("duplicate-compare", args=[subject.kind_of(record)])
    return f"{address}?{urlencode({'eintrag': [str(record.public_id), str(other)]}, doseq=True)}"
