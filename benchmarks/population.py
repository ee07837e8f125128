"""Draw a population of German contacts with truth into a Parquet or CSV file.

    python -m benchmarks.population OUT.parquet --records 1000000 --seed 7 [--kind household|b2b]

``entity_id`` says which records are the same person. The same seed gives the same file.
Needs ``pip install pyarrow``, which the application itself does without.
"""

import argparse
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from benchmarks.populations import KINDS, first_name_frequencies, generate, surname_frequencies

__all__ = ["first_name_frequencies", "generate", "surname_frequencies", "write"]


def write(table: pa.Table, path: Path) -> None:
    """Write a table as its file's ending says."""
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(table, path, pyarrow.csv.WriteOptions(quoting_style="needed"))
    else:
        pyarrow.parquet.write_table(table, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="file to write, .parquet or .csv")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kind", choices=sorted(KINDS), default="household")
    asked = parser.parse_args()
    started = time.perf_counter()
    write(generate(asked.records, seed=asked.seed, kind=asked.kind), asked.out)
    print(f"{asked.records} records in {time.perf_counter() - started:.1f} s: {asked.out}")


if __name__ == "__main__":
    main()
