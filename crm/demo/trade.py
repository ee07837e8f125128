"""Two years of trade of Nordlicht Messetechnik as its ERP exports it: four files of one world.

The same customers and the same day give the same files. What the mock-ups show of Havelberg
Anlagenbau stands in them, moved by whole years if the demo is opened much later.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

import xlsxwriter

from crm.demo import cast
from history.models import TakeoverKind

SPAN: Final = timedelta(days=730)
TERM: Final = timedelta(days=30)
NAMES: Final = {
    TakeoverKind.ORDERS: "erp_auftraege.csv",
    TakeoverKind.LINES: "erp_auftragszeilen.csv",
    TakeoverKind.INVOICES: "erp_rechnungen.xlsx",
    TakeoverKind.CLASSES: "erp_einstufungen.xlsx",
}
ARTICLES: Final = (
    ("NM-1010", "Lichtgitter Serie 10, 600 mm", "Stk", Decimal("412.00")),
    ("NM-1040", "Lichtgitter Serie 10, 1.200 mm", "Stk", Decimal("688.50")),
    ("NM-2205", "Beleuchtungsstärkemesser L5", "Stk", Decimal("1290.00")),
    ("NM-2210", "Messkopf mit Kabel 5 m", "Stk", Decimal("236.40")),
    ("NM-3300", "Notlichtprüfgerät NP3", "Stk", Decimal("2475.00")),
    ("NM-4100", "Hallenstrahler 150 W", "Stk", Decimal("318.75")),
    ("NM-9001", "Kalibrierung mit Schein", "Psch", Decimal("185.00")),
    ("NM-9010", "Wartung vor Ort", "Std", Decimal("96.00")),
    ("NM-9020", "Fracht und Verpackung", "Psch", Decimal("48.00")),
)
STATES: Final = ("geliefert", "geliefert", "geliefert", "berechnet", "in Arbeit")
KNOWN: Final = (
    ("0117", (2026, 1, 28), "12345.00", "Notlichtprüfung Halle 2, Nachrüstung"),
    ("1902", (2025, 11, 14), "31870.50", "Hallenbeleuchtung Halle 2, erster Abschnitt"),
    ("1388", (2025, 7, 2), "24024.50", "Messstellen Halle 1"),
)
STRANGERS: Final = ("99101", "99102")  # customers that nobody has entered yet


@dataclass(frozen=True, slots=True)
class Line:
    """One position."""

    article: str
    label: str
    quantity: Decimal
    unit: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Sale:
    """One order, quote or return with its lines."""

    number: str
    customer: str
    day: date
    kind: str
    status: str
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """Net sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal(0))


def write(folder: Path, *, customers: Iterable[str], today: date) -> dict[TakeoverKind, Path]:
    """Write the four files; ``customers`` are numbers of the ERP."""
    folder.mkdir(parents=True, exist_ok=True)
    sales = made(sorted(set(customers)), today=today)
    paths = {kind: folder / name for kind, name in NAMES.items()}
    _write_csv(paths[TakeoverKind.ORDERS], _orders(sales))
    _write_csv(paths[TakeoverKind.LINES], _lines(sales))
    _write_sheet(paths[TakeoverKind.INVOICES], "Rechnungen", _invoices(sales, today))
    _write_sheet(paths[TakeoverKind.CLASSES], "Einstufungen", _classes(sales, today))
    return paths


def made(customers: Sequence[str], *, today: date) -> list[Sale]:
    """All sales up to ``today``, oldest first."""
    random = Random(2026)
    sales = known(today=today)
    for customer in customers:
        if customer == cast.HAVELBERG.company_number:
            continue
        often = min(int(random.paretovariate(0.9)), 14)
        for _number in range(often):
            sales.append(_sale(random, customer, today))
    sales += [_sale(random, customer, today) for customer in STRANGERS]
    sales.sort(key=lambda sale: (sale.day, sale.customer, sale.total))
    return _numbered(sales)


def known(*, today: date) -> list[Sale]:
    """What the mock-ups tell of Havelberg Anlagenbau, as far as it has happened."""
    years = max(today.year - 2026 - (today < today.replace(month=1, day=28)), 0)
    found = []
    for number, (year, month, day), total, label in KNOWN:
        when = date(year + years, month, day)
        line = Line("NM-4100", label, Decimal(1), "Psch", Decimal(total))
        if when <= today:
            sale = Sale(f"A-{when.year}-{number}", cast.HAVELBERG.company_number, when,
                        "Auftrag", "geliefert", [line])  # fmt: skip
            found.append(sale)
    return found


def _sale(random: Random, customer: str, today: date) -> Sale:
    day = today - timedelta(days=random.randrange(SPAN.days))
    kind = random.choices(("Auftrag", "Angebot", "Rücksendung"), (88, 9, 3))[0]
    lines = []
    for article, label, unit, price in random.sample(ARTICLES, random.randint(1, 3)):
        quantity = Decimal(random.choice((1, 1, 2, 2, 4, 6, 8, 12, 20)))
        lines.append(Line(article, label, quantity, unit, price * quantity))
    is_fresh = (today - day).days < 40
    status = "in Arbeit" if is_fresh else random.choice(STATES[:-1])
    return Sale("", customer, day, kind, status if kind == "Auftrag" else "offen", lines)


def _numbered(sales: Sequence[Sale]) -> list[Sale]:
    """Numbers in the order of the days, those of the mock-ups left out."""
    taken = {sale.number for sale in sales if sale.number}
    counts: dict[int, int] = {}
    found = []
    for sale in sales:
        number = sale.number
        while not number or (not sale.number and number in taken):
            counts[sale.day.year] = counts.get(sale.day.year, 0) + 1
            number = f"A-{sale.day.year}-{counts[sale.day.year]:04d}"
        found.append(Sale(number, sale.customer, sale.day, sale.kind, sale.status, sale.lines))
    return found


def _orders(sales: Iterable[Sale]) -> Iterable[Sequence[str]]:
    yield ("AUFTRAGSNR", "DATUM", "BELEGART", "KUNDENNR", "NETTO", "STATUS")
    for sale in sales:
        yield (sale.number, f"{sale.day:%d.%m.%Y}", sale.kind, sale.customer,
               german(sale.total), sale.status)  # fmt: skip
    yield ("A-0000-0001", "31.02.2026", "Auftrag", "10511", "1,00", "geliefert")


def _lines(sales: Iterable[Sale]) -> Iterable[Sequence[str]]:
    yield ("AUFTRAGSNR", "POSNR", "ARTIKEL", "BEZEICHNUNG", "MENGE", "ME", "BETRAG")
    for sale in sales:
        for number, line in enumerate(sale.lines, 1):
            yield (sale.number, str(number * 10), line.article, line.label,
                   german(line.quantity), line.unit, german(line.amount))  # fmt: skip


def _invoices(sales: Iterable[Sale], today: date) -> Iterable[Sequence[Any]]:
    yield ("Rechnungsnummer", "Rechnungsdatum", "Fällig am", "Bezahlt am", "Auftragsnummer",
           "Kundennummer", "Netto")  # fmt: skip
    random = Random(117)
    for sale in sales:
        day = sale.day + timedelta(days=random.randint(2, 12))
        late = random.random() < 0.06
        if sale.kind != "Auftrag" or day > today:
            continue
        due = day + TERM
        paid = due + timedelta(days=random.randint(-20, 5) + (60 if late else 0))
        yield (f"R{sale.number[1:]}", day, due, paid if paid <= today else None, sale.number,
               sale.customer, float(sale.total))  # fmt: skip


def _classes(sales: Iterable[Sale], today: date) -> Iterable[Sequence[Any]]:
    yield ("Kundennummer", "Jahr", "ABC", "Umsatz")
    for year in (today.year - 1, today.year):
        revenue: dict[str, Decimal] = {}
        for sale in sales:
            if sale.kind == "Auftrag" and sale.day.year == year:
                revenue[sale.customer] = revenue.get(sale.customer, Decimal(0)) + sale.total
        ranked = sorted(revenue, key=lambda customer: (-revenue[customer], customer))
        for place, customer in enumerate(ranked):
            share = place / len(ranked)
            letter = "A" if share < 0.2 else "B" if share < 0.5 else "C"
            yield (customer, year, letter, float(revenue[customer]))


def german(value: Decimal) -> str:
    """``12.345,00``."""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)


def _write_sheet(path: Path, name: str, rows: Iterable[Sequence[Any]]) -> None:
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet(name)
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, [cell if cell is not None else "" for cell in row])
    book.close()
