"""The access package (Art. 15 GDPR): everything about somebody, as PDF and JSON, with the files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from consent import controllers, forgetting, histories, recipients
from consent.desk import printing, reports
from consent.desk.blocks import Block, Facts, Heading, Table, Text
from consent.histories import Entry
from consent.models import Controller, RequestArticle, SubjectRequest
from consent.requests import cases, package_words, persons, portability, portions
from consent.requests.portions import Portion
from consent.retention.periods import Period, Unit
from consent.retention.schedule import rules_of
from contacts.matching.normalise import fold
from contacts.models import Source
from crm.accounts.models import User
from crm.kernel import audit, errors
from crm.kernel.personal_data import Whose

VERSION = 1
PRINTED = 100
"""Rows of one kind that are printed; all of them are in the JSON file beside the PDF."""
ARTICLES = frozenset({RequestArticle.ACCESS, RequestArticle.PORTABILITY})


@transaction.atomic
def make(*, actor: User | None, case: SubjectRequest, at: datetime) -> bytes:
    """The ZIP of a request for access or portability; that it was made is told in the audit log.

    :raises cases.IdentityOpen: it is not known whose request it is
    :raises errors.Conflict: the request asks for something else
    """
    person = case.person
    cases.require_identity(case)
    if case.article not in ARTICLES or person is None:
        raise errors.Conflict(_("Zu diesem Antrag gehört keine Auskunft."))
    whose = persons.whose(person)
    audit.record(
        actor=actor,
        action="request.package-exported",
        target=case,
        context={"article": case.article},
        at=at,
    )
    with override("de"):
        if case.article == RequestArticle.PORTABILITY:
            return reports.zipped(portability.files(whose, at=at), at)
        return reports.zipped(_files(case, whose, at), at)


def _files(case: SubjectRequest, whose: Whose, at: datetime) -> dict[str, bytes]:
    found = portions.of(whose)
    told = histories.told(forgetting.events(whose).select_related("payload").order_by("seq"))
    data = _data(case, found, told, at)
    document = printing.to_pdf(
        title=_("Auskunft nach Art. 15 DSGVO"),
        subtitle=_("Unser Zeichen: %(number)s") % {"number": case.number},
        blocks=[*_blocks(case, found, told)],
        attached={},
        at=at,
    )
    return {
        "auskunft.pdf": document,
        "auskunft.json": reports.to_json(data),
        **_attachments(whose),
    }


def _data(
    case: SubjectRequest, found: Sequence[Portion], told: Sequence[Entry], at: datetime
) -> dict[str, Any]:
    return {
        "version": VERSION,
        "made_at": at.isoformat(),
        "request": case.number,
        "controller": _controller(controllers.default()),
        "data": [
            {
                "kind": portion.declaration.data_kind,
                "model": portion.model,
                "retention": [_kept(each) for each in rules_of(portion.declaration.retention)],
                "rows": list(portion.rows),
            }
            for portion in found
        ],
        "consents": [
            {
                "what": entry.title,
                "facts": list(entry.facts),
                "wording": entry.wording,
                "effective_at": entry.effective_at.isoformat(),
                "recorded_at": entry.recorded_at.isoformat(),
            }
            for entry in told
        ],
        "sources": _sources(found),
        "recipients": [
            {"name": str(each.name), "what": str(each.what), "why": str(each.why)}
            for each in recipients.all_of()
        ],
        "rights": [right for _article, right in _rights()],
        "automated_decisions": _automated(),
    }


def _blocks(
    case: SubjectRequest, found: Sequence[Portion], told: Sequence[Entry]
) -> Iterable[Block]:
    sender = controllers.default()
    yield Facts([(_("Verantwortlich"), _controller(sender)["name"]), (_("Für"), case.requester)])
    yield Text(
        _(
            "Dies ist alles, was wir über Sie gespeichert haben. Dieselben Angaben stehen "
            "vollständig und maschinenlesbar in der Datei auskunft.json; Dateien aus dem "
            "Schriftverkehr liegen im Ordner dateien. Namen anderer Personen sind durch „[Dritte]“ "
            "ersetzt (Art. 15 Abs. 4 DSGVO)."
        )
    )
    yield Heading(_("Empfänger"))
    yield Table(
        [_("Wer"), _("Was"), _("Wozu")],
        [[str(each.name), str(each.what), str(each.why)] for each in recipients.all_of()],
        (34, 36, 30),
    )
    yield Heading(_("Herkunft"))
    yield Text(", ".join(_sources(found)) or _("von Ihnen selbst"))
    yield Heading(_("Aufbewahrung"))
    yield Table([_("Daten"), _("Frist")], periods_of(found), (40, 60))
    if told:
        yield Heading(_("Einwilligungen, Widersprüche und Kontakte auf ihrer Grundlage"))
        yield Table(
            [_("Was"), _("Wann"), _("Einzelheiten")],
            [[each.title, _moment(each.effective_at), " · ".join(each.facts)] for each in told],
            (28, 20, 52),
        )
    for kind, portions_of_it in _by_kind(found).items():
        yield Heading(kind, level=2)
        for portion in portions_of_it:
            yield from _printed(portion)
    yield Heading(_("Ihre Rechte"))
    yield Facts(_rights())
    yield Text(_automated())


def _printed(portion: Portion) -> Iterable[Block]:
    declaration = portion.declaration
    for row in portion.rows[-PRINTED:]:
        shown = ((name, portions.shown(declaration, name, value)) for name, value in row.items())
        yield Text(" · ".join(f"{package_words.of(name)}: {text}" for name, text in shown if text))
    if len(portion.rows) > PRINTED:
        yield Text(
            _("Gedruckt sind die letzten %(some)d von %(all)d; alle stehen in auskunft.json.")
            % {"some": PRINTED, "all": len(portion.rows)},
            is_faint=True,
        )


def _by_kind(found: Iterable[Portion]) -> dict[str, list[Portion]]:
    kinds: dict[str, list[Portion]] = {}
    for portion in found:
        kinds.setdefault(portion.declaration.data_kind, []).append(portion)
    return kinds


def periods_of(found: Iterable[Portion]) -> list[tuple[str, str]]:
    """How long each kind of data is kept, in words; of several rules for a kind, each."""
    lines = []
    for kind, portions_of_it in _by_kind(found).items():
        rules = {
            rule.code: _kept(rule)
            for portion in portions_of_it
            for rule in rules_of(portion.declaration.retention)
        }
        periods = [f"{each['period']} ({each['from']}; {each['basis']})" for each in rules.values()]
        if len(rules) > 1:
            told = zip(rules.values(), periods, strict=True)
            periods = [f"{each['what']}: {period}" for each, period in told]
        lines.append((kind, "; ".join(periods)))
    return sorted(lines, key=lambda line: fold(line[0]))


def _kept(rule: Any) -> dict[str, str]:
    return {
        "what": str(rule.label),
        "period": in_words(rule.period),
        "from": str(rule.event),
        "basis": str(rule.basis),
    }


def in_words(period: Period | None) -> str:
    """``8 Jahre``."""
    if period is None:
        return _("ohne feste Frist")
    words = {Unit.DAYS: _("Tage"), Unit.MONTHS: _("Monate"), Unit.YEARS: _("Jahre")}
    return f"{period.number} {words[period.unit]}"


def _sources(found: Iterable[Portion]) -> list[str]:
    """Where the data come from (Art. 15(1)(g) GDPR)."""
    names = {str(row["source"]) for portion in found for row in portion.rows if row.get("source")}
    others = {
        told.get("source")
        for portion in found
        for row in portion.rows
        for told in (row.get("field_sources") or {}).values()
    }
    rows = Source.objects.filter(pk__in=others - {None})
    return sorted(names | set(rows.values_list("name", flat=True)))


def _rights() -> list[tuple[str, str]]:
    return [
        (_("Art. 16"), _("Berichtigung falscher Daten")),
        (_("Art. 17"), _("Löschung")),
        (_("Art. 18"), _("Einschränkung der Verarbeitung")),
        (_("Art. 20"), _("Übertragung der Daten, die Sie uns gegeben haben")),
        (_("Art. 21"), _("Widerspruch, gegen Werbung jederzeit und ohne Begründung")),
        (_("Art. 77"), _("Beschwerde bei einer Aufsichtsbehörde")),
    ]


def _automated() -> str:
    return _("Automatisierte Entscheidungen nach Art. 22 DSGVO finden nicht statt.")


def _controller(sender: Controller) -> dict[str, str]:
    names = ("name", "street", "postal_code", "city", "email", "phone", "privacy_officer")
    return {name: getattr(sender, name) for name in names}


def _attachments(whose: Whose) -> dict[str, bytes]:
    """Files that rows about the person refer to, and that are not others' as well."""
    files: dict[str, bytes] = {}
    for declaration, rows in persons.rows_with_files(whose):
        for row in rows:
            for field in declaration.model._meta.fields:
                file = getattr(row, field.attname, None)
                if isinstance(field, models.FileField) and file and file.storage.exists(file.name):
                    with file.open("rb") as stream:
                        files[f"dateien/{PurePath(str(file.name)).name}"] = stream.read()
    return files


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
