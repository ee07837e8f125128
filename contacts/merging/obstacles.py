"""What stands in the way of an undo: later merges that built upon this one."""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from contacts.merging import findings, reading, refusals
from contacts.merging.links import links_to, pointing_at
from contacts.merging.returning import Return
from contacts.models import Company, Merge, MergeEntry, Person

_JOURNAL: Final = f'"{MergeEntry._meta.db_table}"'


def sentence(merge: Merge, back: Return) -> str:
    """Why the merge cannot be undone now, and what to do; "" if it can."""
    survivor = reading.survivor_of(merge)
    if survivor.merged_into is not None:
        return _(
            "%(survivor)s ging später in %(into)s auf. Nehmen Sie erst diese Zusammenführung "
            "zurück."
        ) % {"survivor": survivor.full_name, "into": survivor.merged_into.full_name}
    if later := _built_upon(merge, back):
        names = [m.label for m in later.members.all() if not m.is_survivor]
        return _(
            "Die Zusammenführung mit %(names)s vom %(day)s baut auf dieser auf. Nehmen Sie erst "
            "jene zurück."
        ) % {"names": ", ".join(names), "day": refusals.day(later.merged_at)}
    if number := _taken_number(merge, back):
        return _(
            "Die ERP-Nummer %(number)s hat inzwischen eine andere Firma. Ändern Sie sie erst dort."
        ) % {"number": number}
    return _lost_side(merge, back)


def _built_upon(merge: Merge, back: Return) -> Merge | None:
    """The last later merge that folded or changed a row of this one's."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT max(later.merge_id) FROM {_JOURNAL} AS mine JOIN {_JOURNAL} AS later "
            'ON later.model = mine.model AND (later."row" = mine."row" '
            "OR (later.kept = mine.\"row\" AND mine.act = 'MOVED')) "
            "JOIN contacts_merge AS m ON m.id = later.merge_id "
            "WHERE mine.merge_id = %(merge)s AND m.id > %(merge)s AND m.undone_at IS NULL "
            "AND mine.model <> ALL(%(derived)s) AND mine.act <> 'FOLDED' AND "
            '(later.act = \'FOLDED\' OR (later."row" = mine."row" AND later.before '
            "?| ARRAY(SELECT jsonb_object_keys(mine.before - '(own)'))))",
            {"merge": merge.pk, "derived": list(findings.MODELS)},
        )
        (found,) = cursor.fetchone()
        if found is None:
            cursor.execute(
                f"SELECT max(e.merge_id) FROM {_JOURNAL} AS e JOIN contacts_merge AS m "
                "ON m.id = e.merge_id WHERE m.id > %(merge)s AND m.undone_at IS NULL "
                'AND e.model = %(model)s AND e."row" = ANY(%(others)s)',
                {
                    "merge": merge.pk,
                    "model": reading.model_of(merge)._meta.label_lower,
                    "others": list(back.others),
                },
            )
            (found,) = cursor.fetchone()
    return Merge.objects.prefetch_related("members").filter(pk=found).first() if found else None


def _taken_number(merge: Merge, back: Return) -> str:
    """An ERP number that a restored company had and another one has now."""
    if reading.model_of(merge) is not Company:
        return ""
    members = {back.survivor, *back.others}
    for member in merge.members.all():
        number = member.before.get("erp_number")
        if member.is_survivor:
            number = (member.changes.get("erp_number") or [""])[0]
        taken = Company.with_aliases.filter(erp_number=number or "-").exclude(pk__in=members)
        if number and taken.exclude(merged_into=back.survivor).exists():
            return str(number)
    return ""


def _lost_side(merge: Merge, back: Return) -> str:
    """A folded row names another record that itself went into one since (two queries)."""
    for other in (Person, Company):
        if found := _alias_named_by(merge, back, other):
            return _(
                "%(record)s ging inzwischen in %(into)s auf. Nehmen Sie erst diese "
                "Zusammenführung zurück."
            ) % {"record": found.full_name, "into": found.merged_into}
    return ""


def _alias_named_by(merge: Merge, back: Return, other: Any) -> Any:
    models = {link.label: link.model for link in links_to(reading.model_of(merge))}
    named = [
        (label, field.column)
        for label, model in models.items()
        for field in pointing_at(model, other)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id FROM {_JOURNAL} AS e "
            "JOIN unnest(%(labels)s::text[], %(columns)s::text[]) AS named(model, field) "
            f'ON named.model = e.model JOIN "{other._meta.db_table}" AS r '
            "ON r.id = (e.before->>named.field)::bigint WHERE e.merge_id = %(merge)s "
            "AND e.act = 'FOLDED' AND r.merged_into_id IS NOT NULL "
            "AND NOT (%(same)s AND r.id = ANY(%(others)s)) ORDER BY e.id LIMIT 1",
            {
                "labels": [label for label, _column in named],
                "columns": [column for _label, column in named],
                "merge": merge.pk,
                "same": reading.model_of(merge) is other,
                "others": list(back.others),
            },
        )
        row = cursor.fetchone()
    return other.with_aliases.select_related("merged_into").get(pk=row[0]) if row else None
