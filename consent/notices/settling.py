"""What was sent and did not come back for a day has arrived: the gate learns of it then."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from consent import recording
from consent.models import EventKind, LedgerEvent, NoticeProvision, ProvisionStatus
from consent.notices.rules.due import SENT_COUNTS_AFTER


@transaction.atomic
def settle(*, at: datetime) -> int:
    """Note who is informed under Art. 14 by what was sent a day ago; gives their number."""
    bounced = NoticeProvision.objects.filter(
        Q(reference=OuterRef("reference")) & ~Q(reference="")
        | Q(version=OuterRef("version"), medium=OuterRef("medium"), reference=""),
        subject=OuterRef("subject"),
        status=ProvisionStatus.BOUNCED,
        given_at__gte=OuterRef("given_at"),
    )
    informed = LedgerEvent.objects.filter(
        person=OuterRef("subject"),
        kind=EventKind.INFORMED,
        effective_at__gte=OuterRef("given_at"),
    )
    rows = NoticeProvision.objects.filter(
        ~Exists(bounced),
        ~Exists(informed),
        version__article=14,
        status=ProvisionStatus.SENT,
        given_at__lte=at - SENT_COUNTS_AFTER,
    )
    latest = {row.subject: row for row in rows.select_related("controller").order_by("given_at")}
    recording.append_all(
        [
            recording.Draft(
                kind=EventKind.INFORMED,
                effective_at=row.given_at,
                person=row.subject,
                details={"medium": row.medium},
            )
            for row in latest.values()
        ],
        actor=None,
        at=at,
    )
    return len(latest)
