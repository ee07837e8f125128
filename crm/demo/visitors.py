"""Who came to the stand, and what was written on their slips: invented, in all shades."""

from dataclasses import dataclass, field
from typing import Any, Final

Answers = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """One slip. ``answers`` are chips, ``said`` what was answered by channel."""

    name: str
    company: str
    function: str = ""
    need: str = ""
    note: str = ""
    grade: str = ""
    answers: Answers = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    next_step: str = ""
    mobile: str = ""
    email: bool = True


def _answers(volume: str = "", horizon: str = "", who: str = "", need: str = "") -> Answers:
    given = {"volume": volume, "horizon": horizon, "authority": who, "need": need}
    return {question: [code] for question, code in given.items() if code}


def _yes(*channels: str) -> dict[str, str]:
    return dict.fromkeys(channels, "YES")


HOT: Final = _answers("150-300", "3", "decider", "project")
WARM: Final = _answers("50-150", "6", "technical", "project")
MILD: Final = _answers("-50", "12", "influencer", "idea")
COLD: Final = _answers("", "open", "influencer", "none")
NO: Final[dict[str, Any]] = {"email": "NO"}

VISITORS: Final[tuple[Visitor, ...]] = (
    Visitor("Gesine Ahlers", "Ahlers Metallbau GmbH", "Geschäftsführerin",
            "Messplätze für zwei neue Hallen, bis Ostern in Betrieb.", "Kennt uns von Frau Thoms.",
            "A", HOT | {"competitor": ["others"]}, _yes("email", "phone"), "Angebot schicken"),
    Visitor("Torben Wiechmann", "Fördewerk Antriebe", "Leiter Qualität",
            "Schwingungsmessung an 14 Linien, heute noch von Hand.", "", "A",
            _answers("300-", "6", "technical", "project"), _yes("email")),
    Visitor("Dr. Paula Reinders", "Klinikum Eidertal", "Technische Leitung",
            "Raumluft und Druck in sechs OP-Sälen überwachen.",
            "Braucht eine Referenz aus einem Krankenhaus.", "A", HOT, _yes("email"),
            "Referenz nennen"),
    Visitor("Ömer Çelik", "Çelik Kälte & Klima", "Inhaber",
            "Leckanzeige für Ammoniak, drei Anlagen.", "", "A",
            _answers("50-150", "3", "decider", "project"), _yes("email", "phone")),
    Visitor("Henrike Stöver", "Stöver Präzision KG", "Einkauf",
            "Ersatz für 40 Messschieber mit Funk.", "", "B",
            _answers("-50", "3", "buyer", "project"), _yes("email")),
    Visitor("Björn Lüttjohann", "Marschen Milchwerke", "Betriebsleiter",
            "Durchfluss und Temperatur an der neuen Abfüllung.", "Ruft lieber an als zu schreiben.",
            "A", HOT, {"phone": "YES", "email": "NO"}, "Anrufen"),
    Visitor("Kirsten Nagel-Otto", "Heidebau Fertigteile", "Werkleitung",
            "Betonfeuchte messen, ohne Proben zu ziehen.", "", "B", WARM, _yes("email")),
    Visitor("Rüdiger Groß", "Groß & Sohn Dachtechnik", "Inhaber", "Wärmebildkamera zur Miete.",
            "", "C", MILD, NO),
    Visitor("Mette Sørensen", "Sund Offshore A/S", "Procurement",
            "Calibration service for 120 sensors.", "Spricht Englisch.", "B",
            _answers("50-150", "6", "buyer", "project"), _yes("email")),
    Visitor("Finn Jepsen", "Hochschule Flensburg", "Student", "", "Sucht Thema für seine Arbeit.",
            "C", COLD, {}),
    Visitor("Anneliese Köpke", "Köpke Gartenbau eG", "Vorstand",
            "Bodenfeuchte in 30 Gewächshäusern.", "", "B", WARM, _yes("email", "post")),
    Visitor("Jan-Ole Petersen", "Nordhafen Logistik", "Leiter Instandhaltung",
            "Druckluft: wo geht sie verloren?", "Hat ein festes Budget für dieses Jahr.", "A", HOT,
            _yes("email", "phone"), "Begehung vereinbaren"),
    Visitor("Yvonne Brandstätter", "Alpin Seilbahntechnik", "Entwicklung",
            "Dehnung am Tragseil, drahtlos.", "", "B", WARM, {}),
    Visitor("Karl-Heinz Münstermann", "Münstermann Mühlen", "Geschäftsführer",
            "Staubmessung nach neuer Vorschrift.", "Entscheidet mit seinem Bruder.", "B",
            _answers("50-150", "6", "decider", "idea"), _yes("email")),
    Visitor("Swantje Hinrichs", "Inselversorger Amrum", "Netzmeisterin",
            "Zähler aus der Ferne ablesen.", "", "B", MILD, _yes("email")),
    Visitor("Ali Rezaei", "Rezaei Feinwerk", "", "Prüfstand für Kleinmotoren.", "", "",
            _answers("-50", "6"), {}),
    Visitor("Birte Clausen", "Clausen Labor GmbH", "Laborleitung",
            "Waagen und Thermometer mit Zertifikat.", "", "C", MILD, _yes("email")),
    Visitor("Matthias Überacker", "Donau Papier", "Produktion", "Bahnspannung messen.", "", "B",
            WARM, NO),
    Visitor("Heinke Boysen", "Boysen Windservice", "Disposition",
            "Drehmoment am Turm dokumentieren.", "War mit zwei Monteuren da.", "A",
            _answers("50-150", "3", "decider", "project"), _yes("email", "phone")),
    Visitor("Dieter Schöneberg", "", "", "", "Nur Prospekt mitgenommen.", "C", COLD, {},
            email=False),
    Visitor("Silvia Marquardt", "Marquardt Folien AG", "Technik", "Dicke in der Linie messen.",
            "", "B", WARM, _yes("email")),
    Visitor("Enno Janßen", "Janßen Fischverarbeitung", "Inhaber",
            "Kerntemperatur lückenlos, auch im Wagen.", "", "A", HOT, _yes("phone")),
    Visitor("Corinna Weißmüller", "Hanse Aufzüge", "Service", "Schwingung an Antrieben.", "", "C",
            MILD, {}),
    Visitor("Lorenz Eggers", "Eggers Schiffbau", "Projektleitung",
            "Füllstände in 22 Tanks.", "Termin mit dem Reeder im Frühjahr.", "B", WARM,
            _yes("email")),
    Visitor("Nadja Kowalenko", "Spree Elektronik", "Einkauf", "Preise für Temperaturfühler.", "",
            "C", _answers("-50", "3", "buyer", "idea"), NO),
    Visitor("Uwe Drews", "Drews Prüftechnik", "Inhaber", "", "Wettbewerber, wollte Preise.", "C",
            COLD | {"competitor": ["others"]}, {}),
    Visitor("Almut Reinicke", "Bioland Hof Reinicke", "", "Silo: Feuchte und Temperatur.", "",
            "C", MILD, {}),
    Visitor("Sebastian von Hagen", "von Hagen Brauerei", "Braumeister",
            "CO₂ im Gärkeller, mit Alarm.", "", "A", HOT, _yes("email", "phone"),
            "Vor Ort ansehen"),
    Visitor("Thi Mai Nguyen", "Nguyen Textildruck", "Leitung", "Luftfeuchte im Druckraum.", "",
            "B", WARM, _yes("email")),
    Visitor("", "Ostsee Verpackung", "", "Foto der Karte, Gespräch folgt.", "", "B", WARM, {},
            email=False),
    Visitor("", "Elbe Chemiehandel", "", "", "Karte liegt bei.", "", {}, {}, email=False),
)  # fmt: skip
"""Those whom nobody knew before."""

SPELLINGS: Final = {
    "Maier": "Mayer", "Mayer": "Meier", "Meier": "Meyer", "Meyer": "Maier", "Schmidt": "Schmitt",
    "Schmitt": "Schmidt", "Hoffmann": "Hofmann", "Hofmann": "Hoffmann", "Müller": "Mueller",
    "Krüger": "Krueger", "Weiß": "Weiss", "Schulz": "Schultz", "Schröder": "Schroeder",
    "Köhler": "Koehler", "Schäfer": "Schaefer", "Peters": "Peeters", "Becker": "Beckert",
}  # fmt: skip
"""How a surname that is known was understood at the stand."""

KNOWN_NEEDS: Final = (
    "Nachrüstung der bestehenden Anlage, zwei weitere Messstellen.",
    "Wartungsvertrag läuft aus, will vergleichen.",
    "Neue Linie im Herbst, dieselbe Technik wie bisher.",
    "Fragt nach der Auswertung im Netz.",
    "Zweiter Standort, gleiche Aufgabe.",
    "Ersatz nach Wasserschaden, eilig.",
    "Kalibrierung für 60 Geräte.",
    "Hat das Angebot vom Sommer noch nicht entschieden.",
    "Sucht eine Lösung für die Ex-Zone.",
)
