"""Surnames with frequencies: a head in order of rank, Faker's list, and a long composed tail."""

from functools import cache

from faker.providers.person.de_DE import Provider

from crm.demo.draw import Urn, even, ranked

COMMON = """
Müller Schmidt Schneider Fischer Meyer Weber Wagner Becker Schulz Hoffmann Schäfer Koch Bauer
Richter Klein Meier Wolf Schröder Neumann Schwarz Zimmermann Maier Braun Hofmann Krüger Hartmann
Lange Schmitt Werner Mayer Schmitz Krause Lehmann Köhler Herrmann König Walter Huber Peters
Kaiser Fuchs Lang Scholz Möller Weiß Jung Hahn Petersen Schubert Vogel Friedrich Keller Günther
Frank Berger Winkler Roth Beck Lorenz Baumann Franke Hansen Albrecht Schuster Simon Ludwig Böhm
Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt
Haas Schreiber Graf Schulte Dietrich Ziegler Mayr Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas
Voigt Sauer Arnold Wolff Pfeiffer Yilmaz Nowak Jensen Schultz Carstens Thomsen Kramer Schmid
Janssen Franz Beyer Hermann Lindner Ernst Paul Barth Hübner Kruse Kowalski Schwab Christiansen
Ritter Wenzel Kaya Böttcher Hein Seifert Reuter Schütz Bock Ulrich Marx Stark Nagel Bischoff Behrens
Harms Thoms Fritz Röder Haase Hauser Ahrens Demir Steiner Gruber Moser Pichler Egger Brunner Lüders
Kern Kunz Fiedler Stahl Gerber Ott Götz Baier Bayer Beier Wilhelm Wiese Michel Öztürk Lindemann
Rothe Philipp Phillip Filip Steffen Stephan Stefan Gottschalk Reuß Reuss Heß Hess Strauß Strauss
Johannsen Matthiesen Clausen Lorenzen Kowalczyk Wisniewski Przybylski Lewandowski Novak Popov Ivanov
Petrović Jovanović Çelik Şahin Aydin Arslan Nguyen Rossi Russo Costa Santos García Sanchez Kim
"""

STEMS = """
Acker Alt Asch Bach Berg Birk Blum Brink Brock Bruns Buch Busch Dahl Dorn Eich Erl Esch Feld Fink
Geest Gold Grün Hage Hart Hasel Heide Hell Hinter Hirsch Hoch Hohl Holz Horn Kirch Klee Krapp Kreuz
Land Lind Loh Mohr Moos Nieder Ober Osten Rauch Rehm Reich Ried Rohr Rosen Sand Schön Schwarz See
Stein Stock Strat Sturm Tann Thal Unter Vorder Wald Weid Wein Wester Wiesen Wilden Winter Wolken
Zieg
"""
ENDINGS = """
mann meier meyer maier mayr hoff berger bauer müller huber kamp haus feld hauer kötter schmidt
egger brecht winkel rath horst busch brink ner ing
"""

DOUBLE_SHARE = 0.05
PARTICLES = Urn(
    [("von", 6), ("von der", 3), ("van", 2), ("zu", 1), ("vom", 1), ("van der", 1), ("de", 1)]
)
PARTICLE_SHARE = 0.025


@cache
def surnames() -> Urn[str]:
    """All surnames: about 200 common ones make up two thirds of the people."""
    common = COMMON.split()
    known = set(common)
    listed = sorted({name for name in Provider.last_names if " " not in name} - known)
    known.update(listed)
    composed = sorted({s + e for s in STEMS.split() for e in ENDINGS.split()} - known)
    return Urn(
        [
            *ranked(common, share=0.66),
            *even(listed, share=0.14),
            *ranked(composed, share=0.20, steepness=0.5),
        ]
    )
