"""Forms hand their values to a domain function and take its refusal back as errors."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from crm.kernel import errors

Result = TypeVar("Result")


class Files(forms.FileField):
    """Any number of files, as they were uploaded."""

    widget = type("Many", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files; an empty list for none."""
        return [each for each in (data if isinstance(data, (list, tuple)) else [data]) if each]


def carry_out(form: forms.BaseForm, act: Callable[[dict[str, Any]], Result]) -> Result | None:
    """``act(form.cleaned_data)`` when the form is valid; None when the form or the domain refuses.

    A refusal stands in the form afterwards, beside the field it names. Show the form again with
    status 422 then. ``act`` must not return None when it succeeds.
    """
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except errors.DomainError as error:
        take_over(form, error)
        return None


def take_over(form: forms.BaseForm, error: errors.DomainError) -> None:
    """Add a domain error to the form: to its field if the form has it, else above the form."""
    own = {error.field: [error.message]}
    texts = error.errors if isinstance(error, errors.Invalid) else own
    for name, sentences in texts.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def status_of(form: forms.BaseForm) -> int:
    """422 for a form that was refused, else 200."""
    return 422 if form.is_bound and form.errors else 200
