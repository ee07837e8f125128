"""Which rows of a chunk are new, known, about companies only, repeated, forbidden or for later."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from contacts.importing.prepared import PreparedRow
from contacts.importing.readers.table import Problem
from contacts.importing.storing.context import Context
from contacts.importing.storing.employers import Book
from contacts.importing.storing.matching import Known
from contacts.importing.storing.results import Result
from contacts.models import Person


class Sorting:
    """``new`` and ``known`` rows name persons, ``companies`` none; ``later`` ones wait for the next
    round because they are about the same person as a row before; ``results`` has all others."""

    def __init__(
        self,
        rows: Sequence[PreparedRow],
        known: dict[int, Known],
        book: Book,
        context: Context,
    ) -> None:
        self._book, self._update = book, context.run.update_existing
        self._visible = context.visible(
            Person, {each.person_id for each in known.values() if each.person_id}
        )
        self._seen: dict[str, Result] = {}
        self._updating: set[int] = set()
        self._repeated: list[tuple[Result, Result]] = []
        self.results: list[Result] = []
        self.new: list[Result] = []
        self.known: list[Result] = []
        self.companies: list[Result] = []
        self.later: list[PreparedRow] = []
        for row in rows:
            self._sort(Result(row, problems=list(row.notes)), known.get(row.number))

    @property
    def writing(self) -> list[Result]:
        """All rows that may write something, in the order of the file."""
        chosen = [*self.new, *self.known, *self.companies]
        return sorted(chosen, key=lambda result: result.row.number)

    def point_repeated_to_first(self) -> None:
        """Repeated rows are about whomever the first of them was about."""
        for result, first in self._repeated:
            result.person_id, result.company_id = first.person_id, first.company_id

    def _sort(self, result: Result, known: Known | None) -> None:
        row = result.row
        number = row.person.number if row.person else ""
        same_content = self._seen.get(row.fingerprint)
        same_number = self._seen.get(f"number {number}") if number else None
        if self._is_hidden(row, known):
            self.results.append(result.reject(_not_yours()))
        elif same_content:
            self._repeat(result, same_content)
        elif same_number and self._update:
            self.later.append(row)
        elif same_number:
            self._repeat(result, same_number)
        elif known:
            self._sort_known(result, known)
        else:
            self._accept(result, self.new if row.person else self.companies, number)

    def _sort_known(self, result: Result, known: Known) -> None:
        result.person_id, result.company_id = known.person_id, known.company_id
        if known.same:
            self.results.append(result.unchanged(_taken_over_before()))
        elif not self._update:
            self.results.append(result.unchanged(_known_already()))
        elif known.person_id is None:
            self._accept(result, self.companies, "")
        elif known.person_id in self._updating:
            self.later.append(result.row)
        else:
            self._updating.add(known.person_id)
            self._accept(result, self.known, "")

    def _accept(self, result: Result, group: list[Result], number: str) -> None:
        self._seen[result.row.fingerprint] = result
        if number:
            self._seen[f"number {number}"] = result
        group.append(result)
        self.results.append(result)

    def _repeat(self, result: Result, first: Result) -> None:
        self._repeated.append((result, first))
        self.results.append(result.unchanged(_twice(first.row.number)))

    def _is_hidden(self, row: PreparedRow, known: Known | None) -> bool:
        """Whether the row is about a record that the importing user may not see."""
        if known and known.person_id and known.person_id not in self._visible:
            return True
        return bool(row.company and row.company.number in self._book.hidden_numbers)


def _taken_over_before() -> Problem:
    return Problem("same-before", _("Genau diese Zeile wurde schon einmal übernommen."))


def _known_already() -> Problem:
    return Problem(
        "known-already",
        _("Schon vorhanden und nicht geändert."),
        proposal=_("Wählen Sie „Vorhandene aktualisieren“, um sie zu ergänzen."),
    )


def company_known() -> Problem:
    """The reason of a row whose company exists already."""
    return Problem("company-known", _("Die Firma ist schon vorhanden; nichts Neues."))


def _twice(line: int) -> Problem:
    return Problem(
        "twice-in-file", _("Zweimal in der Datei, zuerst in Zeile %(line)d.") % {"line": line}
    )


def _not_yours() -> Problem:
    return Problem(
        "not-permitted",
        _("Die Nummer gehört zu einem Eintrag, den Sie nicht ändern dürfen."),
        proposal=_("Bitten Sie jemanden mit weiter reichender Rolle um diesen Import."),
    )
