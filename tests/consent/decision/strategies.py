"""Any question and any facts, close enough to one another that they often meet."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from consent.decision.codes import METHODS, PURPOSES, Channel
from consent.decision.facts import (
    Confirmation,
    Consent,
    Fact,
    Facts,
    Message,
    Objection,
    OptInRequest,
    Point,
    Presumed,
    Question,
    Restriction,
    Sale,
    Service,
    Suppression,
    Withdrawal,
)

NOW = datetime(2026, 3, 3, 10, 7, tzinfo=UTC)
PERSONS, POINTS, CONTROLLERS = ("p1", "p2"), ("cp1", "cp2"), ("C1", "C2")
MARKETING = ("newsletter", "product_offer", "sales_call", "partner_offer", "satisfaction_survey")

instants = st.sampled_from(
    [NOW + timedelta(days=days) for days in (-1500, -800, -200, -90, -3, -2, -1, 0, 1, 2)]
) | st.integers(-200, 20).map(lambda hours: NOW + timedelta(hours=hours))
channels = st.sampled_from(Channel)
codes = channels.map(str)
now: st.SearchStrategy[datetime | None] = st.none()
purposes = st.sampled_from(sorted(PURPOSES))
names = st.text("abcdef0123456789", min_size=6, max_size=6)


def sets(values: st.SearchStrategy[Any]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(values.map(str), min_size=1, max_size=4)


def times() -> dict[str, st.SearchStrategy[Any]]:
    """Recorded at any time, often before it was effective: a clock may be wrong."""
    return {"at": instants, "recorded_at": instants, "event": names}


def several(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=most, unique_by=lambda each: each.event).map(tuple)


facts_only = st.builds(Fact, **times())
lifted = st.none() | facts_only
confirmations = st.builds(
    Confirmation,
    **times(),
    how=st.sampled_from(["email_link", "sms_code", "in_channel_reply", "shout"]),
    point=st.sampled_from(POINTS),
)
withdrawals = st.builds(
    Withdrawal,
    **times(),
    channels=st.just(frozenset()) | sets(channels),
    purposes=st.just(frozenset()) | sets(purposes),
    kind=st.sampled_from(["withdrawn", "withdrawn", "expired", "invalidated"]),
)
flaws = {
    "has_proof": st.just(True) | st.booleans(),
    "grade": st.sampled_from("AAAABCD"),
    "text_missing": st.just(()) | st.just(("products",)),
    "is_preticked": st.just(False) | st.booleans(),
    "coupled": st.sampled_from(["", "", "", "contest", "contract"]),
    "is_tainted": st.just(False) | st.booleans(),
    "has_guardian": st.booleans(),
    "valid_until": st.none() | instants,
}
consents = st.builds(
    Consent,
    **times(),
    person=st.sampled_from(PERSONS),
    point=st.sampled_from(POINTS),
    controller=st.sampled_from(CONTROLLERS),
    channels=sets(channels),
    purposes=sets(st.sampled_from(MARKETING)),
    method=st.sampled_from(sorted(METHODS)),
    confirmations=several(confirmations, 2),
    uses=several(facts_only, 2),
    withdrawals=several(withdrawals, 1),
    **flaws,
)
objections = st.builds(
    Objection,
    **times(),
    scope=st.sampled_from(["marketing_all", "channel", "cp", "purpose", "?"]),
    value=st.sampled_from(["", "cp1", "cp2", "email", "phone", "newsletter", "?"]),
    person=st.sampled_from(PERSONS),
    lifted=lifted,
)
suppressions = st.builds(
    Suppression,
    **times(),
    channel=st.sampled_from(["*", *Channel]),
    list=st.sampled_from(["internal", "robinson_ddv"]),
    lifted=lifted,
)
sales = st.builds(
    Sale,
    **times(),
    sale=st.sampled_from(["paid", "free_account", "none"]),
    point=st.none() | st.sampled_from(POINTS),
    is_from_sale=st.booleans(),
    is_own_similar=st.booleans(),
    has_notice=st.booleans(),
)
services = st.builds(
    Service,
    **times(),
    relation=st.sampled_from(["contract", "appointment", "request", "?"]),
    given_for=st.none() | sets(purposes),
    until=st.none() | instants,
)
facts = st.builds(
    Facts,
    point=st.builds(
        Point,
        status=st.sampled_from(["active", "active", "active", "bounced", "reassigned"]),
        holders=st.sampled_from([frozenset({"p1"}), frozenset(PERSONS), frozenset({"p2"})]),
    ),
    recipient_type=st.sampled_from(["consumer", "business", "unknown", "?"]),
    born=st.none() | st.sampled_from([date(2000, 1, 1), date(2012, 2, 29)]),
    died=st.none() | st.none() | st.none() | facts_only,
    consents=several(consents, 4),
    objections=several(objections),
    suppressions=several(suppressions, 1),
    restrictions=several(st.builds(Restriction, **times(), lifted=lifted), 1),
    sales=several(sales, 2),
    presumed=several(
        st.builds(Presumed, **times(), is_documented=st.booleans(), is_concrete=st.booleans()), 2
    ),
    services=several(services, 2),
    requests=several(st.builds(OptInRequest, **times(), sent=st.integers(0, 2)), 2),
    is_art14_due=st.booleans(),
    informed=several(facts_only, 1),
    identified=several(facts_only, 1),
)


def questions(
    *,
    channel: st.SearchStrategy[str] = codes,
    purpose: st.SearchStrategy[str] = purposes,
    known_at: st.SearchStrategy[datetime | None] = now,
) -> st.SearchStrategy[Question]:
    return st.builds(
        Question,
        person=st.just("p1"),
        point=st.just("cp1"),
        channel=channel,
        purpose=purpose,
        controller=st.just("C1"),
        at=st.just(NOW),
        known_at=known_at,
        message=st.builds(
            Message,
            has_ad_content=st.booleans(),
            has_opt_out_notice=st.sampled_from([None, True, False]),
            has_art14_notice=st.booleans(),
        ),
        subjects=st.sampled_from([frozenset(), frozenset(PERSONS)]),
    )


marketing = questions(purpose=st.sampled_from(MARKETING))
