"""What words of a card tell: a job, a trade, a part of a person's name."""

import re

from contacts.matching import nicknames
from contacts.matching.normalise import legal_forms, particles, titles
from history.fairs.cards import alike

_JOBS = re.compile(
    r"leiter|leitung|leitend|fuehrer|fuehrung|vorst(?:and|aend)|prokur|manag|direkt(?:or|ion)"
    r"|director|chief|\bhead\b|^c[etfiomdh]o$|^[es]?vp$|president|praesident|berater|advisor"
    r"|ingenieur|engineer|entwickler|developer|konstrukteur|assist|sekret|sachbearb|referent"
    r"|technik(?:er|erin)$|technolog(?:e|in)$|monteur|inhaber|gesellschafter|anwalt|notar"
    r"|pruefer|architekt|designer|redakt|einkaeufer|verkaeufer|disponent|spezialist|specialist"
    r"|expert|analyst|administrator|beauftragt|koordinat|coordinator|sprecher|bevollmaechtigt"
    r"|kauf(?:frau|mann)$|fachkraft|dozent|aerzt|officer|owner|founder|gruender|executive"
    r"|repraesentant|vertreter|representative|trainer|coach|auditor|planer|consultant|aussendienst"
    r"|innendienst|controller|buchhalter|lead$|meister(?:in)?$|partner(?:in)?$"
)
_TOPICS = re.compile(
    r"einkauf|vertrieb|verkauf|purchas|procurement|sales|marketing|personal|recruit|human"
    r"|resources|produkt|product|projekt|project|qualitaet|quality|service|support|kundendienst"
    r"|instandhaltung|betrieb|fertigung|logisti|entwicklung|development|konstruktion|technik"
    r"|technisch|kaufmaennisch|account|business|kommunikation|oeffentlichkeit|presse|bereich"
    r"|abteilung|gruppe|team|region|gebiet|strategi|finanz|recht|^it$|^edv$|anwendung|forschung"
)
_TRADES = re.compile(
    r"bau$|bauten|technik$|technologie|systeme?$|systemhaus|werke?$|werk$|software|logistik|handel"
    r"|industrie|group$|gruppe$|holding|consulting|solutions|services?$|automation|medizin|elektr"
    r"|maschinen|metall|kunststoff|verpackung|moebel|lebensmittel|baecker|brauerei|druckerei"
    r"|verlag|bank$|sparkasse|versicherung|klinik|krankenhaus|hotel|praxis|kanzlei|institut"
    r"|universitaet|hochschule|akademie|verband|stadtwerk|gemeinde|landkreis|ministerium|stiftung"
    r"|agentur|ingenieurbuero|architekten|partner$|soehne|gebrueder|^gebr$|teile$|unternehmung"
    r"|energie|chemie|pharma|apotheke|autohaus|spedition|immobilien|beteiligung|international"
)
_FORMS_INSIDE = frozenset(
    ["GmbH", "gGmbH", "AG", "KG", "KGaA", "OHG", "SE", "mbH", "UG", "Ltd.", "Inc.", "LLC"]
)
_NAME_WORD = re.compile(r"(?:[^\W\d_a-zß]\.|d['’])?[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INITIAL = re.compile(r"[^\W\d_a-zß]\.(?:-?[^\W\d_a-zß]\.)?")
_TORN = re.compile(r"\b([A-ZÄÖÜ][a-zäöüß]{0,6}) ([a-zäöüß]{2,8})\b")
_SLOGAN = re.compile(
    r"^(?:Ihr|Ihre|Wir|Seit|Mit|Für|Die|Der|Das|Your|We|Member|Ein)\s|[.!?]$|zertifiziert"
    r"|ISO\s?\d|HRB|USt|Registergericht|Sitz der",
    re.IGNORECASE,
)


def job(text: str) -> float:
    """How much a text reads like a function: 0 for none, 4 for what people are called by."""
    told = alike.words(text)
    if any(_JOBS.search(word) for word in told):
        return 4.0
    return 2.0 if any(_TOPICS.search(word) for word in told) else 0.0


def trade(text: str) -> float:
    """How much a text reads like a company: by its legal form 4, by its trade 1.5."""
    if legal_forms.split_off(text)[1] or not _FORMS_INSIDE.isdisjoint(text.split()):
        return 4.0
    return 1.5 if any(_TRADES.search(word) for word in alike.words(text)) else 0.0


def is_legal_form(text: str) -> bool:
    """Whether the text is a legal form and nothing else: a company's name was wrapped."""
    return bool(legal_forms.canonical(text)) and text[:1].isupper()


def is_slogan(text: str) -> bool:
    """Whether the text praises or certifies instead of naming."""
    return bool(_SLOGAN.search(text)) and not legal_forms.split_off(text)[1]


def whole(text: str) -> str:
    """The text without a blank that tears a first name apart: "Jo hannes"."""

    def joined(found: re.Match[str]) -> str:
        together = found[1] + found[2]
        return together if nicknames.groups_of(together) else found[0]

    return _TORN.sub(joined, text)


def bare_name(text: str) -> list[str]:
    """The words of a person's name without titles, [] if it cannot be one."""
    written = titles.titles_apart(text).replace(",", " ").split()
    kept = [
        word
        for word in written
        if not titles.title_word(word) and not titles.salutation_before_name(word)
    ]
    if not 2 <= len(kept) <= 5 or not all(_fits_a_name(word) for word in kept):
        return []
    return kept if _is_capital(kept[-1]) and _is_capital(kept[0]) else []


def has_title(text: str) -> bool:
    """Whether an academic title stands in it."""
    return any(titles.title_word(word) for word in titles.titles_apart(text).split())


def is_given_name(word: str) -> bool:
    """Whether it is in the table of first names, "Hans-Peter" by its parts."""
    parts = word.split("-")
    return bool(nicknames.groups_of(word)) or all(nicknames.groups_of(part) for part in parts)


def _fits_a_name(word: str) -> bool:
    if particles.is_particle(word, first=True) or _INITIAL.fullmatch(word):
        return True
    return bool(_NAME_WORD.fullmatch(word)) and _is_capital(word)


def _is_capital(word: str) -> bool:
    return word[0].isupper()
