"""What Splink 5 finds in a file, and in what time: the peer of our own matching.

    python -m benchmarks.splink_peer FILE --truth entity_id [--kind household|b2b]

The file is normalised before the clock starts. Then a process of its own reads the Parquet file,
trains the model, scores the pairs and groups them; that alone is measured. Pairs and groups are
judged at the thresholds at which Splink does best. Needs ``pip install splink duckdb pyarrow``.
"""

import argparse
import csv
import json
import logging
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from contacts.matching.normalise import (
    Unreadable,
    company_core,
    email,
    fold,
    is_freemail,
    phone,
    street_key,
)
from contacts.matching.normalise.streets import house_number
from contacts.matching.phonetics import cologne

try:
    from contacts.matching.nicknames import group_of
except ImportError:

    def group_of(name: str) -> int:
        return 0


Texts = list[str | None]
Ids = NDArray[np.int64]
FIELDS = (
    "first_name", "last_name", "birth_date", "street", "house_no", "plz", "city", "email", "phone",
    "mobile", "company",
)  # fmt: skip
_WRITTEN_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ROOT = Path(__file__).parents[1]
_FEBRL = re.compile(r"rec-(\d+)-(?:org|dup-\d+)")
_GROUP_THRESHOLDS = range(-4, 31)  # bits


def measure(frame_path: Path, columns: dict[str, str], truth: str | None, kind: str) -> dict:
    """Figures of Splink on a CSV or Parquet file.

    ``columns``: our field → column of the file; ``truth``: the column that names the person.
    """
    frame = read(frame_path)
    with tempfile.TemporaryDirectory() as folder:
        stock, scored = Path(folder) / "stock.parquet", Path(folder) / "scored.parquet"
        pyarrow.parquet.write_table(prepared(frame, columns), stock)
        command = [sys.executable, "-m", "benchmarks.splink_peer", str(stock), "--kind", kind]
        found = subprocess.run(
            [*command, "--scored", str(scored)], check=True, stdout=subprocess.PIPE, cwd=_ROOT
        )
        figures = json.loads(found.stdout.splitlines()[-1])
        pairs = pyarrow.parquet.read_table(scored)
    if truth is not None:
        figures |= _judged(pairs, _entities(frame[truth].to_pylist()))
    return figures


def read(path: Path) -> pa.Table:
    """All columns of a file, those of a CSV file as text; empty text is missing."""
    if path.suffix == ".parquet":
        return pyarrow.parquet.read_table(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
    sign = ";" if header.count(";") > header.count(",") else ","
    names = [name.strip() for name in next(csv.reader([header], delimiter=sign))]
    return pyarrow.csv.read_csv(
        path,
        pyarrow.csv.ReadOptions(column_names=names, skip_rows=1),
        pyarrow.csv.ParseOptions(delimiter=sign, newlines_in_values=True),
        pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True,
            quoted_strings_can_be_null=True, null_values=["", " "],
        ),
    )  # fmt: skip


def prepared(frame: pa.Table, columns: dict[str, str]) -> pa.Table:
    """The normalised columns that Splink compares and blocks on."""
    texts = {
        field: pc.utf8_trim_whitespace(frame[columns[field]].cast(pa.string())).to_pylist()
        for field in FIELDS
        if field in columns
    }
    made: dict[str, pa.Array] = {"unique_id": pa.array(range(frame.num_rows))}
    for field, derived in _DERIVED.items():
        if field in texts:
            for name, value in derived.items():
                made[name] = pa.array(_each(texts[field], value))
    if "birth_date" in made:
        made["birth_year"] = pc.utf8_slice_codeunits(made["birth_date"], 0, 4)
    return pa.table(made)


def _each(texts: Texts, value: Callable[[str], str | int | None]) -> list[str | int | None]:
    """The value of each text; what cannot be read or is empty is missing."""

    @cache
    def of(text: str | None) -> str | int | None:
        if not text:
            return None
        try:
            return value(text) or None
        except Unreadable:
            return None

    return [of(text) for text in texts]


def _name(text: str) -> str:
    return fold(text.lower().translate(_WRITTEN_UMLAUT))


def _word(at: int) -> Callable[[str], str]:
    return lambda text: [*_name(text).split(), ""][at if at >= 0 else at - 1]


def _iso(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else None


def _domain(text: str) -> str | None:
    domain = email(text).partition("@")[2]
    return None if is_freemail(domain) else domain


_DERIVED: dict[str, dict[str, Callable[[str], str | int | None]]] = {
    "first_name": {
        "first_name": _name, "first_code": lambda text: cologne(_name(text)),
        "first_word": _word(0), "first_group": lambda text: group_of(_name(text)),
        "first_initial": lambda text: _name(text)[:1],
    },
    "last_name": {
        "last_name": _name, "last_code": lambda text: cologne(_name(text)),
        "last_begin": _word(0), "last_end": _word(-1),
        "last_begin_code": lambda text: cologne(_word(0)(text)),
        "last_end_code": lambda text: cologne(_word(-1)(text)),
    },
    "birth_date": {"birth_date": _iso},
    "street": {"street": street_key},
    "house_no": {"house_no": house_number},
    "plz": {"plz": str, "region": lambda text: text[:3]},
    "city": {"city": _name},
    "email": {
        "email": email, "mailbox": lambda text: email(text).partition("@")[0], "domain": _domain
    },
    "phone": {
        "phone": lambda text: phone(text).e164, "phone_stem": lambda text: phone(text).e164[:-2]
    },
    "mobile": {"mobile": lambda text: phone(text).e164},
    "company": {
        "company": company_core, "company_word": lambda text: company_core(text).split()[0]
    },
}  # fmt: skip


# -- The model: what is compared and blocked on, as far as the columns are there ----------------

_Levels = list[tuple[str, str]]  # (condition in SQL, label)
_SWAPPED = "first_name_l = last_name_r AND last_name_l = first_name_r"
_FIRST_NAME: _Levels = [
    (_SWAPPED, "swapped"),
    ("first_group_l = first_group_r", "nickname"),
    ("first_word_l = first_word_r", "same first word"),
    ("(length(first_name_l) = 1 OR length(first_name_r) = 1)"
     " AND first_initial_l = first_initial_r", "initial"),
    ("first_code_l = first_code_r", "same sound"),
    ("jaro_winkler_similarity(first_name_l, first_name_r) >= 0.92", "similar"),
    ("jaro_winkler_similarity(first_name_l, first_name_r) >= 0.85", "somewhat similar"),
]  # fmt: skip
_LAST_NAME: _Levels = [
    (_SWAPPED, "swapped"),
    ("(last_begin_l <> last_end_l OR last_begin_r <> last_end_r) AND (last_begin_l IN "
     "(last_begin_r, last_end_r) OR last_end_l IN (last_begin_r, last_end_r))", "part of it"),
    ("last_code_l = last_code_r", "same sound"),
    ("jaro_winkler_similarity(last_name_l, last_name_r) >= 0.92", "similar"),
    ("jaro_winkler_similarity(last_name_l, last_name_r) >= 0.85", "somewhat similar"),
]  # fmt: skip
_BIRTH_DATE: _Levels = [
    ("birth_year_l = birth_year_r AND substr(birth_date_l, 6, 2) = substr(birth_date_r, 9, 2) "
     "AND substr(birth_date_l, 9, 2) = substr(birth_date_r, 6, 2)", "day and month exchanged"),
    ("damerau_levenshtein(birth_date_l, birth_date_r) <= 1", "one digit"),
    ("birth_year_l = birth_year_r AND (birth_date_l LIKE '%-01-01' OR birth_date_r LIKE '%-01-01')",
     "first of January"),
    ("substr(birth_date_l, 1, 7) = substr(birth_date_r, 1, 7)", "same month"),
    ("birth_year_l = birth_year_r", "same year"),
]  # fmt: skip
_EMAIL: _Levels = [
    ("mailbox_l = mailbox_r", "same mailbox"),
    ("jaro_winkler_similarity(mailbox_l, mailbox_r) >= 0.88", "similar"),
]
_WORK_EMAIL: _Levels = [
    ("mailbox_l = mailbox_r AND domain_l = domain_r", "same mailbox"),
    ("domain_l = domain_r AND jaro_winkler_similarity(mailbox_l, mailbox_r) >= 0.8", "similar"),
    ("domain_l = domain_r", "same domain"),
]
_PHONE: _Levels = [("damerau_levenshtein(phone_l, phone_r) <= 1", "one digit")]
_WORK_PHONE: _Levels = [
    ("phone_stem_l = phone_stem_r OR phone_stem_l || '0' = phone_r OR phone_stem_r || '0' = phone_l"
     " OR starts_with(phone_l, phone_stem_r) OR starts_with(phone_r, phone_stem_l)", "same stem"),
]  # fmt: skip
_COMPANY: _Levels = [
    ("company_word_l = company_word_r", "same first word"),
    ("jaro_winkler_similarity(company_l, company_r) >= 0.92", "similar"),
]
_ADDRESS: _Levels = [
    ("plz_l = plz_r AND street_l = street_r AND house_no_l = house_no_r", "same house"),
    ("plz_l = plz_r AND street_l = street_r", "same street"),
    ("plz_l = plz_r AND jaro_winkler_similarity(street_l, street_r) >= 0.9", "similar street"),
    ("city_l = city_r AND street_l = street_r AND house_no_l = house_no_r", "same house, town"),
    ("street_l = street_r AND house_no_l = house_no_r", "same house elsewhere"),
    ("plz_l = plz_r", "same postal code"),
    ("city_l = city_r", "same town"),
]
# Parts of the address by themselves, where there is neither mail nor number.
_STREET: _Levels = [
    ("jaro_winkler_similarity(street_l, street_r) >= 0.92", "similar"),
    ("jaro_winkler_similarity(street_l, street_r) >= 0.8", "somewhat similar"),
]
_HOUSE_NO: _Levels = [("damerau_levenshtein(house_no_l, house_no_r) <= 1", "one digit")]
_PLZ: _Levels = [("damerau_levenshtein(plz_l, plz_r) <= 1", "one digit")]
_CITY: _Levels = [("jaro_winkler_similarity(city_l, city_r) >= 0.88", "similar")]
_NULL_ADDRESS = "(plz_l IS NULL AND city_l IS NULL) OR (plz_r IS NULL AND city_r IS NULL)"

_CONTACTS = {"email", "phone", "mobile"}
_SWAPPED_CODES = "l.first_code = r.last_code AND l.last_code = r.first_code"
_PERSON_KEYS = [
    ("first_name", "last_name"), ("last_code", "birth_date"), ("first_code", "birth_date"),
    ("first_code", "last_code", "region"), ("first_code", "last_code", "birth_year"),
    ("first_group", "last_code", "region"), ("last_code", "plz"), ("plz", "street", "house_no"),
    ("first_code", "street", "house_no"), ("last_code", "street", "house_no"),
    ("plz", "birth_date"), ("email",), ("mailbox", "last_code"), ("mailbox", "first_code"),
    ("phone",), ("mobile",),
    f"{_SWAPPED_CODES} AND l.region = r.region",
    f"{_SWAPPED_CODES} AND l.birth_date = r.birth_date",
    "l.first_name = r.first_name AND l.last_end_code = r.last_begin_code AND l.region = r.region",
]  # fmt: skip
# Where there is neither mail nor number, the rest has to carry more.
_BARE_KEYS = [
    *_PERSON_KEYS, ("birth_date",), ("street",), ("first_name", "plz"), ("first_code", "city"),
    ("last_code", "city"), ("house_no", "plz"), ("first_code", "house_no"),
    ("last_code", "house_no"),
]  # fmt: skip
_COLLEAGUE_KEYS = [
    ("mobile",), ("email", "first_initial"), ("last_code", "company"), ("last_code", "domain"),
    ("last_code", "plz"), ("last_code", "phone"), ("first_code", "company"),
    ("first_code", "domain"), ("first_name", "last_name", "city"), ("last_code", "phone_stem"),
    f"{_SWAPPED_CODES} AND l.city = r.city",
]  # fmt: skip
_SURE = {
    "household": [("first_name", "last_name", "birth_date"), ("last_name", "email"),
                  ("first_name", "phone"), ("first_name", "last_name", "plz", "street")],
    "b2b": [("mobile",), ("first_name", "last_name", "company"),
            ("first_name", "last_name", "plz")],
}  # fmt: skip
_TRAINING = {
    "household": [("first_name", "last_name"), ("birth_date",), ("email",)],
    "b2b": [("first_name", "last_name"), ("mobile",), ("company", "last_code")],
}


def _settings(present: set[str], kind: str) -> Any:
    from splink import SettingsCreator, block_on
    from splink.blocking_rule_library import CustomRule

    keys = _PERSON_KEYS if present & _CONTACTS else _BARE_KEYS
    keys = _COLLEAGUE_KEYS if kind == "b2b" else keys
    rules = [
        CustomRule(key) if isinstance(key, str) else block_on(*key)
        for key in keys
        if _columns_of(key) <= present
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(present, kind),
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def _columns_of(key: str | Iterable[str]) -> set[str]:
    return set(re.findall(r"[lr]\.(\w+)", key)) if isinstance(key, str) else set(key)


def _comparisons(present: set[str], kind: str) -> list[Any]:
    at_work = kind == "b2b"
    levels = {
        "first_name": _FIRST_NAME,
        "last_name": _LAST_NAME,
        "birth_date": _BIRTH_DATE,
        "email": _WORK_EMAIL if at_work else _EMAIL,
        "phone": _WORK_PHONE if at_work else _PHONE,
        "mobile": [],
        "company": _COMPANY,
    }
    if not present & _CONTACTS:
        levels |= {"street": _STREET, "house_no": _HOUSE_NO, "plz": _PLZ, "city": _CITY}
    found = [
        _comparison(field, of_field, present)
        for field, of_field in levels.items()
        if field in present
    ]
    if "plz" in present and present & _CONTACTS:
        found.append(_address(present))
    return found


def _comparison(field: str, conditions: _Levels, present: set[str]) -> Any:
    from splink.comparison_level_library import ElseLevel, ExactMatchLevel, NullLevel
    from splink.comparison_library import CustomComparison

    by_frequency = field in ("first_name", "last_name", "company")
    return CustomComparison(
        output_column_name=field,
        comparison_levels=[
            NullLevel(field),
            ExactMatchLevel(field, term_frequency_adjustments=by_frequency),
            *_levels(conditions, present),
            ElseLevel(),
        ],
    )


def _address(present: set[str]) -> Any:
    from splink.comparison_level_library import CustomLevel, ElseLevel
    from splink.comparison_library import CustomComparison

    without = _NULL_ADDRESS if "city" in present else "plz_l IS NULL OR plz_r IS NULL"
    missing = CustomLevel(without, "missing").configure(is_null_level=True)
    return CustomComparison(
        output_column_name="address",
        comparison_levels=[missing, *_levels(_ADDRESS, present), ElseLevel()],
    )


def _levels(conditions: _Levels, present: set[str]) -> list[Any]:
    from splink.comparison_level_library import CustomLevel

    return [
        CustomLevel(condition, label)
        for condition, label in conditions
        if set(re.findall(r"(\w+)_[lr]\b", condition)) <= present
    ]


# -- The measured process -------------------------------------------------------------------------


def run(stock: Path, kind: str, scored: Path) -> dict:
    """Train, score and group; the scored pairs go to a file after the clock has stopped."""
    from splink import DuckDBAPI, Linker, __version__

    logging.getLogger("splink").setLevel(logging.ERROR)
    began, used = time.perf_counter(), _cpu_seconds()
    database = DuckDBAPI()
    table = database.duckdb_con.read_parquet(str(stock))
    present = set(table.columns)
    linker = Linker(database.register(table), _settings(present, kind), log_level=None)
    _train(linker, present, kind)
    pairs = linker.inference.predict(warning_mode="never")
    linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=0.95
    )
    figures = {
        "engine": f"splink {__version__}",
        "wall_seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(_cpu_seconds() - used, 2),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    database.duckdb_con.execute(
        "COPY (SELECT unique_id_l AS one, unique_id_r AS other, match_weight AS weight "
        f"FROM {pairs.physical_name}) TO '{scored}' (FORMAT parquet)"
    )
    return figures


def _train(linker: Any, present: set[str], kind: str) -> None:
    from splink import block_on

    def possible(keys: Sequence[tuple[str, ...]]) -> list[Any]:
        return [block_on(*key) for key in keys if set(key) <= present]

    training = linker.training
    training.estimate_probability_two_random_records_match(possible(_SURE[kind]), recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in possible(_TRAINING[kind]):
        training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# -- The judgement --------------------------------------------------------------------------------


def _entities(names: Texts) -> Ids:
    """A number for each person; those of FEBRL are in the record's name."""
    known: dict[str | None, int] = {}
    keys = [
        found[1] if isinstance(name, str) and (found := _FEBRL.fullmatch(name.strip())) else name
        for name in names
    ]
    return np.array([known.setdefault(key, len(known)) for key in keys])


def _judged(pairs: pa.Table, entities: Ids) -> dict:
    if not pairs.num_rows:
        raise ValueError("Splink found no pair to compare: are the columns the right ones?")
    order = np.argsort(-pairs["weight"].to_numpy(), kind="stable")
    one, other, weight = (pairs[name].to_numpy()[order] for name in ("one", "other", "weight"))
    right = np.cumsum(entities[one] == entities[other])
    true = _pairs_within(np.bincount(entities))
    return {
        "candidates": len(one),
        "blocking_recall": round(float(right[-1]) / true, 4),
        "pairs": _best_pairs(weight, right, true),
        **_best_groups(one, other, weight, entities, true),
    }


def _best_pairs(weight: NDArray[np.float64], right: Ids, true: int) -> dict:
    """Precision and recall at the weight at which F1 is best."""
    f1 = 2 * right / (np.arange(1, len(right) + 1) + true)
    at = int(f1.argmax())
    return {
        "threshold": round(float(weight[at]), 2),
        "precision": round(float(right[at]) / (at + 1), 4),
        "recall": round(float(right[at]) / true, 4),
        "f1": round(float(f1[at]), 4),
    }


def _best_groups(
    one: Ids, other: Ids, weight: NDArray[np.float64], entities: Ids, true: int
) -> dict:
    """The same for pairs that stand in one group, over whole bits; and the largest group then."""
    best: dict = {"groups": {"f1": -1.0}}
    for threshold in _GROUP_THRESHOLDS:
        edges = weight >= threshold
        groups = _components(len(entities), one[edges], other[edges])
        sizes = np.bincount(groups)
        both = groups * (int(entities.max()) + 1) + entities
        right = _pairs_within(np.unique(both, return_counts=True)[1])
        found = max(1, _pairs_within(sizes))
        f1 = round(2 * right / (found + true), 4)
        if f1 > best["groups"]["f1"]:
            figures = {"precision": round(right / found, 4), "recall": round(right / true, 4)}
            best = {
                "groups": {**figures, "f1": f1, "threshold": threshold},
                "largest_group": int(sizes.max()),
            }
    return best


def _pairs_within(sizes: NDArray[Any]) -> int:
    sizes = sizes.astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _components(count: int, one: Ids, other: Ids) -> Ids:
    """The smallest member of every record's connected component."""
    root = np.arange(count)
    while True:
        least = np.minimum(root[one], root[other])
        before = root.copy()
        np.minimum.at(root, root[one], least)
        np.minimum.at(root, root[other], least)
        while not np.array_equal(further := root[root], root):
            root = further
        if np.array_equal(root, before):
            return root


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind", choices=["household", "b2b"], default="household")
    parser.add_argument("--truth")
    parser.add_argument("--columns", type=json.loads, help="our field → column, as JSON")
    parser.add_argument("--scored", type=Path, help="inside: run on a prepared file")
    asked = parser.parse_args()
    if asked.scored:
        print(json.dumps(run(asked.file, asked.kind, asked.scored)))
        return
    columns = asked.columns
    if columns is None:
        names = read(asked.file).column_names
        columns = {field: field for field in FIELDS if field in names}
    print(json.dumps(measure(asked.file, columns, asked.truth, asked.kind), indent=2))


if __name__ == "__main__":
    main()
