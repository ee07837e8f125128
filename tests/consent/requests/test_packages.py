"""What is handed out: everything, nothing of others, and in a form that programs read."""

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consent.models import SubjectRequest
from consent.requests import cases, packages, persons, portability, portions
from consent.retention import rules
from contacts.models import Person, Source
from crm.accounts.models import User
from crm.kernel import errors, personal_data
from crm.kernel.models import AuditEntry
from history.models import Participation, Touchpoint
from tests.consent.requests.marked import MARK, plant
from tests.consent.requests.test_marked_person import WITHOUT_WORDS


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def marked(admin: User, source: Source, at: datetime) -> Person:
    return plant(admin=admin, source=source, at=at)


def asked(person: Person, article: str, at: datetime) -> SubjectRequest:
    case = cases.receive(
        actor=None, article=article, channel="EMAIL", person=person, received_at=at, at=at
    )
    cases.prove_identity(actor=None, case=case, on=timezone.localdate(at), how="Rückruf", at=at)
    return case


def opened(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_is_in_the_package(marked: Person, privacy: User, at: datetime) -> None:
    rules.hold(actor=None, person=marked, reason=MARK, at=at)
    files = opened(packages.make(actor=privacy, case=asked(marked, "15", at), at=at))
    data = json.loads(files["auskunft.json"])
    bearing = {part["model"] for part in data["data"] if MARK.lower() in json.dumps(part).lower()}
    expected = {
        each.model._meta.label_lower for each in personal_data.declarations()
    } - WITHOUT_WORDS
    assert expected - bearing == set()
    assert files["auskunft.pdf"].startswith(b"%PDF")
    assert sum(MARK.encode() in files[name] for name in files if name.startswith("dateien/")) == 9
    assert data["sources"] == ["ERP"]
    assert {each["what"] for each in data["consents"]} >= {"Einwilligung erteilt"}
    assert all(part["retention"] for part in data["data"])
    assert AuditEntry.objects.filter(action="request.package-exported").count() == 1


def test_of_a_kind_that_several_rules_keep_all_are_told(marked: Person) -> None:
    periods = dict(packages.periods_of(portions.of(persons.whose(marked))))
    assert periods["Termine"] == "6 Monate (Ende des Termins; Art. 5 Abs. 1 lit. e DSGVO)"
    assert periods["Einwilligungen"].split("; ")[0] == (
        "Nachweise von Telefon-Einwilligungen (Verbraucher): 5 Jahre (letzte von Erteilung und "
        "Verwendungen"
    )
    assert "unbestätigte Anmeldungen (Double-Opt-in): 30 Tage" in periods["Einwilligungen"]
    assert list(periods)[:3] == ["Änderungsprotokoll", "Anrufe", "Anschriften"]


def test_others_are_not_in_it(marked: Person, privacy: User, at: datetime) -> None:
    mail = Touchpoint.objects.create(
        channel="EMAIL", direction="OUT", subject="Mit Udo Bleibtreu", body="Bleibtreu, Udo: ja",
        happened_at=at, recorded_at=at,
    )  # fmt: skip
    for person in Person.objects.all():
        Participation.objects.create(
            touchpoint=mail, person=person, happened_at=at, channel="EMAIL", direction="OUT"
        )
    files = opened(packages.make(actor=privacy, case=asked(marked, "15", at), at=at))
    text = files["auskunft.json"].decode()
    assert "Bleibtreu" not in text
    assert "Mit [Dritte]" in text


def test_portable_data_fit_to_their_schema(marked: Person, privacy: User, at: datetime) -> None:
    files = opened(packages.make(actor=privacy, case=asked(marked, "20", at), at=at))
    data, schema = json.loads(files["daten.json"]), json.loads(files["schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert schema == portability.schema()
    assert data["data"]["contacts.person"][0]["surname"] == MARK
    assert "remark" not in data["data"]["contacts.person"][0]
    assert "kernel.auditentry" not in data["data"]
    assert files["contacts.address.csv"].decode("utf-8-sig").splitlines()[0].startswith("kind;str")


def test_nothing_is_handed_out_without_an_identity(
    marked: Person, privacy: User, at: datetime
) -> None:
    case = cases.receive(
        actor=None, article="15", channel="EMAIL", person=marked, received_at=at, at=at
    )
    with pytest.raises(cases.IdentityOpen):
        packages.make(actor=privacy, case=case, at=at)
    assert not AuditEntry.objects.filter(action="request.package-exported").exists()


def test_a_request_for_erasure_is_not_answered_with_data(
    marked: Person, privacy: User, at: datetime
) -> None:
    with pytest.raises(errors.Conflict):
        packages.make(actor=privacy, case=asked(marked, "17", at), at=at)


def test_the_package_asks_no_more_often_for_many_contacts(
    marked: Person, privacy: User, at: datetime
) -> None:
    case = asked(marked, "15", at)
    with CaptureQueriesContext(connection) as few:
        packages.make(actor=privacy, case=case, at=at)
    remember(marked, count=300, at=at)
    with CaptureQueriesContext(connection) as many:
        files = opened(packages.make(actor=privacy, case=case, at=at))
    data = json.loads(files["auskunft.json"])
    assert sum(len(p["rows"]) for p in data["data"] if p["model"] == "history.touchpoint") >= 300
    assert len(many) - len(few) <= 1  # the second package tells of the first one


def remember(person: Person, *, count: int, at: datetime) -> None:
    made = Touchpoint.objects.bulk_create(
        Touchpoint(
            channel="PHONE",
            direction="IN",
            subject=f"Anruf {number}",
            body="Rückfrage " * 20,
            happened_at=at,
            recorded_at=at,
        )
        for number in range(count)
    )
    Participation.objects.bulk_create(
        Participation(
            touchpoint=each, person=person, happened_at=at, channel="PHONE", direction="IN"
        )
        for each in made
    )
