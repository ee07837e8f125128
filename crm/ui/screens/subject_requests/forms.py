"""What is filled in about a request."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consent.models import RequestArticle, RequestChannel


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget)


class RequestForm(forms.Form):
    """What came in, which way and when."""

    article = forms.ChoiceField(label=_("Worum geht es?"), choices=RequestArticle.choices)
    channel = forms.ChoiceField(label=_("Wie kam der Antrag?"), choices=RequestChannel.choices)
    received_on = _day(_("Eingegangen am"))
    requester = forms.CharField(
        label=_("Wer stellt den Antrag?"),
        max_length=300,
        required=False,
        help_text=_("So, wie sich die Person selbst nennt, mit Anschrift, wenn sie angegeben ist."),
    )
    wording = forms.CharField(
        label=_("Wortlaut"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_marketing = forms.BooleanField(
        label=_("Ein Widerspruch richtet sich gegen Werbung"),
        required=False,
        initial=True,
        help_text=_("Auch wenn es nicht eindeutig ist. Er wirkt sofort, für alle Kanäle."),
    )

    def values(self, now: datetime) -> dict[str, Any]:
        """As the domain wants them: what came today came now, else at the end of its day."""
        given = dict(self.cleaned_data)
        day = given.pop("received_on")
        if day == timezone.localdate(now):
            return {**given, "received_at": now}
        moment = datetime.combine(day, datetime.min.time().replace(hour=12))
        return {**given, "received_at": timezone.make_aware(moment)}


class AskForm(forms.Form):
    """When a proof was asked for."""

    on = _day(_("Nachweis angefordert am"))


class IdentifyForm(forms.Form):
    """Who it is, and how that is known."""

    person = forms.ChoiceField(label=_("Um wen geht es?"), required=False)
    on = _day(_("Erkannt am"))
    how = forms.CharField(
        label=_("Woran erkannt?"),
        max_length=200,
        help_text=_("Zum Beispiel: Antwort über die bekannte E-Mail-Adresse."),
    )

    def __init__(self, *args: Any, found: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = found
        if not found:
            del self.fields["person"]


class ExtendForm(forms.Form):
    """What the person was told, and when."""

    told_on = _day(_("Mitgeteilt am"))
    reason = forms.CharField(label=_("Mitgeteilter Grund"), max_length=500)


class RefuseForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("Grund der Ablehnung"), max_length=500)


class AnswerForm(forms.Form):
    """On which ground something is restricted, if that was asked for."""

    ground = forms.ChoiceField(
        label=_("Grund nach Art. 18 Abs. 1"),
        choices=[
            ("a", _("a) Richtigkeit bestritten")),
            ("b", _("b) unrechtmäßig, aber Löschung nicht gewünscht")),
            ("c", _("c) für Rechtsansprüche der Person gebraucht")),
            ("d", _("d) Widerspruch wird abgewogen")),
        ],
    )

    def __init__(self, *args: Any, article: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if article != RequestArticle.RESTRICTION:
            del self.fields["ground"]


class LiftForm(forms.Form):
    """When the person was told that it ends, and why it does."""

    informed_on = _day(_("Person informiert am"))
    reason = forms.CharField(label=_("Grund der Aufhebung"), max_length=500)


class EraseForm(forms.Form):
    """The name, typed once more."""

    typed = forms.CharField(label=_("Name zur Bestätigung"), max_length=500, required=False)

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].help_text = _("Geben Sie „%(name)s“ ein.") % {"name": name}
