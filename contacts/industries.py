"""Names of industries: the divisions of the classification WZ 2008 (Statistisches Bundesamt)."""

from typing import Final

DIVISIONS: Final[dict[str, str]] = {
    "01": "Landwirtschaft, Jagd", "02": "Forstwirtschaft", "03": "Fischerei und Aquakultur",
    "05": "Kohlenbergbau", "06": "Gewinnung von Erdöl und Erdgas", "07": "Erzbergbau",
    "08": "Gewinnung von Steinen und Erden", "09": "Dienstleistungen für den Bergbau",
    "10": "Nahrungs- und Futtermittel", "11": "Getränkeherstellung", "12": "Tabakverarbeitung",
    "13": "Textilien", "14": "Bekleidung", "15": "Leder und Schuhe", "16": "Holzwaren",
    "17": "Papier und Pappe", "18": "Druckerzeugnisse", "19": "Kokerei, Mineralölverarbeitung",
    "20": "Chemische Erzeugnisse", "21": "Pharmazeutische Erzeugnisse",
    "22": "Gummi- und Kunststoffwaren", "23": "Glas, Keramik, Steine und Erden",
    "24": "Metallerzeugung", "25": "Metallerzeugnisse",
    "26": "Datenverarbeitungsgeräte, Elektronik, Optik", "27": "Elektrische Ausrüstungen",
    "28": "Maschinenbau", "29": "Kraftwagen und Kraftwagenteile", "30": "Sonstiger Fahrzeugbau",
    "31": "Möbel", "32": "Sonstige Waren", "33": "Reparatur von Maschinen",
    "35": "Energieversorgung", "36": "Wasserversorgung", "37": "Abwasserentsorgung",
    "38": "Abfallbeseitigung, Rückgewinnung", "39": "Beseitigung von Umweltverschmutzungen",
    "41": "Hochbau", "42": "Tiefbau", "43": "Ausbaugewerbe",
    "45": "Handel mit Kraftfahrzeugen", "46": "Großhandel", "47": "Einzelhandel",
    "49": "Landverkehr, Rohrfernleitungen", "50": "Schifffahrt", "51": "Luftfahrt",
    "52": "Lagerei, Dienstleistungen für den Verkehr", "53": "Post, Kurier, Express",
    "55": "Beherbergung", "56": "Gastronomie", "58": "Verlagswesen",
    "59": "Film, Fernsehprogramme, Musikverlage", "60": "Rundfunkveranstalter",
    "61": "Telekommunikation", "62": "Dienstleistungen der Informationstechnologie",
    "63": "Informationsdienstleistungen", "64": "Finanzdienstleistungen", "65": "Versicherungen",
    "66": "Mit Finanz- und Versicherungsdienstleistungen verbundene Tätigkeiten",
    "68": "Grundstücks- und Wohnungswesen", "69": "Rechts- und Steuerberatung",
    "70": "Unternehmensführung und -beratung", "71": "Architektur- und Ingenieurbüros",
    "72": "Forschung und Entwicklung", "73": "Werbung und Marktforschung",
    "74": "Sonstige freiberufliche Tätigkeiten", "75": "Veterinärwesen",
    "77": "Vermietung von beweglichen Sachen", "78": "Vermittlung von Arbeitskräften",
    "79": "Reisebüros und Reiseveranstalter", "80": "Wach- und Sicherheitsdienste",
    "81": "Gebäudebetreuung, Gartenbau", "82": "Dienstleistungen für Unternehmen",
    "84": "Öffentliche Verwaltung", "85": "Erziehung und Unterricht", "86": "Gesundheitswesen",
    "87": "Heime", "88": "Sozialwesen", "90": "Künstlerische Tätigkeiten",
    "91": "Bibliotheken, Museen, Gärten", "92": "Spiel-, Wett- und Lotteriewesen",
    "93": "Sport, Unterhaltung, Erholung", "94": "Interessenvertretungen",
    "95": "Reparatur von Gebrauchsgütern", "96": "Überwiegend persönliche Dienstleistungen",
    "97": "Private Haushalte mit Hauspersonal", "98": "Eigenbedarf privater Haushalte",
    "99": "Exterritoriale Organisationen",
}  # fmt: skip


def name_of(code: str) -> str:
    """``28.29`` → ``Maschinenbau``: the name of the division; "" if there is none."""
    return DIVISIONS.get(code[:2], "")
