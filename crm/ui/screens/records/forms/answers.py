"""The answer to one criterion, asked as its type wants it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import Criterion, CriterionType
from crm.ui.access import Request
from crm.ui.screens.records.forms.days import DayField
from crm.ui.screens.records.forms.origin import OriginForm

BOOLEAN = (("", _("unbekannt")), ("ja", _("ja")), ("nein", _("nein")))


class AnswerForm(OriginForm):
    """One field named ``value``."""

    def __init__(
        self, *args: Any, request: Request, criterion: Criterion, value: Any = None
    ) -> None:
        auto_id = f"answer-{criterion.code}-%s"
        initial = {"value": _shown(criterion, value)}
        super().__init__(*args, request=request, initial=initial, auto_id=auto_id)
        self.criterion = criterion
        field = _field(criterion)
        field.label, field.help_text, field.required = (
            criterion.label, criterion.help_text, False,
        )  # fmt: skip
        self.fields = {"value": field, **self.fields}

    @property
    def is_segment(self) -> bool:
        """Whether the field is shown as one control with three choices."""
        return self.criterion.type == CriterionType.BOOLEAN


def _field(criterion: Criterion) -> forms.Field:
    choices = [(each.code, each.label) for each in criterion.choices.all() if each.is_active]
    match criterion.type:
        case CriterionType.BOOLEAN:
            return forms.ChoiceField(choices=BOOLEAN, widget=forms.RadioSelect)
        case CriterionType.CHOICE:
            return forms.ChoiceField(choices=[("", _("nicht bekannt")), *choices])
        case CriterionType.CHOICES:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
        case CriterionType.DATE:
            return DayField()
        case CriterionType.NUMBER:
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        case _:
            return forms.CharField()


def _shown(criterion: Criterion, value: Any) -> Any:
    if criterion.type == CriterionType.BOOLEAN:
        return "" if value is None else ("ja" if value else "nein")
    if criterion.type == CriterionType.NUMBER and value is not None:
        return str(value).replace(".", ",")
    return value
