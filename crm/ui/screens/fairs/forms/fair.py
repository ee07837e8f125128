"""A fair as it is set up."""

from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent import controllers
from consent.models import ConsentText, Controller, TextStatus
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui.screens.records.forms.days import DayField
from history.fairs import starters
from history.fairs.forms import Act
from history.models import Event, LeadGrade

ACTS: Final = ((Act.CALL, _("Anruf")), (Act.EMAIL, _("E-Mail")), (Act.LETTER, _("Brief")))
PLAIN: Final = (
    "name", "stand", "place", "starts_on", "ends_on", "target_leads", "badge_licence", "delete_on",
)  # fmt: skip


class TextChoiceField(forms.ModelMultipleChoiceField):
    """Texts by what they are called, in which language and version."""

    def label_from_instance(self, obj: Any) -> str:
        """``Newsletter (de, Fassung 2)``."""
        return _("%(title)s (%(language)s, Fassung %(version)s)") % {
            "title": obj.title,
            "language": obj.language,
            "version": obj.version,
        }


class FairForm(forms.Form):
    """A new fair, or one that exists; ``version`` is what was read."""

    name = forms.CharField(label=_("Name"), max_length=200)
    stand = forms.CharField(label=_("Stand"), max_length=100, required=False)
    place = forms.CharField(label=_("Ort"), max_length=200, required=False)
    starts_on = DayField(label=_("Erster Tag"), required=True)
    ends_on = DayField(label=_("Letzter Tag"), required=True)
    target_leads = forms.IntegerField(
        label=_("Ziel: so viele Leads"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "1"}),
    )
    team = forms.ModelMultipleChoiceField(
        label=_("Am Stand"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nur wer hier steht, sieht die Leads dieser Messe."),
    )
    controller = forms.ModelChoiceField(
        label=_("Verantwortlich für die Daten"),
        queryset=Controller.objects.none(),
        empty_label=None,
    )
    texts = TextChoiceField(
        label=_("Angebotene Einwilligungen"),
        queryset=ConsentText.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Es gibt nur, was veröffentlicht ist."),
    )
    badge_licence = forms.CharField(
        label=_("Was der Veranstalter mit Daten von Badges erlaubt"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    delete_on = DayField(
        label=_("Leads ohne Ergebnis löschen am"),
        required=True,
        help_text=_(
            "Wer bis dahin nicht übernommen ist, wird gelöscht; die Person auch, wenn sie nur von "
            "dieser Messe bekannt ist."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, event: Event | None = None) -> None:
        super().__init__(data, initial=_initial(event), auto_id="fair-%s")
        self.event = event
        self._offer()
        rules = event.follow_up if event else starters.follow_up()
        for grade in LeadGrade.values:
            rule = rules.get(grade, {})
            self.fields[f"hours_{grade}"] = forms.IntegerField(
                label=_("%(grade)s: binnen Stunden") % {"grade": grade},
                initial=rule.get("hours"),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "1"}),
            )
            self.fields[f"act_{grade}"] = forms.ChoiceField(
                label=_("%(grade)s: womit") % {"grade": grade},
                choices=ACTS,
                initial=rule.get("act", Act.CALL),
            )

    def values(self) -> dict[str, Any]:
        """What was sent, as the service takes it."""
        data = self.cleaned_data
        follow_up = {
            grade: {"hours": data[f"hours_{grade}"], "act": data[f"act_{grade}"]}
            for grade in LeadGrade.values
        }
        return {
            **{name: data[name] for name in PLAIN},
            "controller": data["controller"],
            "team": list(data["team"]),
            "texts": list(data["texts"]),
            "follow_up": follow_up,
        }

    def rule_fields(self) -> list[tuple[Any, Any]]:
        """The two fields of each grade."""
        return [(self[f"hours_{grade}"], self[f"act_{grade}"]) for grade in LeadGrade.values]

    def add_error(self, field: Any, error: Any) -> None:
        """What is wrong with the rules as a whole stands at the first of them."""
        super().add_error("hours_A" if field == "follow_up" else field, error)

    def _offer(self) -> None:
        roles = [code for code, held in policy.GRANTS.items() if Permission.HISTORY_RECORD in held]
        active = User.objects.filter(is_active=True, roles__code__in=roles)
        kept_texts = self.event.texts.values("pk") if self.event else []
        fields: dict[str, Any] = self.fields
        fields["team"].queryset = active.distinct().order_by("last_name", "first_name")
        fields["controller"].queryset = controllers.active()
        if not self.event:
            fields["controller"].initial = controllers.default()
        fields["texts"].queryset = ConsentText.objects.filter(
            Q(status=TextStatus.PUBLISHED, criteria=[]) | Q(pk__in=kept_texts)
        ).order_by("title", "language", "version")


def _initial(event: Event | None) -> dict[str, Any]:
    if event is None:
        return {}
    lists = {"team": event.team.all(), "texts": event.texts.all()}
    plain = {name: getattr(event, name) for name in (*PLAIN, "controller", "version")}
    return plain | lists
