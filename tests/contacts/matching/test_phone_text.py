"""The short way to show a German number shows it as libphonenumber does."""

import phonenumbers
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching.normalise import phone_text


@given(
    st.from_regex(r"\A\+49[1-9][0-9]{4,12}\Z")
    | st.from_regex(r"\A\+491(5[0-9]|6[0-9]|7[0-9])[0-9]{7,8}\Z")
)
def test_groups_are_those_of_libphonenumber(number: str) -> None:
    form = phonenumbers.PhoneNumberFormat.NATIONAL

    assert phone_text(number) == phonenumbers.format_number(phonenumbers.parse(number), form)
