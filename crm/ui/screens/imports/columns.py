"""The columns of a file as step three shows them, each with its finding in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contacts.importing import targets
from contacts.importing.mapping import Mapping
from contacts.importing.survey import Finding
from contacts.models import ContactPointKind, Criterion, Source
from crm.ui.formats import number
from crm.ui.screens.imports.choices import LEAVE_OUT, UNDECIDED

LONGEST_WORD = 60
VOCABULARIES = (
    "person.salutation",
    "person.title",
    "person.language",
    "employment.",
    "company.legal_form",
    "company.industry",
    "criterion.",
    "owner.",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``state`` is that of a light."""

    state: str
    word: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One column; ``words`` pair what stands in the file with its translation, ``answers`` are
    the translations that the field understands, if these are few."""

    position: int
    finding: Finding
    chosen: str
    verdict: Verdict
    words: list[tuple[str, str]]
    answers: Sequence[str] = ()

    @property
    def reason(self) -> str:
        """The first sentence of the first refusal."""
        problem = self.finding.problem
        return re.split(r"(?<=[.:]) ", problem.message)[0].rstrip(":.") if problem else ""

    @property
    def is_blank(self) -> bool:
        """Whether the column is empty in all rows looked at."""
        return not self.finding.filled

    @property
    def wants_words(self) -> bool:
        """Whether the translations are to be seen at once: some exist or would help."""
        return bool(self.finding.refused) or any(after for _before, after in self.words)


def lines(
    findings: Sequence[Finding],
    mapping: Mapping,
    *,
    source: Source,
    criteria: Sequence[Criterion] = (),
) -> list[Line]:
    """All columns in the order of the file."""
    answers = {
        targets.CRITERION + each.code: [choice.label for choice in each.choices.all()]
        for each in criteria
    }
    return [
        _line(position, finding, mapping, source, answers)
        for position, finding in enumerate(findings)
    ]


def decided(mapping: Mapping, header: Sequence[str]) -> int:
    """How many columns somebody, or the programme by itself, has decided on."""
    return sum(name in mapping.columns for name in header)


def _line(
    position: int,
    finding: Finding,
    mapping: Mapping,
    source: Source,
    answers: dict[str, list[str]],
) -> Line:
    if finding.name not in mapping.columns:
        chosen = UNDECIDED
    else:
        chosen = mapping.columns[finding.name] or LEAVE_OUT
    table = mapping.translations.get(chosen, {}) if chosen else {}
    known = finding.words if _has_vocabulary(chosen, finding.words) else []
    words = [(word, table.get(word, "")) for word in dict.fromkeys((*known, *table))]
    verdict = _verdict(finding, chosen, source)
    return Line(position, finding, chosen, verdict, words, answers.get(chosen, ()))


def _has_vocabulary(code: str, words: Sequence[str]) -> bool:
    """Whether the field knows certain words only, and these are few and short."""
    is_one = code.startswith(VOCABULARIES) or code.endswith(".country")
    return is_one and all(len(word) <= LONGEST_WORD for word in words)


def _verdict(finding: Finding, chosen: str, source: Source) -> Verdict:
    if chosen == UNDECIDED:
        return Verdict("check", _("Bedeutung?"), _("ohne Wahl nicht übernommen"))
    if chosen == LEAVE_OUT:
        return Verdict("if", _("weggelassen"))
    if finding.is_unlicensed:
        return Verdict("no", _("nicht lizenziert"), _allowed(source))
    if not finding.filled:
        return Verdict("ask", _("leer"))
    empty = _("%(n)s leer") % {"n": number(finding.empty)} if finding.empty else ""
    if finding.refused:
        read = _("%(n)s gelesen") % {"n": number(finding.read)}
        word = _("%(n)s prüfen") % {"n": number(finding.refused)}
        return Verdict("check", word, ", ".join(filter(None, (read, empty))))
    return Verdict("yes", _("%(n)s gelesen") % {"n": number(finding.read)}, empty)


def _allowed(source: Source) -> str:
    channels = [str(ContactPointKind(code).label) for code in source.licensed_channels]
    return _("%(source)s gab nur %(channels)s") % {
        "source": source.supplier or source.name,
        "channels": _(" und ").join(channels),
    }
