"""Names of companies: name and legal form apart."""

import re
from dataclasses import dataclass
from functools import lru_cache

from contacts.matching.normalise import legal_forms
from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

_FIRM = re.compile(r"^(?:(?:Fa\.|Firma)\s+)+(?=\w)", re.IGNORECASE)
_HAS_SIGN = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """``name`` without the legal form; ``legal_form`` in canonical spelling or ""."""

    name: str
    legal_form: str = ""

    @property
    def full_name(self) -> str:
        """Name and legal form as on the letterhead."""
        return f"{self.name} {self.legal_form}".strip()


@lru_cache(maxsize=1 << 14)
def company_name(text: str) -> CompanyName:
    """ "Hansen Möbelwerke GmbH & Co.KG" → name "Hansen Möbelwerke", form "GmbH & Co. KG".

    A legal form is looked for at the end only. Raises :class:`Unreadable` ``company-empty``,
    ``company-not-a-name`` (no letter or digit, an e-mail address).
    """
    name = cleaned(text).strip(" ,;")
    if not name:
        raise Unreadable("company-empty", _("Es steht kein Firmenname da."))
    if "@" in name or not _HAS_SIGN.search(name):
        message = _("„%(text)s“ ist kein Firmenname. Tragen Sie die Firma ein.")
        raise Unreadable("company-not-a-name", message, text=name)
    bare, form = legal_forms.split_off(_FIRM.sub("", name))
    return CompanyName(bare.rstrip(" ,;"), form)
