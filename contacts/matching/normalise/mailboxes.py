"""E-mail addresses: canonical form, and the key under which aliases are one mailbox."""

import re
from functools import lru_cache

from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[^\W\d_]{{2,63}}|xn--[a-z0-9-]{{2,59}})")
_IN_BRACKETS = re.compile(r"<([^<>]+)>\s*$")
_SPELT_AT = re.compile(r"\s*[\[({](?:at|ät)[\])}]\s*|\s+at\s+(?=\S+\.\w+$)", re.IGNORECASE)
_SEVERAL = re.compile(r"[;,\s]+(?=[^\s;,@]+@)")
_MISTYPED = {
    "gmial.com": "gmail.com", "gmai.com": "gmail.com", "gmail.de": "gmail.com",
    "gamil.com": "gmail.com", "gmx.ed": "gmx.de", "gmx.d": "gmx.de", "web.d": "web.de",
    "t-onlinede": "t-online.de", "tonline.de": "t-online.de", "hotmial.com": "hotmail.com",
}  # fmt: skip
_MAX_LOCAL, _MAX_WHOLE = 64, 254


@lru_cache(maxsize=1 << 14)
def email(text: str) -> str:
    """The address in small letters: "Anna Maier <A.Maier@Firma.de>" → "a.maier@firma.de".

    Raises :class:`Unreadable` ``email-empty``, ``email-several``, ``email-no-at``,
    ``email-long`` (64 before the @, 254 in all) and ``email-syntax``, with a proposal where
    the slip is plain.
    """
    address = _bare(cleaned(text))
    if not address:
        raise Unreadable("email-empty", _("Es steht keine E-Mail-Adresse da."))
    if address.count("@") > 1 and _SEVERAL.search(address):
        first = _SEVERAL.split(address)[0]
        message = _("„%(text)s“ sind mehrere E-Mail-Adressen. Tragen Sie jede für sich ein.")
        raise Unreadable("email-several", message, first, text=address)
    if _is_address(address):
        return address
    raise _refusal(address)


@lru_cache(maxsize=1 << 14)
def email_match_key(address: str) -> str:
    """Key of the mailbox: no plus-address, googlemail as gmail, Gmail's points left out.

    Takes an address as :func:`email` returns it.
    """
    local, _at, domain = address.rpartition("@")
    local = local.split("+", 1)[0] or local
    if domain in ("googlemail.com", "gmail.com"):
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def _bare(text: str) -> str:
    found = _IN_BRACKETS.search(text)
    address = (found[1] if found else text).strip().strip("\"'<>").rstrip(".;,").strip()
    if address[:7].lower() == "mailto:":
        address = address[7:].split("?", 1)[0]
    return cleaned(address.lower())


def _is_address(address: str) -> bool:
    local, _at, domain = address.partition("@")
    return (
        len(local) <= _MAX_LOCAL
        and len(address) <= _MAX_WHOLE
        and _LOCAL.fullmatch(local) is not None
        and _DOMAIN.fullmatch(domain) is not None
    )


def _refusal(address: str) -> Unreadable:
    local, at, _domain = address.partition("@")
    if len(local) > _MAX_LOCAL or len(address) > _MAX_WHOLE:
        message = _(
            "Die E-Mail-Adresse ist zu lang: vor dem @ höchstens 64 Zeichen, im Ganzen 254."
        )
        return Unreadable("email-long", message)
    proposal = _proposal(address)
    if not at:
        message = _("In der E-Mail-Adresse „%(text)s“ fehlt das Zeichen @.")
        return Unreadable("email-no-at", message, proposal, text=address)
    message = _("„%(text)s“ ist keine gültige E-Mail-Adresse. Prüfen Sie die Schreibweise.")
    return Unreadable("email-syntax", message, proposal, text=address)


def _proposal(address: str) -> str:
    """The address with the usual slips mended, if that makes it one."""
    mended = _SPELT_AT.sub("@", address).replace(" ", "").replace(",", ".").replace(";", ".")
    mended = re.sub(r"\.{2,}", ".", re.sub(r"@{2,}", "@", mended)).replace(".@", "@")
    mended = mended.replace("@.", "@").strip(".")
    local, at, domain = mended.partition("@")
    mended = f"{local}{at}{_MISTYPED.get(domain, domain)}"
    return mended if _is_address(mended) else ""
