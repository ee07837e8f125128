"""When something is due: from a phrase, a day or an hour."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.kernel import errors
from history.activities import phrases
from history.activities.phrases import Due, Reason

USUAL_LENGTH, LONGEST = timedelta(hours=1), timedelta(days=366)
YEARS = range(1950, 2150)


def of(phrase: str, *, at: datetime, field: str = "when") -> Due:
    """The day or hour that a phrase means.

    :raises errors.Invalid: it means none; the sentence says what can be written
    """
    try:
        return parsed(phrase, at=at)
    except phrases.Unreadable as error:
        raise errors.Invalid({field: [sentence(error.reason)]}) from error


def parsed(phrase: str, *, at: datetime) -> Due:
    """The same for who has another use for what is none.

    :raises phrases.Unreadable: it means no day
    """
    return phrases.parse(phrase, now=timezone.localtime(at), state=settings.HOLIDAY_STATE)


def settled(moment: datetime, *, has_time: bool) -> datetime:
    """The instant that is stored: of a day its beginning.

    :raises errors.Invalid: a year that nobody lives in
    """
    if moment.year not in YEARS:
        raise errors.Invalid({"when": [sentence(Reason.TOO_FAR)]})
    return moment if has_time else day_of(moment)


def day_of(moment: datetime) -> datetime:
    """The beginning of the local day of ``moment``."""
    local = timezone.localtime(moment)
    return datetime.combine(local.date(), time(), local.tzinfo)


def require_ahead(moment: datetime, *, at: datetime, field: str = "when") -> None:
    """Pass days from today on, for ten years.

    :raises errors.Invalid: it is an earlier day, or a later one
    """
    if moment - at > phrases.FARTHEST:
        raise errors.Invalid({field: [sentence(Reason.TOO_FAR)]})
    if moment < day_of(at):
        passed = _("Dieser Tag ist vorbei. Wählen Sie heute oder einen späteren Tag.")
        raise errors.Invalid({field: [passed]})


def sentence(reason: Reason) -> str:
    """Why a phrase is no day, and what can be written."""
    return {
        Reason.EMPTY: _("Bitte sagen Sie, wann: zum Beispiel 14, 2w, morgen, Mo oder 24.03."),
        Reason.UNKNOWN: _(
            "Das ist kein Tag. Schreiben Sie zum Beispiel 14, 2w, morgen, Mo, 24.03. oder "
            "24.3. 14:30."
        ),
        Reason.NO_SUCH_DAY: _("Diesen Tag gibt es nicht."),
        Reason.NO_SUCH_HOUR: _("Diese Uhrzeit gibt es nicht. Schreiben Sie zum Beispiel 14:30."),
        Reason.TOO_FAR: _("Das ist mehr als zehn Jahre hin. Wählen Sie einen früheren Tag."),
    }[reason]


def local(moment: datetime) -> datetime:
    """The same instant in the zone of the installation."""
    return timezone.localtime(moment)
