"""The numbers that people call an opportunity by: ``VC-2026-031``."""

from datetime import datetime

from django.db import connection
from django.db.models.functions import Length
from django.utils import timezone

from history.models import Opportunity

LOCK = 0x56430000  # "VC": one writer at a time takes the next number of a year


def take(*, at: datetime) -> str:
    """The next number of the year of ``at``; whoever asks meanwhile waits for this transaction."""
    year = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, year])
    prefix = f"VC-{year}-"
    taken = Opportunity.objects.filter(number__startswith=prefix)
    last = taken.order_by(Length("number").desc(), "-number").values_list("number", flat=True)
    highest = last.first()
    return f"{prefix}{int(highest.removeprefix(prefix)) + 1 if highest else 1:03d}"
