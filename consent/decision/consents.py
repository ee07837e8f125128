"""Which consents count for a question, and what is wrong with the others."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from consent.decision.codes import METHODS, Channel, Code
from consent.decision.facts import Confirmation, Consent, Facts, Policy, Question, Withdrawal
from consent.decision.opting_in import CONFIRMS, NEEDS_NONE

OF_AGE = 16  # Art. 8(1) GDPR; Germany did not lower it
ENOUGH_PROOF = {"A", "B"}
NOTE = "C"
ENDED_BY = {
    "withdrawn": Code.CONSENT_WITHDRAWN,
    "expired": Code.CONSENT_EXPIRED,
    "invalidated": Code.CONSENT_TAINTED,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One consent under a question: ``drops`` make it useless, ``doubts`` only want a review."""

    consent: Consent
    drops: tuple[Code, ...]
    doubts: tuple[Code, ...]

    @property
    def is_usable(self) -> bool:
        return not self.drops and not self.doubts

    @property
    def is_reviewable(self) -> bool:
        return not self.drops and bool(self.doubts)


def judge(question: Question, facts: Facts, policy: Policy) -> list[Judged]:
    """All consents that are known, in the order of the facts."""
    withdrawn_at = last_withdrawal(question, facts)
    return [
        _judged(consent, question, facts, policy, withdrawn_at=withdrawn_at)
        for consent in facts.consents
    ]


def newest(judged: Iterable[Judged]) -> Judged | None:
    """The usable one that was given last."""
    usable = [each for each in judged if each.is_usable]
    return max(usable, key=lambda each: (each.consent.at, each.consent.event), default=None)


def ends(consent: Consent, question: Question) -> list[Withdrawal]:
    """What ended the consent for this channel and purpose until the instant asked for."""
    return [
        each
        for each in consent.withdrawals
        if each.at <= question.at
        and (not each.channels or question.channel in each.channels)
        and (not each.purposes or question.purpose in each.purposes)
    ]


def last_withdrawal(question: Question, facts: Facts) -> datetime | None:
    """When the person last withdrew a consent for just this: it ends all that were given before,
    whichever of several declarations was named."""
    withdrawn = [
        end.at
        for consent in facts.consents
        if not differs(consent, question)
        for end in ends(consent, question)
        if end.kind == "withdrawn"
    ]
    return max(withdrawn, default=None)


def persons(question: Question) -> frozenset[str]:
    """All ids of the person: those of merged records, too."""
    return question.subjects | {question.person}


def months_later(moment: datetime, months: int) -> datetime:
    """The same day and time some months on, or the last day of that month."""
    index = moment.month - 1 + months
    year, month = moment.year + index // 12, index % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def age(born: date, on: date) -> int:
    """Full years; who was born on 29 February turns older on 1 March in other years (§ 187 BGB
    counts the day of birth, so a birthday begins at midnight)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_authorised(guardian: str | bool | None) -> bool:
    """Whether a guardian's authorisation was verified (Art. 8(2) GDPR): a claim is not enough."""
    return guardian in (True, "verified")


def _judged(
    consent: Consent,
    question: Question,
    facts: Facts,
    policy: Policy,
    *,
    withdrawn_at: datetime | None,
) -> Judged:
    drops = differs(consent, question)
    if consent.at > question.at:
        return Judged(consent, (*drops, Code.NOT_EFFECTIVE_YET), ())
    if withdrawn_at is not None and consent.at <= withdrawn_at and not drops:
        drops.append(Code.CONSENT_WITHDRAWN)
    ended_by = {ENDED_BY.get(end.kind, Code.CONSENT_WITHDRAWN) for end in ends(consent, question)}
    drops += sorted(ended_by)
    if not consent.has_proof or consent.method not in METHODS or _is_flag(consent, question):
        drops.append(Code.CONSENT_NO_PROOF)
    if consent.is_preticked:
        drops.append(Code.CONSENT_PRETICKED)
    if consent.coupled and consent.coupled != "contest":
        drops.append(Code.CONSENT_COUPLED)
    if consent.is_tainted:
        drops.append(Code.CONSENT_TAINTED)
    if consent.text_missing:
        drops.append(Code.CONSENT_TEXT_DEFECTIVE)
    if _is_minor(consent, facts):
        drops.append(Code.CONSENT_MINOR)
    if consent.valid_until is not None and question.at >= consent.valid_until:
        drops.append(Code.CONSENT_EXPIRED)
    drops += _unconfirmed(consent, question)
    doubts = []
    if consent.coupled == "contest":
        doubts.append(Code.CONSENT_COUPLED)
    if consent.grade == NOTE and _is_weak(consent, question):
        doubts.append(Code.CONSENT_NO_PROOF)
    last = last_sign(consent, question.at)
    if question.criterion:
        return Judged(consent, tuple(dict.fromkeys(drops)), tuple(doubts))  # what is kept is used
    if question.at >= months_later(last, policy.stale_after_months):
        drops.append(Code.CONSENT_STALE)
    elif question.at >= months_later(last, policy.review_after_months):
        doubts.append(Code.CONSENT_STALE)
    return Judged(consent, tuple(dict.fromkeys(drops)), tuple(doubts))


def differs(consent: Consent, question: Question) -> list[Code]:
    """In what the consent is for something else than what is asked; empty: it is for just this."""
    found = []
    if consent.person not in persons(question):
        found.append(Code.CONSENT_OTHER_PERSON)
    if consent.controller != question.controller:
        found.append(Code.CONSENT_OTHER_CONTROLLER)
    if question.criterion:
        if (consent.criterion, consent.named) != (question.criterion, question.named):
            found.append(Code.CONSENT_OTHER_CRITERION)
    else:
        if consent.point != question.point:
            found.append(Code.CONSENT_OTHER_CP)
        if question.channel not in consent.channels:
            found.append(Code.CONSENT_OTHER_CHANNEL)
    if question.purpose not in consent.purposes:
        found.append(Code.CONSENT_OTHER_PURPOSE)
    return found


def last_sign(consent: Consent, at: datetime) -> datetime:
    """When it was last given, confirmed or used, until ``at``."""
    signs = (*consent.confirmations, *consent.uses)
    return max([consent.at, *(each.at for each in signs if each.at <= at)])


def _is_minor(consent: Consent, facts: Facts) -> bool:
    if facts.born is None or consent.has_guardian:
        return False
    return age(facts.born, consent.at.date()) < OF_AGE


def _is_flag(consent: Consent, question: Question) -> bool:
    """Whether there is not even a note."""
    return consent.grade != NOTE and _is_weak(consent, question)


def _is_weak(consent: Consent, question: Question) -> bool:
    """Whether only a note speaks for it; a confirmation over its own contact point is proof."""
    return (
        consent.grade not in ENOUGH_PROOF
        and question.channel != Channel.POST
        and not any(_confirms(each, consent, question) for each in consent.confirmations)
    )


def _confirms(each: Confirmation, consent: Consent, question: Question) -> bool:
    return (
        consent.at <= each.at <= question.at
        and each.point == consent.point
        and question.channel in CONFIRMS.get(each.how, ())
    )


def _unconfirmed(consent: Consent, question: Question) -> list[Code]:
    """What a web form lacks: each channel is confirmed over itself (BGH I ZR 164/09)."""
    if consent.method != "web_form" or question.channel in NEEDS_NONE:
        return []
    if any(_confirms(each, consent, question) for each in consent.confirmations):
        return []
    is_number = question.channel in CONFIRMS["sms_code"]
    return [*([Code.PHONE_PROOF_WEAK] if is_number else []), Code.DOI_PENDING]
