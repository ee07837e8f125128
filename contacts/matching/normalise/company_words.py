"""What is left of a company's name, domain and mailboxes once the words all companies use go."""

import contextlib
import re
from functools import lru_cache

from contacts.matching.normalise.companies import company_name
from contacts.matching.normalise.folding import loose
from contacts.matching.normalise.unreadable import Unreadable, cleaned


def _listed(table: str) -> frozenset[str]:
    return frozenset(table.split())


def _words(table: str) -> frozenset[str]:
    return frozenset(map(loose, table.split()))


_NOISE = _words("""
    firma fa gebrüder gebr geschwister geschw vertriebs vertriebsgesellschaft handels
    handelsgesellschaft verwaltungs verwaltungsgesellschaft beteiligungs
    beteiligungsgesellschaft betriebs betriebsgesellschaft unternehmensgruppe firmengruppe
""")
# Noise behind a name; at the beginning they are the name: "Europa Apotheke", "Group Consult".
_NOISE_BEHIND = _words("""
    deutschland germany europa europe international intl holding gruppe group söhne sons co cie
    gmbh ggmbh mbh ag kg kgaa ohg gbr ug se eg ev haftungsbeschränkt aktiengesellschaft
    kommanditgesellschaft ltd limited llc inc
""")
_NOISE_AFTER_AND = _words("sohn söhne son sons tochter töchter co cie company compagnie")
# What follows is about the branch or the owner, not the company.
_END_OF_NAME = _words("""
    inh inhaber inhaberin vormals vorm niederlassung zweigniederlassung zweigstelle filiale
    geschäftsstelle
""")
_AND = re.compile(r"[&+]|\bu\.(?=\s*\w)|(?<=\s)u(?=\s)")
_LONG_FORMS = re.compile(r"\b(?:gesellschaft )?mit beschrankter haftung\b|\be (?:k|kfm|kfr|v)\b")
_ABBREVIATIONS = [
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\bmasch(?:inen)?(?:b| ?bau)\b", "maschinenbau"),
        (
            r"\b(anlagen|apparate|fahrzeug|fassaden|garten|hoch|holz|innen|laden|messe|metall"
            r"|stahl|strassen|tief|trocken|werkzeug)(?:b| ?bau)\b",
            r"\1bau",
        ),
        (r"\b(\w+)techn\b", r"\1technik"),
        (r"\b(\w+s)ges\b", r"\1gesellschaft"),
        (r"\b(gross|einzel)(?:h|hdl)\b", r"\1handel"),
        (r"\bbauuntern(?:ehmen)?\b", "bauunternehmung"),
        (r"\bing(?:enieur)?(?:b| ?buro)\b", "ingenieurburo"),
        (r"\bverw\b", "verwaltungs"),
        (r"\bvertr\b", "vertriebs"),
        (r"\bimmob\b", "immobilien"),
        (r"\bstadtw\b", "stadtwerke"),
    )
]


@lru_cache(maxsize=1 << 14)
def company_core(name: str) -> str:
    """What tells a company from others: "Fa. Gebr. Müller Masch.bau GmbH" → "muller maschinenbau".

    Folded loosely, legal form, noise words and "und" left out, abbreviations written in full.
    If all of it is noise, it stays; empty only if there is neither letter nor digit.
    """
    core = _shorter(cleaned(name))
    while (shorter := _shorter(core)) != core:
        core = shorter
    return core


def _shorter(name: str) -> str:
    bare = name
    with contextlib.suppress(Unreadable):
        bare = company_name(name).name
    text = loose(_AND.sub(" und ", bare.lower()))
    for pattern, full in _ABBREVIATIONS:
        text = pattern.sub(full, text)
    telling = _telling(_LONG_FORMS.sub(" ", text).split())
    return " ".join(telling) or loose(bare) or loose(name)


def _telling(words: list[str]) -> list[str]:
    kept: list[str] = []
    before = ""
    for word in words:
        if kept and word in _END_OF_NAME:
            break
        behind = word in _NOISE_BEHIND or (before == "und" and word in _NOISE_AFTER_AND)
        if not (word == "und" or word in _NOISE or word in _END_OF_NAME or (kept and behind)):
            kept.append(word)
        before = word
    return kept


_FREE_EVERYWHERE = _listed("""
    gmail googlemail gmx yahoo ymail rocketmail hotmail outlook live msn aol icloud protonmail
    tutanota posteo yandex zoho fastmail
""")
_FREE = _listed("""
    web.de t-online.de magenta.de freenet.de freenetmail.de arcor.de arcormail.de 1und1.de
    online.de onlinehome.de email.de mail.de mail.com mailbox.org epost.de emailn.de directbox.com
    firemail.de lycos.de alice.de alice-dsl.net alice-dsl.de tiscali.de vodafone.de
    vodafonemail.de o2online.de o2mail.de kabelmail.de unitybox.de ish.de versanet.de osnanet.de
    ewe.net ewetel.net netcologne.de mnet-mail.de mnet-online.de nord-com.net genion.de surfeu.de
    compuserve.de compuserve.com netscape.net hushmail.com me.com mac.com proton.me pm.me tuta.io
    tuta.com keemail.me hey.com duck.com disroot.org riseup.net systemli.org bluewin.ch hispeed.ch
    sunrise.ch aon.at chello.at a1.net inode.at utanet.at liwest.at mail.ru bk.ru inbox.ru list.ru
    rambler.ru ukr.net wp.pl o2.pl onet.pl onet.eu interia.pl op.pl vp.pl poczta.pl libero.it
    virgilio.it tin.it alice.it tiscali.it orange.fr wanadoo.fr free.fr laposte.net sfr.fr abv.bg
    comcast.net btinternet.com seznam.cz centrum.cz azet.sk freemail.hu citromail.hu mynet.com
    qq.com 163.com 126.com
""")
_SECOND_LEVEL = _listed("co com org net edu gov gob ac or gv ne go ltd plc info biz")
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|mailto:)")
_AFTER_HOST = re.compile(r"[/?#].*", re.DOTALL)
_PORT = re.compile(r":\d*$")
_LABEL = re.compile(r"[\w-]*[^\W_][\w-]*")
_LONGEST_HOST = 253
_PUNYCODE = "xn--"


@lru_cache(maxsize=1 << 14)
def domain_core(domain_or_mail: str) -> str:
    """The name in a mail domain or website: "a.maier@mail.firma.co.uk" → "firma".

    Empty for providers at which anybody may have a mailbox, and for what is no domain. Punycode
    is decoded; a word without a point is returned as it is.
    """
    labels = _registered(domain_or_mail)
    return "" if not labels or _is_free(labels) else labels[0]


@lru_cache(maxsize=1 << 14)
def is_freemail(domain: str) -> bool:
    """Whether anybody may have a mailbox there (gmx.de, mail.gmx.net): it names no employer."""
    return _is_free(_registered(domain))


def _is_free(labels: list[str]) -> bool:
    return len(labels) > 1 and (labels[0] in _FREE_EVERYWHERE or ".".join(labels) in _FREE)


def _registered(domain_or_mail: str) -> list[str]:
    """Labels of the domain somebody registered: "www.firma.co.uk" → firma, co, uk."""
    host = _AFTER_HOST.sub("", _SCHEME.sub("", cleaned(domain_or_mail.lower())))
    host = _PORT.sub("", host.rpartition("@")[2]).rstrip(".")
    labels = host.split(".")
    readable = len(host) <= _LONGEST_HOST and all(map(_LABEL.fullmatch, labels))
    if not readable or (len(labels) > 1 and labels[-1].isdecimal()):
        return []
    national = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return list(map(_decoded, labels[-3:] if national else labels[-2:]))


def _decoded(label: str) -> str:
    """A label of an international domain as people read it."""
    if not label.startswith(_PUNYCODE):
        return label
    try:
        readable = label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    readable = cleaned(readable.lower())
    plain = _LABEL.fullmatch(readable) and not readable.startswith(_PUNYCODE)
    return readable if plain else label


_ROLES = _words("""
    info infos information kontakt contact office büro buro mail email mailbox post poststelle
    postfach posteingang zentrale empfang rezeption reception sekretariat sekr sek verwaltung
    geschäftsleitung geschäftsführung gf gl leitung vorstand direktion management assistenz
    service services servicecenter support help helpdesk hilfe hotline kundendienst kundenservice
    kundenbetreuung kundencenter reklamation technik werkstatt wartung montage
    vertrieb sales verkauf innendienst aussendienst export import einkauf purchasing
    procurement beschaffung order orders bestellung bestellungen auftrag aufträge anfrage anfragen
    angebot angebote shop webshop onlineshop store versand logistik lager dispo disposition
    spedition fuhrpark produktion arbeitsvorbereitung
    buchhaltung buha fibu rechnung rechnungen rechnungswesen rechnungseingang invoice invoices
    billing accounting accounts finance finanzen controlling mahnung mahnwesen inkasso lohn
    lohnbüro kasse
    bewerbung bewerbungen jobs job karriere career careers recruiting personal personalabteilung
    hr ausbildung
    marketing werbung presse press pr redaktion media news newsletter events veranstaltungen messe
    datenschutz dsb dsgvo privacy recht legal compliance qm qs qualität quality umwelt
    it edv admin administrator webmaster postmaster hostmaster abuse root web internet www test
    noreply donotreply nichtantworten bounce bounces mailerdaemon daemon system scan scanner fax
    team hallo hello hi moin willkommen welcome praxis kanzlei hotel restaurant reservierung
    reservierungen booking buchung termin termine planung projekte bau archiv bibliothek
    hausverwaltung immobilien niederlassung filiale
""")
# Roles that stand for themselves only: "hr.mueller" is Herr Müller, "post.anna" Anna Post.
_ONLY_ALONE = _words("""
    post mail email team personal bau recht messe test system web kasse lager hallo job import
    export hotel
""")
_SHORTEST_FIRST_WORD = 4
_BETWEEN_WORDS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=1 << 14)
def is_role_mailbox(local_part: str) -> bool:
    """Whether the part before the @ names a role: info, no-reply, vertrieb2, einkauf.kiel."""
    words = _BETWEEN_WORDS.sub(" ", loose(local_part.partition("+")[0])).split()
    if "".join(words) in _ROLES:
        return True
    first = words[0] if words else ""
    return len(first) >= _SHORTEST_FIRST_WORD and first in _ROLES and first not in _ONLY_ALONE
