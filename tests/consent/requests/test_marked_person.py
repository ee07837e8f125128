"""A marked person in every model of every app: found everywhere, then found nowhere."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from consent import checkpoints, suppression, verifying
from consent.ledger import verifier
from consent.models import (
    ErasureRun,
    LedgerEvent,
    RequestState,
    SubjectRequest,
    SuppressionEntry,
    VaultItem,
)
from consent.requests import cases, erasures, logbook, persons
from consent.retention import rules
from contacts.models import Company, Person, Source
from crm.accounts.models import User
from crm.kernel import personal_data
from crm.kernel.models import AuditEntry
from history.models import Opportunity, Touchpoint
from tests.consent.requests.marked import MAIL, MARK, MOBILE, plant

DAY = timedelta(days=1)
WITHOUT_WORDS = {
    "consent.subject",
    "consent.pointreference",
    "consent.contactdecision",
    "consent.restriction",
    "contacts.personsignature",
    "contacts.companysignature",
    "contacts.mergeentry",
    "contacts.pairdecision",
    "contacts.company",
    "history.participation",
    "history.pin",
    "history.visit",
    "history.stagechange",
    "history.classification",
    "history.storedfile",
    "history.leadoptin",
    "consent.vaultitem",
}
"""Declared models that hold nothing but references, figures and files."""


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"
    settings.ERASURE_LOG = tmp_path / "erasures.jsonl"


@pytest.fixture
def marked(admin: User, source: Source, at: datetime) -> Person:
    return plant(admin=admin, source=source, at=at)


@pytest.fixture
def case(marked: Person, at: datetime) -> SubjectRequest:
    received = at + timedelta(days=1)
    case = cases.receive(
        actor=None,
        article="17",
        channel="LETTER",
        person=marked,
        received_at=received,
        wording=f"Löschen Sie alles über {MARK}.",
        at=received,
    )
    day = timezone.localdate(received)
    cases.prove_identity(actor=None, case=case, on=day, how=f"Brief von {MARK}", at=received)
    return case


def told() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, with the label of its model."""
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
            for (row,) in cursor.fetchall():
                yield model._meta.label_lower, row


def bearing(*marks: str) -> set[str]:
    """Models of which a row bears one of the marks."""
    return {label for label, row in told() if any(mark.lower() in row.lower() for mark in marks)}


def files_bearing(mark: str, root: Path) -> set[str]:
    return {
        path.relative_to(root).parts[0]
        for path in root.rglob("*")
        if path.is_file() and mark.encode().lower() in path.read_bytes().lower()
    }


def test_the_mark_is_in_every_model(marked: Person, at: datetime) -> None:
    rules.hold(actor=None, person=marked, reason=MARK, at=at)  # it would stop an erasure
    declared = {each.model._meta.label_lower for each in personal_data.declarations()}
    assert declared - bearing(MARK) == WITHOUT_WORDS
    whose = persons.whose(marked)
    empty = {
        each.model._meta.label_lower
        for each in personal_data.declarations()
        if not personal_data.rows_of(each, whose).exists()
    }
    assert empty == {"contacts.company", "contacts.companysignature", "consent.vaultitem"}


@pytest.mark.django_db(transaction=True)
def test_after_the_erasure_it_is_in_the_vault_alone(
    case: SubjectRequest, privacy: User, at: datetime, settings: Any
) -> None:
    then = at + timedelta(days=2)
    checkpoints.make(at=at)
    assert files_bearing(MARK, Path(settings.MEDIA_ROOT)) >= {
        "attachments", "evidence", "imports", "uploads",
    }  # fmt: skip
    assert case.person is not None
    name = case.person.full_name
    run = erasures.erase(actor=privacy, case=case, typed=name, at=then)
    assert bearing(MARK, MAIL, MOBILE, "15228817386") == {"consent.vaultitem"}
    assert files_bearing(MARK, Path(settings.MEDIA_ROOT)) == {"vault", "attachments"}
    assert not Person.with_aliases.filter(public_id__in=run.persons).exists()
    assert len(run.persons) == 2
    assert verifying.verify().findings == []
    for kind, value in (("EMAIL", MAIL), ("MOBILE", "+4915228817386")):
        key = suppression.match_key(kind=kind, normalised=value)
        assert SuppressionEntry.objects.filter(match_key=key, closed=None).count() == 1
    case.refresh_from_db()
    assert (case.state, case.requester, case.person) == (RequestState.DONE, "", None)
    assert {each["rule"] for each in case.outcome["held"]} == {
        "booking_voucher",
        "email_consent_proof",
        "phone_consent_proof",
        "trade_letter",
    }


def test_what_the_vault_holds_is_held_by_a_law(
    case: SubjectRequest, privacy: User, at: datetime
) -> None:
    assert case.person is not None
    erasures.erase(actor=privacy, case=case, typed=case.person.full_name, at=at + 2 * DAY)
    items = {(item.model, item.rule): item for item in VaultItem.objects.all()}
    assert {key: item.until for key, item in items.items()} == {
        ("consent.eventpayload", "email_consent_proof"): date(2029, 12, 31),
        ("consent.eventpayload", "phone_consent_proof"): date(2031, 3, 15),
        ("consent.evidence", "email_consent_proof"): date(2029, 12, 31),
        ("consent.evidence", "phone_consent_proof"): date(2031, 3, 15),
        ("consent.subjectrequest", "request_file"): date(2029, 12, 31),
        ("history.invoice", "booking_voucher"): date(2033, 12, 31),
        ("history.order", "trade_letter"): date(2031, 12, 31),
        ("history.orderline", "trade_letter"): date(2031, 12, 31),
    }
    proof = items["consent.eventpayload", "phone_consent_proof"].content
    assert proof["who"]["name"].endswith(MARK)
    assert proof["who"]["addresses"]
    event = LedgerEvent.objects.get(public_id=proof["row"]["event"]["id"])
    salt = bytes.fromhex(proof["row"]["salt"])
    assert verifier.commitment(salt, proof["row"]["body"]) == event.commitment


def test_what_is_others_stays(case: SubjectRequest, privacy: User, at: datetime) -> None:
    assert case.person is not None
    erasures.erase(actor=privacy, case=case, typed=case.person.full_name, at=at + 2 * DAY)
    colleague = Person.objects.get()
    assert colleague.surname == "Bleibtreu"
    kept = {
        (each.subject, each.body, each.participations.get().person)
        for each in Touchpoint.objects.prefetch_related("participations")
    }
    assert kept == {
        ("[gelöscht]", "", None),  # the company's
        ("Frage von [gelöscht]", "Gruß, [gelöscht]", colleague),
    }
    deal = Opportunity.objects.get()
    assert (deal.title, deal.person) == ("Anlage für [gelöscht]", None)
    assert Company.objects.count() == 1
    entry = AuditEntry.objects.filter(action="person.created").order_by("pk").first()
    assert entry is not None
    assert (entry.object_label, entry.changes) == ("", {})
    assert entry.actor_id is not None
    export = AuditEntry.objects.get(action="persons.exported")
    assert export.context == {"query": "[gelöscht]"}


def test_a_restored_backup_is_erased_again(
    case: SubjectRequest,
    privacy: User,
    at: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = case.person
    assert person is not None
    before = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        run = erasures.erase(actor=privacy, case=case, typed=person.full_name, at=at + 2 * DAY)
    assert not Person.objects.filter(public_id=person.public_id).exists()
    transaction.savepoint_rollback(before)  # the backup: it knows nothing of the erasure
    assert Person.objects.filter(public_id=person.public_id).exists()
    assert not ErasureRun.objects.exists()
    assert [entry.run for entry in logbook.entries()] == [run.public_id]
    out = StringIO()
    call_command("replay_erasures", "--dry-run", stdout=out)
    assert Person.objects.filter(public_id=person.public_id).exists()
    call_command("replay_erasures", stdout=out)
    assert not Person.objects.filter(public_id=person.public_id).exists()
    assert bearing(MARK, MAIL) <= {"consent.vaultitem", "consent.subjectrequest"}
    call_command("replay_erasures", stdout=out)
    assert out.getvalue().splitlines()[-1].endswith("zu wiederholen: 0, wiederholt: 0")
