"""Where an opportunity goes: another stage, or its end with a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from history.models import CloseReason, Opportunity, OpportunityState
from history.opportunities import reasons

WON, LOST = OpportunityState.WON.value, OpportunityState.LOST.value


class MoveForm(forms.Form):
    """``to`` is the number of a stage, or how it ended."""

    to = forms.ChoiceField(label=_("Wohin?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Grund"),
        required=False,
        help_text=_("Bei gewonnen und verloren nötig."),
    )
    note = forms.CharField(
        label=_("Was Sie daraus mitnehmen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, deal: Opportunity, to: str = "") -> None:
        super().__init__(data, auto_id="move-%s")
        stages = [(str(stage.pk), stage.name) for stage in deal.pipeline.stages.all()]
        ends = [(WON, OpportunityState.WON.label), (LOST, OpportunityState.LOST.label)]
        target: Any = self.fields["to"]
        target.choices = [*stages, *ends]
        self.initial["to"] = to if to in dict(target.choices) else str(deal.stage_id)
        self.by_number = {str(each.pk): each for each in reasons.in_use()}
        reason: Any = self.fields["reason"]
        reason.choices = [("", "–"), *_grouped(list(self.by_number.values()))]

    @property
    def reason_chosen(self) -> CloseReason | None:
        """The reason, if one was chosen."""
        return self.by_number.get(self.cleaned_data["reason"])


def _grouped(found: list[CloseReason]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (str(end.label), [(str(each.pk), each.label) for each in found if each.state == end])
        for end in reasons.ENDS
    ]
