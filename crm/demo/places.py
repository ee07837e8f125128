"""Cities with some of their postal codes, and street names that exist everywhere and nowhere."""

from dataclasses import dataclass
from functools import cache
from random import Random

from crm.demo.draw import Urn, ranked

# city, weight, region of its telephone numbers, postal codes
GERMAN = """
Kiel|14|Nord|24103 24105 24109 24114 24118 24143 24145 24159
Hamburg|16|Nord|20095 20097 20144 20354 20457 20537 21073 21079 21107 22041 22083 22297 22335 \
22525 22761
Lübeck|6|Nord|23552 23554 23556 23558 23560 23562
Flensburg|4|Nord|24937 24939 24941 24943 24944
Neumünster|3|Nord|24534 24536 24537 24539
Husum|2|Nord|25813
Itzehoe|2|Nord|25524
Elmshorn|2|Nord|25335 25337
Norderstedt|3|Nord|22844 22846 22848 22850
Bremen|6|Nord|28195 28199 28203 28207 28209 28213 28217 28237 28309
Bremerhaven|2|Nord|27568 27570 27572 27576
Oldenburg|3|Nord|26121 26122 26123 26127 26129 26133
Osnabrück|3|Nord|49074 49076 49078 49080 49084 49090
Hannover|6|Nord|30159 30161 30163 30165 30167 30173 30179 30419 30453 30519 30559 30625 30659
Braunschweig|3|Nord|38100 38102 38104 38106 38108 38112 38114 38118 38122
Göttingen|2|Nord|37073 37075 37077 37079 37081 37085
Rostock|4|Ost|18055 18057 18059 18069 18106 18119 18147
Schwerin|2|Ost|19053 19055 19057 19061
Berlin|10|Ost|10115 10117 10178 10243 10405 10553 10587 10709 10823 10961 10997 10999 12099 12347 \
12459 12489 12681 13127 13353 13407 13509 13629 14059 14193
Potsdam|2|Ost|14467 14469 14471 14473 14480 14482
Cottbus|1|Ost|03042 03044 03046 03048 03050
Leipzig|4|Ost|04103 04105 04107 04109 04129 04155 04177 04229 04275 04299 04315 04347
Dresden|4|Ost|01067 01069 01097 01099 01109 01127 01139 01159 01187 01217 01237 01257 01307
Chemnitz|2|Ost|09111 09112 09113 09116 09120 09122 09126 09130
Halle (Saale)|2|Ost|06108 06110 06112 06114 06116 06122 06124 06130
Magdeburg|2|Ost|39104 39106 39108 39110 39112 39114 39116 39120 39124 39126
Erfurt|2|Ost|99084 99085 99086 99087 99089 99091 99096 99099
Jena|2|Ost|07743 07745 07747 07749
Dortmund|4|West|44135 44137 44139 44141 44143 44147 44225 44227 44263 44287 44309 44329 44357
Essen|4|West|45127 45128 45130 45131 45136 45138 45141 45143 45145 45219 45257 45307 45326
Düsseldorf|4|West|40210 40211 40213 40217 40221 40227 40233 40235 40237 40468 40472 40476 40547 \
40589 40599 40625
Köln|5|West|50667 50668 50670 50672 50674 50677 50679 50733 50739 50765 50823 50829 50931 50968 \
51063 51103 51107 51149
Bonn|2|West|53111 53113 53115 53117 53119 53121 53123 53129 53173 53177 53225 53227
Aachen|2|West|52062 52064 52066 52068 52070 52072 52074 52078
Münster|3|West|48143 48145 48147 48149 48151 48153 48155 48159 48161 48163
Bielefeld|3|West|33602 33604 33605 33607 33609 33611 33613 33615 33649 33659 33719 33729
Paderborn|2|West|33098 33100 33102 33104 33106
Wuppertal|2|West|42103 42105 42107 42109 42113 42115 42117 42275 42281 42285 42329 42389
Siegen|1|West|57072 57074 57076 57078 57080
Kassel|2|Mitte|34117 34119 34121 34123 34125 34127 34131 34134
Frankfurt am Main|5|Mitte|60311 60313 60314 60316 60318 60325 60327 60329 60386 60388 60431 60437 \
60439 60486 60528 60549 60594 60596 65929 65933
Darmstadt|2|Mitte|64283 64285 64287 64289 64291 64293 64295 64297
Wiesbaden|2|Mitte|65183 65185 65187 65189 65191 65193 65195 65197 65199 65203
Mainz|2|Mitte|55116 55118 55120 55122 55124 55126 55128 55130 55131
Mannheim|3|Mitte|68159 68161 68163 68165 68167 68169 68199 68219 68229 68305 68309
Karlsruhe|3|Mitte|76131 76133 76135 76137 76139 76149 76185 76187 76189 76227
Saarbrücken|2|Mitte|66111 66113 66115 66117 66119 66121 66123
Stuttgart|4|Süd|70173 70174 70176 70178 70180 70182 70184 70188 70190 70191 70327 70372 70376 \
70435 70469 70499 70565 70567 70597
Ulm|2|Süd|89073 89075 89077 89079 89081
Freiburg im Breisgau|2|Süd|79098 79100 79102 79104 79106 79108 79110 79111 79114
Heilbronn|2|Süd|74072 74074 74076 74078 74080 74081
Reutlingen|1|Süd|72760 72762 72764 72766 72768 72770
Konstanz|1|Süd|78462 78464 78465 78467
Nürnberg|3|Süd|90402 90403 90408 90409 90411 90419 90425 90429 90431 90439 90443 90449 90451 90459 \
90461 90471 90478 90489 90491
Erlangen|2|Süd|91052 91054 91056 91058
Würzburg|2|Süd|97070 97072 97074 97076 97078 97080 97082 97084
Regensburg|2|Süd|93047 93049 93051 93053 93055 93057 93059
Augsburg|3|Süd|86150 86152 86153 86154 86156 86157 86159 86161 86163 86165 86167 86179 86199
Ingolstadt|2|Süd|85049 85051 85053 85055 85057
München|6|Süd|80331 80333 80335 80336 80339 80469 80538 80634 80636 80686 80796 80807 80809 80933 \
80939 80992 81241 81369 81379 81477 81539 81541 81549 81671 81677 81737 81829 81925 81929
Passau|1|Süd|94032 94034 94036
"""
AUSTRIAN = """
Wien|3|Süd|1010 1020 1030 1050 1100 1110 1120 1150 1190 1210 1220 1230
Graz|1|Süd|8010 8020 8041 8042 8051 8053 8055
Linz|1|Süd|4020 4030 4040
Salzburg|1|Süd|5020 5023 5026
Innsbruck|1|Süd|6020
Wels|1|Süd|4600
"""
SWISS = """
Zürich|2|Süd|8001 8003 8004 8005 8008 8032 8037 8045 8047 8048 8050 8052
Winterthur|1|Süd|8400 8404 8405 8406
Basel|1|Süd|4051 4052 4053 4055 4056 4057
Bern|1|Süd|3004 3005 3006 3007 3008 3011 3012 3014 3018
St. Gallen|1|Süd|9000 9008 9014 9016
Luzern|1|Süd|6003 6004 6005 6006
"""
COUNTRY_NAMES = {"DE": "Deutschland", "AT": "Österreich", "CH": "Schweiz"}

BUSINESS_STREETS = """
Industriestraße Gewerbestraße Hauptstraße Bahnhofstraße Am_Speicher Werftstraße Hafenstraße
Am_Nordkai Kaistraße Uferstraße Dieselstraße Siemensstraße Daimlerstraße Robert-Bosch-Straße
Carl-Zeiss-Straße Max-Planck-Straße Otto-Hahn-Straße Röntgenstraße Ohmstraße Gaußstraße
Fraunhoferstraße Werner-von-Siemens-Straße Zeppelinstraße Boschstraße Hertzstraße Lise-Meitner-Ring
Marie-Curie-Straße Am_Gewerbepark Im_Gewerbegebiet Technologiepark Messering Am_Güterbahnhof
Lagerstraße Mühlenweg Ziegeleiweg Eisenbahnstraße Brückenstraße Nordring Südring Ostring Westring
An_der_Alten_Gießerei Zum_Wasserwerk Am_Umspannwerk Kesselstraße Walzwerkstraße Schleusenstraße
""".replace("\n", " ").split()
PRIVATE_STREETS = """
Hauptstraße Schulstraße Gartenstraße Dorfstraße Lindenstraße Birkenweg Ahornweg Buchenweg
Kirchstraße Bergstraße Waldstraße Ringstraße Amselweg Drosselweg Meisenweg Finkenweg Goethestraße
Schillerstraße Mozartstraße Beethovenstraße Am_Sportplatz Feldstraße Wiesenweg Rosenstraße
Tannenweg Kastanienallee Eichenweg Blumenstraße Mittelstraße Friedhofstraße Parkstraße Mühlenstraße
Kiefernweg Erlenweg Heideweg Sonnenstraße Am_Mühlenteich Strandweg Fördeblick Deichstraße
Am_Alten_Markt Steinweg Burgstraße Schloßstraße Lessingstraße Uhlandstraße Fritz-Reuter-Straße
Theodor-Storm-Straße Klaus-Groth-Straße Hansastraße Kantstraße Hebbelstraße
""".replace("\n", " ").split()


@dataclass(frozen=True, slots=True)
class City:
    """A city, the country it is in, and the telephone region of its companies."""

    name: str
    country: str
    region: str
    postal_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One address."""

    street: str
    house_number: str
    postal_code: str
    city: str
    country: str


@cache
def cities() -> Urn[City]:
    """All cities; the north comes more often, as befits a company in Kiel."""
    weighted = []
    for country, lines in (("DE", GERMAN), ("AT", AUSTRIAN), ("CH", SWISS)):
        for line in lines.strip().splitlines():
            name, weight, region, codes = line.split("|")
            weighted.append((City(name, country, region, tuple(codes.split())), float(weight)))
    return Urn(weighted)


@cache
def _streets(private: bool) -> Urn[str]:
    names = PRIVATE_STREETS if private else BUSINESS_STREETS
    return Urn(ranked([name.replace("_", " ") for name in names], share=1, steepness=0.5))


def place(random: Random, *, city: City, private: bool = False) -> Place:
    """An address in ``city``."""
    number = str(random.randint(1, 60 if private else 180))
    if random.random() < 0.08:
        number += random.choice("abcd")
    street = _streets(private).draw(random)
    return Place(street, number, random.choice(city.postal_codes), city.name, city.country)
