"""Files of persons for the matching benchmarks: columns guessed, values normalised, rows loaded.

The rows go where the product keeps them (persons, contact points, addresses, employments,
signatures); two processes normalise and COPY them. That is preparation and not measured.
"""

import json
import multiprocessing
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

SYNONYMS = {
    "first_name": "first_name given_name given vorname firstname forename",
    "last_name": "last_name surname family_name nachname name lastname",
    "full_name": "full_name fullname name_full",
    "birth_date": "birth_date date_of_birth dob geburtsdatum geboren birthdate",
    "street": "street strasse straße address_1 street_name adresse",
    "house_no": "house_no house_number street_number hausnummer hausnr",
    "plz": "plz postcode postal_code zip postleitzahl postcode_fake",
    "city": "city ort suburb town stadt birth_place",
    "email": "email e_mail mail e-mail",
    "phone": "phone telefon telephone phone_number tel",
    "mobile": "mobile mobil handy cell",
    "company": "company firma organisation employer",
}
TRUTH = ("entity_id", "cluster", "cluster_id", "rec_id")
_CHUNK = 20_000
_FEBRL = re.compile(r"^rec-(\d+)-(?:org|dup)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded: truth per person (primary key - 1), how many of them are of file one."""

    truth: npt.NDArray[np.int64] | None
    first: int
    count: int


def columns_of(header: Sequence[str], given: Mapping[str, str] | None) -> dict[str, str]:
    """Our field → the file's column; in a given map our fields may go by their other names."""
    if given:
        ours = {word: field for field, words in SYNONYMS.items() for word in words.split()}
        named = {ours.get(field.lower(), field): column for field, column in given.items()}
        if strange := sorted(set(named) - set(SYNONYMS)):
            raise SystemExit(f"Unknown fields {strange}; known are {sorted(SYNONYMS)}.")
        if lost := sorted(set(named.values()) - set(header)):
            raise SystemExit(f"The file has no columns {lost}; it has {list(header)}.")
        return named
    names = {name.strip().lower(): name for name in header}
    found = {}
    for field, words in SYNONYMS.items():
        for word in words.split():
            if word in names:
                found[field] = names[word]
                break
    return found


def table(path: Path) -> Any:
    """The file as an Arrow table of texts."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    if path.suffix.lower() == ".parquet":
        found = parquet.read_table(path)
    else:
        with path.open("rb") as file:
            header = file.readline().decode("utf-8-sig")
        separator = max(",;\t", key=header.count)
        names = [name.strip().strip('"') for name in header.strip().split(separator)]
        found = csv.read_csv(
            path,
            read_options=csv.ReadOptions(column_names=names, skip_rows=1),
            parse_options=csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True
            ),
        )
    return found.cast(pa.schema([(name, pa.string()) for name in found.column_names]))


def truth_of(found: Any, column: str | None) -> npt.NDArray[np.int64] | None:
    """Numbers of the real persons behind the rows, if the file tells them."""
    name = column or next((each for each in TRUTH if each in found.column_names), None)
    if name is None:
        return None
    values = [text.strip() for text in found.column(name).to_pylist()]
    if name == "rec_id" and not column and not _FEBRL.match(values[0]):
        return None
    numbers: dict[str, int] = {}
    keys = [match[1] if (match := _FEBRL.match(text)) else text for text in values]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def load(files: Sequence[Path], *, columns: Mapping[str, str] | None, truth: str | None) -> Loaded:
    """Fill the database that the settings name; its persons are numbered from 1 in file order."""
    tables = [table(path) for path in files]
    answers = [truth_of(each, truth) for each in tables]
    told = (
        None
        if any(answer is None for answer in answers)
        else np.concatenate([answer for answer in answers if answer is not None])
    )
    if told is not None and len(tables) > 1:
        told = _same_numbers(tables, truth)
    with _Quickly() as indexes:
        start = 1
        for path, each in zip(files, tables, strict=True):
            _load_file(path, each, columns_of(each.column_names, columns), start)
            start += each.num_rows
        _unfold()
    _restore(indexes)
    return Loaded(told, tables[0].num_rows, start - 1)


def _same_numbers(tables: Sequence[Any], truth: str | None) -> npt.NDArray[np.int64]:
    import pyarrow as pa

    name = truth or next(each for each in TRUTH if each in tables[0].column_names)
    joined = pa.table(
        {name: pa.chunked_array([chunk for each in tables for chunk in each.column(name).chunks])}
    )
    found = truth_of(joined, truth)
    if found is None:
        raise SystemExit("The files tell no truth.")
    return found


class _Quickly:
    """Without foreign keys and secondary indexes while rows come in; gives their definitions."""

    def __enter__(self) -> list[str]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) "
                "FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
                "WHERE c.relname LIKE 'contacts\\_%' AND NOT i.indisunique"
            )
            found = cursor.fetchall()
            for name, _definition in found:
                cursor.execute(f"DROP INDEX {name}")
            cursor.execute(
                "CREATE UNLOGGED TABLE stage_point (person bigint, kind text, "
                'normalised text COLLATE "C", display text);'
                'CREATE UNLOGGED TABLE stage_place (person bigint, key text COLLATE "C", '
                "street text, house text, code text, city text);"
                "CREATE UNLOGGED TABLE stage_role (person bigint, company bigint)"
            )
        return [definition for _name, definition in found]

    def __exit__(self, *_error: object) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE stage_point, stage_place, stage_role")


def _restore(indexes: Sequence[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("ANALYZE")


def _load_file(path: Path, found: Any, columns: dict[str, str], start: int) -> None:
    """Cut the rows into chunks and let two processes load them."""
    from django.db import connections

    companies = _companies(found, columns)
    connections.close_all()
    bounds = [(low, min(low + _CHUNK, found.num_rows)) for low in range(0, found.num_rows, _CHUNK)]
    global _table, _columns, _company_ids, _start
    _table, _columns, _company_ids, _start = found, columns, companies, start
    context = multiprocessing.get_context("fork")
    with context.Pool(2) as pool:
        for _done in pool.imap_unordered(_load_chunk, bounds):
            pass


_table: Any = None
_columns: dict[str, str] = {}
_company_ids: dict[str, tuple[int, str]] = {}
_start = 1
_names: dict[str, int] = {}
_features: dict[int, bytes] = {}


def _companies(found: Any, columns: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Company of each text: (id, name without legal form); written."""
    if "company" not in columns:
        return {}
    from contacts.matching.normalise import Unreadable, company_name

    ids: dict[tuple[str, str], int] = {}
    by_text: dict[str, tuple[int, str]] = {}
    for text in found.column(columns["company"]).unique().to_pylist():
        if not text:
            continue
        try:
            name = company_name(text)
        except Unreadable:
            continue
        key = (name.name, name.legal_form)
        by_text[text] = (ids.setdefault(key, len(ids) + 1), name.name)
    _copy(
        "contacts_company",
        ("id", *_RECORD, "name", "legal_form", "industry_codes", "vat_id", "erp_number",
         "website", "name_code"),
        ((pk, *_record(pk, name), name, form, "{}", "", "", "", "")
         for (name, form), pk in ids.items()),
    )  # fmt: skip
    return by_text


_RECORD = (
    "public_id", "remark", "source_id", "field_sources", "created_at", "updated_at", "version",
    "completeness", "duplicate_check_due", "sort_key",
)  # fmt: skip
_NOW = datetime(2026, 11, 1, tzinfo=UTC)


def _record(pk: int, name: str) -> tuple[Any, ...]:
    public_id = UUID(int=(0x0193_0000_0000_7000_8000_0000_0000_0000) + pk)
    return (public_id, "", 1, "{}", _NOW, _NOW, 1, 50, False, name.lower()[:400])


def _copy(name: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    from django.db import connection

    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        with cursor.copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _load_chunk(bounds: tuple[int, int]) -> int:
    """Normalise and write one chunk; runs in a child process."""
    from contacts.matching.store import upkeep
    from contacts.models import MatchingKind

    low, high = bounds
    part = _table.slice(low, high - low)
    facts = list(facts_of(part, _columns, _company_ids, _start + low))
    persons = [
        (each.id, *_record(each.id, each.surname), "", "", each.given_name, "",
         each.surname or "–" if not each.given_name else each.surname, each.birth_date, "de",
         "", "", "")
        for each in facts
    ]  # fmt: skip
    _copy(
        "contacts_person",
        ("id", *_RECORD, "salutation", "title", "given_name", "particle", "surname", "birth_date",
         "language", "given_key", "surname_code", "given_code"),
        iter(persons),
    )  # fmt: skip
    _copy("stage_point", ("person", "kind", "normalised", "display"), _points(facts))
    _copy("stage_place", ("person", "key", "street", "house", "code", "city"), _places(facts))
    _copy(
        "stage_role", ("person", "company"),
        ((each.id, pk) for each in facts for pk, _name in each.employers),
    )  # fmt: skip
    for at in range(0, len(facts), 5000):
        upkeep.write(MatchingKind.PERSON, {each.id: each for each in facts[at : at + 5000]})
    return high - low


def _points(facts: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for each in facts:
        for mail in each.emails:
            yield each.id, "EMAIL", mail, mail
        for phone in each.phones:
            mobile = re.match(r"\+491[567]", phone)
            yield each.id, "MOBILE" if mobile else "PHONE", phone, phone


def _places(facts: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for each in facts:
        for place in each.places:
            if place.postal_code or place.city or place.street:
                key = "|".join((place.street, place.house_number, place.postal_code, place.city))
                yield (each.id, key.lower()[:400], place.street[:200], place.house_number[:20],
                       place.postal_code[:12], place.city[:150] or "?")  # fmt: skip


def facts_of(
    found: Any, columns: Mapping[str, str], companies: Mapping[str, tuple[int, str]], start: int
) -> Iterator[Any]:
    """The rows of a table as :class:`contacts.matching.signatures.Facts`, numbered from start."""
    from contacts.matching.signatures import Facts, Place

    texts = {
        field: [text or "" for text in found.column(name).to_pylist()]
        for field, name in columns.items()
    }
    nothing = [""] * found.num_rows

    def column(field: str) -> list[str]:
        return texts.get(field, nothing)

    for at in range(found.num_rows):
        given, surname = column("first_name")[at], column("last_name")[at]
        if not given and not surname and column("full_name")[at]:
            given, _space, surname = column("full_name")[at].rpartition(" ")
        given, surname = _name(given, surname)
        company = companies.get(column("company")[at])
        place = Place(
            *(column(field)[at].strip() for field in ("street", "house_no", "plz", "city"))
        )
        phones = [_phone(column("phone")[at]), _phone(column("mobile")[at])]
        mail = _mail(column("email")[at])
        yield Facts(
            id=start + at,
            given_name=given,
            surname=surname,
            birth_date=_day(column("birth_date")[at]),
            emails=[mail] if mail else [],
            phones=list(dict.fromkeys(phone for phone in phones if phone)),
            places=[place] if place != Place() else [],
            employers=[company] if company else [],
        )


@lru_cache(maxsize=1 << 16)
def _name(given: str, surname: str) -> tuple[str, str]:
    from contacts.matching.normalise import Unreadable, name_fields

    try:
        parts = name_fields(given_name=given, surname=surname)
    except Unreadable:
        return given.strip(), surname.strip()
    return parts.given_name[:150], parts.surname[:150]


@lru_cache(maxsize=1 << 15)
def _day(text: str) -> date | None:
    from contacts.matching.normalise import Unreadable, birth_date

    text = text.strip()
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    try:
        return birth_date(text, today=date(2026, 11, 1)) if text else None
    except (Unreadable, TypeError):
        return None


def _mail(text: str) -> str:
    from contacts.matching.normalise import Unreadable, email

    try:
        return email(text) if text else ""
    except Unreadable:
        return ""


def _phone(text: str) -> str:
    from contacts.matching.normalise import Unreadable, phone

    try:
        return phone(text).e164 if text else ""
    except Unreadable:
        digits = re.sub(r"\D", "", text)
        return f"+{digits}" if len(digits) > 5 else ""


def _unfold() -> None:
    """Contact points once each, who holds them, addresses and employments."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET work_mem = '256MB'")
        cursor.execute(
            "INSERT INTO contacts_contactpoint (public_id, kind, normalised, display) "
            "SELECT gen_random_uuid(), kind, normalised, min(display) FROM ("
            "SELECT kind, normalised, display FROM stage_point UNION ALL "
            "SELECT 'POSTAL', key, key FROM stage_place) AS s GROUP BY kind, normalised"
        )
        cursor.execute(
            "INSERT INTO contacts_contactpointholder (person_id, contact_point_id, purpose, label, "
            "is_preferred, status, verified_how, source_id, created_at) "
            "SELECT s.person, p.id, '', '', false, 'ACTIVE', '', 1, now() FROM stage_point s "
            "JOIN contacts_contactpoint p ON p.kind = s.kind AND p.normalised = s.normalised"
        )
        cursor.execute(
            "INSERT INTO contacts_address (person_id, contact_point_id, kind, street, "
            "house_number, extra, po_box, postal_code, city, country, source_id, created_at) "
            "SELECT s.person, p.id, 'BUSINESS', s.street, s.house, '', '', s.code, s.city, 'DE', "
            "1, now() FROM stage_place s JOIN contacts_contactpoint p "
            "ON p.kind = 'POSTAL' AND p.normalised = s.key"
        )
        cursor.execute(
            "INSERT INTO contacts_employment (person_id, company_id, function, department, "
            "is_primary, source_id, created_at) "
            "SELECT person, company, '', '', true, 1, now() FROM stage_role"
        )
        for name in ("person", "company"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('contacts_{name}', 'id'), "
                f"greatest(max(id), 1)) FROM contacts_{name}"
            )


def read_columns(path: Path | None) -> dict[str, str] | None:
    """MAP.json: our field → the file's column."""
    return json.loads(path.read_text()) if path else None
