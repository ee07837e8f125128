"""Given names by sex and year of birth, and what friends make of them."""

from functools import cache

from faker.providers.person.de_DE import Provider

from crm.demo.draw import Urn, even, ranked

BORN_BEFORE_1970 = {
    "m": """Thomas Michael Peter Andreas Hans Wolfgang Klaus Jürgen Bernd Uwe Frank Ralf Werner
    Dieter Rainer Manfred Günter Günther Karl-Heinz Hans-Jürgen Hans-Peter Johannes Josef Heinz
    Helmut Gerhard Joachim Norbert Reinhard Rolf Jörg Dirk Holger Harald Volker Detlef Georg Walter
    Franz Martin Stefan Stephan Matthias Christian Ulrich Heinrich Friedrich Wilhelm Rudolf Gerd
    Horst Karl Herbert Bernhard Axel Ingo Lothar Hartmut Siegfried Egon Kurt Rüdiger Hans-Joachim
    Claus Torsten""",
    "f": """Sabine Susanne Petra Andrea Birgit Martina Angelika Monika Gabriele Ute Karin Barbara
    Heike Claudia Renate Brigitte Ursula Christine Elisabeth Marion Cornelia Kerstin Ingrid Bettina
    Elke Annette Beate Silke Katharina Maria Margarete Helga Gisela Regina Doris Jutta Ulrike Anke
    Dagmar Sigrid Christa Hannelore Rosemarie Eva Edith Johanna Gudrun Silvia Simone Iris""",
}
BORN_1970_TO_1984 = {
    "m": """Christian Stefan Michael Andreas Thomas Markus Matthias Sven Alexander Daniel Torsten
    Thorsten Marco Marc Jan Oliver Carsten Karsten Martin Jens Lars Frank Jörg Dirk Björn Sebastian
    Tobias Stephan Florian Patrick Marcus Kai Nils Holger Ralf Philipp Johannes Benjamin Jochen
    Henning Sönke Heiko Ingo Timo Mario René Dennis Robert Christoph Bernd Peter Ulf Boris Mehmet
    Murat Mustafa Dariusz Krzysztof Goran Antonio Marcel Guido Ole Arne Hauke""",
    "f": """Nicole Stefanie Claudia Sandra Tanja Katrin Melanie Anja Daniela Susanne Nadine Julia
    Christina Kathrin Simone Sonja Katja Silke Kerstin Yvonne Stephanie Anke Britta Bianca Birgit
    Sabine Alexandra Maike Meike Antje Anna Eva Verena Jessica Sabrina Katharina Manuela Silvia
    Heike Nina Miriam Wiebke Inga Dörte Aylin Fatma Ayse Agnieszka Jana Vanessa Annika Svenja
    Mareike""",
}
BORN_SINCE_1985 = {
    "m": """Jan Alexander Daniel Sebastian Tobias Lukas Felix Philipp Maximilian Florian Kevin
    Dennis Marcel Patrick Jonas Christian Niklas Tim Leon Julian David Paul Max Simon Fabian
    Benjamin Moritz Johannes Jannik Finn Nico Robin Marvin Luca Matthias Michael Dominik Lennart
    Malte Jakob Jonathan Erik Emre Can Ali Mohammed Luis Vincent Anton Oskar Hannes Torben Bjarne
    Jasper""",
    "f": """Julia Laura Sarah Anna Lisa Lena Katharina Jana Vanessa Jennifer Jessica Sabrina Lea
    Michelle Marie Hannah Sophie Franziska Theresa Carolin Isabell Johanna Nina Annika Svenja Melina
    Elena Maria Alina Eva Miriam Pia Luisa Charlotte Clara Nele Merle Paula Amelie Emma Merve Elif
    Aylin Yasmin Natalie Jule Finja Greta Swantje Rieke""",
}

_FAKER = {"m": Provider.first_names_male, "f": Provider.first_names_female}
TAIL_SHARE = 0.09


@cache
def _urn(sex: str, decade: int) -> Urn[str]:
    by_sex = (
        BORN_BEFORE_1970
        if decade < 1970
        else BORN_1970_TO_1984
        if decade < 1985
        else BORN_SINCE_1985
    )
    head = by_sex[sex].split()
    tail = sorted({name for name in _FAKER[sex] if " " not in name and "." not in name} - set(head))
    return Urn([*ranked(head, share=1 - TAIL_SHARE, steepness=0.6), *even(tail, share=TAIL_SHARE)])


def given_names(*, sex: str, birth_year: int) -> Urn[str]:
    """Names given to children of that sex (``m`` or ``f``) around that year."""
    return _urn(sex, 1960 if birth_year < 1970 else 1975 if birth_year < 1985 else 1990)
