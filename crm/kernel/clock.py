"""The one place that reads the clock. Interfaces call it; domain functions receive ``at=``."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The current day in the installation's time zone."""
    return timezone.localdate()
