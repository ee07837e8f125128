"""What refuses a contact although something would allow it."""

from typing import Any

import pytest

from consent.decision.codes import Code, Ground, Outcome
from tests.consent.decision.rows import answer, consent

BEFORE, AFTER = "2026-01-01T09:00:00Z", "2026-02-01T09:00:00Z"
GIVEN = "2026-01-10T09:00:00Z"


@pytest.mark.parametrize("status", ["bounced", "retired", "reassigned", "wherever"])
def test_contact_point_that_does_not_work(status: str) -> None:
    decision = answer(cp={"id": "cp1", "status": status}, consents=[consent()])
    assert decision.codes[0] is Code.CP_INACTIVE
    assert (Code.CP_NOT_OWNED in decision.codes) is (status == "reassigned")


def test_contact_point_of_somebody_else() -> None:
    decision = answer("email", "legal_notice", cp={"id": "cp1", "owner": "p2"})
    assert decision.codes == (Code.CP_NOT_OWNED,)
    assert decision.would_allow == ("own_point",)


@pytest.mark.parametrize(
    ("purpose", "outcome"),
    [
        ("newsletter", Outcome.DENY),
        ("invoice", Outcome.REVIEW),
        ("callback_requested", Outcome.REVIEW),
        ("doi_confirmation", Outcome.REVIEW),
        ("legal_notice", Outcome.ALLOW),
    ],
)
def test_deceased(purpose: str, outcome: Outcome) -> None:
    decision = answer(
        "email",
        purpose,
        person={"status": "deceased"},
        consents=[consent()],
        service={"relation": "contract"},
        known_at="2026-02-02T00:00:00Z",
    )
    assert decision.outcome is outcome
    assert (Code.PERSON_DECEASED in decision.codes) is (purpose != "legal_notice")
    assert decision.would_allow == ()


@pytest.mark.parametrize(
    ("limits", "outcome"),
    [
        ({"from": GIVEN}, Outcome.DENY),
        ({"from": "2026-01-10T08:59:59Z"}, Outcome.ALLOW),
        ({"from": AFTER}, Outcome.DENY),
        ({"from": AFTER, "to": "2026-03-03T10:00:00Z"}, Outcome.ALLOW),
        ({"from": AFTER, "to": "2026-03-03T10:00:01Z"}, Outcome.DENY),
        ({"from": "2026-03-03T10:00:01Z"}, Outcome.ALLOW),
    ],
)
def test_restriction(limits: dict[str, str], outcome: Outcome) -> None:
    decision = answer(consents=[consent()], restriction=limits)
    assert decision.outcome is outcome
    assert (Code.RESTRICTED_ART18 in decision.codes) is (outcome is Outcome.DENY)


@pytest.mark.parametrize("purpose", ["invoice", "callback_requested", "doi_confirmation"])
def test_restriction_stops_what_is_no_advertising_too(purpose: str) -> None:
    decision = answer(
        "email",
        purpose,
        restriction={"from": AFTER},
        service={"relation": "request" if purpose == "callback_requested" else "contract"},
        doi_request={"requested_at": "2026-03-03T09:59:00Z"},
    )
    assert decision.codes == (Code.RESTRICTED_ART18,)


def test_restriction_does_not_stop_a_legal_notice_but_advertising_in_it() -> None:
    limits = {"from": AFTER}
    assert answer("email", "legal_notice", restriction=limits).ground is Ground.LEGAL_OBLIGATION
    decision = answer("email", "legal_notice", message={"ad_content": True})
    assert decision.codes == (Code.AD_CONTENT_IN_SERVICE,)


@pytest.mark.parametrize(
    ("objection", "is_concerned"),
    [
        ({"scope": "marketing_all"}, True),
        ({}, True),
        ({"scope": "channel", "value": "email"}, True),
        ({"scope": "channel", "value": "phone"}, False),
        ({"scope": "channel"}, True),
        ({"scope": "channel", "value": "pigeon"}, True),
        ({"scope": "purpose", "value": "newsletter"}, True),
        ({"scope": "purpose", "value": "product_offer"}, False),
        ({"scope": "purpose", "value": "gossip"}, True),
        ({"scope": "cp", "value": "cp1"}, True),
        ({"scope": "cp", "value": "cp1", "person": "p2"}, True),
        ({"scope": "cp", "value": "cp2"}, False),
        ({"scope": "cp"}, True),
        ({"scope": "whatever"}, True),
        ({"scope": "marketing_all", "person": "p2"}, False),
        ({"scope": "channel", "value": "email", "person": "p2"}, False),
    ],
)
def test_scope_of_an_objection(objection: dict[str, Any], is_concerned: bool) -> None:
    decision = answer(consents=[consent()], objections=[{"at": AFTER, **objection}])
    assert (decision.outcome is Outcome.DENY) is is_concerned
    assert (Code.OBJECTION_ART21 in decision.codes) is is_concerned


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        (BEFORE, Outcome.ALLOW),
        (GIVEN, Outcome.DENY),
        (AFTER, Outcome.DENY),
        ("2026-03-03T10:00:00Z", Outcome.DENY),
        ("2026-03-03T10:00:01Z", Outcome.ALLOW),
    ],
)
def test_younger_consent_beats_an_objection_and_the_list(at: str, outcome: Outcome) -> None:
    objected = answer(consents=[consent()], objections=[{"at": at, "scope": "marketing_all"}])
    assert objected.outcome is outcome
    listed = answer(
        consents=[consent()],
        suppression=[{"at": at, "channel": "*", "cp": "cp1", "list": "internal"}],
    )
    assert listed.outcome is outcome


def test_consent_for_one_channel_lifts_the_objection_for_that_alone() -> None:
    known: dict[str, Any] = {
        "objections": [{"at": BEFORE, "scope": "marketing_all"}],
        "consents": [consent()],
    }
    assert answer(**known).outcome is Outcome.ALLOW
    assert answer("post", **known).codes[0] is Code.OBJECTION_ART21
    assert answer("phone", **known).codes[0] is Code.OBJECTION_ART21


def test_confirmation_after_an_objection_makes_an_old_consent_no_younger() -> None:
    form = consent(
        method="web_form",
        doi={"kind": "email_link", "cp": "cp1", "confirmed_at": "2026-02-02T09:00:00Z"},
        uses=["2026-02-03T09:00:00Z"],
    )
    decision = answer(consents=[form], objections=[{"at": AFTER, "scope": "marketing_all"}])
    assert decision.codes[0] is Code.OBJECTION_ART21


def test_objection_that_was_keyed_later_was_not_known() -> None:
    known: dict[str, Any] = {
        "consents": [consent()],
        "objections": [
            {"at": AFTER, "recorded_at": "2026-03-05T09:00:00Z", "scope": "marketing_all"}
        ],
    }
    assert answer(**known, known_at="2026-03-03T10:00:00Z").outcome is Outcome.ALLOW
    assert answer(**known).outcome is Outcome.DENY


@pytest.mark.parametrize(
    ("channel", "listed", "is_concerned"),
    [
        ("post", {"channel": "post", "list": "robinson_ddv"}, True),
        ("email", {"channel": "post", "list": "robinson_ddv"}, False),
        ("email", {"channel": "*", "list": "internal"}, True),
        ("email", {"channel": "*", "list": "internal", "cp": "cp2"}, False),
        ("email", {}, True),
    ],
)
def test_suppression_by_channel(channel: str, listed: dict[str, str], is_concerned: bool) -> None:
    decision = answer(
        channel, consents=[consent("email", "post")], suppression=[{"at": AFTER, **listed}]
    )
    assert (Code.SUPPRESSED in decision.codes) is is_concerned
    assert ("robinson_is_voluntary" in decision.doubts) is (channel == "post")


def test_robinson_list_does_not_stop_an_invoice() -> None:
    decision = answer(
        "post",
        "invoice",
        service={"relation": "contract"},
        suppression=[{"at": AFTER, "channel": "*", "list": "robinson_ddv"}],
    )
    assert decision.ground is Ground.CONTRACT


def test_narrow_objection_is_told_with_what_is_allowed() -> None:
    phone = {"at": AFTER, "scope": "channel", "value": "phone"}
    assert "objection_to_one_channel" in answer(consents=[consent()], objections=[phone]).doubts


def test_number_that_somebody_else_silenced_before_is_told() -> None:
    silenced = {"at": BEFORE, "scope": "cp", "value": "cp1", "person": "p2"}
    decision = answer(consents=[consent()], objections=[silenced])
    assert decision.outcome is Outcome.ALLOW
    assert decision.doubts == ("objection_for_a_shared_number",)


@pytest.mark.parametrize(
    ("channel", "purpose", "codes"),
    [
        ("push", "newsletter", (Code.UNKNOWN_CHANNEL, Code.CONSENT_MISSING)),
        ("push", "legal_notice", (Code.UNKNOWN_CHANNEL, Code.CONSENT_MISSING)),
        ("email", "gossip", (Code.UNKNOWN_PURPOSE, Code.CONSENT_MISSING)),
        ("email", "call_recording", (Code.UNKNOWN_PURPOSE, Code.CONSENT_MISSING)),
        (
            "push",
            "gossip",
            (Code.UNKNOWN_CHANNEL, Code.UNKNOWN_PURPOSE, Code.CONSENT_MISSING),
        ),
    ],
)
def test_unknown_is_a_no(channel: str, purpose: str, codes: tuple[Code, ...]) -> None:
    everything = consent("email", "push", purposes=["newsletter", "gossip", "call_recording"])
    decision = answer(channel, purpose, consents=[everything])
    assert (decision.outcome, decision.codes) == (Outcome.DENY, codes)
    assert not decision
    assert decision.would_allow == ()
