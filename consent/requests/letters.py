"""Letters about a request: received, who are you, later, no, and what was erased."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from consent import controllers
from consent.desk import printing
from consent.desk.blocks import Block, Facts, Heading, Table, Text
from consent.models import Controller, RequestState, SubjectRequest
from consent.requests import cases
from consent.requests.plans import Plan
from consent.retention.schedule import RULES
from crm.kernel import errors


class Letter(StrEnum):
    """What a letter tells."""

    RECEIVED = "received"
    IDENTITY = "identity"
    EXTENDED = "extended"
    REFUSED = "refused"
    DONE = "done"


TITLES = {
    Letter.RECEIVED: gettext_lazy("Eingang Ihres Antrags"),
    Letter.IDENTITY: gettext_lazy("Bitte um einen Nachweis Ihrer Identität"),
    Letter.EXTENDED: gettext_lazy("Verlängerung der Frist"),
    Letter.REFUSED: gettext_lazy("Ablehnung Ihres Antrags"),
    Letter.DONE: gettext_lazy("Antwort auf Ihren Antrag"),
}


def available(case: SubjectRequest) -> list[Letter]:
    """The letters that fit to how far the request is; after an erasure the name is gone."""
    if not case.requester:
        return []
    found = [Letter.RECEIVED]
    if case.identity_asked_on is not None:
        found.append(Letter.IDENTITY)
    if case.extended_on is not None:
        found.append(Letter.EXTENDED)
    if case.state == RequestState.REFUSED:
        found.append(Letter.REFUSED)
    if case.state == RequestState.DONE:
        found.append(Letter.DONE)
    return found


def write(*, case: SubjectRequest, letter: Letter, at: datetime) -> bytes:
    """The letter as PDF/A, in German.

    :raises errors.NotFound: it does not fit to how far the request is
    """
    if letter not in available(case):
        raise errors.NotFound(letter=str(letter))
    with override("de"):
        return _printed(case, letter, _words(case, letter, at), at)


def erased(*, case: SubjectRequest, plan: Plan, at: datetime) -> bytes:
    """What was erased and what is kept until when, for what reason (Art. 12(4), 17(3) GDPR)."""
    with override("de"):
        return _printed(case, Letter.DONE, [*_what_was_erased(plan)], at)


def _words(case: SubjectRequest, letter: Letter, at: datetime) -> Sequence[Block]:
    due = cases.due_of(case, today=timezone.localdate(at))
    match letter:
        case Letter.RECEIVED:
            return [
                Text(
                    _("Ihren Antrag (%(what)s) haben wir am %(day)s erhalten.")
                    % {"what": case.get_article_display(), "day": _day(case.received_at)}
                ),
                Text(
                    _("Wir antworten ohne unnötige Verzögerung, spätestens bis zum %(due)s.")
                    % {"due": _day(due.legal)}
                ),
            ]
        case Letter.IDENTITY:
            return [
                Text(
                    _(
                        "Damit wir Ihre Angaben niemand anderem mitteilen, brauchen wir einen "
                        "Nachweis, dass Sie es sind. Es genügt eine Antwort über eine Adresse oder "
                        "Nummer, die wir schon kennen, oder eine Ausweiskopie, auf der Sie alles "
                        "außer Name, Anschrift und Gültigkeit schwärzen."
                    )
                ),
                Text(_("Bis dahin ruht die Frist (Art. 12 Abs. 6 DSGVO).")),
            ]
        case Letter.EXTENDED:
            return [
                Text(
                    _(
                        "Ihr Antrag braucht mehr Zeit. Wir verlängern die Frist um zwei Monate bis "
                        "zum %(due)s (Art. 12 Abs. 3 DSGVO)."
                    )
                    % {"due": _day(due.legal)}
                ),
                Facts([(_("Grund"), case.extension_reason)]),
            ]
        case Letter.REFUSED:
            return [
                Text(_("Ihrem Antrag können wir nicht folgen.")),
                Facts([(_("Grund"), str(case.outcome.get("reason", "")))]),
            ]
        case Letter.DONE:
            return [
                Text(
                    _("Ihren Antrag vom %(day)s haben wir am %(done)s ausgeführt.")
                    % {
                        "day": _day(case.received_at),
                        "done": _day(case.closed_at or at),
                    }
                )
            ]


def _what_was_erased(plan: Plan) -> Sequence[Block]:
    gone = sorted({line.declaration.data_kind for line in plan.lines if line.erased})
    blocks: list[Block] = [
        Text(
            _("Ihrem Antrag auf Löschung sind wir nachgekommen. Gelöscht sind: %(kinds)s.")
            % {"kinds": ", ".join(gone)}
        )
    ]
    held = sorted(
        {
            (str(RULES[each.rule].label), _day(each.until), each.basis)
            for line in plan.lines
            for each in line.held
        }
    )
    if held:
        blocks += [
            Text(
                _(
                    "Folgendes müssen wir noch aufbewahren. Es ist gesperrt, wird für nichts "
                    "anderes verwendet und nach dem genannten Tag gelöscht:"
                )
            ),
            Table([_("Daten"), _("bis"), _("Rechtsgrundlage")], held, (50, 15, 35)),
        ]
    if plan.suppressed:
        blocks.append(
            Text(
                _(
                    "Damit Sie auch künftig keine Werbung von uns erhalten, behalten wir von Ihren "
                    "Adressen und Nummern einen Prüfwert, aus dem sie sich nicht ablesen lassen "
                    "(Art. 21 Abs. 3 DSGVO)."
                )
            )
        )
    return blocks


def _printed(case: SubjectRequest, letter: Letter, words: Sequence[Block], at: datetime) -> bytes:
    sender = controllers.default()
    return printing.to_pdf(
        title=str(TITLES[letter]),
        subtitle=_("Unser Zeichen: %(number)s") % {"number": case.number},
        blocks=[
            Facts([(_("Von"), _address(sender)), (_("An"), case.requester)]),
            Text(_("Guten Tag,")),
            *words,
            *_remedies(sender),
            Text(_("Mit freundlichen Grüßen")),
            Text(sender.name),
        ],
        attached={},
        at=at,
    )


def _remedies(sender: Controller) -> Sequence[Block]:
    """Art. 12(4) GDPR: to whom one can turn."""
    authority = sender.authority or _("der zuständigen Aufsichtsbehörde")
    return [
        Heading(_("Ihre Rechte"), level=2),
        Text(
            _(
                "Sie können sich bei %(authority)s beschweren und gerichtlichen Rechtsschutz "
                "suchen (Art. 77, 79 DSGVO)."
            )
            % {"authority": authority}
        ),
    ]


def _address(sender: Controller) -> str:
    place = f"{sender.postal_code} {sender.city}".strip()
    return ", ".join(each for each in (sender.name, sender.street, place) if each)


def _day(moment: datetime | date) -> str:
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return date_format(day, "SHORT_DATE_FORMAT")
