"""Files of the ERP: taken over once and again, changed, refused, waiting."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import external_ids, merging
from crm.accounts.models import RoleCode
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.commerce import customers, refusals, takeovers, waiting
from history.models import (
    Awaited,
    Classification,
    Invoice,
    Order,
    OrderKind,
    OrderLine,
    RefusedRow,
    Takeover,
    TakeoverKind,
    TakeoverState,
    WaitingRow,
)

pytestmark = pytest.mark.django_db
ORDERS = (
    "Auftragsnummer;Auftragsdatum;Kundennummer;Nettobetrag;Belegart;Status\n"
    "A-2026-0117;28.01.2026;10482;12.345,00;Auftrag;geliefert\n"
    "A-2025-1902;14.11.2025;10482;31.870,50 €;Auftrag;\n"
)
LINES = (
    "Auftragsnummer;Pos.;Artikelnummer;Bezeichnung;Menge;ME;Betrag\n"
    "A-2026-0117;10;SP-4;Sensor;4,000;Stk;12.000,00\n"
    "A-2026-0117;20;;Fracht;1;;345,00\n"
)
INVOICES = (
    "Rechnungsnummer;Rechnungsdatum;Fällig am;Bezahlt am;Auftragsnummer;Kundennummer;Netto\n"
    "R-1;30.01.2026;28.02.2026;;A-2026-0117;10482;12.345,00\n"
)
CLASSES = "Kundennummer;Jahr;ABC;Umsatz\n10482;2025;a;55.895,00\n"


def counts(takeover):
    names = ("created", "updated", "unchanged", "waiting", "refused", "released")
    return tuple(getattr(takeover, name) for name in names)


def test_orders_of_a_customer(take_over, havelberg, source, at):
    found = take_over(ORDERS)
    assert (found.state, found.rows, counts(found)) == ("DONE", 2, (2, 0, 0, 0, 0, 0))
    order = Order.objects.get(number="A-2026-0117")
    assert (order.company, order.person, order.source) == (havelberg, None, source)
    assert (order.ordered_on, order.total) == (date(2026, 1, 28), Decimal("12345.00"))
    assert (order.kind, order.status, order.updated_at) == (OrderKind.ORDER, "geliefert", at)
    assert Order.objects.get(number="A-2025-1902").total == Decimal("31870.50")


def test_the_same_file_twice_changes_nothing(take_over, havelberg, at):
    take_over(ORDERS)
    stood = list(Order.objects.order_by("pk").values())
    written = AuditEntry.objects.filter(action__startswith="order.").count()
    found = take_over(ORDERS, later=at + timedelta(days=1))
    assert counts(found) == (0, 0, 2, 0, 0, 0)
    assert list(Order.objects.order_by("pk").values()) == stood
    assert AuditEntry.objects.filter(action__startswith="order.").count() == written == 0


def test_a_changed_row_is_updated_and_audited(take_over, havelberg, admin, at):
    take_over(ORDERS)
    later = at + timedelta(days=1)
    found = take_over(ORDERS.replace("12.345,00", "12.000,00"), later=later)
    assert counts(found) == (0, 1, 1, 0, 0, 0)
    order = Order.objects.get(number="A-2026-0117")
    assert (order.total, order.updated_at) == (Decimal("12000.00"), later)
    entry = AuditEntry.objects.get(action="order.changed")
    assert (entry.object_id, entry.actor_id) == (order.pk, admin.pk)
    assert entry.changes == {"total": ["12345.00", "12000.00"]}
    assert entry.context == {"takeover": found.pk, "file": "auftraege.csv"}


def test_lines_invoices_and_ratings(take_over, havelberg):
    take_over(ORDERS)
    for text, kind in (
        (LINES, TakeoverKind.LINES),
        (INVOICES, TakeoverKind.INVOICES),
        (CLASSES, TakeoverKind.CLASSES),
    ):
        first, again = take_over(text, kind), take_over(text, kind)
        assert counts(first)[0] == first.rows
        assert counts(again) == (0, 0, again.rows, 0, 0, 0)
    order = Order.objects.get(number="A-2026-0117")
    sensor, freight = order.lines.all()
    assert (sensor.position, sensor.quantity, sensor.unit) == (10, Decimal("4.000"), "Stk")
    assert (freight.article, freight.amount) == ("", Decimal("345.00"))
    invoice = Invoice.objects.get()
    assert (invoice.order, invoice.company, invoice.due_on) == (order, havelberg, date(2026, 2, 28))
    assert invoice.paid_on is None
    rating = Classification.objects.get()
    assert (rating.abc, rating.year, rating.revenue) == ("A", 2025, Decimal("55895.00"))


def test_a_customer_of_no_known_number_waits_and_is_taken_over_later(
    take_over, make_company, admin, at
):
    found = take_over(ORDERS)
    assert counts(found) == (0, 0, 0, 2, 0, 0)
    assert not Order.objects.exists()
    row = WaitingRow.objects.get(key="A-2026-0117")
    assert (row.awaits, row.number, row.row, row.column) == (
        Awaited.CUSTOMER, "10482", 2, "Kundennummer",
    )  # fmt: skip
    assert counts(take_over(LINES, TakeoverKind.LINES)) == (0, 0, 0, 2, 0, 0)
    assert counts(take_over(INVOICES, TakeoverKind.INVOICES)) == (0, 0, 0, 1, 0, 0)
    assert waiting.retry(actor=admin, at=at) == 0
    company = make_company("Havelberg Anlagenbau", erp_number="10482")
    assert waiting.retry(actor=admin, at=at) == 5
    assert not WaitingRow.objects.exists()
    assert set(Order.objects.values_list("company", flat=True)) == {company.pk}
    assert OrderLine.objects.count() == 2
    assert Invoice.objects.get().order == Order.objects.get(number="A-2026-0117")
    assert waiting.retry(actor=admin, at=at) == 0


def test_the_next_file_takes_over_what_waited(take_over, make_company):
    take_over(ORDERS)
    make_company("Havelberg Anlagenbau", erp_number="10482")
    found = take_over(CLASSES, TakeoverKind.CLASSES)
    assert counts(found) == (1, 0, 0, 0, 0, 2)
    assert Order.objects.count() == 2


def test_a_row_that_waits_waits_once(take_over):
    take_over(ORDERS)
    take_over(ORDERS.replace("12.345,00", "1,00"))
    assert WaitingRow.objects.count() == 2
    assert WaitingRow.objects.get(key="A-2026-0117").values["total"] == "1.00"


def test_numbers_lead_to_companies_persons_and_survivors(
    make_company, make_person, havelberg, admin, source, at
):
    twin = make_company("Havelberg", erp_number="20001")
    merging.merge(actor=admin, survivor=havelberg, others=[twin], at=at)
    other = make_company("Spreewerk")
    person = make_person("Anna", "Abel")
    known = {"actor": admin, "source": source, "at": at}
    external_ids.add(record=other, system="ERP", value="K-7", **known)
    external_ids.add(record=person, system="ERP", value="P-8", **known)
    assert customers.by_number(["10482", "20001", "K-7", "P-8", "nein", ""]) == {
        "10482": (None, havelberg.pk),
        "20001": (None, havelberg.pk),
        "K-7": (None, other.pk),
        "P-8": (person.pk, None),
    }


def test_a_sure_suspect_is_the_customer(take_over, make_company, admin, source, at):
    text = (
        "Auftragsnummer;Datum;Netto;Firma;USt-IdNr.;PLZ;Ort;Straße\n"
        "A-1;01.02.2026;10,00;Brandt & Söhne KG;DE136695976;24143;Kiel;Uferstraße 3a\n"
        "A-2;01.02.2026;10,00;Völlig Unbekannt AG;;80331;München;\n"
    )
    brandt = make_company("Brandt & Söhne", legal_form="KG", vat_id="DE136695976")
    from contacts import addresses

    place = {"street": "Uferstraße 3a", "postal_code": "24143", "city": "Kiel"}
    addresses.add(record=brandt, values=place, actor=admin, source=source, at=at)
    found = take_over(text)
    assert counts(found) == (1, 0, 0, 1, 0, 0)
    assert Order.objects.get().company == brandt
    assert WaitingRow.objects.get().key == "A-2"


def test_what_cannot_be_read_is_refused_with_row_and_column(take_over, havelberg):
    text = (
        "Auftragsnummer;Auftragsdatum;Kundennummer;Nettobetrag;Belegart\n"
        "A-1;31.02.2026;10482;1,00;\n"
        "A-2;01.02.2026;10482;viel;\n"
        "A-3;01.02.2026;10482;;\n"
        "A-4;01.02.2026;;1,00;\n"
        "A-5;01.02.2026;10482;1,00;Wunsch\n"
        "A-6;01.02.2026;10482;1,00;Angebot\n"
        "A-6;01.02.2026;10482;2,00;Angebot\n"
        "A-7;01.02.2026\n"
        f"{'x' * 61};01.02.2026;10482;1,00;\n"
    )
    found = take_over(text)
    assert counts(found) == (1, 0, 0, 0, 8, 0)
    told = list(RefusedRow.objects.values_list("number", "column"))
    assert told == [
        (2, "Auftragsdatum"), (3, "Nettobetrag"), (4, "Nettobetrag"), (5, "Kundennummer"),
        (6, "Belegart"), (8, "Auftragsnummer"), (9, ""), (10, "Auftragsnummer"),
    ]  # fmt: skip
    assert "steht schon in Zeile 7" in RefusedRow.objects.get(number=8).reason
    lines = "".join(refusals.as_csv(found)).splitlines()
    assert len(lines) == 9
    assert lines[2].startswith("A-2;01.02.2026;10482;viel;;3;Nettobetrag;")


def test_two_numbers_of_one_customer_tell_a_year_once(
    take_over, havelberg, make_company, admin, at
):
    twin = make_company("Havelberg", erp_number="20001")
    merging.merge(actor=admin, survivor=havelberg, others=[twin], at=at)
    text = CLASSES + "20001;2025;B;1,00\n"
    assert counts(take_over(text, TakeoverKind.CLASSES)) == (1, 0, 0, 0, 1, 0)
    assert counts(take_over(text, TakeoverKind.CLASSES)) == (0, 0, 1, 0, 1, 0)


def test_an_invoice_learns_of_its_order_when_it_comes(take_over, havelberg):
    take_over(INVOICES, TakeoverKind.INVOICES)
    assert (Invoice.objects.get().order, Invoice.objects.get().order_number) == (
        None, "A-2026-0117",
    )  # fmt: skip
    take_over(ORDERS)
    assert Invoice.objects.get().order == Order.objects.get(number="A-2026-0117")
    assert counts(take_over(INVOICES, TakeoverKind.INVOICES)) == (0, 0, 1, 0, 0, 0)


def test_a_dry_run_keeps_nothing_but_what_it_found(take_over, havelberg):
    found = take_over(
        ORDERS + "A-9;gestern;10482;1,00;;\nA-8;1.1.2026;77;1,00;;\n", is_dry_run=True
    )
    assert counts(found) == (2, 0, 0, 1, 1, 0)
    assert not Order.objects.exists()
    assert not WaitingRow.objects.exists()
    assert RefusedRow.objects.get().column == "Auftragsdatum"
    assert not AuditEntry.objects.filter(action="commerce.taken-over").exists()


def test_a_chosen_mapping_is_remembered_for_files_of_its_shape(take_over, havelberg, admin, at):
    text = "Vorgang;Tag;Wer;Wieviel\nA-1;01.02.2026;10482;5,00\n"
    with pytest.raises(errors.Invalid) as refusal:
        take_over(text, columns={"Vorgang": "number", "Tag": "ordered_on"})
    assert refusal.value.field == "columns"
    assert len(refusal.value.errors["columns"]) == 2
    chosen = {"Vorgang": "number", "Tag": "ordered_on", "Wer": "customer", "Wieviel": "total"}
    take_over(text, columns=chosen)
    again = takeovers.upload(
        actor=admin, kind="ORDERS", file=BytesIO(text.encode()), file_name="b.csv", at=at
    )
    assert again.columns == chosen
    assert Order.objects.get().company == havelberg


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"Nummer": "number"}, "gibt es in der Datei nicht"),
        ({"Status": "erfunden"}, "Das Feld „erfunden“ gibt es nicht"),
        ({"Status": 7}, "Das Feld „7“ gibt es nicht"),
        ({"Status": "number"}, "nimmt nur eine Spalte"),
    ],
)
def test_a_mapping_that_does_not_fit(take_over, chosen, words):
    columns = {
        "Auftragsnummer": "number", "Auftragsdatum": "ordered_on", "Kundennummer": "customer",
        "Nettobetrag": "total",
    }  # fmt: skip
    with pytest.raises(errors.Invalid, match=words):
        take_over(ORDERS, columns={**columns, **chosen})
    assert not Order.objects.exists()


def test_windows_and_excel(take_over, havelberg, make_company, tmp_path):
    make_company("Gröger", erp_number="10999")
    text = ORDERS.replace("geliefert", "zurückgestellt").encode("cp1252")
    take_over(text)
    assert Order.objects.get(number="A-2026-0117").status == "zurückgestellt"
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Aufträge")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, ["Auftrag", "Datum", "Debitor", "Netto"])
    sheet.write_row(1, 0, ["A-50", None, 10482, 24024.5])
    sheet.write_datetime(1, 1, date(2025, 7, 2), day)
    sheet.write_row(2, 0, ["A-51", "02.07.2025", "10999", "1.234,50"])
    book.close()
    assert counts(take_over(file.getvalue(), file_name="a.xlsx"))[0] == 2
    order = Order.objects.get(number="A-50")
    assert (order.ordered_on, order.total) == (date(2025, 7, 2), Decimal("24024.50"))
    assert Order.objects.get(number="A-51").total == Decimal("1234.50")


def test_what_is_no_table(admin, at):
    for content in (b"", b"%PDF-1.7", b"BEGIN:VCARD\nFN:A\nEND:VCARD\n"):
        with pytest.raises(errors.DomainError):
            takeovers.upload(
                actor=admin, kind="ORDERS", file=BytesIO(content), file_name="a.csv", at=at
            )
    assert not Takeover.objects.exists()


def test_only_who_may_takes_over(sales, havelberg, at):
    with pytest.raises(errors.NotPermitted):
        takeovers.upload(
            actor=sales, kind="ORDERS", file=BytesIO(ORDERS.encode()), file_name="a.csv", at=at
        )
    with pytest.raises(errors.NotPermitted):
        takeovers.take_over_rows(actor=sales, kind="ORDERS", rows=[], name="x", at=at)
    assert not Takeover.objects.exists()


def test_a_name_that_only_others_may_see_is_not_found(
    take_over, make_company, make_user, team, other_team, admin, source, at
):
    from contacts import addresses

    brandt = make_company("Brandt & Söhne", vat_id="DE136695976", team=other_team)
    place = {"street": "Uferstraße 3a", "postal_code": "24143", "city": "Kiel"}
    addresses.add(record=brandt, values=place, actor=admin, source=source, at=at)
    lead = make_user(RoleCode.TEAM_LEAD, teams=[team])
    text = (
        "Auftragsnummer;Datum;Netto;Firma;USt-IdNr.;PLZ;Ort;Straße\n"
        "A-1;01.02.2026;10,00;Brandt & Söhne KG;DE136695976;24143;Kiel;Uferstraße 3a\n"
    )
    assert counts(take_over(text, actor=lead)) == (0, 0, 0, 1, 0, 0)


def test_a_file_under_way_is_not_started_again(admin, at, havelberg):
    takeover = takeovers.upload(
        actor=admin, kind="ORDERS", file=BytesIO(ORDERS.encode()), file_name="a.csv", at=at
    )
    started = takeovers.start(actor=admin, takeover=takeover, at=at)
    assert started.state == TakeoverState.QUEUED


def test_statements_do_not_grow_with_the_rows(take_over, havelberg):
    def queries(first: int, count: int) -> int:
        rows = "".join(
            f"B-{number};01.02.2026;{'10482' if number % 2 else '77'};1,00;;\n"
            for number in range(first, first + count)
        )
        with CaptureQueriesContext(
            connection,
        ) as caught:
            take_over(ORDERS.splitlines()[0] + "\n" + rows)
        return len(caught)

    queries(0, 4)
    assert queries(1000, 10) == queries(2000, 400)
