"""Names of industries: the divisions of the classification WZ 2008 (Statistisches Bundesamt)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIVISIONS: Final[dict[str, Promise]] = {
    "01": _("Landwirtschaft, Jagd"), "02": _("Forstwirtschaft"),
    "03": _("Fischerei und Aquakultur"), "05": _("Kohlenbergbau"),
    "06": _("Gewinnung von Erdöl und Erdgas"), "07": _("Erzbergbau"),
    "08": _("Gewinnung von Steinen und Erden"), "09": _("Dienstleistungen für den Bergbau"),
    "10": _("Nahrungs- und Futtermittel"), "11": _("Getränkeherstellung"),
    "12": _("Tabakverarbeitung"), "13": _("Textilien"), "14": _("Bekleidung"),
    "15": _("Leder und Schuhe"), "16": _("Holzwaren"), "17": _("Papier und Pappe"),
    "18": _("Druckerzeugnisse"), "19": _("Kokerei, Mineralölverarbeitung"),
    "20": _("Chemische Erzeugnisse"), "21": _("Pharmazeutische Erzeugnisse"),
    "22": _("Gummi- und Kunststoffwaren"), "23": _("Glas, Keramik, Steine und Erden"),
    "24": _("Metallerzeugung"), "25": _("Metallerzeugnisse"),
    "26": _("Datenverarbeitungsgeräte, Elektronik, Optik"), "27": _("Elektrische Ausrüstungen"),
    "28": _("Maschinenbau"), "29": _("Kraftwagen und Kraftwagenteile"),
    "30": _("Sonstiger Fahrzeugbau"), "31": _("Möbel"), "32": _("Sonstige Waren"),
    "33": _("Reparatur von Maschinen"), "35": _("Energieversorgung"), "36": _("Wasserversorgung"),
    "37": _("Abwasserentsorgung"), "38": _("Abfallbeseitigung, Rückgewinnung"),
    "39": _("Beseitigung von Umweltverschmutzungen"), "41": _("Hochbau"), "42": _("Tiefbau"),
    "43": _("Ausbaugewerbe"), "45": _("Handel mit Kraftfahrzeugen"), "46": _("Großhandel"),
    "47": _("Einzelhandel"), "49": _("Landverkehr, Rohrfernleitungen"), "50": _("Schifffahrt"),
    "51": _("Luftfahrt"), "52": _("Lagerei, Dienstleistungen für den Verkehr"),
    "53": _("Post, Kurier, Express"), "55": _("Beherbergung"), "56": _("Gastronomie"),
    "58": _("Verlagswesen"), "59": _("Film, Fernsehprogramme, Musikverlage"),
    "60": _("Rundfunkveranstalter"), "61": _("Telekommunikation"),
    "62": _("Dienstleistungen der Informationstechnologie"),
    "63": _("Informationsdienstleistungen"), "64": _("Finanzdienstleistungen"),
    "65": _("Versicherungen"),
    "66": _("Mit Finanz- und Versicherungsdienstleistungen verbundene Tätigkeiten"),
    "68": _("Grundstücks- und Wohnungswesen"), "69": _("Rechts- und Steuerberatung"),
    "70": _("Unternehmensführung und -beratung"), "71": _("Architektur- und Ingenieurbüros"),
    "72": _("Forschung und Entwicklung"), "73": _("Werbung und Marktforschung"),
    "74": _("Sonstige freiberufliche Tätigkeiten"), "75": _("Veterinärwesen"),
    "77": _("Vermietung von beweglichen Sachen"), "78": _("Vermittlung von Arbeitskräften"),
    "79": _("Reisebüros und Reiseveranstalter"), "80": _("Wach- und Sicherheitsdienste"),
    "81": _("Gebäudebetreuung, Gartenbau"), "82": _("Dienstleistungen für Unternehmen"),
    "84": _("Öffentliche Verwaltung"), "85": _("Erziehung und Unterricht"),
    "86": _("Gesundheitswesen"), "87": _("Heime"), "88": _("Sozialwesen"),
    "90": _("Künstlerische Tätigkeiten"), "91": _("Bibliotheken, Museen, Gärten"),
    "92": _("Spiel-, Wett- und Lotteriewesen"), "93": _("Sport, Unterhaltung, Erholung"),
    "94": _("Interessenvertretungen"), "95": _("Reparatur von Gebrauchsgütern"),
    "96": _("Überwiegend persönliche Dienstleistungen"),
    "97": _("Private Haushalte mit Hauspersonal"), "98": _("Eigenbedarf privater Haushalte"),
    "99": _("Exterritoriale Organisationen"),
}  # fmt: skip


def name_of(code: str) -> str:
    """``28.29`` → ``Maschinenbau``: the name of the division; "" if there is none."""
    return str(DIVISIONS.get(code[:2], ""))
