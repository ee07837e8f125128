"""Qualification of a record: one answer at a time."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import qualification
from contacts.contact_points import Record
from contacts.models import Criterion, CriterionSubject, CriterionValue, Person
from crm.kernel import clock, errors
from crm.ui import forms
from crm.ui.access import Request
from crm.ui.screens.records import outcomes, subject
from crm.ui.screens.records.forms.answers import AnswerForm

ROW = "records/answer_of.html"


@require_http_methods(["GET", "POST"])
def answer(request: Request, kind: str, public_id: UUID, code: str) -> HttpResponse:
    """Answer a criterion in its place; an empty answer takes the former one back."""
    record = subject.editable(request, kind, public_id)
    criterion = _criterion(record, code)
    allowed = qualification.may_hold(record=record, criterion=criterion, at=clock.now())
    value = _current(record, criterion) if allowed else None
    data = subject.posted(request)
    form = AnswerForm(data, request=request, criterion=criterion, value=value)
    if request.method == "POST" and forms.carry_out(form, lambda _data: _set(record, form)):
        text = _("„%(criterion)s“ ist gesichert.") % {"criterion": criterion.label}
        anchor = f"antwort-{code}"
        return outcomes.changed(request, record, text=text, main=ROW, code=code, anchor=anchor)
    template, title = "records/answer_form.html", criterion.label
    return outcomes.form_page(
        request, record, template, form, title, main=ROW, code=code, criterion=criterion
    )


def _criterion(record: Record, code: str) -> Criterion:
    subject_ = CriterionSubject.PERSON if isinstance(record, Person) else CriterionSubject.COMPANY
    found = Criterion.objects.filter(code=code, subject=subject_, is_active=True)
    criterion = found.prefetch_related("choices").first()
    if criterion is None:
        raise errors.NotFound(code=code)
    return criterion


def _current(record: Record, criterion: Criterion) -> object:
    values = CriterionValue.objects.filter(criterion=criterion, superseded_at=None)
    owner = {"person": record} if isinstance(record, Person) else {"company": record}
    found = values.filter(**owner).first()
    return found.value if found else None


def _set(record: Record, form: AnswerForm) -> bool:
    at = clock.now()
    qualification.set_value(
        actor=form.request.user,
        record=record,
        criterion=form.criterion,
        value=form.cleaned_data["value"],
        at=at,
        **form.origin(at=at),
    )
    return True
