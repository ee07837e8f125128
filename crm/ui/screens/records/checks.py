"""How a value is understood, told while it is typed. Nothing is written, nothing is logged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts import contact_points, localities
from contacts.matching import normalise
from contacts.matching.normalise import Unreadable
from contacts.models import ContactPointKind
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import formats, responses
from crm.ui.access import Request, permitted
from crm.ui.screens.records.forms.new_person import SALUTATIONS


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands under the field; ``proposals`` map a field's name to values to take over."""

    text: str
    is_good: bool = True
    proposals: list[tuple[str, str]] = field(default_factory=list)
    parts: normalise.NameParts | None = None
    said: str = ""


Values = Mapping[str, str]
Check = Callable[[str, str, Values], Reading | None]


@require_POST
@permitted(Permission.CONTACTS_VIEW)
def check(request: Request, what: str) -> HttpResponse:
    """Read the field that HTMX names as the trigger."""
    checker = CHECKS.get(what)
    if checker is None:
        raise Http404
    name = request.htmx.trigger_name or "value"
    text = request.POST.get(name, "").strip()
    reading = None
    if text:
        try:
            reading = checker(name, text, request.POST)
        except Unreadable as error:
            reading = Reading(str(error), False, [(name, error.proposal)] if error.proposal else [])
        except errors.Invalid as error:
            proposal = str(error.data.get("proposal") or "")
            reading = Reading(error.message, False, [(name, proposal)] if proposal else [])
    return responses.render(
        request, "records/reading.html", {"reading": reading, "source_id": request.htmx.trigger}
    )


def _contact_point(name: str, text: str, values: Values) -> Reading | None:
    kinds = {"email": "EMAIL", "phone": "PHONE", "mobile": "MOBILE"}
    kind = kinds.get(name) or values.get("kind", "") or ContactPointKind.PHONE
    read = contact_points.read(kind=kind, value=text)
    if read.kind == kind and read.display == text:
        return None
    if read.kind != kind:
        return Reading(_("Mobilnummer %(number)s") % {"number": read.display})
    return Reading(_("gelesen als %(value)s") % {"value": read.display})


def _person_name(_name: str, text: str, values: Values) -> Reading | None:
    parts = normalise.person_name(text)
    said = SALUTATIONS.get(parts.salutation) or values.get("salutation", "")
    return Reading(text, parts=parts, said=said)


def _company_name(_name: str, text: str, _values: Values) -> Reading | None:
    read = normalise.company_name(text)
    if not read.legal_form:
        return None
    words = {"name": read.name, "form": read.legal_form}
    return Reading(_("Name „%(name)s“, Rechtsform %(form)s") % words)


def _postal_code(name: str, text: str, values: Values) -> Reading | None:
    country = values.get("country") or "DE"
    code = normalise.postal_code(text, country)
    cities = localities.cities_of(postal_code=code, country=country)
    typed = values.get("city", "").strip()
    proposals = [("city", city) for city in cities if city != typed]
    if typed or not proposals:
        if cities and typed not in cities:
            return Reading(_("Unter dieser PLZ steht sonst:"), False, proposals)
        return None
    return Reading(_("Ort:"), True, proposals)


def _birth_date(_name: str, text: str, _values: Values) -> Reading | None:
    day = normalise.birth_date(text, today=clock.today())
    shown = formats.day(day)
    return None if shown == text else Reading(_("gelesen als %(value)s") % {"value": shown})


def _vat_id(_name: str, text: str, _values: Values) -> Reading | None:
    read = normalise.vat_id(text)
    return None if read == text else Reading(_("gelesen als %(value)s") % {"value": read})


CHECKS: dict[str, Check] = {
    "contact-point": _contact_point,
    "person-name": _person_name,
    "company-name": _company_name,
    "postal-code": _postal_code,
    "birth-date": _birth_date,
    "vat-id": _vat_id,
}
