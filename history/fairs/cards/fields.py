"""Lines of a card → what may be filled into a slip. Pure: no picture, no database.

Nothing is made up: each value is text of the card, with blanks, commas and letters that look alike
put right where the rest of the card says how.
"""

from collections.abc import Sequence
from dataclasses import replace

from history.fairs.cards import addresses, alike, numbers, pieces, places, roles
from history.fairs.cards.pieces import Row
from history.fairs.cards.proposals import FIELDS, Proposal

_LEAST_CONFIDENCE = 0.45
_MENDED = 0.9


def proposals(rows: Sequence[Row]) -> list[Proposal]:
    """At most one proposal for each of :data:`~history.fairs.cards.proposals.FIELDS`, in their
    order; rows of which most letters were guessed tell nothing but addresses and numbers."""
    rest = pieces.of(rows)
    land = places.land(rest)
    emails, rest = addresses.emails(rest)
    sites, rest = addresses.websites(rest)
    calls, rest = numbers.numbers(rest)
    rest = [piece for piece in rest if piece.confidence >= _LEAST_CONFIDENCE]
    located, rest = places.places(rest, land=land)
    email = max(emails, key=lambda each: each.confidence, default=None)
    site = sites[0] if sites else None
    witness = roles.Witness.of(email.value if email else "", site.value if site else "")
    named = roles.roles(rest, witness)
    email, site = _mended(email, site, named)
    found = [*named, *filter(None, [email, site]), *calls, *located]
    return sorted(found, key=lambda each: FIELDS.index(each.field))


def _mended(
    email: Proposal | None, site: Proposal | None, named: Sequence[Proposal]
) -> tuple[Proposal | None, Proposal | None]:
    """E-mail and website with what looks alike spelt as name and company spell it, and with one
    domain where the two differ by a slip."""
    told = {each.field: each.value for each in named}
    company = told.get("company_name", "")
    if site:
        site = _spelt(site, [company])
    if email:
        name = told.get("name", "")
        email = _spelt(email, [company, name, *(word[0] for word in name.split())])
    if not site or not email:
        return email, site
    local, _at, domain = email.value.partition("@")
    host = site.value.removeprefix("www.")
    if not alike.same_but_for_a_slip(domain, host):
        return _spelt(email, [host]), site
    if _trust(domain, email, company) >= _trust(host, site, company):
        return email, _changed(site, site.value.replace(host, domain))
    return _changed(email, f"{local}@{host}"), site


def _trust(domain: str, found: Proposal, company: str) -> tuple[float, bool, float]:
    name, _dot, ending = domain.rpartition(".")
    letters = "".join(map(alike.key, alike.words(name)))
    is_known = ending in addresses.KNOWN_ENDINGS
    return roles.covered(company, letters), is_known, found.confidence


def _spelt(found: Proposal, evidence: Sequence[str]) -> Proposal:
    value = alike.mended(found.value, evidence)
    return found if value == found.value else _changed(found, value)


def _changed(found: Proposal, value: str) -> Proposal:
    return replace(found, value=value, confidence=round(found.confidence * _MENDED, 2))
