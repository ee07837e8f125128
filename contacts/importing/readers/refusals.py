"""Why a whole file cannot be read."""

from django.utils.translation import gettext_lazy as _

from crm.kernel.errors import DomainError


class UnreadableFile(DomainError):
    """Nothing of the file can be imported."""

    code = "import-file-unreadable"
    default_message = _(
        "Diese Datei lässt sich nicht lesen. Bitte speichern Sie sie als CSV- oder Excel-Datei."
    )


class EmptyFile(UnreadableFile):
    """No bytes, or no rows."""

    code = "import-file-empty"
    default_message = _(
        "Die Datei ist leer (0 Byte). Bitte prüfen Sie, ob der Export vollständig war."
    )


class FileTooLarge(UnreadableFile):
    """More bytes than this installation takes."""

    code = "import-file-too-large"


class WrongFileType(UnreadableFile):
    """A PDF, a program, a picture: something that is no list of contacts, whatever its name."""

    code = "import-file-type"


class NoSuchSheet(UnreadableFile):
    """The workbook has no sheet of that name, or none with rows."""

    code = "import-sheet-missing"


class BadReadOptions(DomainError):
    """A chosen encoding, delimiter, sheet or header row is impossible."""

    code = "import-read-options"
