"""RFC 8785 for the values that the ledger uses: every implementation must spell them alike."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consent.ledger import canonical

WHOLE = st.integers(1 - 2**53, 2**53 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NO_FLOAT = "float has no canonical form, write an integer or text"
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


# RFC 8785, section 3.2.3: keys in the order of their UTF-16 code units
SORTING = """{
    "\\u20ac": "Euro Sign",
    "\\r": "Carriage Return",
    "\\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\\ud83d\\ude00": "Emoji: Grinning Face",
    "\\u0080": "Control",
    "\\u00f6": "Latin Small Letter O With Diaeresis"
}"""
SORTED = (
    '{"\\r":"Carriage Return","1":"One","\x80":"Control",'
    '"ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign",'
    '"😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'
)
# RFC 8785, section 3.2.2, without its floats
ESCAPES = r"""{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
               "literals": [null, true, false]}"""
ESCAPED = r"""{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"""
# The published test data of the scheme
STRUCTURES = r"""{"1": {"f": {"f": "hi", "F": 5}, "\n": 56}, "10": {}, "": "empty", "a": {},
                  "111": [{}], "A": {}}"""
STRUCTURED = r"""{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}"""
FRENCH = '{"sin": 4, "pêche": 3, "péché": 2, "peach": 1}'
NOT_FRENCH = '{"peach":1,"péché":2,"pêche":3,"sin":4}'
UNNORMALIZED = '{"Unnormalized Unicode":"A\u030a"}'


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        (SORTING, SORTED),
        (ESCAPES, ESCAPED),
        (STRUCTURES, STRUCTURED),
        (FRENCH, NOT_FRENCH),
        (UNNORMALIZED, UNNORMALIZED),
    ],
    ids=["sorting", "escapes", "structures", "french", "unnormalized"],
)
def test_published_examples(text: str, spelled: str) -> None:
    assert canonical.encode(json.loads(text)) == spelled.encode()


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ("\x00\x07\b\t\n\x0b\f\r\x1f\x7f", rb'"\u0000\u0007\b\t\n\u000b\f\r\u001f' + b'\x7f"'),
        ("\u2028 ß 😀", '"\u2028 ß 😀"'.encode()),
        (True, b"true"),
        (0, b"0"),
        (1 - 2**53, b"-9007199254740991"),
        ((1, "a"), b'[1,"a"]'),
        ({}, b"{}"),
    ],
)
def test_single_values(value: object, spelled: bytes) -> None:
    assert canonical.encode(value) == spelled


@settings(max_examples=50, deadline=None)
@given(VALUES)
def test_what_was_spelled_reads_back_and_is_spelled_the_same_again(value: object) -> None:
    spelled = canonical.encode(value)
    assert json.loads(spelled) == value
    assert canonical.encode(json.loads(spelled)) == spelled


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(TEXT, WHOLE))
def test_keys_are_in_the_order_of_utf_16(value: dict[str, int]) -> None:
    keys = list(json.loads(canonical.encode(value)))
    assert keys == sorted(keys, key=lambda key: key.encode("utf-16-be"))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.0, "float has no canonical form, write an integer or text"),
        (
            {"a": {"b": [float("nan")]}},
            "a.b: float has no canonical form, write an integer or text",
        ),
        ({"big": 2**53}, "big: an integer of 2^53 or more, write it as text"),
        ({"a": {1: "x"}}, "a: a key that is not text"),
        ({"at": b"raw"}, "at: bytes has no canonical form, write an integer or text"),
        ("\ud83d", "half a surrogate pair is not valid Unicode"),
        ({"\udc00": 1}, "half a surrogate pair is not valid Unicode"),
    ],
)
def test_what_has_no_single_spelling_is_refused(value: object, message: str) -> None:
    with pytest.raises(canonical.NotCanonical) as refused:
        canonical.encode(value)
    assert str(refused.value) == message


def test_endless_nesting_is_refused() -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(canonical.NotCanonical, match="nested too deeply"):
        canonical.encode(nested)
