"""Google Contacts: the format of 2024 and later, the one before, and German column names.

Phones, e-mails and addresses come as pairs of a label (``Work``, ``Mobile``, ``Arbeit``) and a
value; several values of one kind share a cell, parted by `` ::: ``.
"""

from typing import Final

REPEATED: Final = range(1, 6)

PLAIN: Final[dict[str, str | None]] = {
    # since 2024
    "First Name": "person.given_name",
    "Middle Name": "person.given_name",
    "Last Name": "person.surname",
    "Name Prefix": "person.title",
    "Name Suffix": "person.title",
    "Organization Name": "company.name",
    "Organization Title": "employment.function",
    "Organization Department": "employment.department",
    "File As": None,
    "Nickname": None,
    "Photo": None,
    "Labels": None,
    "Phonetic First Name": None,
    "Phonetic Middle Name": None,
    "Phonetic Last Name": None,
    # before
    "Name": None,
    "Given Name": "person.given_name",
    "Additional Name": "person.given_name",
    "Family Name": "person.surname",
    "Yomi Name": None,
    "Given Name Yomi": None,
    "Family Name Yomi": None,
    "Additional Name Yomi": None,
    "Group Membership": None,
    "Short Name": None,
    "Maiden Name": None,
    "Initials": None,
    "Gender": None,
    "Location": None,
    "Billing Information": None,
    "Directory Server": None,
    "Mileage": None,
    "Occupation": None,
    "Hobby": None,
    "Sensitivity": None,
    "Priority": None,
    "Subject": None,
    "Language": "person.language",
    "Birthday": "person.birth_date",
    "Notes": "person.remark",
    # German
    "Vorname": "person.given_name",
    "Zweiter Vorname": "person.given_name",
    "Nachname": "person.surname",
    "Namenspräfix": "person.title",
    "Namenssuffix": "person.title",
    "Name der Organisation": "company.name",
    "Titel der Organisation": "employment.function",
    "Abteilung der Organisation": "employment.department",
    "Geburtstag": "person.birth_date",
    "Notizen": "person.remark",
}

NUMBERED: Final[dict[str, str | None]] = {
    "E-mail {n} - Label": "label",
    "E-mail {n} - Type": "label",
    "E-mail {n} - Value": "email.labelled",
    "Phone {n} - Label": "label",
    "Phone {n} - Type": "label",
    "Phone {n} - Value": "phone.labelled",
    "Address {n} - Label": "label",
    "Address {n} - Type": "label",
    "Address {n} - Formatted": None,
    "Address {n} - Street": "address.labelled.street_line",
    "Address {n} - City": "address.labelled.city",
    "Address {n} - PO Box": "address.labelled.po_box",
    "Address {n} - Region": None,
    "Address {n} - Postal Code": "address.labelled.postal_code",
    "Address {n} - Country": "address.labelled.country",
    "Address {n} - Extended Address": "address.labelled.extra",
    "Website {n} - Label": None,
    "Website {n} - Type": None,
    "Website {n} - Value": None,
    "Event {n} - Label": None,
    "Event {n} - Value": None,
    "Relation {n} - Label": None,
    "Relation {n} - Value": None,
    "Custom Field {n} - Label": None,
    "Custom Field {n} - Value": None,
    "E-Mail {n} – Label": "label",
    "E-Mail {n} – Wert": "email.labelled",
    "Telefon {n} – Label": "label",
    "Telefon {n} – Wert": "phone.labelled",
    "Adresse {n} – Label": "label",
    "Adresse {n} – Straße": "address.labelled.street_line",
    "Adresse {n} – Ort": "address.labelled.city",
    "Adresse {n} – Postleitzahl": "address.labelled.postal_code",
    "Adresse {n} – Land": "address.labelled.country",
}

FIRST_ONLY: Final[dict[str, str | None]] = {
    "Organization 1 - Name": "company.name",
    "Organization 1 - Title": "employment.function",
    "Organization 1 - Department": "employment.department",
    "Organization 1 - Type": None,
    "Organization 1 - Yomi Name": None,
    "Organization 1 - Symbol": None,
    "Organization 1 - Location": None,
    "Organization 1 - Job Description": None,
    "Website 1 - Value": "company.website",
}

COLUMNS: Final[dict[str, str | None]] = (
    PLAIN
    | {name.format(n=n): target for name, target in NUMBERED.items() for n in REPEATED}
    | FIRST_ONLY
)
