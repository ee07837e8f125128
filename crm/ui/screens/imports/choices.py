"""The fields a column can go to, grouped as the select shows them."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from contacts.importing import targets
from contacts.models import Criterion

UNDECIDED = "?"
LEAVE_OUT = ""
Choices = list[tuple[str, list[tuple[str, str]]]]

_GROUPS: dict[str, Promise] = {
    "person": pgettext_lazy("Einzahl", "Ansprechpartner"),
    "company": gettext_lazy("Firma"),
    "contact_point": gettext_lazy("Kontaktwege"),
    "address.business": gettext_lazy("Anschrift geschäftlich"),
    "address.private": gettext_lazy("Anschrift privat"),
    "address.labelled": gettext_lazy("Anschrift, Art aus Nachbarspalte"),
    "row": gettext_lazy("Zur ganzen Zeile"),
}


def grouped(criteria: Sequence[Criterion]) -> Choices:
    """All targets by group, active criteria last but one."""
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in _GROUPS}
    for target in targets.TARGETS.values():
        groups[_group_of(target)].append((target.code, str(target.label)))
    choices = [(str(_GROUPS[code]), entries) for code, entries in groups.items()]
    if criteria:
        asked = [(targets.CRITERION + each.code, each.label) for each in criteria]
        choices.insert(-1, (_("Kriterien"), asked))
    return choices


def labels(choices: Choices) -> dict[str, str]:
    """The label of each target."""
    return {code: label for _group, entries in choices for code, label in entries}


def _group_of(target: targets.Target) -> str:
    if target.group == "address":
        return target.code.rsplit(".", 1)[0]
    return target.group
