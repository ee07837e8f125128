"""What the merged records themselves become: the survivor takes the chosen values, the others
turn into aliases."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import F

from contacts.merging import checks
from contacts.merging.fields import Field, Why
from contacts.merging.links import Record
from contacts.models import Company, Person
from crm.kernel import audit

NUMBER: Final = "erp_number"
SOURCES: Final = "field_sources"
DERIVED: Final[dict[type[Record], tuple[str, ...]]] = {
    Person: ("completeness", "sort_key", "given_key", "surname_code", "given_code", "search"),
    Company: ("completeness", "sort_key", "name_code", "search"),
}


def take_over(
    survivor: Record, others: Sequence[Record], chosen: Sequence[Field], *, at: datetime
) -> audit.Changes:
    """Give the survivor the chosen values with their sources (not saved yet); what changed.

    Whatever number in the ERP is not chosen stays with an alias, so that it leads here.
    """
    records = {record.public_id: record for record in (survivor, *others)}
    changes: audit.Changes = {}
    for each in chosen:
        value = each.value
        if isinstance(survivor, Company) and each.name == "parent":
            parent = checks.new_parent(survivor, list(records.values()), value)
            value = Company.objects.filter(pk=parent).first() if parent else None
        before = getattr(survivor, each.name)
        if value == before:
            continue
        giver = records[each.chosen]
        setattr(survivor, each.name, value)
        changes[each.name] = [before, value]
        if each.why != Why.JOINED:
            _take_source(survivor, giver, each.name)
        if each.name == NUMBER:
            setattr(giver, NUMBER, before)
    survivor.version += 1
    survivor.updated_at = at
    return changes


def _take_source(survivor: Record, giver: Record, name: str) -> None:
    """The value keeps the source and the day of confirmation it had."""
    entry = giver.field_sources.get(name)
    if entry is None:
        day = giver.confirmed_on.isoformat() if giver.confirmed_on else None
        entry = {"source": giver.source_id, "confirmed_on": day}
    survivor.field_sources[name] = entry


def become_aliases(survivor: Record, others: Sequence[Record], *, at: datetime) -> None:
    """Save the others as aliases: without search keys, so that nothing finds them by name.

    The ERP number is unique: all give it back before anybody takes it.
    """
    model: Any = type(survivor)
    rows = model.with_aliases.filter(pk__in=[each.pk for each in others])
    if model is Company:
        model.with_aliases.filter(pk__in=[survivor.pk, *(each.pk for each in others)]).update(
            erp_number=""
        )
    empty: dict[str, Any] = dict.fromkeys(DERIVED[model], "")
    rows.update(
        **{**empty, "search": None, "completeness": 0},
        merged_into=survivor,
        duplicate_check_due=False,
        updated_at=at,
        version=F("version") + 1,
    )
    if model is Company:
        for each in others:
            if each.erp_number:  # type: ignore[union-attr]  # a company
                rows.filter(pk=each.pk).update(erp_number=each.erp_number)  # type: ignore[union-attr]


def changed_columns(
    before: Mapping[str, Any], after: Mapping[str, Any], model: type[Record]
) -> dict[str, list[Any]]:
    """Columns of the survivor that a merge changed, as ``[before, after]``.

    Columns that the index computes are left out: they follow from the others. Sources of fields
    are told apart, so that one can be set back while another one has changed.
    """
    changes = {
        name: [before[name], after[name]]
        for name in before
        if name not in (*DERIVED[model], SOURCES) and before[name] != after[name]
    }
    old, new = before[SOURCES], after[SOURCES]
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            changes[f"{SOURCES}.{name}"] = [old.get(name), new.get(name)]
    return changes
