"""Plan or change an activity; put it off; hand over what an absent colleague has."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.ui.screens.activities import lines, recurrences
from history.activities import due
from history.models import Activity, ActivityKind, Priority

WHEN = _("14, 2w, morgen, Mo, 24.03. oder 24.3. 14:30")


class WhenForm(forms.Form):
    """A day as people type it."""

    when = forms.CharField(label=_("Wann"), max_length=60, help_text=WHEN)


class ActivityForm(WhenForm):
    """What, when, who. ``values`` are those of :data:`history.activities.planning.FIELDS`."""

    subject = forms.CharField(label=_("Was ist zu tun?"), max_length=300)
    kind = forms.ChoiceField(label=_("Art"), choices=ActivityKind.choices)
    until = forms.TimeField(
        label=_("Bis"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("nur bei Terminen"),
    )
    place = forms.CharField(label=_("Ort"), max_length=200, required=False)
    assignee = forms.ModelChoiceField(
        label=_("Wer"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="public_id",
        required=False,
        empty_label=_("niemand, das Team sieht es"),
    )
    priority = forms.TypedChoiceField(label=_("Wichtigkeit"), choices=Priority.choices, coerce=int)
    recurrence = forms.ChoiceField(label=_("Kommt wieder"), required=False)
    note = forms.CharField(
        label=_("Notiz"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["subject", "when", "kind"]

    def __init__(self, *args: Any, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        current = activity.recurrence if activity else ""
        field = self.fields["recurrence"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = recurrences.choices(current)

    def values(self, *, at: datetime) -> dict[str, Any]:
        """What the domain wants.

        :raises errors.Invalid: ``when`` means no day
        """
        data = dict(self.cleaned_data)
        phrase, until = data.pop("when"), data.pop("until")
        data.pop("version")
        if self.activity and phrase == lines.due_text(self.activity):
            moment, has_time = self.activity.due_at, self.activity.has_time
        else:
            found = due.of(phrase, at=at)
            moment, has_time = found.at, found.has_time
        data |= {"due_at": moment, "has_time": has_time}
        if until:
            data["ends_at"] = timezone.localtime(moment).replace(
                hour=until.hour, minute=until.minute
            )
        return data


class SubstituteForm(forms.Form):
    """Whose open things whom are given to."""

    absent = forms.ModelChoiceField(
        label=_("Wer fehlt"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="public_id",
    )
    to = forms.ModelChoiceField(
        label=_("Wer übernimmt"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="public_id",
    )


def initial_of(activity: Activity) -> dict[str, Any]:
    """The form as the activity is."""
    ends = timezone.localtime(activity.ends_at).time() if activity.ends_at else None
    names = ("subject", "kind", "place", "priority", "recurrence", "note", "version")
    return {
        **{name: getattr(activity, name) for name in names},
        "when": lines.due_text(activity),
        "until": ends,
        "assignee": activity.assignee.public_id if activity.assignee else None,
    }
