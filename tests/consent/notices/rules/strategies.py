"""Configurations of every kind, whole ones and ones with holes."""

from hypothesis import strategies as st

from consent.notices.rules import facts
from consent.notices.rules.facts import Configuration, Period, Recipient, Responsible

NAMES = st.sampled_from(
    ["Alster GmbH", "Kalenderwerk Inc.", "Brief & Bogen KG", "Elbe Telefon", "Süd-Netz e. K.", "X"]
)
MAYBE = st.sampled_from(["", "x@y.example"])
WORDS = st.sampled_from(
    [{}, {"de": "Punkte."}, {"de": "Punkte.", "en": "Points.", "plain": "Punkte."}]
)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of them, in their order."""
    return st.sets(st.sampled_from(values)).map(lambda few: tuple(v for v in values if v in few))


RECIPIENTS = st.builds(
    Recipient,
    id=st.uuids().map(str),
    name=NAMES,
    category=st.sampled_from(facts.CATEGORIES),
    country=st.sampled_from(["DE", "AT", "US", "CH", "ZZ"]),
    safeguard=st.sampled_from(["", *facts.SAFEGUARDS]),
    copy_at=MAYBE,
    is_surprising=st.booleans(),
)
PERIODS = st.builds(
    Period,
    kind=st.sampled_from(facts.KEPT),
    months=st.integers(0, 120),
    start=st.sampled_from(facts.STARTS),
)
CONTROLLERS = st.builds(
    Responsible,
    id=st.just("c1"),
    name=st.sampled_from(["", "Nordlicht GmbH"]),
    street=st.sampled_from(["", "Kai 1"]),
    postal_code=st.just("20457"),
    city=st.just("Hamburg"),
    email=MAYBE,
    phone=st.sampled_from(["", "040 123456"]),
    officer=st.sampled_from(["", "Dr. Ott"]),
    officer_contact=MAYBE,
    authority=st.sampled_from(["", "Aufsicht"]),
)
CONFIGURATIONS = st.builds(
    Configuration,
    purpose=st.sampled_from(facts.PURPOSES),
    controller=CONTROLLERS,
    legal_bases=some(facts.LEGAL_BASES),
    interests=some(facts.INTERESTS),
    data=some(facts.DATA),
    recipients=st.lists(RECIPIENTS, max_size=4).map(tuple),
    periods=st.lists(PERIODS, max_size=3).map(tuple),
    obligation=st.sampled_from(["", *facts.OBLIGATIONS]),
    is_automated=st.booleans(),
    logic=WORDS,
    consequences=WORDS,
    sources=some(facts.SOURCES),
    unnamed=st.sampled_from([(), (), ("sms.example",)]),
)
