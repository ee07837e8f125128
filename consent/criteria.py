"""Answers that tell much about a person (personality profile, Art. 9 GDPR) rest on their consent.

This is the guard of :mod:`contacts.qualification`: it asks the rules (:mod:`consent.decision`)
whether a consent to exactly this criterion stands, and takes the answer back when none does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consent import controllers, events, facts, references, texts
from consent.decision import (
    Decision,
    Policy,
    Question,
    attributes,
    consents,
    decide,
    refusals,
    words,
)
from consent.decision.codes import Code
from consent.decision.consents import judge, newest
from consent.decision.decide import bearing_on
from consent.decision.facts import Facts
from consent.models import ConsentText, LedgerEvent, Subject
from contacts import qualification
from contacts.contact_points import Record
from contacts.models import Criterion, Person, Sensitivity
from crm.accounts.models import User
from crm.kernel import answers

KINDS: Mapping[str, attributes.Kind] = {
    Sensitivity.PERSONALITY: attributes.Kind.PERSONALITY,
    Sensitivity.SPECIAL: attributes.Kind.SPECIAL,
}
"""What the rules call the sensitivities that need a consent; any other is none of theirs."""
POLICY = Policy()
NAMES = ("criterion", "named")
MISSING, NO_TEXT, NOT_EXPLICIT = "consent-missing", "consent-text-missing", "consent-not-explicit"
TURNED_BY_CONSENT = (MISSING, NOT_EXPLICIT)
"""Codes of a no for which a text stands ready that the person can agree to."""
NOT_A_PERSON = "not-a-person"
_BEYOND_CONSENT = (Code.PERSON_DECEASED, Code.MERGE_CONFLICT)
"""Reasons that a new consent does not turn."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say about one criterion of one person, and from what."""

    person: Person
    criterion: Criterion
    question: Question
    facts: Facts
    decision: Decision

    @property
    def consent(self) -> str | None:
        """What consent there is, as :mod:`consent.decision.attributes` calls it."""
        return attributes.consent_of(self.decision, self.facts)

    @property
    def verdict(self) -> attributes.Answer:
        """Whether the answer may be kept."""
        kind = KINDS.get(self.criterion.sensitivity, attributes.Kind.SPECIAL)
        return attributes.may_store(kind=kind, consent=self.consent)

    @property
    def is_lost(self) -> bool:
        """Whether an answer that is stored has to go: no consent stands, or not one of the kind
        that it needs. What else forbids new answers for now leaves the stored one."""
        is_consented = newest(self._consents) is not None
        return not is_consented or (self.consent is not None and not self.verdict)

    @property
    def is_restricted(self) -> bool:
        """Whether the person's data are restricted (Art. 18 GDPR): then nothing of them is deleted
        but at their own word."""
        restricted = refusals.restriction(self.question, self.facts, newest_consent=None)
        return restricted is not None

    @property
    def has_run_out(self) -> bool:
        """Whether nothing is wrong with a consent but that its time is over."""
        return any(each.drops == (Code.CONSENT_EXPIRED,) for each in self._consents)

    @property
    def _consents(self) -> list[consents.Judged]:
        return judge(self.question, bearing_on(self.question, self.facts), POLICY)


def listen() -> None:
    """Guard these answers from now on."""
    qualification.register_guard(may_hold)


def may_hold(
    records: Sequence[Record], criteria: Sequence[Criterion], at: datetime
) -> qualification.Verdicts:
    """Whether each of the records may have an answer to each of the criteria (three queries, one
    more if somebody may not)."""
    persons = [each for each in records if isinstance(each, Person)]
    if len(persons) < len(records):
        return {
            (record.pk, each.pk): _not_a_person(each) for record in records for each in criteria
        }
    judged = list(judged_of(persons, criteria, at=at))
    return {
        (each.person.pk, each.criterion.pk): answer
        for each, answer in zip(judged, answered(judged), strict=True)
    }


def answered(judged: Sequence[Judged]) -> list[answers.Answer]:
    """What the rules say, in words (a query if they forbid something)."""
    forbidden = [each.criterion for each in judged if not each.verdict]
    named = texts.naming(forbidden) if forbidden else {}
    return [_answer(each, named) for each in judged]


def judged_of(
    persons: Sequence[Person], criteria: Sequence[Criterion], *, at: datetime
) -> Iterator[Judged]:
    """What the rules say of each criterion of each person (three queries)."""
    refs = references.subjects_of(person.pk for person in persons)
    told = _told([ref for some in refs.values() for ref in some])
    by = str(controllers.default().public_id)
    for person in persons:
        own = refs.get(person.pk, [])
        around = facts.Circumstances(
            subjects=[str(ref) for ref in own],
            point="",
            is_held=False,
            status="active",
            source="data_subject",
            recipient_type="unknown",
            born=person.birth_date.isoformat() if person.birth_date else None,
        )
        heard = [event for ref in own for event in told.get(ref, [])]
        known = facts.facts_from(around, sorted(heard, key=lambda event: event.seq))
        for criterion in criteria:
            question = Question(
                person=around.person,
                subjects=frozenset(around.subjects),
                point="",
                channel="",
                purpose=texts.KEEPING,
                controller=by,
                at=at,
                criterion=criterion.code,
                named=criterion.label,
            )
            decision = decide(question, known, POLICY)
            yield Judged(person, criterion, question, known, decision)


def told(criterion: Criterion) -> dict[str, str]:
    """How the event of a consent names the criterion: what it was called then is part of it."""
    return {"criterion": criterion.code, "named": criterion.label}


def named_by(consent: LedgerEvent) -> dict[str, str]:
    """How an event about the consent names its criterion; empty if it is about none."""
    return {name: consent.details[name] for name in NAMES if name in consent.details}


def labels(consents: Iterable[LedgerEvent]) -> dict[str, str]:
    """What criteria were called when somebody consented to them, by code; without a query."""
    return {
        each.details["criterion"]: each.details["named"]
        for each in consents
        if "criterion" in each.details
    }


def lock(consents: Iterable[LedgerEvent]) -> None:
    """Let nobody answer these criteria of these persons until the transaction ends.

    Before the ledger is locked: who changes a person locks it first, too.
    """
    refs = [each.person for each in _about_criteria(consents) if each.person]
    if refs:
        owners = Subject.objects.filter(ref__in=refs).values("person")
        list(Person.objects.select_for_update(of=("self",)).filter(pk__in=owners).order_by("pk"))


def release(consents: Iterable[LedgerEvent], *, actor: User | None, at: datetime) -> None:
    """Take back the answers for which no consent stands any more, with all that is left of them."""
    for consent in _about_criteria(consents):
        if consent.person is None:
            continue
        subject = Subject.objects.filter(ref=consent.person).select_related("person").first()
        criterion = Criterion.objects.filter(code=consent.details["criterion"]).first()
        if subject is None or criterion is None:
            continue
        (judged,) = judged_of([subject.person], [criterion], at=at)
        if judged.is_lost:
            qualification.forget(
                actor=actor,
                person=subject.person,
                criterion=criterion,
                context={"consent": str(consent.public_id)},
                at=at,
            )


def _about_criteria(consents: Iterable[LedgerEvent]) -> list[LedgerEvent]:
    return [each for each in consents if each.details.get("criterion")]


def _told(refs: Sequence[UUID]) -> dict[UUID, list[events.Event]]:
    found: dict[UUID, list[events.Event]] = {}
    for event in events.concerning(persons=refs):
        if event.person is not None:
            found.setdefault(event.person, []).append(event)
    return found


def _answer(judged: Judged, named: Mapping[str, Sequence[ConsentText]]) -> answers.Answer:
    criterion, decision, verdict = judged.criterion, judged.decision, judged.verdict
    if verdict and decision.decisive_at is not None:
        day = date_format(timezone.localtime(decision.decisive_at), "SHORT_DATE_FORMAT")
        reason = _("Einwilligung vom %(day)s") % {"day": day}
        return answers.because(code="consent", reason=reason, basis=decision.decisive)
    language = get_language() or "de"
    spoken = words.words_of(language)
    reason = _(
        "„%(criterion)s“ darf nur gespeichert werden, wenn die Person in genau diese Angabe "
        "eingewilligt hat (%(law)s)."
    ) % {"criterion": criterion.label, "law": words.law_in(verdict.law, language)}
    if judged.consent is not None:
        why = _("Ihre Einwilligung nennt sie nicht ausdrücklich.")
        return _refused(criterion, NOT_EXPLICIT, f"{reason} {why}", named)
    beyond = [code for code in decision.codes if code in _BEYOND_CONSENT]
    code = beyond[0] if beyond else words.telling(decision.codes)
    if code is not Code.CONSENT_MISSING:
        reason = f"{reason} {spoken.codes[code].sentence}"
    if beyond:
        remedy = "; ".join(spoken.remedies[each] for each in decision.would_allow)
        return answers.no(code=code.lower().replace("_", "-"), reason=reason, remedy=remedy)
    return _refused(criterion, MISSING, reason, named)


def _refused(
    criterion: Criterion, code: str, reason: str, named: Mapping[str, Sequence[ConsentText]]
) -> answers.Answer:
    if named.get(criterion.code):
        remedy = _("Erfassen Sie die Einwilligung: unterschrieben oder als Aufnahme.")
        return answers.no(code=code, reason=reason, remedy=remedy)
    remedy = _(
        "Kein veröffentlichter Einwilligungstext nennt „%(criterion)s“. Der Datenschutz legt ihn "
        "unter Verwaltung, Einwilligungstexte an."
    ) % {"criterion": criterion.label}
    return answers.no(code=NO_TEXT, reason=reason, remedy=remedy)


def _not_a_person(criterion: Criterion) -> answers.Answer:
    return answers.no(
        code=NOT_A_PERSON,
        reason=_(
            "„%(criterion)s“ verrät viel über einen Menschen; eine Firma kann nicht einwilligen."
        )
        % {"criterion": criterion.label},
        remedy=_("Fragen Sie danach bei Ansprechpartnern, oder prüfen Sie die Sensibilität."),
    )
