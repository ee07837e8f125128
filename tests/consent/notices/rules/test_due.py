"""What the vectors leave open: bounces, languages, who speaks when."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consent.notices.rules import dates, due, hashing, items, script, spoken

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
HASHES = dict.fromkeys(["13.1.a", "13.1.c", "13.1.e", "13.2.b"], "v1")


def given(**values: Any) -> due.Given:
    told: dict[str, Any] = {
        "at": AT - timedelta(days=10),
        "status": "delivered",
        "medium": "email",
        "hashes": HASHES,
        "controller": "C1",
        "is_whole": True,
        **values,
    }
    return due.Given(**told)


def answer(*told: due.Given, **values: Any) -> due.Answer:
    asked: dict[str, Any] = {
        "at": AT,
        "controller": "C1",
        "collection": due.Collection(at=AT, medium="phone_inbound"),
        "current": due.Current(hashes=HASHES),
        "given": told,
        **values,
    }
    return due.answer(due.Question(**asked))


def test_sent_counts_after_a_day_without_a_bounce() -> None:
    sent = given(status="sent", at=AT - timedelta(hours=24))
    assert answer(sent).outcome == due.Outcome.NONE
    assert answer(given(status="sent", at=AT - timedelta(hours=23))).outcome == due.Outcome.LAYERED


def test_a_bounce_undoes_its_own_message_alone() -> None:
    sent = given(status="sent", reference="m1")
    bounced = given(status="bounced", reference="m1", at=AT - timedelta(days=9))
    other = given(status="bounced", reference="m2", at=AT - timedelta(days=9))
    assert answer(sent, bounced).items == tuple(HASHES)
    assert answer(sent, other).outcome == due.Outcome.NONE


def test_plain_german_is_german() -> None:
    assert answer(given(language="plain"), language="de").outcome == due.Outcome.NONE
    assert answer(given(language="de"), language="en").outcome == due.Outcome.REVIEW


def test_what_changed_is_new_to_somebody_who_holds_a_whole_notice() -> None:
    old = given(hashes=HASHES | {"13.1.e": "v0"})
    assert answer(old).new == ("13.1.e",)
    first_layer = given(hashes={"13.1.a": "v1", "13.1.c": "v1", "13.2.b": "v1"}, is_whole=False)
    assert answer(first_layer).new == ()
    assert answer(first_layer).items == ("13.1.e",)


def test_brandenburg_waits_until_the_appointment_is_over() -> None:
    collection = due.Collection(at=AT, medium="phone", appointment_on=date(2026, 3, 10))
    asked = {"collection": collection, "profile": "brandenburg"}
    assert answer(**asked).due_by == date(2026, 3, 10)
    assert answer(**asked, at=AT + timedelta(days=8)).outcome == due.Outcome.LAYERED


def test_art_14_is_due_at_the_earliest_date() -> None:
    asked = {"collected_at": datetime(2026, 1, 31, 23, 30, tzinfo=UTC)}  # 1 February in Berlin
    assert dates.due_by(**asked) == date(2026, 3, 1)
    assert dates.due_by(**asked, first_communication_at=AT) == date(2026, 3, 1)
    talk = datetime(2026, 2, 10, 9, tzinfo=UTC)
    assert dates.due_by(**asked, first_communication_at=AT, disclosed_at=talk) == date(2026, 2, 10)
    assert dates.month_later(date(2026, 1, 31)) == date(2026, 2, 28)
    assert dates.month_later(date(2025, 12, 31)) == date(2026, 1, 31)


def test_the_hash_is_over_facts_not_over_their_writing() -> None:
    one = hashing.material_hash({"a": ["X ", "y"], "b": 6})
    assert one == hashing.material_hash({"b": 6, "a": ["y", "x"]})
    assert one != hashing.material_hash({"a": ["x", "y"], "b": 12})


def test_letters_shift_between_the_articles() -> None:
    assert len(items.ART_13) == 12
    assert len(items.ART_14) == 13
    assert set(items.TWINS.values()) == set(items.ART_13) - {"13.2.e"}
    assert items.called("13.1.d", 14) == "14.2.b"


@pytest.mark.parametrize(
    ("text", "language", "words", "seconds"),
    [
        ("Eins zwei drei vier fünf sechs sieben acht neun zehn elf.", "de", 11, 5.4),
        ("Sie finden sie unter nordlicht.example/hinweise.", "de", 4, 5.2),
        ("Rufen Sie 040 1234567 an.", "de", 3, 4.8),
    ],
)
def test_seconds_are_words_pauses_and_spelling(
    text: str, language: str, words: int, seconds: float
) -> None:
    assert spoken.estimate(text, language) == spoken.Estimate(words, seconds)


def test_long_and_too_long() -> None:
    assert spoken.Estimate(0, 40.0).length == spoken.Length.FINE
    assert spoken.Estimate(0, 40.1).length == spoken.Length.LONG
    assert spoken.Estimate(0, 60.1).length == spoken.Length.TOO_LONG


def test_a_script_says_who_and_what_for_then_what_surprises_then_rights() -> None:
    said = {item: f"{item}." for item in ("13.1.a", "13.1.c", "13.1.f", "13.2.b", "21.4")}
    made = script.compose(
        due=due.Answer(outcome=due.Outcome.LAYERED, items=tuple(said), first_layer=tuple(said)),
        said=said,
        surprising=frozenset({"13.1.f"}),
        language="de",
        link="x.example/d",
    )
    assert [each.item for each in made.sentences] == [
        "", "13.1.a", "13.1.c", "13.1.f", "13.2.b", "21.4", "",
    ]  # fmt: skip
    assert [each.item for each in made.sentences if each.is_surprising] == ["13.1.f"]
    assert made.items == ("13.1.a", "13.1.c", "13.1.f", "13.2.b", "21.4")


def test_who_knows_everything_hears_one_sentence() -> None:
    none = due.Answer(outcome=due.Outcome.NONE)
    asked: dict[str, Any] = {"said": {}, "surprising": frozenset(), "language": "de", "link": "x"}
    made = script.compose(due=none, last_told="3. März 2026", **asked)
    assert made.text == (
        "Unsere Datenschutzhinweise haben Sie am 3. März 2026 erhalten; daran hat sich nichts "
        "geändert."
    )
    assert made.items == ()
    assert script.compose(due=none, **asked).text == ""


def test_doubts_are_told_only_where_something_is_due() -> None:
    public = due.Collection(at=AT, medium="import", source="public", is_rest_refused=True)
    found = answer(collection=public)
    assert found.doubts == (due.Doubt.REST_REFUSED, due.Doubt.PUBLIC_SOURCE)
    assert answer(given(), collection=public).doubts == ()
