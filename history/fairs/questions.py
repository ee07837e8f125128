"""The questions of an event, one at a time: put, moved, taken away."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import errors
from history.fairs import events
from history.fairs.forms import Form, Question
from history.models import Event


def question_for(event: Event, place: int) -> Question:
    """The question at a place, from 0.

    :raises errors.NotFound: there is none
    """
    found = Form.read(event.form).questions
    if not 0 <= place < len(found):
        raise errors.NotFound(place=place)
    return found[place]


@transaction.atomic
def put(
    *, actor: User, event: Event, question: Question, place: int | None = None, at: datetime
) -> Event:
    """Put a question in the place of one that is there, or behind the last.

    :raises errors.Invalid: it makes no sense; the sentence says why
    :raises errors.NotFound: there is none at the place
    """
    found = list(Form.read(event.form).questions)
    if place is None:
        codes = {each.code for each in found}
        found.append(replace(question, code=_free(question.code, codes)))
    else:
        question_for(event, place)
        found[place] = question
    return _keep(actor, event, found, at=at)


@transaction.atomic
def raise_up(*, actor: User, event: Event, place: int, at: datetime) -> Event:
    """Put a question before the one above it; the first one stays.

    :raises errors.NotFound: there is none at the place
    """
    question_for(event, place)
    found = list(Form.read(event.form).questions)
    if place:
        found[place - 1], found[place] = found[place], found[place - 1]
    return _keep(actor, event, found, at=at)


@transaction.atomic
def remove(*, actor: User, event: Event, place: int, at: datetime) -> Event:
    """Ask no longer; what was answered stays on the slips.

    :raises errors.NotFound: there is none at the place
    """
    question_for(event, place)
    found = list(Form.read(event.form).questions)
    del found[place]
    return _keep(actor, event, found, at=at)


def _keep(actor: User, event: Event, found: list[Question], *, at: datetime) -> Event:
    return events.change(
        actor=actor,
        event=event,
        values={"form": Form(tuple(found)).stored()},
        version=event.version,
        at=at,
    )


def _free(code: str, taken: set[str]) -> str:
    if not code:
        raise errors.Invalid({"label": [_("Bitte geben Sie der Frage einen Namen.")]})
    free, count = code, 2
    while free in taken:
        free, count = f"{code}-{count}", count + 1
    return free
