"""A category as it is described."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from history.models import Category


class CategoryForm(forms.Form):
    """A new one, at the top or below one that is."""

    name = forms.CharField(label=_("Name"), max_length=100)
    parent = forms.ModelChoiceField(
        label=_("Gehört zu"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("keiner anderen"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = Category.objects.filter(parent=None)


class KnownCategoryForm(forms.Form):
    """One that exists keeps its level."""

    name = forms.CharField(label=_("Name"), max_length=100)
    position = forms.IntegerField(label=_("Platz"), min_value=0, max_value=999)
    is_active = forms.BooleanField(label=_("in Gebrauch"), required=False)
