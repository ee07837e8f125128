"""Campaigns: kept, checked, taken out; what is refused leaves nothing behind."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent import campaigns, circumstances, gate, many, verifying
from consent.campaigns import exporting
from consent.decision import serial
from consent.decision.codes import Code, Ground
from consent.models import Campaign, CampaignExport, ContactDecision, EventKind, LedgerEvent
from contacts.models import Person
from contacts.tables import Format
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
Makes = Callable[..., Campaign]


def test_a_check_counts_each_person_once(
    campaign: Campaign, people: dict[str, Person], later: datetime
) -> None:
    result = campaigns.check(campaign=campaign, at=later)
    assert result.persons == 4
    assert result.outcomes == {"ALLOW": 1, "DENY": 3}
    assert {(each.outcome, each.code): each.sample for each in result.reasons} == {
        ("ALLOW", Ground.CONSENT): [people["Anna"].pk],
        ("DENY", Code.OBJECTION_ART21): [people["Berta"].pk],
        ("DENY", Code.CONSENT_MISSING): [people["Clara"].pk],
        ("DENY", Code.NO_CONTACT_POINT): [people["Dora"].pk],
    }
    campaign.refresh_from_db()
    assert campaigns.Result.from_json(campaign.result or {}) == result
    assert not ContactDecision.objects.exists()


def test_only_conditions_of_the_list_count(make_campaign: Makes, later: datetime) -> None:
    result = campaigns.check(campaign=make_campaign(query="?q=Anna&sort=-name"), at=later)
    assert (result.persons, result.allowed) == (1, 1)


def test_a_large_check_is_left_to_a_worker(
    campaign: Campaign,
    team_lead: User,
    later: datetime,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    monkeypatch.setattr("consent.campaigns.checking.AT_ONCE", 3)
    queued: list[int] = []
    ask = {"actor": team_lead, "campaign": campaign, "queue": queued.append}
    with django_capture_on_commit_callbacks(execute=True):
        assert not campaigns.request_check(**ask, at=later)
        assert not campaigns.request_check(**ask, at=later)
    assert queued == [campaign.pk]
    campaign.refresh_from_db()
    assert campaigns.is_being_checked(campaign, at=later)
    assert not campaigns.is_being_checked(campaign, at=later + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"purpose": "fun"}, "purpose"),
        ({"purpose": "doi_confirmation"}, "purpose"),
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"query": "nonsense=1"}, "query"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    make_campaign: Makes, values: dict[str, str], field: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        make_campaign(**values)
    assert list(refused.value.errors) == [field]
    assert not Campaign.objects.exists()


def test_an_export_writes_the_allowed_and_notes_their_use(
    campaign: Campaign, people: dict[str, Person], team_lead: User, later: datetime
) -> None:
    before = LedgerEvent.objects.count()
    file = io.BytesIO()
    made = campaigns.export(
        actor=team_lead, campaign=campaign, format=Format.CSV, to=file, at=later
    )
    lines = file.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Anna" in lines[1]
    assert "anna@x.example" in lines[1]
    assert (made.rows, made.left_out) == (1, 0)

    kept = ContactDecision.objects.get()
    assert serial.as_json(gate.replay(kept)) == kept.answer
    [use] = LedgerEvent.objects.filter(seq__gt=before)
    assert use.kind == EventKind.USED
    assert (
        use.about == LedgerEvent.objects.get(kind=EventKind.GRANTED, person=kept.subject).public_id
    )
    assert use.payload.body == {"reference": f"campaign:{made.public_id}"}
    assert verifying.verify()
    [entry] = AuditEntry.objects.filter(action="campaign.exported")
    assert entry.context["rows"] == 1


def test_an_objection_between_check_and_export_counts(
    campaign: Campaign,
    people: dict[str, Person],
    team_lead: User,
    later: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It comes after everybody was asked about, just before the ledger is locked."""
    ask = many.may_contact_many

    def and_object(*args: object, **values: object) -> object:
        yield from ask(*args, **values)  # type: ignore[arg-type]
        at = later + timedelta(seconds=1)
        circumstances.object_to_marketing(
            actor=None, person=people["Anna"], received_at=at, at=at, via="phone"
        )

    monkeypatch.setattr(exporting.many, "may_contact_many", and_object)
    with pytest.raises(errors.Conflict):
        campaigns.export(
            actor=team_lead, campaign=campaign, format=Format.CSV, to=io.BytesIO(), at=later
        )
    assert_nothing_left()


def test_too_many_are_refused(
    campaign: Campaign, team_lead: User, later: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 0)
    file = io.BytesIO()
    with pytest.raises(campaigns.TooMany, match="höchstens 0 ausleiten, hier wären es 1"):
        campaigns.export(actor=team_lead, campaign=campaign, format=Format.CSV, to=file, at=later)
    assert not file.getvalue()
    assert_nothing_left()


def test_a_file_that_fails_leaves_nothing(
    campaign: Campaign, team_lead: User, later: datetime
) -> None:
    class Full(io.BytesIO):
        def write(self, _bytes: object) -> int:
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        campaigns.export(actor=team_lead, campaign=campaign, format=Format.CSV, to=Full(), at=later)
    assert_nothing_left()


def test_who_may(
    campaign: Campaign, team_lead: User, privacy: User, sales: User, admin: User, later: datetime
) -> None:
    assert campaigns.visible_to(team_lead) == [campaign]
    assert campaigns.visible_to(privacy) == [campaign]
    with pytest.raises(errors.NotPermitted):
        campaigns.visible_to(sales)
    for other in (privacy, admin):
        with pytest.raises(errors.NotPermitted):
            campaigns.export(
                actor=other, campaign=campaign, format=Format.CSV, to=io.BytesIO(), at=later
            )
    assert_nothing_left()


def test_one_that_was_taken_out_stays(campaign: Campaign, team_lead: User, later: datetime) -> None:
    campaigns.export(
        actor=team_lead, campaign=campaign, format=Format.XLSX, to=io.BytesIO(), at=later
    )
    with pytest.raises(errors.Conflict):
        campaigns.remove(actor=team_lead, campaign=campaign, at=later)
    assert Campaign.objects.get() == campaign


def test_one_that_was_only_checked_goes(
    campaign: Campaign, team_lead: User, later: datetime
) -> None:
    campaigns.remove(actor=team_lead, campaign=campaign, at=later)
    assert not Campaign.objects.exists()


def test_statements_do_not_grow_with_the_persons(
    make_person: Callable[..., Person], people: dict[str, Person], later: datetime
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            found = list(
                many.may_contact_many(
                    Person.objects.all(), channel="email", purpose="newsletter", at=later
                )
            )
        assert len(found) == Person.objects.count()
        return len(captured)

    few = statements()
    for at in range(20):
        make_person("Eva", f"Thoms {at}")
    assert statements() == few


def assert_nothing_left() -> None:
    assert not ContactDecision.objects.exists()
    assert not CampaignExport.objects.exists()
    assert not LedgerEvent.objects.filter(kind=EventKind.USED).exists()
    assert not AuditEntry.objects.filter(action="campaign.exported").exists()
