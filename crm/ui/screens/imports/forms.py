"""The forms of the first two steps: where data come from, whose they become, which file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.importing.readers.options import DELIMITERS, ENCODINGS, ReadOptions
from contacts.models import Source
from crm.accounts.models import Team, User

NEW = "new"
TAB = "tab"
AUTOMATIC = ("", _("von selbst erkennen"))


class OriginForm(forms.Form):
    """A known source or a new one, and who looks after new records."""

    owner = forms.ModelChoiceField(
        label=_("Zuständig für neue Kontakte"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="public_id",
        required=False,
        empty_label=_("niemand"),
        help_text=_("Gilt, wo die Datei selbst niemanden nennt."),
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.filter(is_active=True),
        to_field_name="public_id",
        required=False,
        empty_label=_("keines"),
        help_text=_("Ohne Zuständigen und Team gehören neue Kontakte Ihnen."),
    )

    def __init__(self, *args: Any, sources: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sources = {str(source.public_id): source for source in sources}
        self.fields["source"] = forms.ChoiceField(
            label=_("Herkunft"),
            choices=[(code, code) for code in (*self._sources, NEW)],
            error_messages={"required": _("Bitte wählen Sie, woher die Angaben stammen.")},
        )

    @property
    def wants_new(self) -> bool:
        """Whether a new source is to be created."""
        return self["source"].value() == NEW

    @property
    def known(self) -> Source | None:
        """The chosen source, if it is a known one."""
        return self._sources.get(self.cleaned_data["source"])


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Datei"),
        error_messages={
            "required": _("Bitte wählen Sie eine Datei."),
            "empty": _("Die Datei ist leer (0 Byte). Ist der Export vollständig?"),
        },
    )


class ReadingForm(forms.Form):
    """How the file is to be read; empty means: find out."""

    NAMES = ("encoding", "delimiter", "sheet", "header_row")

    encoding = forms.ChoiceField(
        label=_("Kodierung"), choices=[AUTOMATIC, *ENCODINGS.items()], required=False
    )
    delimiter = forms.ChoiceField(
        label=_("Trennzeichen"),
        choices=[
            AUTOMATIC,
            *((TAB if sign == "\t" else sign, name) for sign, name in DELIMITERS.items()),
        ],
        required=False,
    )
    header_row = forms.IntegerField(
        label=_("Kopfzeile in Zeile"),
        required=False,
        min_value=0,
        max_value=1000,
        help_text=_("0, wenn die Datei keine Kopfzeile hat."),
    )

    def __init__(self, *args: Any, sheets: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Tabellenblatt"),
            choices=[AUTOMATIC, *((name, name) for name in sheets)],
            required=False,
        )

    def clean_delimiter(self) -> str:
        """The sign itself."""
        sign: str = self.cleaned_data["delimiter"]
        return "\t" if sign == TAB else sign


def reading_of(options: ReadOptions) -> dict[str, Any]:
    """What stands in the form at first: the options in use."""
    values = options.as_json()
    if values.get("delimiter") == "\t":
        values["delimiter"] = TAB
    return values
