"""Who buys measuring instruments: trades, their WZ 2008 classes, words for company names."""

from dataclasses import dataclass
from functools import cache

from crm.demo.draw import Urn

# label, WZ 2008, weight, words of the trade in a company name
LINES = """
Maschinenbau|28.99|12|Maschinenbau Maschinenfabrik Sondermaschinen
Anlagenbau|28.29|9|Anlagenbau Apparatebau Industrieanlagen
Metallverarbeitung|25.62|9|Metallbau Zerspanung Präzisionsteile Drehtechnik Feinmechanik
Automobilzulieferer|29.32|6|Fahrzeugteile Automotive Antriebstechnik
Elektrotechnik|27.12|7|Elektrotechnik Schaltanlagen Elektrobau
Kunststofftechnik|22.29|5|Kunststofftechnik Spritzguss Kunststoffwerk
Chemie|20.59|4|Chemie Chemische_Werke Feinchemie
Lacke und Farben|20.30|2|Lackfabrik Farbenwerke
Pharma|21.20|3|Pharma Arzneimittel
Lebensmittel|10.89|5|Feinkost Lebensmittelwerke Nährmittel
Molkerei|10.51|2|Molkerei Milchwerke
Brauerei|11.05|2|Brauerei Brauhaus
Papier und Pappe|17.12|2|Papierfabrik Kartonagen
Druckerei|18.12|2|Druckhaus Druckerei
Glas und Keramik|23.13|2|Glaswerke Keramik
Gießerei|24.51|2|Gießerei Eisenwerk
Pumpen und Armaturen|28.13|3|Pumpenbau Armaturen
Schiffbau|30.11|3|Werft Schiffstechnik
Medizintechnik|32.50|4|Medizintechnik Orthopädietechnik
Energieversorgung|35.11|4|Energie Energiewerke Windkraft
Wasserversorgung|36.00|3|Wasserwerke Wassertechnik
Abwasser|37.00|2|Abwassertechnik Klärtechnik
Recycling|38.21|2|Recycling Umweltdienste
Gebäudetechnik|43.22|5|Gebäudetechnik Haustechnik Klimatechnik Kältetechnik
Elektroinstallation|43.21|3|Elektroinstallationen Elektro
Großhandel|46.69|4|Technischer_Handel Industriebedarf Werkzeughandel
Logistik|52.10|3|Logistik Spedition Lagerhaus
Ingenieurbüro|71.12|5|Ingenieure Ingenieurbüro Planungsgesellschaft
Prüflabor|71.20|5|Prüftechnik Analytik Kalibrierdienst Materialprüfung
Forschung|72.19|2|Institut Forschungszentrum
Klinik|86.10|2|Klinik Kliniken
"""


@dataclass(frozen=True, slots=True)
class Industry:
    """A trade: its name in lists, its class (WZ 2008), and words for company names."""

    label: str
    wz_code: str
    words: tuple[str, ...]


@cache
def industries() -> Urn[Industry]:
    """All trades with the share of customers each has."""
    weighted = []
    for line in LINES.strip().splitlines():
        label, code, weight, words = line.split("|")
        names = tuple(word.replace("_", " ") for word in words.split())
        weighted.append((Industry(label, code, names), float(weight)))
    return Urn(weighted)
