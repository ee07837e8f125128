"""The schedule: one rule for each kind of data (DIN 66398), with the law's minimum."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from consent.retention.periods import Period, days, months, years


class Start(StrEnum):
    """What begins a period (DIN 66398 knows these three)."""

    COLLECTION = "A"
    END_OF_PROCESS = "B"
    END_OF_RELATION = "C"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind of data is kept. ``period`` None: as long as what it serves goes on.

    ``minimum`` is what the law demands, which nobody can undercut; ``holds`` says that an erasure
    within the period locks the data away instead (Art. 17(3) GDPR, § 35(3) BDSG); ``is_open``
    that the period is practice, not statute.
    """

    code: str
    label: Any
    start: Start
    event: Any
    period: Period | None
    basis: Any
    minimum: Period | None = None
    holds: bool = False
    is_open: bool = False


_RULES: Final = (
    Rule(
        "phone_consent_proof",
        _("Nachweise von Telefon-Einwilligungen (Verbraucher)"),
        Start.END_OF_PROCESS,
        _("letzte von Erteilung und Verwendungen"),
        years(5),
        _("§ 7a Abs. 2 UWG"),
        minimum=years(5),
        holds=True,
    ),
    Rule(
        "email_consent_proof",
        _("Nachweise anderer Einwilligungen"),
        Start.END_OF_PROCESS,
        _("letzte von Widerruf und Verwendungen, Jahresende"),
        years(3, from_year_end=True),
        _("§§ 195, 199 BGB (Praxis), Art. 17 Abs. 3 lit. e DSGVO"),
        holds=True,
        is_open=True,
    ),
    Rule(
        "doi_pending",
        _("unbestätigte Anmeldungen (Double-Opt-in)"),
        Start.COLLECTION,
        _("Anfrage"),
        days(30),
        _("Art. 5 Abs. 1 lit. e DSGVO"),
    ),
    Rule(
        "contact_decision",
        _("Protokoll der Kontaktentscheidungen"),
        Start.COLLECTION,
        _("Entscheidung, Jahresende"),
        years(3, from_year_end=True),
        _("Art. 5 Abs. 2 DSGVO"),
    ),
    Rule(
        "notice_provision",
        _("Nachweise der Datenschutzhinweise"),
        Start.END_OF_RELATION,
        _("Ende der Beziehung, Jahresende"),
        years(3, from_year_end=True),
        _("Art. 5 Abs. 2, Art. 13 Abs. 4 DSGVO"),
        holds=True,
        is_open=True,
    ),
    Rule(
        "master",
        _("Stammdaten, Kontaktwege, Kontakthistorie und Vorgänge"),
        Start.END_OF_RELATION,
        _("letzter Kontakt, Auftrag oder Eintrag, Jahresende"),
        years(3, from_year_end=True),
        _("Art. 5 Abs. 1 lit. e DSGVO, §§ 195, 199 BGB"),
    ),
    Rule(
        "import",
        _("Dateien und Zeilen von Importen"),
        Start.END_OF_PROCESS,
        _("Ende des Imports"),
        months(6),
        _("Art. 5 Abs. 1 lit. e DSGVO"),
    ),
    Rule(
        "audit",
        _("Änderungsprotokoll"),
        Start.COLLECTION,
        _("der Bezug zur Person endet mit ihrer Löschung"),
        None,
        _("Art. 5 Abs. 2, Art. 32 DSGVO"),
    ),
    Rule(
        "appointment",
        _("Termine ohne Vertrag"),
        Start.END_OF_PROCESS,
        _("Ende des Termins"),
        months(6),
        _("Art. 5 Abs. 1 lit. e DSGVO"),
    ),
    Rule(
        "trade_letter",
        _("Handels- und Geschäftsbriefe, Angebote und Aufträge"),
        Start.COLLECTION,
        _("Jahresende"),
        years(6, from_year_end=True),
        _("§ 257 HGB, § 147 AO"),
        minimum=years(6, from_year_end=True),
        holds=True,
    ),
    Rule(
        "booking_voucher",
        _("Buchungsbelege und Rechnungen"),
        Start.COLLECTION,
        _("Jahresende"),
        years(8, from_year_end=True),
        _("§ 257 HGB, § 147 AO"),
        minimum=years(8, from_year_end=True),
        holds=True,
    ),
    Rule(
        "books",
        _("Bücher und Abschlüsse"),
        Start.COLLECTION,
        _("letzte Eintragung, Jahresende"),
        years(10, from_year_end=True),
        _("§ 257 HGB, § 147 AO"),
        minimum=years(10, from_year_end=True),
        holds=True,
    ),
    Rule(
        "call_recording",
        _("Gesprächsaufzeichnungen"),
        Start.COLLECTION,
        _("Gespräch"),
        days(90),
        _("Zweck der Aufzeichnung"),
    ),
    Rule(
        "bought_address",
        _("gekaufte, ungenutzte Anschriften"),
        Start.COLLECTION,
        _("Übernahme, höchstens bis zum Ende der Lizenz"),
        months(3),
        _("Art. 5 Abs. 1 lit. e DSGVO"),
    ),
    Rule(
        "suppression_hash",
        _("Sperrliste (nur Prüfwerte)"),
        Start.COLLECTION,
        _("solange geworben wird"),
        None,
        _("Art. 21 Abs. 3 DSGVO"),
        is_open=True,
    ),
    Rule(
        "request_file",
        _("Vorgänge zu Betroffenenrechten"),
        Start.END_OF_PROCESS,
        _("Antwort, Jahresende"),
        years(3, from_year_end=True),
        _("§ 31 OWiG (Praxis)"),
        holds=True,
        is_open=True,
    ),
)
RULES: Final[Mapping[str, Rule]] = {rule.code: rule for rule in _RULES}

OF_DECLARATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "master": ("master",),
    "contact_history": ("master",),
    "opportunity": ("master",),
    "qualification": ("master",),
    "commercial": ("trade_letter", "booking_voucher"),
    "consent_proof": ("phone_consent_proof", "email_consent_proof"),
    "unconfirmed_opt_in": ("doi_pending",),
    "contact_decision": ("contact_decision",),
    "import": ("import",),
    "audit": ("audit",),
    "request_file": ("request_file",),
    "vault": (),
}
"""Which rules stand behind what models declare as their ``retention``."""


def rules_of(retention: str) -> list[Rule]:
    """The rules behind a declaration; one that nobody knows is itself the name of a rule."""
    return [RULES[code] for code in OF_DECLARATIONS.get(retention, (retention,)) if code in RULES]
