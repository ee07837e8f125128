"""The record of processing activities (Art. 30(1) GDPR), out of what is configured."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent import channels, controllers, recipients
from consent.decision.codes import PURPOSES, PurposeClass
from consent.desk.blocks import Block, Facts, Heading, Table, Text
from consent.desk.reports import Report
from consent.models import Controller, ProcessingRecord
from consent.requests.packages import in_words
from consent.retention import rules
from consent.retention.schedule import RULES, rules_of
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, personal_data
from crm.kernel.personal_data import Erasure


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity with what Art. 30(1) asks for; the letters are its columns."""

    name: str
    purposes: str
    subjects: str
    data: str
    recipients: str
    transfers: str
    limits: str
    measures: str

    @property
    def cells(self) -> list[str]:
        """As a row of the table."""
        return [
            self.name,
            self.purposes,
            self.subjects,
            self.data,
            self.recipients,
            self.transfers,
            self.limits,
            self.measures,
        ]


@transaction.atomic
def make(*, actor: User, at: datetime) -> Report:
    """The record as it stands, with what changed since the last one; it is kept.

    :raises errors.NotPermitted: the role does not manage requests
    """
    policy.require(actor, policy.Permission.REQUESTS_MANAGE)
    before = ProcessingRecord.objects.first()
    activities = list(_activities())
    lines = {each.name: each.cells[1:] for each in activities}
    changed = list(differences(before.lines if before else {}, lines))
    ProcessingRecord.objects.create(made_at=at, made_by=actor, lines=lines)
    audit.record(
        actor=actor, action="retention.record-exported", context={"changed": len(changed)}, at=at
    )
    return Report(
        name=f"verarbeitungsverzeichnis-{timezone.localdate(at):%Y-%m-%d}",
        title=_("Verzeichnis der Verarbeitungstätigkeiten"),
        subtitle=_("Art. 30 Abs. 1 DSGVO, aus der Einrichtung dieser Installation"),
        blocks=list(_blocks(activities, before, changed)),
        data={"activities": lines, "differences": changed},
        head=columns(),
        rows=[each.cells for each in activities],
        at=at,
    )


def differences(
    before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> Iterable[list[str]]:
    """Activity, column, what stood there and what stands there now."""
    names = columns()[1:]
    empty = [""] * len(names)
    for activity in sorted({*before, *after}):
        old, new = before.get(activity, empty), after.get(activity, empty)
        for name, was, is_now in zip(names, old, new, strict=True):
            if was != is_now:
                yield [activity, name, was, is_now]


def columns() -> list[str]:
    """The letters of Art. 30(1)."""
    return [
        _("Tätigkeit"),
        _("b) Zwecke"),
        _("c) Personen"),
        _("c) Daten"),
        _("d) Empfänger"),
        _("e) Drittland"),
        _("f) Löschfristen"),
        _("g) Maßnahmen"),
    ]


def _activities() -> Iterable[Activity]:
    names = {
        PurposeClass.MARKETING: _("Werbung und Verkauf"),
        PurposeClass.SERVICE: _("Verträge und Service"),
        PurposeClass.REQUESTED: _("Rückrufe und Anfragen"),
        PurposeClass.LEGAL: _("Rechtliche Mitteilungen"),
        PurposeClass.DOUBLE_OPT_IN: _("Bestätigung von Anmeldungen"),
        PurposeClass.RECORDING: _("Aufzeichnung von Gesprächen"),
        PurposeClass.PROFILE: _("Qualifizierung"),
    }
    for kind, name in names.items():
        codes = [code for code, known in PURPOSES.items() if known == kind]
        yield Activity(
            name=name,
            purposes=", ".join(channels.purpose(code) for code in codes),
            subjects=_("Ansprechpartner von Firmen, Kundinnen und Kunden, Interessierte"),
            data=", ".join(_data_kinds()),
            recipients=", ".join(str(each.name) for each in recipients.all_of()),
            transfers=_("keine Übermittlung eingerichtet"),
            limits=_limits(),
            measures=_(
                "Rechte nach Rolle, Protokoll jeder Änderung, Einwilligungen in einer"
                " unterschriebenen Kette, verschlüsselte Verbindungen, gesperrter Tresor"
            ),
        )


def _data_kinds() -> list[str]:
    return sorted(
        {
            each.data_kind
            for each in personal_data.declarations()
            if each.exported and each.erasure != Erasure.KEEP
        }
    )


def _limits() -> str:
    own = rules.periods()
    used = {rule.code for each in personal_data.declarations() for rule in rules_of(each.retention)}
    return "; ".join(
        f"{RULES[code].label}: {in_words(own[code])}" for code in RULES if code in used
    )


def _blocks(
    activities: Iterable[Activity], before: ProcessingRecord | None, changed: Sequence[list[str]]
) -> Iterable[Block]:
    yield Facts(_controller(controllers.default()))
    yield Heading(_("Änderungen seit dem letzten Verzeichnis"))
    if before is None:
        yield Text(_("Dies ist das erste Verzeichnis."))
    elif not changed:
        day = date_format(timezone.localtime(before.made_at), "SHORT_DATE_FORMAT")
        yield Text(_("Keine seit dem %(day)s.") % {"day": day})
    else:
        head = [_("Tätigkeit"), _("Angabe"), _("vorher"), _("jetzt")]
        yield Table(head, changed, (18, 14, 34, 34))
    for activity in activities:
        yield Heading(activity.name, level=2)
        yield Facts(list(zip(columns()[1:], activity.cells[1:], strict=True)))


def _controller(sender: Controller) -> list[tuple[str, Any]]:
    place = f"{sender.postal_code} {sender.city}".strip()
    return [
        (_("a) Verantwortlich"), ", ".join(filter(None, (sender.name, sender.street, place)))),
        (_("Vertreten durch"), sender.representative),
        (_("Datenschutzbeauftragte Person"), sender.privacy_officer or sender.privacy_contact),
        (_("Aufsichtsbehörde"), sender.authority),
    ]
