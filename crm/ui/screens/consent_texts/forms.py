"""A draft of a consent text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consent import channels, controllers, texts
from consent.decision.codes import PURPOSES, PurposeClass
from consent.models import ConsentText, Controller, TextForm
from contacts import qualification

ASKABLE = (PurposeClass.MARKETING, PurposeClass.RECORDING, PurposeClass.PROFILE)


class TextDraftForm(forms.Form):
    """What a version consists of; whether it may be published is judged by the domain."""

    code = forms.SlugField(
        label=_("Kürzel"),
        max_length=60,
        help_text=_("Bleibt über alle Fassungen gleich, z. B. newsletter."),
    )
    title = forms.CharField(label=_("Titel"), max_length=200)
    form = forms.ChoiceField(label=_("Wie er gezeigt wird"), choices=TextForm.choices)
    language = forms.ChoiceField(
        label=_("Sprache"), choices=[("de", "Deutsch"), ("en", "English")], initial="de"
    )
    controller = forms.ModelChoiceField(
        label=_("Verantwortlicher"),
        queryset=Controller.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    body = forms.CharField(
        label=_("Wortlaut"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    channels = forms.MultipleChoiceField(
        label=_("Kanäle, die er nennt"),
        choices=list(channels.LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    purposes = forms.MultipleChoiceField(
        label=_("Zwecke, die er nennt"),
        choices=[
            (code, channels.PURPOSES[code]) for code, kind in PURPOSES.items() if kind in ASKABLE
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    criteria = forms.MultipleChoiceField(
        label=_("Angaben zur Person, in die er einwilligen lässt"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Nur für sensible Kriterien. Ein solcher Text nennt jedes beim Namen, keinen Kanal und "
            "keinen anderen Zweck als „Angaben zur Person“."
        ),
    )
    elements = forms.MultipleChoiceField(
        label=_("Das steht darin, ich habe es geprüft"),
        choices=list(texts.ALL_ELEMENTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["criteria"]
        asked.choices = list(qualification.guarded().values_list("code", "label"))
        choice: Any = self.fields["controller"]
        choice.queryset = controllers.active()
        choice.initial = controllers.default().public_id


def values_of(text: ConsentText) -> dict[str, Any]:
    """What stands in the form of a next version at first."""
    names = (
        *("code", "title", "form", "language", "body"),
        *("channels", "purposes", "criteria", "elements"),
    )
    return {name: getattr(text, name) for name in names} | {"controller": text.controller.public_id}
