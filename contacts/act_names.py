"""What happened, in a few words: the title of every act that an audit row can tell of."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.difference_texts import Difference

OF_RECORDS: Final[dict[str, Any]] = {
    "created": _("Angelegt"),
    "updated": _("Stammdaten geändert"),
    "assigned": _("Zuständigkeit geändert"),
    "restored": _("Import zurückgenommen"),
    "removed": _("Mit dem Import entfernt"),
    "merged": _("Mit anderen zusammengeführt"),
    "became-alias": _("In einem anderen Eintrag aufgegangen"),
    "merge-undone": _("Zusammenführung zurückgenommen"),
    "separated": _("Nach einer Zusammenführung wieder ein eigener Eintrag"),
}
TITLES: Final[dict[str, Any]] = {
    **{
        f"{kind}.{act}": title
        for kind in ("person", "company")
        for act, title in OF_RECORDS.items()
    },
    "contact-point.added": _("Kontaktweg hinzugefügt"),
    "contact-point.corrected": _("Kontaktweg berichtigt"),
    "contact-point.updated": _("Kontaktweg geändert"),
    "contact-point.status-set": _("Status eines Kontaktwegs"),
    "contact-point.verified": _("Kontaktweg geprüft"),
    "contact-point.removed": _("Kontaktweg entfernt"),
    "contact-point.restored": _("Kontaktweg wiederhergestellt"),
    "address.added": _("Anschrift hinzugefügt"),
    "address.updated": _("Anschrift geändert"),
    "address.ended": _("Anschrift beendet"),
    "employment.added": _("Rolle hinzugefügt"),
    "employment.updated": _("Rolle geändert"),
    "qualification.set": _("Qualifizierung"),
    "datum.confirmed": _("Angabe bestätigt"),
    "record.confirmed": _("Alles bestätigt"),
    "external-id.added": _("Nummer hinzugefügt"),
    "external-id.removed": _("Nummer entfernt"),
    "import.created": _("Aus einer Datei angelegt"),
    "import.updated": _("Aus einer Datei ergänzt"),
    "import.unchanged": _("In einer Datei enthalten, unverändert"),
    "import.rejected": _("In einer Datei enthalten, zurückgewiesen"),
    "import.uploaded": _("Datei hochgeladen"),
    "import.started": _("Import gestartet"),
    "import.cancel-asked": _("Import angehalten"),
    "import.cancelled": _("Import endete vorzeitig"),
    "import.done": _("Import abgeschlossen"),
    "import.failed": _("Import abgebrochen"),
    "import.revert-asked": _("Rücknahme des Imports verlangt"),
    "import.reverted": _("Import zurückgenommen"),
    "import.discarded": _("Datei verworfen"),
    "persons.exported": _("Ansprechpartner ausgeleitet"),
    "companies.exported": _("Firmen ausgeleitet"),
    "audit.exported": _("Protokoll ausgeleitet"),
    "user.created": _("Konto angelegt"),
    "user.updated": _("Konto geändert"),
    "user.password-set": _("Passwort gesetzt"),
    "user.password-link-issued": _("Verweis für ein neues Passwort ausgestellt"),
    "user.roles-set": _("Rollen eines Kontos geändert"),
    "user.teams-set": _("Teams eines Kontos geändert"),
    "role.visibility-set": _("Sichtbarkeit einer Rolle geändert"),
    "team.created": _("Team angelegt"),
    "team.updated": _("Team geändert"),
    "api-token.created": _("Schlüssel für ein Programm angelegt"),
    "api-token.revoked": _("Schlüssel für ein Programm widerrufen"),
    "source.created": _("Herkunft angelegt"),
    "source.updated": _("Herkunft geändert"),
    "criterion.created": _("Kriterium angelegt"),
    "criterion.updated": _("Kriterium geändert"),
    "criterion.retired": _("Kriterium stillgelegt"),
    "criterion.reactivated": _("Kriterium wieder in Gebrauch"),
    "saved-view.created": _("Ansicht angelegt"),
    "saved-view.updated": _("Ansicht geändert"),
    "saved-view.removed": _("Ansicht gelöscht"),
    "duplicate.same": _("Als derselbe Eintrag erkannt"),
    "duplicate.different": _("Als verschiedene Einträge erkannt"),
    "duplicate.withdrawn": _("Entscheidung über eine Dublette zurückgenommen"),
    "duplicate.automation-set": _("Automatisches Zusammenführen eingestellt"),
    "matching.started": _("Suche nach Dubletten gestartet"),
    "matching.cancelled": _("Suche nach Dubletten angehalten"),
    "matching.done": _("Suche nach Dubletten abgeschlossen"),
    "matching.failed": _("Suche nach Dubletten abgebrochen"),
    "ledger.verified": _("Einwilligungsprotokoll geprüft"),
    "ledger.dossier-made": _("Dossier zu Einwilligungen erstellt"),
    "ledger.report-made": _("Prüfbericht zu Einwilligungen erstellt"),
    "ledger.exported": _("Einwilligungsprotokoll ausgeleitet"),
    "activity.planned": _("Aktivität geplant"),
    "activity.updated": _("Aktivität geändert"),
    "activity.postponed": _("Aktivität verschoben"),
    "activity.completed": _("Aktivität erledigt"),
    "activity.reopened": _("Aktivität wieder geöffnet"),
    "activity.cancelled": _("Aktivität abgesagt"),
    "activity.handed-over": _("Aktivität übergeben"),
    "activity.removed": _("Nächste Aktivität entfernt"),
    "calendar-feed.created": _("Kalenderabonnement angelegt"),
    "calendar-feed.rotated": _("Adresse des Kalenderabonnements erneuert"),
    "telephone-system.created": _("Telefonanlage angeschlossen"),
    "telephone-system.updated": _("Telefonanlage geändert"),
    "telephone-system.secret-renewed": _("Geheimnis der Telefonanlage erneuert"),
    "extension.added": _("Nebenstelle hinzugefügt"),
    "extension.removed": _("Nebenstelle entfernt"),
    "extension.opening-set": _("Anzeige von Anrufen eingestellt"),
    "calendar-feed.revoked": _("Kalenderabonnement beendet"),
    "demo.loaded": _("Beispieldaten geladen"),
}


def told(action: str, differences: Sequence[Difference]) -> str:
    """The title; of a single changed field its name; empty for an act that nobody named."""
    if action in ("person.updated", "company.updated") and len(differences) == 1:
        return gettext("%(field)s geändert") % {"field": differences[0].label}
    return str(TITLES.get(action, ""))
