"""A report as a file on the machine: whole and told in the audit log, or not at all."""

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction
from django.utils.translation import gettext as _

from consent.desk import reports
from consent.desk.reports import Report
from crm.kernel import errors


def endings() -> str:
    """Which endings a file may have, as a help."""
    return _("Datei; die Endung wählt die Art: %(endings)s") % {"endings": _named()}


def write(target: Path, make: Callable[[], Report]) -> None:
    """Make a report and write it; its form is that of the file's ending.

    Only the owner may read the file.

    :raises errors.Invalid: the ending is none of a report, or the file cannot be written
    """
    form = target.suffix.lower().removeprefix(".")
    if form not in reports.FORMS:
        raise errors.Invalid(
            {
                "out": [
                    _("%(file)s: Die Endung muss eine von diesen sein: %(endings)s.")
                    % {"file": target, "endings": _named()}
                ]
            }
        )
    try:
        _write(target, form, make)
    except OSError as error:
        raise errors.Invalid({"out": [f"{target}: {error.strerror}"]}) from error


def _write(target: Path, form: str, make: Callable[[], Report]) -> None:
    with NamedTemporaryFile(dir=target.parent, prefix=".bericht-", delete=False) as file:
        unfinished = Path(file.name)
        try:
            with transaction.atomic():
                file.write(reports.file_of(make(), form).content)
                file.flush()
                unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _named() -> str:
    return ", ".join(f".{form}" for form in reports.FORMS)
