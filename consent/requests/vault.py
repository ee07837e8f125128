"""The locked vault: rows that a law keeps, as they were, for nobody but an audit."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import QuerySet

from consent import recording
from consent.models import ErasureRun, EventPayload, SubjectRequest, VaultItem
from consent.requests.plans import Line, Plan
from consent.retention.schedule import RULES
from contacts.models import Address, ContactPoint, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, removing
from crm.kernel.personal_data import Whose

FOLDER = "vault/"
_filed: ContextVar[list[tuple[Any, str]] | None] = ContextVar("filed", default=None)


@contextmanager
def nothing_half_done() -> Iterator[None]:
    """Files that were put into the vault go again if what was to be done with them fails."""
    files: list[tuple[Any, str]] = []
    token = _filed.set(files)
    try:
        yield
    except BaseException:
        for storage, name in files:
            storage.delete(name)
        raise
    finally:
        _filed.reset(token)


def _file(item: VaultItem, name: str, content: bytes) -> None:
    item.file.save(name, ContentFile(content), save=False)
    files = _filed.get()
    if files is not None:
        files.append((item.file.storage, str(item.file.name)))


def lock_away(*, plan: Plan, run: ErasureRun) -> int:
    """Copy what the plan holds into the vault; gives how many rows. The rows go afterwards."""
    who = identity(plan.person, plan.whose)
    items = [
        item
        for line in plan.lines
        for held in line.held
        for item in _items(line, held.rows, held.rule, held.until, who, run)
    ]
    VaultItem.objects.bulk_create(items, batch_size=1000)
    return len(items)


def lock_request(
    *, case: SubjectRequest, run: ErasureRun, letter: bytes, at: datetime, who: dict[str, Any]
) -> VaultItem:
    """Keep the request and the answer to it: the accountability of Art. 5(2) GDPR."""
    rule = RULES["request_file"]
    until = rule.period.until(at.date()) if rule.period else at.date()
    item = VaultItem(
        run=run,
        rule=rule.code,
        basis=str(rule.basis),
        model=case._meta.label_lower,
        row=str(case.pk),
        content={"who": who, "row": _values(case)},
        until=until,
    )
    _file(item, f"{case.public_id}.pdf", letter)
    item.save()
    return item


def items_of(user: User) -> QuerySet[VaultItem]:
    """What lies in the vault, for those who audit consents.

    :raises errors.NotPermitted: the role does not
    """
    policy.require(user, policy.Permission.CONSENT_AUDIT)
    return VaultItem.objects.select_related("run")


@transaction.atomic
def release(*, today: date, at: datetime, dry_run: bool = False) -> int:
    """Erase what was kept long enough; gives how many rows."""
    due = VaultItem.objects.filter(until__lt=today)
    count = due.count()
    if dry_run or not count:
        return count
    going, emptied = removing.with_dependents({VaultItem: list(due.values_list("pk", flat=True))})
    removing.remove(going, emptied)
    audit.record(actor=None, action="request.vault-released", context={"rows": count}, at=at)
    return count


def identity(person: Person, whose: Whose) -> dict[str, Any]:
    """Who it was: without name and address a proof proves nothing (notes of the BNetzA)."""
    points = ContactPoint.objects.filter(pk__in=(*whose.points, *whose.shared_points))
    return {
        "name": person.full_name,
        "addresses": [str(each) for each in Address.objects.filter(person__in=whose.persons)],
        "contact_points": [point.display for point in points.exclude(kind="POSTAL")],
    }


def _items(
    line: Line,
    rows: Iterable[Any],
    rule: str,
    until: date,
    who: dict[str, Any],
    run: ErasureRun,
) -> Iterable[VaultItem]:
    found = line.model._base_manager.filter(pk__in=list(rows)).order_by("pk")
    if line.model is EventPayload:
        found = found.select_related("event")
    for row in found:
        item = VaultItem(
            run=run,
            rule=rule,
            basis=str(RULES[rule].basis),
            model=line.model._meta.label_lower,
            row=str(row.pk),
            content={"who": who, "row": _values(row)},
            until=until,
        )
        _copy_file(row, item)
        yield item


def _values(row: Any) -> dict[str, Any]:
    values = {field.name: _plain(row, field) for field in row._meta.concrete_fields}
    if isinstance(row, EventPayload):
        values["event"] = recording.core_of(row.event)
    return values


def _plain(row: Any, field: Any) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(field, models.FileField):
        return PurePath(str(value)).name
    return audit.jsonable(value)


def _copy_file(row: Any, item: VaultItem) -> None:
    """After a restore the file may be gone already, and lie in the vault since."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField) and (file := getattr(row, field.attname)):
            name = PurePath(str(file.name)).name
            try:
                with file.open("rb") as stream:
                    _file(item, name, stream.read())
            except FileNotFoundError:
                if item.file.storage.exists(f"{FOLDER}{name}"):
                    item.file.name = f"{FOLDER}{name}"
