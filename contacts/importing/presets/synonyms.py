"""Column names people choose themselves, for lists that come from no known program."""

from typing import Final

REPORT_COLUMNS: Final = ("Einklang: Zeile", "Einklang: Spalte", "Einklang: Grund")

SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "person.salutation": ("Anrede", "Salutation", "Geschlecht/Anrede"),
    "person.title": ("Titel", "Akad. Titel", "Akademischer Titel", "Akad. Grad", "Academic Title"),
    "person.given_name": (
        "Vorname",
        "Vornamen",
        "Rufname",
        "First Name",
        "Given Name",
        "Firstname",
    ),
    "person.particle": ("Namenszusatz", "Vorsatzwort", "Namensvorsatz", "Adelsprädikat"),
    "person.surname": (
        *("Nachname", "Familienname", "Zuname", "Last Name", "Surname", "Lastname", "Family Name"),
    ),
    "person.full_name": (
        *("Vor- und Nachname", "Vorname Nachname", "Ganzer Name", "Vollständiger Name"),
        *("Full Name", "Ansprechpartner", "Ansprechpartnerin", "Kontakt", "Kontaktperson"),
        *("Ansprechperson", "Contact", "Contact Name", "Teilnehmer", "Besucher"),
    ),
    "person.surname_given": ("Nachname, Vorname", "Name, Vorname", "Name Vorname"),
    "person.birth_date": (
        *("Geburtsdatum", "Geburtstag", "geboren", "geb. am", "geb.", "GEB_DAT", "Geb.-Datum"),
        *("Birthday", "Birth Date", "Date of Birth"),
    ),
    "person.language": ("Sprache", "Korrespondenzsprache", "Language"),
    "person.number": (
        *("Personennummer", "Personen-Nr.", "Kontaktnummer", "Kontakt-Nr.", "Kontakt-ID"),
        *("Teilnehmernummer", "Ausweisnummer", "Badge-ID", "Contact ID"),
    ),
    "person.remark": (
        *("Bemerkung", "Bemerkungen", "Notiz", "Notizen", "Kommentar", "Anmerkung", "Notes"),
        *("Hinweis", "Remark"),
    ),
    "employment.function": (
        *(
            "Funktion",
            "Position",
            "Stellung",
            "Tätigkeit",
            "Job Title",
            "Rolle",
            "Role",
            "Function",
        ),
        *("Berufsbezeichnung", "Stelle"),
    ),
    "employment.department": ("Abteilung", "Bereich", "Department", "Abt."),
    "company.name": (
        *("Firma", "Firmenname", "Unternehmen", "Organisation", "Company", "Company Name"),
        *("Organization", "Kunde", "Betrieb", "Institution", "Aussteller"),
    ),
    "company.legal_form": ("Rechtsform", "Legal Form", "Gesellschaftsform"),
    "company.number": (
        "Kundennummer",
        "Kunden-Nr.",
        "KdNr",
        "Debitor",
        "Customer Number",
        "ERP-Nr.",
    ),
    "company.vat_id": ("USt-IdNr.", "USt-ID", "Umsatzsteuer-ID", "VAT ID", "VAT Number"),
    "company.industry": (
        "WZ 2008",
        "WZ-Code",
        "Branchenschlüssel",
        "Branchencode",
        "Wirtschaftszweig",
    ),
    "company.website": (
        *("Internet", "Homepage", "Website", "Webseite", "Internetseite", "Web", "URL", "www"),
    ),
    "email.business": (
        *("E-Mail", "Email", "Mail", "E-Mail-Adresse", "Mailadresse", "E-Mail geschäftlich"),
        *("E-Mail dienstlich", "E-Mail (geschäftlich)", "E-Mail (dienstl.)", "E-Mail Firma"),
        *("Work Email", "Business Email", "E-Mail Address", "E-Mail 1"),
    ),
    "email.private": (
        *("E-Mail privat", "Email privat", "E-Mail (privat)", "Private E-Mail", "Personal Email"),
    ),
    "email.other": ("E-Mail 2", "E-Mail2", "Weitere E-Mail", "E-Mail 3", "E-Mail alternativ"),
    "phone.business": (
        *("Telefon", "Tel", "Tel.", "Telefonnummer", "Telefon geschäftlich", "Telefon dienstlich"),
        *("Telefon (geschäftlich)", "Tel. geschäftlich", "Tel. dienstl.", "Rufnummer", "Festnetz"),
        *("Durchwahl", "Phone", "Work Phone", "Business Phone", "Phone Number", "Telefon 1"),
        *("Telefon 2",),
    ),
    "phone.private": ("Telefon privat", "Tel. privat", "Telefon (privat)", "Home Phone"),
    "phone.switchboard": ("Zentrale", "Telefon Zentrale", "Telefon Firma", "Tel. Zentrale"),
    "mobile.business": (
        *("Mobil", "Mobiltelefon", "Handy", "Handynummer", "Mobilnummer", "Mobil geschäftlich"),
        *(
            "Mobil dienstlich",
            "Mobil (geschäftlich)",
            "Mobile",
            "Mobile Phone",
            "Cell",
            "Cell Phone",
        ),
    ),
    "mobile.private": ("Mobil privat", "Handy privat", "Mobil (privat)"),
    "fax.business": ("Fax", "Telefax", "Faxnummer", "Fax geschäftlich", "Fax dienstlich"),
    "fax.private": ("Fax privat",),
    "messenger.private": ("Messenger", "WhatsApp", "Signal", "Threema", "Telegram"),
    "social.business": (
        "LinkedIn",
        "XING",
        "Xing-Profil",
        "LinkedIn-Profil",
        "Social Media",
        "Twitter",
    ),
    "address.business.street_line": (
        *(
            "Straße",
            "Strasse",
            "Straße und Hausnummer",
            "Straße, Nr.",
            "Straße/Nr.",
            "Str.",
            "Street",
        ),
        *("Anschrift", "Adresse", "Straße + Nr.", "Straße Hausnummer", "Straße Nr.", "Address"),
        *("Straße Firma", "Straße geschäftlich"),
    ),
    "address.business.house_number": ("Hausnummer", "Haus-Nr.", "Hausnr.", "HNr", "Nr."),
    "address.business.extra": ("Adresszusatz", "Adresszeile 2", "Zusatz", "c/o", "Address Line 2"),
    "address.business.postal_code": (
        "PLZ",
        "Postleitzahl",
        "Zip",
        "Zip Code",
        "Postal Code",
        "Postcode",
    ),
    "address.business.city": ("Ort", "Stadt", "City", "Wohnort", "Town"),
    "address.business.postal_code_city": ("PLZ Ort", "PLZ/Ort", "PLZ, Ort", "PLZ und Ort"),
    "address.business.country": ("Land", "Country", "Staat", "Ländercode", "LKZ"),
    "address.business.po_box": ("Postfach", "PO Box"),
    "address.private.street_line": ("Straße privat", "Privatanschrift", "Straße (privat)"),
    "address.private.postal_code": ("PLZ privat", "PLZ (privat)", "Postleitzahl privat"),
    "address.private.city": ("Ort privat", "Ort (privat)", "Wohnort privat"),
    "address.private.country": ("Land privat",),
    "owner.email": ("Betreuer", "Betreuer E-Mail", "Zuständig", "Zuständig (E-Mail)", "Owner"),
    "confirmed_at": (
        *("Stand", "geprüft am", "Zuletzt geprüft", "Bestätigt am", "Zuletzt bestätigt"),
        *("Aktualisiert am", "Letzter Kontakt"),
    ),
}

COLUMNS: Final[dict[str, str | None]] = {
    name: target for target, names in SYNONYMS.items() for name in names
} | dict.fromkeys(REPORT_COLUMNS)
