"""What an objection or a withdrawal stops, in the transaction that takes it in."""

from datetime import datetime

from consent import circumstances, consents
from consent.models import RequestArticle, SubjectRequest
from crm.accounts.models import User


def stop(case: SubjectRequest, *, actor: User | None, at: datetime) -> int:
    """What an objection or withdrawal stops at once; how many events say so."""
    person = case.person
    if person is None:
        return 0
    via = case.channel.lower()
    if case.article == RequestArticle.OBJECTION and case.is_marketing:
        circumstances.object_to_marketing(
            actor=actor,
            person=person,
            received_at=case.received_at,
            at=at,
            via=via,
            wording=case.wording,
        )
        return 1
    if case.article == RequestArticle.OBJECTION:
        circumstances.restrict(
            actor=actor, person=person, ground="d", starts_at=case.received_at, at=at
        )
        return 1
    if case.article == RequestArticle.WITHDRAWAL:
        given = [
            each
            for each in consents.alive(consents.of_person(person))
            if each.effective_at <= case.received_at
        ]
        wording = {"wording": case.wording}
        return len(
            consents.withdraw(
                actor=actor,
                consents=given,
                received_at=case.received_at,
                at=at,
                via=via,
                payload=wording,
            )
        )
    return 0


def is_enough(case: SubjectRequest) -> bool:
    """Whether nothing is left to do once it is stopped."""
    return case.article == RequestArticle.WITHDRAWAL or (
        case.article == RequestArticle.OBJECTION and case.is_marketing
    )
