"""Which part of the audit log is asked for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts import act_kinds, audit_subjects
from contacts.act_kinds import Kind
from contacts.audit_subjects import Place, Reader, Subject
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry

INSTALLATION: Final = "installation"
YEARS: Final = range(1900, 3000)


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that all hold; what is empty is no condition. ``actor_name`` is that of the
    actor with the number ``actor_id``; without a number it is the installation itself."""

    actor_name: str = ""
    actor_id: int | None = None
    kind: Kind | None = None
    place: Place | None = None
    subject: Subject | None = None
    since: date | None = None
    until: date | None = None

    @property
    def actions(self) -> list[str]:
        """The actions of the kind; empty for all."""
        return act_kinds.actions_of(self.kind) if self.kind else []

    def narrow(self, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Those of the ``rows`` that fulfil every condition but the kind."""
        if self.actor_name:
            rows = rows.filter(actor_id=self.actor_id)
        if self.place:
            rows = rows.filter(object_type=self.place[0], object_id=self.place[1])
        if self.since:
            rows = rows.filter(at__gte=_midnight(self.since))
        if self.until:
            rows = rows.filter(at__lt=_midnight(self.until + timedelta(days=1)))
        return rows

    def in_words(self) -> list[str]:
        """``["Wer: Mareike Thoms", "ab 01.03.2026"]``."""
        days = [
            date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in (self.since, self.until)
        ]
        subject = self.subject.name if self.subject else ""
        kind = act_kinds.WORDS[self.kind] if self.kind else ""
        found = [
            (self.actor_name, _("Wer: %(value)s")),
            (kind, _("Was: %(value)s")),
            (subject, _("Gegenstand: %(value)s")),
            (days[0], _("ab %(value)s")),
            (days[1], _("bis %(value)s")),
        ]
        return [pattern % {"value": value} for value, pattern in found if value]

    def as_data(self) -> dict[str, str]:
        """The conditions as JSON, for the audit row of an export."""
        subject = self.subject
        found = {
            "actor": self.actor_name,
            "kind": self.kind.value if self.kind else "",
            "object": f"{subject.kind}:{subject.key}" if subject else "",
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in found.items() if value}


def of(
    *,
    reader: Reader,
    actor: str = "",
    kind: str = "",
    object: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Query:
    """The query that these texts mean: ``actor`` the public id of an account or
    ``installation``, ``object`` like ``person:<uuid>``, days in the installation's time zone.

    :raises errors.Invalid: no such actor or kind, a day out of all reach, or the last day lies
        before the first
    :raises errors.NotFound: no such object, or the reader may not see it
    """
    problems: dict[str, list[str]] = {}
    name, number = _actor(actor, problems)
    if kind and kind not in list(Kind):
        problems["kind"] = [_("Diese Art gibt es nicht.")]
    for field, bound in (("since", since), ("until", until)):
        if bound and bound.year not in YEARS:
            problems[field] = [_("So weit reicht das Protokoll nicht.")]
    if since and until and until < since:
        day = date_format(since, "SHORT_DATE_FORMAT")
        problems["until"] = [_("Der letzte Tag liegt vor dem ersten, dem %(day)s.") % {"day": day}]
    if problems:
        raise errors.Invalid(problems)
    place, subject = audit_subjects.find(reader=reader, text=object) if object else (None, None)
    return Query(name, number, Kind(kind) if kind else None, place, subject, since, until)


def _actor(text: str, problems: dict[str, list[str]]) -> tuple[str, int | None]:
    if not text or text == INSTALLATION:
        return (_("Installation") if text else ""), None
    try:
        found = User.objects.filter(public_id=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        problems["actor"] = [_("Dieses Konto gibt es nicht.")]
        return "", None
    return found.full_name, found.pk


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
