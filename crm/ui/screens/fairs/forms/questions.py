"""A question at the stand and the chips under it."""

from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from history.fairs.checking import LONGEST
from history.fairs.forms import Asks, Chip, Question
from history.models import BuyingRole

KINDS: Final = (
    (Asks.VOLUME, gettext_lazy("Volumen")),
    (Asks.HORIZON, gettext_lazy("bis wann")),
    (Asks.AUTHORITY, gettext_lazy("wer entscheidet")),
    (Asks.NEED, gettext_lazy("Bedarf")),
    (Asks.COMPETITOR, gettext_lazy("Wettbewerb")),
    (Asks.OTHER, gettext_lazy("etwas anderes")),
)
POINTS: Final = (
    ("", gettext_lazy("sagt nichts")),
    ("0", "0"),
    ("0.5", "½"),
    ("1", "1"),
)
SPARE: Final = 3


class QuestionForm(forms.Form):
    """The question itself."""

    label = forms.CharField(label=gettext_lazy("Frage"), max_length=LONGEST)
    asks = forms.ChoiceField(label=gettext_lazy("Fragt nach"), choices=KINDS)
    many = forms.BooleanField(label=gettext_lazy("mehrere Antworten möglich"), required=False)

    def __init__(self, data: Any = None, *, question: Question | None = None) -> None:
        initial = asdict(question) if question else {"asks": Asks.OTHER}
        super().__init__(data, initial=initial, auto_id="frage-%s")
        self.question = question
        chips = [_as_row(chip) for chip in question.chips] if question else []
        self.chips = ChipRows(data, initial=chips, prefix="chip")

    def is_valid(self) -> bool:
        """Whether question and chips can be read."""
        own = super().is_valid()
        return self.chips.is_valid() and own

    def read(self) -> Question:
        """The question as it was sent; chips in the order of their places, without empty ones."""
        asks = self.cleaned_data["asks"]
        rows = [
            row.cleaned_data
            for row in self.chips.ordered_forms
            if row not in self.chips.deleted_forms and row.cleaned_data.get("label")
        ]
        taken: set[str] = set()
        chips = []
        for row in rows:
            code = _code(row.get("code") or row["label"], taken)
            taken.add(code)
            points = float(row["points"]) if row["points"] else None
            chips.append(Chip(code, row["label"], points, _value(row.get("value", ""), asks)))
        code = self.question.code if self.question else ""
        return Question(
            code=code or _code(self.cleaned_data["label"], set()),
            label=self.cleaned_data["label"],
            asks=asks,
            chips=tuple(chips),
            many=self.cleaned_data["many"],
        )


class ChipForm(forms.Form):
    """One answer; an empty name is none. ``code`` is by what slips remember it."""

    label = forms.CharField(label=gettext_lazy("Antwort"), max_length=LONGEST, required=False)
    points = forms.ChoiceField(label=gettext_lazy("Punkte"), choices=POINTS, required=False)
    value = forms.CharField(label=gettext_lazy("Steht für"), max_length=20, required=False)
    code = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, required=False)


class BaseChipRows(forms.BaseFormSet):
    """Chips with a place each, and a box to take one away."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name what Django adds."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Platz")
        form.fields["DELETE"].label = _("entfernen")


ChipRows = forms.formset_factory(
    ChipForm, formset=BaseChipRows, extra=SPARE, can_order=True, can_delete=True, max_num=20
)


def _as_row(chip: Chip) -> dict[str, Any]:
    points = "" if chip.points is None else f"{chip.points:g}"
    value = "" if chip.value is None else str(chip.value)
    return {"label": chip.label, "points": points, "value": value, "code": chip.code}


def _code(text: str, taken: set[str]) -> str:
    """A name for programs that none of the others has."""
    base = slugify(text.replace("–", "-"))[: LONGEST - 3] or "antwort"
    code, count = base, 2
    while code in taken:
        code, count = f"{base}-{count}", count + 1
    return code


def _value(text: str, asks: str) -> int | str | None:
    """What a chip stands for: EUR, months, a role by code or name; what cannot be read stays."""
    said = text.strip()
    if not said:
        return None
    if asks in (Asks.VOLUME, Asks.HORIZON):
        digits = said.replace(".", "").replace(" ", "").removesuffix("€").removesuffix("EUR")
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 12 else said
    names = {str(label).casefold(): code for code, label in BuyingRole.choices}
    return names.get(said.casefold(), said)
