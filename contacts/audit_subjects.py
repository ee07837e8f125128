"""What an audit row is about, as far as the reader may know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contacts import access
from contacts.models import Company, Criterion, ImportRun, MatchingRun, Person, Source
from crm.accounts import policy
from crm.accounts.models import Team, User, Visibility
from crm.kernel import errors
from crm.kernel.models import AuditEntry

Reader = User | None
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """``kind`` is a code of :data:`WORDS`. ``key`` names it in addresses, empty if it is gone or
    has no page; ``name`` is empty if the reader may not know it."""

    kind: str
    key: str = ""
    name: str = ""
    is_visible: bool = True


def _persons(reader: Reader) -> QuerySet[Any]:
    rows = Person.with_aliases.all()
    return rows.visible_to(reader) if reader else rows


def _companies(reader: Reader) -> QuerySet[Any]:
    rows = Company.with_aliases.all()
    return rows.visible_to(reader) if reader else rows


def _imports(reader: Reader) -> QuerySet[Any]:
    if reader is None:
        return ImportRun.objects.all()
    may = policy.may(reader, policy.Permission.CONTACTS_IMPORT)
    return access.imports_of(reader) if may else ImportRun.objects.none()


def _all_of(model: Any) -> Callable[[Reader], QuerySet[Any]]:
    return lambda _reader: model._default_manager.all()


KINDS: Final = {
    "contacts.person": "person",
    "contacts.company": "company",
    "contacts.importrun": "import",
    "contacts.matchingrun": "matching",
    "contacts.automaticmerging": "automation",
    "contacts.source": "source",
    "contacts.criterion": "criterion",
    "contacts.savedview": "view",
    "accounts.user": "user",
    "accounts.team": "team",
    "accounts.role": "role",
    "accounts.apitoken": "key",
    "history.activity": "activity",
    "history.appointment": "appointment",
    "history.appointmentkind": "appointment-kind",
    "history.calendarfeed": "feed",
    "history.telephonesystem": "telephones",
    "history.extension": "extension",
}
WORDS: Final[Mapping[str, Any]] = {
    "person": _("Ansprechpartner"),
    "company": _("Firma"),
    "import": _("Import"),
    "matching": _("Dublettensuche"),
    "automation": _("Automatisches Zusammenführen"),
    "source": _("Herkunft"),
    "criterion": _("Kriterium"),
    "view": _("Ansicht"),
    "user": _("Konto"),
    "team": _("Team"),
    "role": _("Rolle"),
    "key": _("Schlüssel"),
    "activity": _("Aktivität"),
    "appointment": _("Termin"),
    "appointment-kind": _("Terminzweck"),
    "telephones": _("Telefonanlage"),
    "extension": _("Nebenstelle"),
    "feed": _("Kalenderabonnement"),
}
_GUARDED: Final = frozenset({"person", "company", "import", "activity", "appointment"})
_ROWS: Final[dict[str, tuple[Callable[[Reader], QuerySet[Any]], str]]] = {
    "person": (_persons, "public_id"),
    "company": (_companies, "public_id"),
    "import": (_imports, "public_id"),
    "matching": (_all_of(MatchingRun), "public_id"),
    "source": (_all_of(Source), "public_id"),
    "criterion": (_all_of(Criterion), "code"),
    "user": (_all_of(User), "public_id"),
    "team": (_all_of(Team), "public_id"),
}


def find(*, reader: Reader, text: str) -> tuple[Place, Subject]:
    """What ``person:<uuid>`` means: type and number in audit rows, and what it is.

    :raises errors.NotFound: there is none, or the reader may not see it
    """
    kind, _colon, key = text.partition(":")
    if kind not in _ROWS:
        raise errors.NotFound(object=text)
    rows, field = _ROWS[kind]
    try:
        found = rows(reader).filter(**{field: key}).first()
    except (ValidationError, ValueError) as error:
        raise errors.NotFound(object=text) from error
    if found is None:
        raise errors.NotFound(object=text)
    return (found._meta.label_lower, found.pk), Subject(kind, key, str(found))


def of(*, reader: Reader, entries: Iterable[AuditEntry]) -> dict[int, Subject | None]:
    """What each of the entries is about, by the entry's number; None if it is about nothing.

    One query for each kind of object among them. A person, company or import that the reader may
    not see has no name. Of one that is gone only those who see everything learn the name.
    """
    entries = list(entries)
    numbers: dict[str, set[int]] = {}
    for entry in entries:
        if entry.object_id is not None:
            numbers.setdefault(_kind(entry), set()).add(entry.object_id)
    keys = {kind: _keys(reader, kind, found) for kind, found in numbers.items()}
    sees_all = reader is None or reader.access.visibility == Visibility.ALL
    return {entry.pk: _subject(entry, keys, sees_all=sees_all) for entry in entries}


def _kind(entry: AuditEntry) -> str:
    return KINDS.get(entry.object_type, entry.object_type)


def _keys(reader: Reader, kind: str, numbers: set[int]) -> dict[int, str]:
    if kind not in _ROWS:
        return {}
    rows, field = _ROWS[kind]
    found = rows(reader).order_by().filter(pk__in=numbers).values_list("pk", field)
    return {pk: str(key) for pk, key in found}


def _subject(
    entry: AuditEntry, keys: dict[str, dict[int, str]], *, sees_all: bool
) -> Subject | None:
    if entry.object_id is None:
        return None
    kind = _kind(entry)
    key = keys[kind].get(entry.object_id, "")
    if kind in _GUARDED and not key and not sees_all:
        return Subject(kind, is_visible=False)
    return Subject(kind, key, entry.object_label)
