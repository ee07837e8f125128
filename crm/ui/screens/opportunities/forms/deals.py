"""The opportunity itself: new, its head, its need, whose it is."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Company, Person
from crm.accounts.models import Team, User
from crm.kernel.audit import jsonable
from crm.ui.screens.opportunities.forms.amounts import AmountField, PercentField
from crm.ui.screens.opportunities.forms.person_picker import PersonPicker
from crm.ui.screens.records.forms.company_picker import CompanyPicker
from crm.ui.screens.records.forms.days import DayField
from crm.ui.screens.records.forms.reconciled import ReconciledForm
from history.models import Opportunity, Pipeline
from history.opportunities import pipelines

HEAD = ("title", "company", "person", "volume", "probability", "realisation_on", "decision_on")
NEED = ("need", "situation", "regulate", "avoid", "reach", "advantage", "budget")


def words(label: Any, *, hint: Any = "", rows: int = 2) -> forms.CharField:
    """A field for a few sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


class Deal(CompanyPicker, PersonPicker):
    """What an opportunity is about, in one line, and who needs it."""

    title = forms.CharField(label=gettext_lazy("Worum geht es?"), max_length=200)
    volume = AmountField(label=gettext_lazy("Volumen in EUR"))
    probability = PercentField(label=gettext_lazy("Wahrscheinlichkeit in %"))
    realisation_on = DayField(label=gettext_lazy("Realisierung"))
    decision_on = DayField(label=gettext_lazy("Entscheidung am"))
    field_order = list(HEAD)
    may_be_new = False

    def deal_values(self) -> dict[str, Any]:
        """The fields of the service, of those that the form has."""
        chosen = {"company": self.chosen, "person": self.person_chosen}
        return {name: chosen.get(name, self.cleaned_data[name]) for name in HEAD}


class NewDealForm(Deal):
    """A new opportunity; where it begins is the first stage of its pipeline."""

    need = words(gettext_lazy("Bedarf"), hint=gettext_lazy("In den Worten des Kunden."), rows=3)
    pipeline = forms.ModelChoiceField(
        label=gettext_lazy("Pipeline"), queryset=Pipeline.objects.none(), empty_label=None
    )
    field_order = ["title", "company", "person", "need", *HEAD[3:], "pipeline"]

    def __init__(
        self,
        data: Any = None,
        *,
        user: User,
        company: Company | None = None,
        person: Person | None = None,
    ) -> None:
        super().__init__(data, auto_id="deal-%s")
        self.offer(user=user, current=company)
        self.offer_persons(user=user, current=person)
        self.fields["probability"].help_text = _("Leer: was die Stufe vorschlägt.")
        field: Any = self.fields["pipeline"]
        field.queryset = Pipeline.objects.filter(is_active=True, stages__isnull=False).distinct()
        self.initial["pipeline"] = pipelines.default()
        if field.queryset.count() == 1:
            field.widget = forms.HiddenInput()

    def deal_values(self) -> dict[str, Any]:
        """The fields of the service; an empty probability is left to the stage."""
        values = {**super().deal_values(), "need": self.cleaned_data["need"]}
        if values["probability"] is None:
            del values["probability"]
        return values


class TrackedForm(ReconciledForm):
    """A form that notices when somebody else changed the same opportunity in the meantime."""

    def track_deal(self, deal: Opportunity, names: tuple[str, ...]) -> None:
        """Take note of what stands in these fields now."""
        self.deal = deal
        self.track(record=cast(Any, deal), current={name: getattr(deal, name) for name in names})

    def dispute(self, disputed: Mapping[str, Any]) -> None:
        """Say what the other wrote. Sending the form again overwrites it knowingly."""
        self.base, self.version = jsonable(self.current), self.deal.version
        for name, value in disputed.items():
            text = _("Dort steht inzwischen „%(value)s“.") % {"value": value or _("nichts")}
            self.add_error(name if name in self.fields else None, text)


class HeadForm(Deal, TrackedForm):
    """Title, customer, volume, chances and dates."""

    def __init__(self, data: Any = None, *, user: User, deal: Opportunity) -> None:
        current = {name: getattr(deal, name) for name in HEAD if name not in ("company", "person")}
        super().__init__(data, initial=current, auto_id="head-%s")
        self.offer(user=user, current=deal.company)
        self.offer_persons(user=user, current=deal.person)
        self.track_deal(deal, HEAD)

    def values(self) -> dict[str, Any]:
        """What was sent, as the service takes it."""
        return self.deal_values()


class NeedForm(TrackedForm):
    """The need, in the customer's words and in ours."""

    need = words(gettext_lazy("Bedarf"), rows=3)
    regulate = words(gettext_lazy("Regeln"), hint=gettext_lazy("Was der Kunde regeln will."))
    avoid = words(gettext_lazy("Vermeiden"), hint=gettext_lazy("Was nicht passieren darf."))
    reach = words(gettext_lazy("Erreichen"), hint=gettext_lazy("Was danach besser sein soll."))
    situation = words(gettext_lazy("Heute"), hint=gettext_lazy("Wie es jetzt ist."))
    advantage = words(gettext_lazy("Unser Vorteil"), hint=gettext_lazy("Was nur wir bieten."))
    budget = forms.CharField(label=gettext_lazy("Budget"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, deal: Opportunity) -> None:
        super().__init__(
            data, initial={name: getattr(deal, name) for name in NEED}, auto_id="need-%s"
        )
        self.track_deal(deal, NEED)


class KeeperForm(forms.Form):
    """Whose it is."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Zuständig"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("niemand"),
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.filter(is_active=True),
        to_field_name="public_id",
        required=False,
        empty_label=gettext_lazy("kein Team"),
    )

    def __init__(self, data: Any = None, *, deal: Opportunity) -> None:
        initial = {
            "owner": deal.owner.public_id if deal.owner else None,
            "team": deal.team.public_id if deal.team else None,
        }
        super().__init__(data, initial=initial, auto_id="keeper-%s")
