"""The rules in their order: the first that refuses or allows decides, all of them are told.

Numbers of rules are those of ``docs/algorithms/kontakterlaubnis.md``.
"""

from dataclasses import replace

from consent.decision import grounds, refusals
from consent.decision.answers import Answer
from consent.decision.codes import (
    LEGAL_CLASS,
    PURPOSES,
    Channel,
    Code,
    Duty,
    Ground,
    LegalClass,
    Outcome,
    PurposeClass,
)
from consent.decision.consents import Judged, judge, newest
from consent.decision.doubts import doubts_of, would_allow
from consent.decision.facts import Check, Decision, Facts, Policy, Question
from consent.decision.knowing import as_known

STRICT = Policy()
_LIVE_DUTIES = (Duty.SHOW_CALLER_ID, Duty.IDENTIFY_AT_START)
_TELEPHONE = (Channel.PHONE, Channel.ROBOCALL)


def decide(question: Question, facts: Facts, policy: Policy = STRICT) -> Decision:
    """Whether the person may be contacted. What is unknown is answered with a no."""
    facts = bearing_on(question, as_known(facts, question.known_at))
    answers = [answer for answer in _answers(question, facts, policy) if answer is not None]
    decisive = next(answer for answer in answers if answer.outcome is not None)
    refused = [code for answer in answers for code in answer.codes]
    fact = next(iter(decisive.facts), None)
    outcome = decisive.outcome or Outcome.DENY
    is_allowed = outcome in (Outcome.ALLOW, Outcome.ALLOW_IF)
    codes = () if is_allowed else tuple(dict.fromkeys((*decisive.codes, *refused)))
    checks = tuple(
        Check(
            rule=answer.rule,
            passed=answer.outcome in (None, Outcome.ALLOW, Outcome.ALLOW_IF) and not answer.codes,
            codes=answer.codes,
            events=answer.events,
            law=answer.law,
        )
        for answer in answers
    )
    return Decision(
        outcome=outcome,
        ground=decisive.ground if is_allowed else Ground.NONE,
        codes=codes,
        duties=decisive.duties if is_allowed else (),
        channel=question.channel,
        decisive=fact.event if fact else "",
        decisive_at=fact.at if fact else None,
        rule=decisive.rule,
        checked=checks,
        doubts=doubts_of(question, facts, decisive, answers),
        would_allow=() if is_allowed else would_allow(codes),
        profile=policy.profile,
    )


def bearing_on(question: Question, facts: Facts) -> Facts:
    """Without consents of the other sort: a consent to keep an answer lets nobody write or call,
    and the other way round."""
    about = tuple(
        each for each in facts.consents if bool(each.criterion) == bool(question.criterion)
    )
    return facts if len(about) == len(facts.consents) else replace(facts, consents=about)


def _answers(question: Question, facts: Facts, policy: Policy) -> list[Answer | None]:
    purpose = PURPOSES.get(question.purpose)
    if purpose is PurposeClass.PROFILE and question.criterion:
        return _keeping(question, facts, policy)
    if purpose is None or question.channel not in set(Channel):
        return [_unknown(question)]
    common = [refusals.point(question, facts)]
    if purpose is PurposeClass.LEGAL:
        return [*common, grounds.legal(question)]
    is_marketing = purpose is PurposeClass.MARKETING
    common.append(refusals.death(question, facts, is_marketing=is_marketing))
    if purpose in (PurposeClass.SERVICE, PurposeClass.REQUESTED):
        restricted = refusals.restriction(question, facts, newest_consent=None)
        service = grounds.service(question, facts, is_request=purpose is PurposeClass.REQUESTED)
        return [*common, restricted, service]
    if purpose is PurposeClass.DOUBLE_OPT_IN:
        restricted = refusals.restriction(question, facts, newest_consent=None)
        return [*common, restricted, grounds.opt_in_request(question, facts)]
    if is_marketing:
        return [*common, *_marketing(question, facts, policy)]
    return [*common, _unknown(question)]


def _marketing(question: Question, facts: Facts, policy: Policy) -> list[Answer | None]:
    judged = judge(question, facts, policy)
    best = newest(judged)
    legal_class = LEGAL_CLASS[Channel(question.channel)]
    answers = [
        refusals.restriction(question, facts, newest_consent=best),
        _flaws(judged, is_usable=best is not None),
        refusals.objection(question, facts, best),
        refusals.conflict(question, facts, best),
        refusals.suppression(question, facts, best),
        _consent(question, facts, best),
        _review(judged) if best is None else None,
    ]
    if best is None:
        other = {
            LegalClass.ELECTRONIC_POST: grounds.existing_customer,
            LegalClass.LIVE: grounds.presumed,
            LegalClass.POST: grounds.letter,
        }.get(legal_class)
        answers.append(refusals.was_withdrawn(question, facts))
        if other is not None:
            answers.append(other(question, facts, policy))
        answers.append(_nothing())
    return answers


def _keeping(question: Question, facts: Facts, policy: Policy) -> list[Answer | None]:
    """8: an answer that tells much about somebody is kept with their consent to exactly that."""
    judged = judge(question, facts, policy)
    best = newest(judged)
    return [
        refusals.death(question, facts, is_marketing=False),
        refusals.restriction(question, facts, newest_consent=best),
        _flaws(judged, is_usable=best is not None),
        refusals.objection(question, facts, best),
        refusals.conflict(question, facts, best),
        grounds.consent_to_keep(best.consent) if best else None,
        _review(judged) if best is None else None,
        refusals.was_withdrawn(question, facts) if best is None else None,
        _no_consent_to_keep() if best is None else None,
    ]


def _flaws(judged: list[Judged], *, is_usable: bool) -> Answer | None:
    """7a, 7b: why consents do not count. It decides nothing itself."""
    useless = [each for each in judged if not each.is_usable]
    if is_usable or not useless:
        return None
    codes = [code for each in useless for code in (*each.drops, *each.doubts)]
    return Answer(
        rule="7ab consents that do not count",
        codes=tuple(dict.fromkeys(codes)),
        facts=tuple(each.consent for each in useless),
        law="Art. 4 Nr. 11, 7 DSGVO",
    )


def _consent(question: Question, facts: Facts, best: Judged | None) -> Answer | None:
    """7e: a usable consent."""
    if best is None:
        return None
    duties = [Duty.IDENTIFY_SENDER, Duty.OFFER_WITHDRAWAL]
    if LEGAL_CLASS[Channel(question.channel)] is LegalClass.LIVE:
        duties += _LIVE_DUTIES
    if question.channel in _TELEPHONE and facts.recipient_type != "business":
        duties.append(Duty.LOG_USE_7A)
    return Answer(
        rule="7e consent",
        outcome=Outcome.ALLOW,
        ground=Ground.CONSENT,
        duties=tuple(duties),
        facts=(best.consent,),
        law="Art. 6 Abs. 1 lit. a DSGVO, § 7 Abs. 2 UWG",
        several_channels=len(best.consent.channels) > 1,
    )


def _review(judged: list[Judged]) -> Answer | None:
    """7f: only consents that somebody has to look at."""
    doubtful = [each for each in judged if each.is_reviewable]
    if not doubtful:
        return None
    return Answer(
        rule="7f review",
        outcome=Outcome.REVIEW,
        codes=tuple(dict.fromkeys(code for each in doubtful for code in each.doubts)),
        facts=tuple(each.consent for each in doubtful),
        law="Art. 7 DSGVO",
    )


def _nothing() -> Answer:
    """7h, 7k: no ground is left."""
    return Answer(
        rule="7k nothing allows it",
        outcome=Outcome.DENY,
        codes=(Code.CONSENT_MISSING,),
        law="§ 7 UWG",
    )


def _no_consent_to_keep() -> Answer:
    """8k: nothing else lets such an answer be kept."""
    return Answer(
        rule="8k no consent to keep it",
        outcome=Outcome.DENY,
        codes=(Code.CONSENT_MISSING,),
        law="Art. 6 Abs. 1 lit. a, Art. 9 Abs. 1 DSGVO",
    )


def _unknown(question: Question) -> Answer:
    codes = [Code.CONSENT_MISSING]
    if question.purpose not in PURPOSES or question.channel in set(Channel):
        codes.insert(0, Code.UNKNOWN_PURPOSE)
    if question.channel not in set(Channel):
        codes.insert(0, Code.UNKNOWN_CHANNEL)
    return Answer(rule="0 known channel and purpose", outcome=Outcome.DENY, codes=tuple(codes))
