"""Why records cannot be merged, or a merge not be undone: each reason has its own code."""

from datetime import datetime

from django.utils import formats, timezone

from crm.kernel import errors


class MergeRefused(errors.DomainError):
    """These records cannot be merged."""

    code = "merge-refused"


class SameRecord(MergeRefused):
    """A record with itself, or the same one twice."""

    code = "merge-with-itself"


class DifferentKinds(MergeRefused):
    """A person with a company."""

    code = "merge-of-different-kinds"


class AlreadyMerged(errors.Conflict):
    """One of them went into another record in the meantime."""

    code = "already-merged"


class DecidedDifferent(MergeRefused):
    """Somebody decided that two of them are not the same."""

    code = "decided-different"


class CircleOfCompanies(MergeRefused):
    """A company would stand below itself."""

    code = "circle-of-companies"


class UndoRefused(errors.Conflict):
    """This merge cannot be undone now."""

    code = "undo-refused"


class AlreadyUndone(UndoRefused):
    """It is undone already."""

    code = "already-undone"


class NotUndone(errors.Conflict):
    """Only a merge that was undone can be done again."""

    code = "not-undone"


def day(moment: datetime) -> str:
    """The day, as sentences of refusals name it: ``17.03.2026``."""
    return formats.date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")
