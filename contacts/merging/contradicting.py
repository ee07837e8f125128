"""What speaks against making records one without looking at them, in a sentence."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from contacts.difference_texts import LABELS
from contacts.merging import checks
from contacts.merging.links import Record
from contacts.models import Company, ExternalId, MergeMember, Person

FIELDS: Final[dict[type[Any], tuple[str, ...]]] = {
    Person: ("salutation", "birth_date", "owner_id", "team_id"),
    Company: ("vat_id", "erp_number", "owner_id", "team_id"),
}


def contradictions(groups: Sequence[Sequence[Record]]) -> list[str]:
    """For each group of records the first thing that contradicts, "" if nothing does: a field or
    an owner that differs, two numbers in one system, a decision, an undone merge (three queries
    for all groups)."""
    records = [record for group in groups for record in group]
    if not records:
        return ["" for _group in groups]
    numbers, undone = _numbers(records), _undone(records)
    apart = {
        frozenset((each.first_person_id or each.first_company_id,
                   each.second_person_id or each.second_company_id))
        for each in checks.decided_different(records)
    }  # fmt: skip
    return [_of(group, numbers, undone, apart) for group in groups]


def _of(
    group: Sequence[Record],
    numbers: dict[int, set[str]],
    undone: dict[int, set[int]],
    apart: set[frozenset[int | None]],
) -> str:
    for name in FIELDS[type(group[0])]:
        if len({getattr(each, name) for each in group} - {None, ""}) > 1:
            return _("%(field)s verschieden") % {"field": LABELS[name.removesuffix("_id")]}
    ids = {each.pk for each in group}
    if any(pair <= ids for pair in apart):
        return _("schon als verschieden erkannt")
    if system := _twice([numbers.get(pk, set()) for pk in ids]):
        return _("mehrere Nummern im System %(system)s") % {"system": system}
    if _twice([undone.get(pk, set()) for pk in ids]):
        return _("schon einmal zusammengeführt und zurückgenommen")
    return ""


def _numbers(records: Sequence[Record]) -> dict[int, set[str]]:
    owner = records[0]._meta.model_name
    held: dict[int, set[str]] = defaultdict(set)
    rows = ExternalId.objects.filter(**{f"{owner}__in": records}).order_by()
    for pk, system in rows.values_list(f"{owner}_id", "system"):
        held[pk].add(system)
    return held


def _undone(records: Sequence[Record]) -> dict[int, set[int]]:
    owner = records[0]._meta.model_name
    took_part: dict[int, set[int]] = defaultdict(set)
    rows = MergeMember.objects.filter(
        merge__undone_at__isnull=False, **{f"{owner}__in": records}
    ).order_by()
    for pk, merge in rows.values_list(f"{owner}_id", "merge_id"):
        took_part[pk].add(merge)
    return took_part


def _twice(sets: Sequence[set[Any]]) -> Any:
    """Something that is in two of the sets; None if there is nothing."""
    seen: set[Any] = set()
    for each in sets:
        if both := seen & each:
            return min(both)
        seen |= each
    return None
