"""Completing or correcting a slip at the desk."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.ui.screens.opportunities.forms.deals import words
from crm.ui.screens.records.forms.days import DayField
from history.fairs.forms import Form, Question
from history.models import LeadCapture, LeadGrade

LINES: Final = (
    "name", "company_name", "function", "email", "phone", "mobile", "need", "note", "next_step",
    "grade",
)  # fmt: skip
GRADES: Final = (("", _("ohne")), *LeadGrade.choices)


class SlipForm(forms.Form):
    """The fields of the slip and its chips."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    company_name = forms.CharField(label=_("Firma"), max_length=200, required=False)
    function = forms.CharField(label=_("Funktion"), max_length=200, required=False)
    email = forms.CharField(label=_("E-Mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=50, required=False)
    mobile = forms.CharField(label=_("Mobil"), max_length=50, required=False)
    need = words(_("Bedarf"), rows=3)
    note = words(_("Notiz"), rows=3)
    grade = forms.ChoiceField(label=_("Priorität"), choices=GRADES, required=False)
    next_step = forms.CharField(label=_("Nächster Schritt"), max_length=200, required=False)
    next_step_on = DayField(label=_("Nächster Schritt am"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, lead: LeadCapture) -> None:
        initial = {name: getattr(lead, name) for name in (*LINES, "next_step_on", "version")}
        super().__init__(data, initial=initial, auto_id="slip-%s")
        self.asked = Form.read(lead.event.form).questions
        for question in self.asked:
            pressed = list(lead.answers.get(question.code, ()))
            self.fields[f"answer_{question.code}"] = _field(question, pressed)
        self.answers = dict(lead.answers)

    def values(self) -> dict[str, Any]:
        """What was sent, as the service takes it; answers to questions of the past stay."""
        data = self.cleaned_data
        answers = dict(self.answers)
        for question in self.asked:
            said = data[f"answer_{question.code}"]
            answers[question.code] = list(said) if question.many else [said] if said else []
        return {
            **{name: data[name] for name in (*LINES, "next_step_on")},
            "answers": {code: chips for code, chips in answers.items() if chips},
        }


def _field(question: Question, pressed: list[str]) -> forms.Field:
    chips: list[tuple[str, Any]] = [(chip.code, chip.label) for chip in question.chips]
    if question.many:
        return forms.MultipleChoiceField(
            label=question.label,
            choices=chips,
            required=False,
            initial=pressed,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(
        label=question.label,
        choices=[("", _("keine Angabe")), *chips],
        required=False,
        initial=next(iter(pressed), ""),
    )
