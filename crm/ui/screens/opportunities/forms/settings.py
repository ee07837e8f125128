"""Pipelines, stages and reasons, as the team lead keeps them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.ui.screens.opportunities.forms.amounts import PercentField
from history.models import OpportunityState
from history.opportunities import reasons


class PipelineForm(forms.Form):
    """What it is called."""

    name = forms.CharField(label=_("Name"), max_length=100)


class KnownPipelineForm(PipelineForm):
    """Where it stands among the others, and whether it is used."""

    position = forms.IntegerField(label=_("Platz"), min_value=0, max_value=999)
    is_active = forms.BooleanField(label=_("in Gebrauch"), required=False)


class StageForm(forms.Form):
    """One step of a pipeline."""

    name = forms.CharField(label=_("Name"), max_length=100)
    probability = PercentField(
        label=_("Wahrscheinlichkeit in %"),
        required=True,
        help_text=_("Wird vorgeschlagen, wenn eine Verkaufschance hier ankommt."),
    )
    usual_days = forms.IntegerField(
        label=_("Übliche Tage"),
        min_value=1,
        max_value=999,
        initial=14,
        help_text=_("Danach gilt sie als überfällig in dieser Stufe."),
    )


class KnownStageForm(StageForm):
    """Its place can be changed, too."""

    position = forms.IntegerField(label=_("Platz"), min_value=0, max_value=999)


class ReasonForm(forms.Form):
    """Why something was won or lost."""

    state = forms.ChoiceField(
        label=_("Wofür?"),
        choices=[(end.value, end.label) for end in reasons.ENDS],
        widget=forms.RadioSelect,
        initial=OpportunityState.LOST.value,
    )
    label = forms.CharField(label=_("Grund"), max_length=reasons.LONGEST)


class KnownReasonForm(forms.Form):
    """A reason stays one for its end."""

    label = forms.CharField(label=_("Grund"), max_length=reasons.LONGEST)
    is_active = forms.BooleanField(label=_("in Gebrauch"), required=False)
