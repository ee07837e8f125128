"""What the people do: function and department, in the form for men and for women."""

from crm.demo.draw import Urn

_LINES = """
6|Geschäftsführer|Geschäftsführerin|Geschäftsleitung
3|Prokurist|Prokuristin|Geschäftsleitung
3|Assistent der Geschäftsleitung|Assistentin der Geschäftsleitung|Geschäftsleitung
6|Leiter Technik|Leiterin Technik|Technik
5|Technischer Leiter|Technische Leiterin|Technik
4|Betriebsleiter|Betriebsleiterin|Produktion
6|Produktionsleiter|Produktionsleiterin|Produktion
4|Fertigungsplaner|Fertigungsplanerin|Produktion
6|Leiter Instandhaltung|Leiterin Instandhaltung|Instandhaltung
6|Instandhalter|Instandhalterin|Instandhaltung
4|Elektromeister|Elektromeisterin|Instandhaltung
9|Einkäufer|Einkäuferin|Einkauf
5|Leiter Einkauf|Leiterin Einkauf|Einkauf
5|Sachbearbeiter Einkauf|Sachbearbeiterin Einkauf|Einkauf
8|Qualitätsmanager|Qualitätsmanagerin|Qualitätssicherung
6|Leiter Qualitätssicherung|Leiterin Qualitätssicherung|Qualitätssicherung
5|Prüfmittelbeauftragter|Prüfmittelbeauftragte|Qualitätssicherung
5|Messtechniker|Messtechnikerin|Messraum
3|Leiter Messraum|Leiterin Messraum|Messraum
5|Laborleiter|Laborleiterin|Labor
4|Laborant|Laborantin|Labor
5|Konstrukteur|Konstrukteurin|Entwicklung
5|Entwicklungsingenieur|Entwicklungsingenieurin|Entwicklung
3|Leiter Entwicklung|Leiterin Entwicklung|Entwicklung
6|Projektleiter|Projektleiterin|Projekte
3|Umweltbeauftragter|Umweltbeauftragte|Umwelt und Sicherheit
2|Fachkraft für Arbeitssicherheit|Fachkraft für Arbeitssicherheit|Umwelt und Sicherheit
3|IT-Leiter|IT-Leiterin|IT
3|Leiter Vertrieb|Leiterin Vertrieb|Vertrieb
3|Kaufmännischer Leiter|Kaufmännische Leiterin|Verwaltung
3|Buchhalter|Buchhalterin|Verwaltung
"""


def _jobs(sex: str) -> Urn[tuple[str, str]]:
    rows = (line.split("|") for line in _LINES.strip().splitlines())
    return Urn([((m if sex == "m" else f, where), float(weight)) for weight, m, f, where in rows])


JOBS = {"m": _jobs("m"), "f": _jobs("f")}
