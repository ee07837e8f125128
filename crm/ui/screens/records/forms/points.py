"""A contact point: new, or as the record has it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactPointHolder, ContactPointKind, Purpose
from crm.ui.access import Request
from crm.ui.screens.records.forms.live import check_live
from crm.ui.screens.records.forms.origin import OriginForm
from crm.ui.screens.records.forms.reconciled import ReconciledForm

KINDS = [
    (kind.value, kind.label)
    for kind in (
        ContactPointKind.PHONE,
        ContactPointKind.MOBILE,
        ContactPointKind.EMAIL,
        ContactPointKind.FAX,
        ContactPointKind.MESSENGER,
        ContactPointKind.SOCIAL,
    )
]


class PointFields(forms.Form):
    """What every contact point has."""

    value = forms.CharField(label=_("Nummer oder Adresse"), max_length=400)
    purpose = forms.ChoiceField(label=_("Zweck"), choices=Purpose.choices, required=False)
    label = forms.CharField(
        label=_("Bezeichnung"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("z. B. Durchwahl, Zentrale")}),
    )
    is_preferred = forms.BooleanField(label=_("bevorzugt"), required=False)


class NewPointForm(PointFields, OriginForm):
    """A contact point to be added."""

    kind = forms.ChoiceField(label=_("Art"), choices=KINDS)
    field_order = ["kind", "value", "purpose", "label", "is_preferred"]

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, request=request, auto_id="point-new-%s", **options)
        check_live(self["value"], "contact-point")


class PointForm(ReconciledForm, PointFields, OriginForm):
    """A contact point that the record has; its kind stays."""

    field_order = ["value", "purpose", "label", "is_preferred"]

    def __init__(self, *args: Any, request: Request, holder: ContactPointHolder) -> None:
        current = {
            "value": holder.contact_point.display,
            "purpose": holder.purpose,
            "label": holder.label,
            "is_preferred": holder.is_preferred,
        }
        auto_id = f"point-{holder.pk}-%s"
        super().__init__(*args, request=request, initial=dict(current), auto_id=auto_id)
        self.track(record=holder.record, current=current)
        self.kind = holder.contact_point.kind
        check_live(self["value"], "contact-point")
