"""Slips arrive from devices, are announced by visitors, and completed at the desk.

However often a slip is sent, it is one lead: ``client_id`` was made on the device, and the
database holds each once. What a lead becomes is made by :mod:`history.fairs.settling` in the same
transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent.models import ConsentText
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import audit, errors
from history.fairs import access, conflicts, files, moments, settling, slips
from history.fairs.conflicts import OPT_INS, ORIGINS, Conflict
from history.fairs.forms import Form
from history.fairs.slips import Slip
from history.models import CaptureDevice, LeadCapture, LeadOptIn, LeadState

ANNOUNCED_FIELDS = ("name", "company_name", "email", "phone", "mobile")
COLUMNS = (*slips.FIELDS, ORIGINS)
"""Columns of a lead that are fields of its slip."""


class LeadConflict(errors.Conflict):
    """Fields were changed elsewhere since the device read them; ``data["fields"]`` has what
    stands there now, what the device wants, and what it started from."""

    code = "lead-conflict"
    default_message = gettext_lazy(
        "Der Leadzettel wurde inzwischen an anderer Stelle geändert. Wählen Sie für jedes Feld, "
        "was gelten soll."
    )

    def __init__(self, found: Mapping[str, Conflict]) -> None:
        self.conflicts = dict(found)
        super().__init__(fields={name: _told(name, each) for name, each in found.items()})


class LeadOfAnother(errors.Conflict):
    """Somebody else captured a slip with this number, or at another event."""

    code = "lead-of-another"
    default_message = gettext_lazy(
        "Dieser Leadzettel wurde auf einem anderen Konto oder auf einer anderen Messe erfasst. "
        "Melden Sie sich mit dem Konto an, mit dem er erfasst wurde."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a device sends: as it came, unread. ``base`` is None on first sending."""

    fields: Mapping[str, Any]
    captured_at: Any = None
    device_now: Any = None
    base: Mapping[str, Any] | None = None
    files: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """``is_new``: the slip was not here before."""

    lead: LeadCapture
    is_new: bool


@dataclass(slots=True)
class _Change:
    """What is written to a lead at once, by whom."""

    actor: User
    at: datetime
    values: dict[str, Any]
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def arrive(*, device: CaptureDevice, client_id: UUID, sent: Sent, at: datetime) -> Arrival:
    """Take in a slip; sent again, it changes what differs, three ways.

    :raises errors.NotPermitted: the role of the device's user records no history
    :raises LeadConflict: somebody changed the same fields elsewhere; nothing was changed
    :raises LeadOfAnother: the number is taken by somebody else's slip
    """
    actor = device.user
    policy.require(actor, Permission.HISTORY_RECORD)
    moment = moments.corrected(moments.read(sent.captured_at), moments.read(sent.device_now), at=at)
    slip = _read(sent, device)
    _check_moment(slip, moment, device)
    lead, is_new = _found_or_made(device, client_id, moment, at=at)
    with_files = files.announce(lead=lead, sent=sent.files)
    slip.problems += with_files
    change = _Change(actor, at, {}, slip.problems)
    if is_new:
        lead.device, lead.state = device, LeadState.NEW
        lead.captured_at, lead.device_at = moment.captured_at, moment.device_at
        lead.received_at, lead.is_late = at, _is_late(device, at)
        change.values = _kept_too(lead, slip, _first_values(slip))
        _write(lead, change, action="lead.captured")
        return Arrival(lead, True)
    current = values_of(lead)
    merged = conflicts.merge(
        current=current, mine=_with_kept(slip), base=_started_from(lead, current, sent, device)
    )
    if merged.conflicts:
        raise LeadConflict(merged.conflicts)
    change.values = _kept_too(lead, slip, merged.changes)
    if change.values:
        lead.version += 1
        _write(lead, change, action="lead.edited")
    elif missing := [each for each in with_files if each not in lead.problems]:
        lead.problems = [*lead.problems, *missing][: settling.MOST_PROBLEMS]
        lead.save(update_fields=["problems"])
    return Arrival(lead, False)


@transaction.atomic
def edit(
    *,
    actor: User,
    lead: LeadCapture,
    values: Mapping[str, Any],
    version: int | None = None,
    at: datetime,
) -> LeadCapture:
    """Complete or correct a slip at the desk; nothing happens if nothing differs.

    ``values`` as a device sends ``fields``; what of them fits no field is kept in the note and told
    in ``lead.problems``.

    :raises errors.NotPermitted: the role records no history
    :raises errors.NotFound: the actor may not see the lead
    :raises errors.Conflict: somebody saved it since ``version`` was read
    """
    policy.require(actor, Permission.HISTORY_RECORD)
    access.lead_for(user=actor, public_id=lead.public_id)
    fresh = _locked(lead.client_id)
    if fresh is None:
        raise errors.NotFound(public_id=str(lead.public_id))
    if version is not None and fresh.version != version:
        raise errors.Conflict(expected=version, actual=fresh.version)
    slip = slips.read(values, form=Form.read(fresh.event.form), texts=_text_ids(values))
    current, wanted = values_of(fresh), _with_kept(slip)
    if OPT_INS in wanted:
        wanted[OPT_INS] = {**current[OPT_INS], **wanted[OPT_INS]}
    changes = {name: value for name, value in wanted.items() if value != current[name]}
    changes = _kept_too(fresh, slip, changes)
    if changes:
        fresh.version += 1
        _write(fresh, _Change(actor, at, changes, slip.problems), action="lead.edited")
    return fresh


@transaction.atomic
def announce(
    *,
    device: CaptureDevice,
    client_id: UUID,
    device_at: datetime,
    values: Mapping[str, str],
    at: datetime,
) -> LeadCapture:
    """The lead that a visitor's link speaks of, made (``ANNOUNCED``) if its slip is still to come.

    ``values`` are what the link carries: ``name``, ``company_name``, ``email``, ``phone``,
    ``mobile``. Person and contact points are made as by an arriving slip; a lead that is there
    already keeps what it says, and gets a person if it has none and can have one. Without a name
    ``lead.person`` stays None.

    :raises LeadOfAnother: the number is taken by somebody else's slip
    """
    moment = moments.corrected(moments.read(device_at), None, at=at)
    given = {name: values.get(name, "") for name in ANNOUNCED_FIELDS}
    slip = slips.read(given, form=Form(), texts=())
    lead, is_new = _found_or_made(device, client_id, moment, at=at)
    blanks = {
        name: value for name, value in slip.values.items() if value and not getattr(lead, name)
    }
    if is_new and lead.state != LeadState.ANNOUNCED:
        lead.state = LeadState.ANNOUNCED
        action = "lead.announced"
    elif blanks:
        action = "lead.edited"
    else:
        return lead
    _write(lead, _Change(device.user, at, blanks, slip.problems), action=action)
    return lead


def lead_of(*, device: CaptureDevice, client_id: UUID) -> LeadCapture:
    """A slip of the device's user at its event.

    :raises errors.NotFound: there is none
    """
    rows = LeadCapture.objects.with_all().filter(event=device.event, captured_by=device.user)
    found = rows.filter(client_id=client_id).first()
    if found is None:
        raise errors.NotFound(client_id=str(client_id))
    return found


def values_of(lead: LeadCapture) -> dict[str, Any]:
    """The fields of a slip as the three-way comparison knows them (one query)."""
    answers = {
        f"{row.text.public_id} {row.channel}": row.answer
        for row in lead.opt_ins.select_related("text").only("text__public_id", "channel", "answer")
    }
    return {name: getattr(lead, name) for name in COLUMNS} | {OPT_INS: answers}


def opt_ins_as_list(answers: Mapping[str, str]) -> list[dict[str, str]]:
    """Answers by text and channel as a device knows them."""
    found = []
    for key, answer in answers.items():
        text, _space, channel = key.partition(" ")
        found.append({"text": text, "channel": channel, "answer": answer})
    return found


def _read(sent: Sent, device: CaptureDevice) -> Slip:
    """What the device changed: with a base the fields that are in it."""
    fields = sent.fields
    if sent.base is not None:
        wanted = {*sent.base, ORIGINS}
        fields = {name: value for name, value in fields.items() if name in wanted}
    return slips.read(fields, form=Form.read(device.event.form), texts=_text_ids(fields))


def _text_ids(sent: Mapping[str, Any]) -> set[str]:
    """Which of the texts that the slip names there are."""
    named = sent.get(OPT_INS)
    wanted = [each.get("text") for each in named if isinstance(each, Mapping)] if isinstance(
        named, list
    ) else []  # fmt: skip
    ids = set()
    for each in wanted:
        try:
            ids.add(UUID(str(each)))
        except ValueError:
            continue
    if not ids:
        return set()
    rows = ConsentText.objects.filter(public_id__in=ids)
    return {str(each) for each in rows.values_list("public_id", flat=True)}


def _check_moment(slip: Slip, moment: moments.Moment, device: CaptureDevice) -> None:
    day = timezone.localdate(moment.captured_at)
    if not moment.is_known:
        slip.problems.append(
            _("Wann der Zettel erfasst wurde, ist nicht lesbar; es gilt der Eingang.")
        )
    elif day < timezone.localdate(device.event.created_at):
        slip.problems.append(
            _("Laut Gerät am %(day)s erfasst, vor Anlage der Messe. Prüfen Sie seine Uhr.")
            % {"day": f"{day:%d.%m.%Y}"}
        )


def _is_late(device: CaptureDevice, at: datetime) -> bool:
    closed_at = device.event.closed_at
    return closed_at is not None and at > closed_at


def _found_or_made(
    device: CaptureDevice, client_id: UUID, moment: moments.Moment, *, at: datetime
) -> tuple[LeadCapture, bool]:
    """The lead, locked, and whether its slip is still to come."""
    found = _locked(client_id)
    if found is None:
        made = LeadCapture(
            client_id=client_id,
            event=device.event,
            device=device,
            captured_by=device.user,
            captured_at=moment.captured_at,
            device_at=moment.device_at,
            received_at=at,
        )
        try:
            with transaction.atomic():
                made.save()
            return made, True
        except IntegrityError:  # the same slip came over another connection
            found = _locked(client_id)
            if found is None:
                raise
    if (found.event_id, found.captured_by_id) != (device.event_id, device.user_id):
        raise LeadOfAnother(client_id=str(client_id))
    return found, found.state == LeadState.ANNOUNCED


def _locked(client_id: UUID) -> LeadCapture | None:
    rows = LeadCapture.objects.select_for_update(of=("self",)).filter(client_id=client_id)
    return rows.select_related("event__source", "event__controller", "captured_by").first()


def _first_values(slip: Slip) -> dict[str, Any]:
    """What the slip says; what the visitor's link said before stays where the slip has nothing."""
    return {name: value for name, value in slip.values.items() if value}


def _started_from(
    lead: LeadCapture, current: Mapping[str, Any], sent: Sent, device: CaptureDevice
) -> Mapping[str, Any] | None:
    """The base, read as the fields are. A device that never got an answer to its first sending
    knows what stands here unless somebody else wrote since."""
    if sent.base is None:
        return current if lead.version == 1 else None
    form = Form.read(device.event.form)
    return slips.read(sent.base, form=form, texts=_text_ids(sent.base)).values


def _with_kept(slip: Slip) -> dict[str, Any]:
    """The values, with what fits no field in the note."""
    values = dict(slip.values)
    if "note" in values:
        values["note"] = slips.noted(values["note"], slip.kept)
    return values


def _kept_too(lead: LeadCapture, slip: Slip, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes; what fits no field is in the note, also where the note itself did not change."""
    note = slips.noted(changes.get("note", lead.note), slip.kept)
    return {**changes, "note": note} if note != lead.note else changes


def _write(lead: LeadCapture, change: _Change, *, action: str) -> None:
    """Set the values, save, remember who did it, and let the lead become what it becomes."""
    before = values_of(lead) if lead.pk else {}
    for name, value in change.values.items():
        if name != OPT_INS:
            setattr(lead, name, value)
    lead.save()
    _write_opt_ins(lead, change.values.get(OPT_INS, {}))
    audit.record(
        actor=change.actor, action=action, at=change.at, target=lead,
        changes=audit.diff(before, change.values),
    )  # fmt: skip
    settling.settle(
        actor=change.actor, lead=lead, before=before, told=change.problems, at=change.at
    )


def _write_opt_ins(lead: LeadCapture, answers: Mapping[str, str]) -> None:
    """Keep the answers, one row for each channel of a text."""
    asked = {each["text"] for each in opt_ins_as_list(answers)}
    texts = {str(each.public_id): each for each in ConsentText.objects.filter(public_id__in=asked)}
    rows = [
        LeadOptIn(
            lead=lead, text=texts[each["text"]], channel=each["channel"], answer=each["answer"]
        )
        for each in opt_ins_as_list(answers)
    ]
    LeadOptIn.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["lead", "text", "channel"],
        update_fields=["answer"],
    )


def _told(name: str, conflict: Conflict) -> dict[str, Any]:
    """A conflict as programs read it."""
    sides = {"current": conflict.current, "mine": conflict.mine, "original": conflict.original}
    if name == OPT_INS:
        return {side: opt_ins_as_list(value or {}) for side, value in sides.items()}
    return sides
