"""Countries: names and signs as people write them → ISO 3166-1 alpha-2."""

from functools import lru_cache

from contacts.matching.normalise.folding import fold
from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

_NAMES = {
    "DE": "deutschland germany d deu brd allemagne|bundesrepublik deutschland",
    "AT": "osterreich oesterreich austria a aut autriche",
    "CH": "schweiz switzerland suisse che svizzera", "LI": "liechtenstein fl lie",
    "NL": "niederlande netherlands holland nld|the netherlands",
    "BE": "belgien belgium b bel belgie", "LU": "luxemburg luxembourg l lux",
    "FR": "frankreich france f fra", "IT": "italien italy i ita italia",
    "ES": "spanien spain e esp espana", "PT": "portugal p prt", "PL": "polen poland pol polska",
    "CZ": "tschechien cze czechia|tschechische republik|czech republic",
    "SK": "slowakei slovakia svk", "SI": "slowenien slovenia svn", "HU": "ungarn hungary h hun",
    "DK": "danemark daenemark denmark dnk danmark", "SE": "schweden sweden s swe sverige",
    "NO": "norwegen norway n nor norge", "FI": "finnland finland fin suomi",
    "IS": "island iceland isl",
    "GB": "uk grossbritannien england schottland wales gbr"
    "|vereinigtes konigreich|united kingdom|great britain",
    "IE": "irland ireland irl",
    "US": "usa|vereinigte staaten|united states|united states of america",
    "CA": "kanada canada can", "HR": "kroatien croatia hrv", "RS": "serbien serbia srb",
    "BA": "bosnien|bosnien und herzegowina", "RO": "rumanien rumaenien romania rou",
    "BG": "bulgarien bulgaria bgr", "GR": "griechenland greece grc el",
    "TR": "turkei tuerkei turkey tur turkiye", "EE": "estland estonia est",
    "LV": "lettland latvia lva", "LT": "litauen lithuania ltu", "UA": "ukraine ukr",
    "RU": "russland russia rus", "CN": "china chn", "JP": "japan jpn", "IN": "indien india ind",
    "BR": "brasilien brazil bra", "MX": "mexiko mexico mex", "AU": "australien australia aus",
    "CY": "zypern cyprus cyp", "MT": "malta mlt", "IL": "israel isr",
    "KR": "sudkorea|south korea", "AE": "vae|vereinigte arabische emirate",
    "ZA": "sudafrika|south africa", "SG": "singapur singapore sgp",
    "NZ": "neuseeland|new zealand", "MC": "monaco mco", "SM": "san marino", "AD": "andorra and",
    "AL": "albanien albania alb", "MK": "nordmazedonien mazedonien", "ME": "montenegro mne",
    "XK": "kosovo",
}  # fmt: skip
_CODES = {
    name: code
    for code, names in _NAMES.items()
    for name in [
        code.lower(),
        *names.split("|")[0].split(),
        *names.split("|")[1:],
        names.split("|")[0],
    ]
}


@lru_cache(maxsize=1 << 12)
def country(text: str) -> str:
    """ISO code of a country in German or English, e.g. "Österreich" or "A" → "AT".

    Raises :class:`Unreadable` ``country-unknown``.
    """
    key = fold(cleaned(text))
    if key in _CODES:
        return _CODES[key]
    message = _("„%(text)s“ ist kein bekanntes Land. Tragen Sie das Land oder sein Kürzel ein.")
    raise Unreadable("country-unknown", message, text=cleaned(text))
