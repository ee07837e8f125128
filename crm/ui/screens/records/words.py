"""Signs and words for kinds of contact points, topics and changes."""

from django.utils.translation import gettext_lazy

from contacts.change_topics import Topic
from contacts.models import ContactPointKind

KIND_ICONS = {
    ContactPointKind.EMAIL: "mail",
    ContactPointKind.PHONE: "phone",
    ContactPointKind.MOBILE: "mobile",
    ContactPointKind.FAX: "fax",
    ContactPointKind.POSTAL: "letter",
    ContactPointKind.MESSENGER: "chat",
    ContactPointKind.SOCIAL: "link",
}
TOPICS = {
    Topic.RECORD: ("note", gettext_lazy("Stammdaten")),
    Topic.REACH: ("phone", gettext_lazy("Kontaktwege")),
    Topic.ROLES: ("company", gettext_lazy("Rollen")),
    Topic.QUALIFICATION: ("task", gettext_lazy("Qualifizierung")),
    Topic.CONFIRMATION: ("check", gettext_lazy("Bestätigungen")),
    Topic.IMPORT: ("import", gettext_lazy("Importe")),
}
TITLES = {
    "created": gettext_lazy("Angelegt"),
    "updated": gettext_lazy("Stammdaten geändert"),
    "assigned": gettext_lazy("Betreuung geändert"),
    "restored": gettext_lazy("Import zurückgenommen"),
    "contact-point.added": gettext_lazy("Kontaktweg hinzugefügt"),
    "contact-point.corrected": gettext_lazy("Kontaktweg berichtigt"),
    "contact-point.updated": gettext_lazy("Kontaktweg geändert"),
    "contact-point.status-set": gettext_lazy("Status eines Kontaktwegs"),
    "contact-point.verified": gettext_lazy("Kontaktweg geprüft"),
    "contact-point.removed": gettext_lazy("Kontaktweg entfernt"),
    "contact-point.restored": gettext_lazy("Kontaktweg wiederhergestellt"),
    "address.added": gettext_lazy("Anschrift hinzugefügt"),
    "address.updated": gettext_lazy("Anschrift geändert"),
    "address.ended": gettext_lazy("Anschrift beendet"),
    "employment.added": gettext_lazy("Rolle hinzugefügt"),
    "employment.updated": gettext_lazy("Rolle geändert"),
    "qualification.set": gettext_lazy("Qualifizierung"),
    "datum.confirmed": gettext_lazy("Angabe bestätigt"),
    "record.confirmed": gettext_lazy("Alles bestätigt"),
    "external-id.added": gettext_lazy("Nummer hinzugefügt"),
    "external-id.removed": gettext_lazy("Nummer entfernt"),
    "import.created": gettext_lazy("Aus einer Datei angelegt"),
    "import.updated": gettext_lazy("Aus einer Datei ergänzt"),
    "import.unchanged": gettext_lazy("In einer Datei enthalten, unverändert"),
    "import.rejected": gettext_lazy("In einer Datei enthalten, zurückgewiesen"),
}
