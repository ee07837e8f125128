"""The periods that count here: those of the schedule, or those that the house set itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consent.models import PeriodUnit, RetentionHold, RetentionPeriod
from consent.retention.periods import Period, Unit
from consent.retention.schedule import RULES, Rule
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors


class TooShort(errors.DomainError):
    """The law asks for a longer period."""

    code = "period-too-short"


def periods() -> dict[str, Period | None]:
    """By code of the rule (one query)."""
    own = {
        each.rule: Period(each.number, Unit(each.unit), each.from_year_end)
        for each in RetentionPeriod.objects.all()
    }
    return {code: own.get(code, rule.period) for code, rule in RULES.items()}


@transaction.atomic
def set_period(
    *, actor: User | None, rule: str, number: int, unit: str, at: datetime
) -> RetentionPeriod:
    """Keep what the rule covers for so long; whether it counts from the end of the year stays.

    :raises errors.NotFound: there is no such rule
    :raises errors.Invalid: the rule has no period, or this is none
    :raises TooShort: the law asks for more; nothing changes
    """
    if actor is not None:
        policy.require(actor, policy.Permission.REQUESTS_MANAGE)
    known = RULES.get(rule)
    if known is None:
        raise errors.NotFound(rule=rule)
    period = _sound(known, number, unit)
    if known.minimum is not None and period.is_shorter_than(known.minimum):
        raise TooShort(
            _("%(basis)s verlangt mindestens %(number)d %(unit)s. Eine kürzere Frist geht nicht.")
            % {
                "basis": known.basis,
                "number": known.minimum.number,
                "unit": PeriodUnit(known.minimum.unit).label,
            },
            field="number",
        )
    before = RetentionPeriod.objects.filter(rule=rule).first()
    saved, _created = RetentionPeriod.objects.update_or_create(
        rule=rule,
        defaults={
            "number": number,
            "unit": unit,
            "from_year_end": period.from_year_end,
            "updated_at": at,
            "updated_by": actor,
        },
    )
    audit.record(
        actor=actor,
        action="retention.period-set",
        changes={rule: [str(before) if before else "", str(saved)]},
        at=at,
    )
    return saved


@transaction.atomic
def hold(*, actor: User | None, person: Person, reason: str, at: datetime) -> RetentionHold:
    """Keep somebody's data until :func:`release`: no run and no request erases them.

    :raises errors.Invalid: without a reason
    """
    if actor is not None:
        policy.require(actor, policy.Permission.REQUESTS_MANAGE)
    if not reason.strip():
        raise errors.Invalid({"reason": [_("Bitte nennen Sie den Grund.")]})
    made = RetentionHold.objects.create(
        person=person, reason=reason.strip(), created_at=at, created_by=actor
    )
    audit.record(actor=actor, action="retention.held", target=person, at=at)
    return made


@transaction.atomic
def release(*, actor: User | None, held: RetentionHold, at: datetime) -> None:
    """Let the schedule go on."""
    if actor is not None:
        policy.require(actor, policy.Permission.REQUESTS_MANAGE)
    audit.record(actor=actor, action="retention.released", target=held.person, at=at)
    held.delete()


def _sound(rule: Rule, number: int, unit: str) -> Period:
    if rule.period is None:
        raise errors.Invalid({"number": [_("Für diese Daten gibt es keine Frist.")]})
    if unit not in PeriodUnit.values:
        raise errors.Invalid({"unit": [_("Bitte wählen Sie Tage, Monate oder Jahre.")]})
    if not 1 <= number <= 9999:
        raise errors.Invalid({"number": [_("Bitte geben Sie eine Zahl ab 1 ein.")]})
    return Period(number, Unit(unit), rule.period.from_year_end)
