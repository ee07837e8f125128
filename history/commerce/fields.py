"""What a column of an ERP file can mean, for each kind of file, and how it is usually called."""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from history.models import TakeoverKind

Sort = Literal["text", "number", "day", "year", "kind", "class", "position"]


@dataclass(frozen=True, slots=True)
class Field:
    """``names`` are usual headers; ``limit`` is the greatest number of characters."""

    code: str
    label: str | Promise
    names: tuple[str, ...]
    sort: Sort = "text"
    limit: int = 60
    is_required: bool = False


CUSTOMER: Final = (
    Field(
        "customer",
        _("Kundennummer"),
        (
            *("Kundennummer", "Kunden-Nr.", "KundenNr", "KUNDENNR", "KdNr", "Kd.-Nr.", "Kunde Nr."),
            *("Debitor", "Debitorennummer", "Debitoren-Nr.", "Debitorennr", "Kundennr"),
            *("Auftraggeber", "KUNNR", "KUNAG", "CardCode", "Adressnummer", "Customer Number"),
        ),
    ),
    Field(
        "company_name",
        _("Firma"),
        (
            *("Firma", "Firmenname", "Kunde", "Kundenname", "NAME1", "Name 1", "Debitorname"),
            *("Name des Kunden", "CardName", "Company"),
        ),
        limit=250,
    ),
    Field("given_name", _("Vorname"), ("Vorname", "First Name"), limit=150),
    Field("surname", _("Nachname"), ("Nachname", "Name", "Familienname", "Last Name"), limit=150),
    Field("email", _("E-Mail"), ("E-Mail", "Email", "E-Mail-Adresse", "SMTP_ADDR"), limit=254),
    Field("vat_id", _("USt-IdNr."), ("USt-IdNr.", "UStID", "USt-ID", "STCEG"), limit=20),
    Field("street", _("Straße"), ("Straße", "Strasse", "Straße und Hausnummer"), limit=200),
    Field("postal_code", _("PLZ"), ("PLZ", "Postleitzahl", "PSTLZ"), limit=20),
    Field("city", _("Ort"), ("Ort", "Stadt", "ORT01", "City"), limit=150),
)
ORDER_NAMES: Final = (
    *("Auftragsnummer", "Auftrags-Nr.", "AuftragsNr", "Auftragsnr.", "Auftrag", "Auftrag Nr."),
    *("Belegnummer", "Beleg-Nr.", "BelegNr", "Beleg", "Bestellnummer", "Verkaufsbeleg", "VBELN"),
    *("AB-Nummer", "Order Number", "Order No.", "DocNum"),
)
AMOUNT_NAMES: Final = (
    *("Nettobetrag", "Netto", "Nettosumme", "Betrag netto", "Auftragswert", "Auftragssumme"),
    *("Betrag", "Summe", "Gesamtbetrag netto", "Nettowert", "Wert", "NETWR", "Gesamt netto"),
    *("Total", "Net Amount", "Rechnungsbetrag", "Rechnungsbetrag netto"),
)
FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    TakeoverKind.ORDERS: (
        Field("number", _("Auftragsnummer"), ORDER_NAMES, is_required=True),
        Field(
            "ordered_on",
            _("Auftragsdatum"),
            (
                *("Auftragsdatum", "Datum", "Belegdatum", "Bestelldatum", "Auftrag vom", "AUDAT"),
                *("Erfasst am", "Order Date", "DocDate", "Angelegt am"),
            ),
            "day",
            is_required=True,
        ),
        Field("total", _("Summe netto"), AMOUNT_NAMES, "number", is_required=True),
        Field(
            "kind",
            _("Belegart"),
            ("Belegart", "Auftragsart", "Art", "Typ", "AUART", "Vorgangsart"),
            "kind",
        ),
        Field("status", _("Status"), ("Status", "Auftragsstatus", "Stand", "Zustand")),
        *CUSTOMER,
    ),
    TakeoverKind.LINES: (
        Field("order", _("Auftragsnummer"), ORDER_NAMES, is_required=True),
        Field(
            "position",
            _("Position"),
            ("Position", "Pos", "Pos.", "Pos.-Nr.", "Positionsnummer", "POSNR", "Zeile", "Line"),
            "position",
            is_required=True,
        ),
        Field(
            "label",
            _("Bezeichnung"),
            (
                *("Bezeichnung", "Artikelbezeichnung", "Artikeltext", "Text", "Beschreibung"),
                *("Leistung", "ARKTX", "Description"),
            ),
            limit=300,
            is_required=True,
        ),
        Field(
            "quantity",
            _("Menge"),
            ("Menge", "Anzahl", "Stück", "KWMENG", "Quantity"),
            "number",
            is_required=True,
        ),
        Field(
            "amount",
            _("Betrag netto"),
            ("Positionsbetrag", "Zeilenbetrag", "Gesamtpreis", "Zeilensumme", *AMOUNT_NAMES),
            "number",
            is_required=True,
        ),
        Field(
            "article",
            _("Artikelnummer"),
            ("Artikelnummer", "Artikel-Nr.", "ArtNr", "Artikel", "Material", "MATNR", "SKU"),
        ),
        Field("unit", _("Einheit"), ("Einheit", "ME", "Mengeneinheit", "VRKME", "Unit"), limit=20),
    ),
    TakeoverKind.INVOICES: (
        Field(
            "number",
            _("Rechnungsnummer"),
            (
                *("Rechnungsnummer", "Rechnungs-Nr.", "RechnungsNr", "Rechnungsnr.", "Rechnung"),
                *("Re-Nr.", "RE-Nummer", "Faktura", "Fakturanummer", "Invoice Number", "BELNR"),
            ),
            is_required=True,
        ),
        Field(
            "invoiced_on",
            _("Rechnungsdatum"),
            (
                *("Rechnungsdatum", "Datum", "Rechnung vom", "Fakturadatum", "Belegdatum"),
                *("FKDAT", "Invoice Date"),
            ),
            "day",
            is_required=True,
        ),
        Field("total", _("Summe netto"), AMOUNT_NAMES, "number", is_required=True),
        Field(
            "due_on",
            _("Fällig am"),
            ("Fällig am", "Fälligkeit", "Fälligkeitsdatum", "Zahlbar bis", "Due Date"),
            "day",
        ),
        Field(
            "paid_on",
            _("Bezahlt am"),
            ("Bezahlt am", "Zahlungsdatum", "Zahlungseingang", "Ausgeglichen am", "Paid On"),
            "day",
        ),
        Field("order", _("Auftragsnummer"), ORDER_NAMES),
        *CUSTOMER,
    ),
    TakeoverKind.CLASSES: (
        Field(
            "year",
            _("Jahr"),
            ("Jahr", "Geschäftsjahr", "Year", "Bezugsjahr"),
            "year",
            is_required=True,
        ),
        Field(
            "abc",
            _("Klasse"),
            ("Klasse", "ABC", "ABC-Klasse", "ABC-Kennzeichen", "Kundenklasse", "Einstufung"),
            "class",
        ),
        Field(
            "revenue",
            _("Umsatz"),
            ("Umsatz", "Jahresumsatz", "Umsatz netto", "Nettoumsatz", "Revenue"),
            "number",
        ),
        *CUSTOMER,
    ),
}


def find(kind: str, code: str) -> Field | None:
    """The field of that code."""
    return next((field for field in FIELDS[kind] if field.code == code), None)
