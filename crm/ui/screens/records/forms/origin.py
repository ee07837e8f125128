"""Every form asks where the data come from and whether somebody confirmed them today."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts import sources
from contacts.models import Source, SourceKind
from crm.kernel import clock
from crm.ui.access import Request

LAST_SOURCE = "last-source"


class OriginForm(forms.Form):
    """``source`` starts with the one used last, empty is *by hand*; ``confirmed`` is ticked."""

    source = forms.ModelChoiceField(
        label=_("Herkunft"),
        queryset=Source.objects.none(),
        to_field_name="public_id",
        required=False,
    )
    confirmed = forms.BooleanField(label=_("heute bestätigt"), required=False, initial=True)

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request
        today = clock.today()
        field: Any = self.fields["source"]
        field.queryset = Source.objects.filter(is_active=True).filter(
            Q(use_until=None) | Q(use_until__gte=today)
        )
        by_hand = Source.objects.filter(kind=SourceKind.MANUAL).order_by("pk").first()
        if by_hand:
            field.queryset = field.queryset.exclude(pk=by_hand.pk)
        field.empty_label = by_hand.name if by_hand else _("Von Hand erfasst")
        self.initial.setdefault("source", request.session.get(LAST_SOURCE, ""))

    def origin(self, *, at: datetime) -> dict[str, Any]:
        """``source`` and ``confirmed_on`` as the services take them; remembers the source."""
        chosen = self.cleaned_data["source"]
        self.request.session[LAST_SOURCE] = str(chosen.public_id) if chosen else ""
        source = chosen or sources.by_hand(at=at)
        return {"source": source, "confirmed_on": self.confirmed_on(at=at)}

    def confirmed_on(self, *, at: datetime) -> date | None:
        """Today, if somebody says so."""
        return at.date() if self.cleaned_data["confirmed"] else None
