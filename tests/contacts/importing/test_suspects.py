"""Rows that look like somebody are created and marked, never merged."""

import pytest

from contacts.models import ImportRow, Person

HEADER = "Vorname;Nachname;PLZ;Geburtsdatum;Telefon;E-Mail;Fax"
STOCK = "Hans;Maier;24103;14.02.1971;030 23125101;h.maier@brandt.example;030 23125199"


@pytest.mark.parametrize(
    ("row", "is_marked"),
    [
        ("Inge;Abel;;;;H.Maier@Brandt.example;", True),
        ("Inge;Abel;;;+49 (0)30 23125-101;;", True),
        ("Hans;Maier;;14.02.71;;;", True),
        ("HANS;MAIER;24103;;;;", True),
        ("Hans;Maier;80331;15.02.1971;;;", False),
        ("Inge;Abel;24103;14.02.1971;;;030 23125199", False),
        ("Hans;Mayer;24103;14.02.1971;;;", False),
    ],
)
def test_likeness_to_the_stock_and_within_the_file(import_file, row, is_marked):
    import_file(f"{HEADER}\n{STOCK}")
    stock = Person.objects.get()

    apart = import_file(f"{HEADER}\n{row}", file_name="zwei.csv")
    assert Person.objects.count() == 2
    assert ImportRow.objects.get(run=apart).suspect_ids == ([stock.pk] if is_marked else [])
    assert apart.marked_count == int(is_marked)
    assert Person.objects.exclude(pk=stock.pk).get().duplicate_check_due is is_marked


@pytest.mark.parametrize("count", [1, 30])
def test_likeness_within_one_file(import_file, count):
    rows = [f"Inge{number};Abel;;;030 23125101;;" for number in range(count)]
    run = import_file("\n".join([HEADER, STOCK, *rows]))

    assert run.marked_count == count
    last = ImportRow.objects.filter(run=run).order_by("-number")[0]
    assert len(last.suspect_ids) == min(count, 20)
