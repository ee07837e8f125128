"""What was asked for, by forms of every kind, and what became of it."""

from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consent.models import OptInConfirmation
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.models import User


class Course(models.TextChoices):
    """How it stands with a confirmation that was asked for."""

    WAITING = "WAITING", _("wartet auf Bestätigung")
    CONFIRMED = "CONFIRMED", _("bestätigt")
    OVER = "OVER", _("nicht bestätigt")
    UNSENT = "UNSENT", _("nicht gesendet")


def confirmations(
    *, user: User, course: Course | None = None, at: datetime
) -> QuerySet[OptInConfirmation]:
    """Those of persons whom the user may see, newest first.

    :raises errors.NotPermitted: the role does not see consents
    """
    policy.require(user, policy.Permission.CONSENT_VIEW)
    seen = Person.objects.visible_to(user).order_by().values("pk")
    rows = OptInConfirmation.objects.filter(request__person__in=seen)
    if course is not None:
        rows = rows.filter(_condition(course, at))
    return rows.select_related("request__person", "request__text", "point").order_by("-pk")


def course_of(confirmation: OptInConfirmation, *, at: datetime) -> Course:
    """How it stands with one. What was withdrawn later is confirmed all the same."""
    if confirmation.confirmed_at:
        return Course.CONFIRMED
    if confirmation.sent_at is None:
        return Course.UNSENT
    return Course.WAITING if at < confirmation.expires_at else Course.OVER


def _condition(course: Course, at: datetime) -> Q:
    is_sent = Q(confirmed_at=None, sent_at__isnull=False)
    return {
        Course.CONFIRMED: Q(confirmed_at__isnull=False),
        Course.UNSENT: Q(confirmed_at=None, sent_at=None),
        Course.WAITING: is_sent & Q(expires_at__gt=at),
        Course.OVER: is_sent & Q(expires_at__lte=at),
    }[course]
