"""Forms of the lists: keep a view, assign, answer a criterion, take out a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.listing import Scope
from contacts.listing.filters.criteria import criteria_of
from contacts.models import Criterion, CriterionType
from contacts.tables import Format
from crm.accounts.models import Team, User

KEEP, NOBODY = "", "none"


class ViewForm(forms.Form):
    """Name and sharing of a view."""

    name = forms.CharField(label=_("Name der Ansicht"), max_length=80)
    is_shared = forms.BooleanField(label=_("für alle sichtbar"), required=False)


class AssignForm(forms.Form):
    """Owner and team; what stays as it is counts as not given."""

    owner = forms.ChoiceField(label=_("Zuständig"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users = {str(user.public_id): user for user in User.objects.filter(is_active=True)}
        teams = {str(team.public_id): team for team in Team.objects.filter(is_active=True)}
        self._rows: dict[str, Any] = {**users, **teams, NOBODY: None}
        unchanged = (KEEP, _("bleibt wie es ist"))
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            unchanged,
            (NOBODY, _("niemand")),
            *((key, user.full_name) for key, user in users.items()),
        ]
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            unchanged,
            (NOBODY, _("kein Team")),
            *((key, team.name) for key, team in teams.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """The rows for what shall change."""
        data = super().clean() or {}
        wanted = {name: self._rows[value] for name, value in data.items() if value != KEEP}
        if not wanted and not self.errors:
            self.add_error("owner", _("Bitte wählen Sie, wer zuständig sein soll, oder ein Team."))
        return wanted


class AnswerForm(forms.Form):
    """A criterion and its answer; the second field depends on the first."""

    criterion = forms.ChoiceField(label=_("Kriterium"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._criteria = {criterion.code: criterion for criterion in criteria_of(scope)}
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            ("", _("Bitte wählen")),
            *((code, criterion.label) for code, criterion in self._criteria.items()),
        ]
        chosen = self._criteria.get(self.data.get("criterion", ""))
        if chosen:
            self.fields["value"] = _answer_field(chosen)

    def clean_criterion(self) -> Criterion:
        """The criterion itself."""
        return self._criteria[self.cleaned_data["criterion"]]


class ExportForm(forms.Form):
    """File format, and whether to take the columns shown or all of them."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(Format.XLSX.value, _("Excel (XLSX)")), (Format.CSV.value, _("CSV"))],
        initial=Format.XLSX.value,
        widget=forms.RadioSelect,
    )
    columns = forms.ChoiceField(
        label=_("Spalten"),
        choices=[("shown", _("wie angezeigt")), ("all", _("alle"))],
        initial="shown",
        widget=forms.RadioSelect,
    )


def _answer_field(criterion: Criterion) -> forms.Field:
    """A field that offers what the criterion accepts; the domain checks the rest."""
    common: dict[str, Any] = {
        "label": _("Antwort"),
        "required": False,
        "help_text": _("Leer nimmt vorhandene Antworten zurück."),
    }
    choices = [(c.code, c.label) for c in criterion.choices.all() if c.is_active]
    if criterion.type == CriterionType.CHOICE:
        return forms.ChoiceField(choices=[("", _("keine Angabe")), *choices], **common)
    if criterion.type == CriterionType.CHOICES:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **common
        )
    if criterion.type == CriterionType.BOOLEAN:
        answers = [("", _("keine Angabe")), ("ja", _("ja")), ("nein", _("nein"))]
        return forms.ChoiceField(choices=answers, widget=forms.RadioSelect, **common)
    if criterion.type == CriterionType.DATE:
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    return forms.CharField(max_length=1000, **common)
