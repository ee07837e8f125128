"""Countries to choose from: the German-speaking ones first, then the neighbours and partners."""

from django.utils.translation import gettext_lazy as _

COUNTRIES = (
    ("DE", _("Deutschland")), ("AT", _("Österreich")), ("CH", _("Schweiz")),
    ("LI", _("Liechtenstein")), ("LU", _("Luxemburg")), ("BE", _("Belgien")),
    ("BG", _("Bulgarien")), ("DK", _("Dänemark")), ("EE", _("Estland")), ("FI", _("Finnland")),
    ("FR", _("Frankreich")), ("GR", _("Griechenland")), ("IE", _("Irland")),
    ("IT", _("Italien")), ("HR", _("Kroatien")), ("LV", _("Lettland")), ("LT", _("Litauen")),
    ("NL", _("Niederlande")), ("NO", _("Norwegen")), ("PL", _("Polen")), ("PT", _("Portugal")),
    ("RO", _("Rumänien")), ("SE", _("Schweden")), ("SK", _("Slowakei")), ("SI", _("Slowenien")),
    ("ES", _("Spanien")), ("CZ", _("Tschechien")), ("TR", _("Türkei")), ("HU", _("Ungarn")),
    ("GB", _("Vereinigtes Königreich")), ("US", _("Vereinigte Staaten")), ("CN", _("China")),
    ("JP", _("Japan")), ("IN", _("Indien")),
)  # fmt: skip


def countries(current: str = "") -> list[tuple[str, str]]:
    """The choices; a code that a record has already is among them."""
    known = [(code, str(name)) for code, name in COUNTRIES]
    if current and current not in dict(known):
        known.append((current, current))
    return known
