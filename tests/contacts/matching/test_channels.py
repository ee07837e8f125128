"""E-mail addresses, phone numbers, websites and VAT ids."""

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.matching.normalise import (
    Phone,
    Unreadable,
    email,
    email_match_key,
    phone,
    phone_text,
    vat_id,
    website,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("A.Maier@Firma.de", "a.maier@firma.de"),
        ("Anna Maier <A.Maier@firma.de>", "a.maier@firma.de"),
        ("mailto:info@firma.de?subject=x", "info@firma.de"),
        (" info@firma.de; ", "info@firma.de"),
        ("änne@müller.de", "änne@müller.de"),
        ("o'brien+messe@firma.co.uk", "o'brien+messe@firma.co.uk"),
    ],
)
def test_email(text: str, address: str) -> None:
    assert email(text) == address
    assert email(address) == address


@pytest.mark.parametrize(
    ("text", "code", "proposal"),
    [
        ("", "email-empty", ""),
        ("anna.firma.de", "email-no-at", ""),
        ("anna(at)firma.de", "email-no-at", "anna@firma.de"),
        ("anna@firma,de", "email-syntax", "anna@firma.de"),
        ("anna@firma", "email-syntax", ""),
        ("anna..maier@firma.de", "email-syntax", "anna.maier@firma.de"),
        ("anna @firma.de", "email-syntax", "anna@firma.de"),
        ("anna@t-onlinede", "email-syntax", "anna@t-online.de"),
        ("anna@-firma.de", "email-syntax", ""),
        ("a@firma.de; b@firma.de", "email-several", "a@firma.de"),
        ("a" * 65 + "@firma.de", "email-long", ""),
    ],
)
def test_wrong_email(text: str, code: str, proposal: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        email(text)
    assert (refusal.value.code, refusal.value.proposal) == (code, proposal)


def test_aliases_are_one_mailbox() -> None:
    aliases = ["hansmaier@gmail.com", "hans.maier@googlemail.com", "hans.maier+messe@gmail.com"]
    assert {email_match_key(alias) for alias in aliases} == {"hansmaier@gmail.com"}
    assert email_match_key("hans.maier+x@firma.de") == "hans.maier@firma.de"


@pytest.mark.parametrize(
    "text",
    [
        "0431 1234567",
        "(0431) 123 45-67",
        "0431/1234567",
        "0431 - 12 34 567",
        "+49 431 1234567",
        "+49 (0)431 1234567",
        "+49(0)431/12345-67",
        "+490431 1234567",
        "(+49) 431 1234567",
        "0049 431 1234567",
        "0049 (0) 431 1234567",
        "494311234567",
        "Tel.: 0431 1234567",
        "\u00a00431\u200b 1234567",
        "0431–1234567",
    ],
)
def test_one_number_in_every_notation(text: str) -> None:
    assert phone(text) == Phone("+494311234567", "landline")


@pytest.mark.parametrize(
    ("text", "e164", "kind"),
    [
        ("0171 3920001", "+491713920001", "mobile"),
        ("+49 152 28817386", "+4915228817386", "mobile"),
        ("030 23125102", "+493023125102", "landline"),
        ("0800 3301000", "+498003301000", "other"),
        ("0431 12345-0 DW 12", "+494311234512", "landline"),
        ("+43 1 5880001", "+4315880001", "landline"),
        ("0041 44 668 18 00", "+41446681800", "landline"),
        ("+1 212 555 2368", "+12125552368", "other"),
    ],
)
def test_kinds_and_other_countries(text: str, e164: str, kind: str) -> None:
    assert phone(text) == Phone(e164, kind)  # type: ignore[arg-type]
    assert phone(e164) == phone(text)


def test_region_and_area_code_of_the_list() -> None:
    assert phone("1234567", area_code="0431").e164 == "+494311234567"
    assert phone("01 5880001", region="AT").e164 == "+4315880001"


@pytest.mark.parametrize(
    ("text", "code", "proposal"),
    [
        ("", "phone-empty", ""),
        ("keine", "phone-letters", ""),
        ("0800 MESSE", "phone-letters", ""),
        ("4,94311E+11", "phone-rounded", ""),
        ("0431 123456 / 0171 3920001", "phone-several", "0431 123456"),
        ("0431 123456; 0171 3920001", "phone-several", "0431 123456"),
        ("1234567", "phone-no-area-code", ""),
        ("4311234567", "phone-no-area-code", "0431 1234567"),
        ("0", "phone-invalid", ""),
        ("0431", "phone-invalid", ""),
        ("+49 431 12345678901234", "phone-invalid", ""),
        ("+999 1234", "phone-invalid", ""),
    ],
)
def test_wrong_numbers(text: str, code: str, proposal: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        phone(text)
    assert (refusal.value.code, refusal.value.proposal) == (code, proposal)
    assert "%(" not in str(refusal.value)


def test_numbers_as_people_read_them() -> None:
    assert phone_text("+493023125102") == "030 23125102"
    assert phone_text("+4315880001") == "+43 1 5880001"
    assert phone_text("+4315880001", region="AT") == "01 5880001"


@given(st.from_regex(r"0[1-9][0-9]{4,11}", fullmatch=True))
@example("04930000")  # a landline by that pattern alone, but no German number at all
def test_the_short_way_agrees_with_libphonenumber(text: str) -> None:
    parsed = phonenumbers.parse(text, "DE")
    expected = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    try:
        found = phone(text).e164
    except Unreadable:
        assert not phonenumbers.is_valid_number(parsed)
    else:
        assert phonenumbers.is_valid_number(parsed)
        assert found == expected
        assert phone(found).e164 == found


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (email, phone, vat_id, website):
        try:
            found = str(read(text))
        except Unreadable:
            continue
        assert str(read(found)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DE136695976", "DE136695976"),
        ("DE 136 695 976", "DE136695976"),
        ("de136.695.976", "DE136695976"),
        ("ATU12345678", "ATU12345678"),
        ("NL123456789B01", "NL123456789B01"),
        ("CHE-123.456.789 MWST", "CHE123456789MWST"),
    ],
)
def test_vat_ids(text: str, found: str) -> None:
    assert vat_id(text) == found


@pytest.mark.parametrize(
    ("text", "code", "proposal"),
    [
        ("DE136695977", "vat-check-digit", ""),
        ("DE13669597", "vat-format", ""),
        ("136695976", "vat-country", "DE136695976"),
        ("20/123/45678", "vat-tax-number", ""),
        ("", "vat-country", ""),
    ],
)
def test_wrong_vat_ids(text: str, code: str, proposal: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        vat_id(text)
    assert (refusal.value.code, refusal.value.proposal) == (code, proposal)


def test_websites() -> None:
    assert website("WWW.Firma.de/") == "https://www.firma.de"
    assert website("http://firma.de/Pfad?x=1") == "http://firma.de/Pfad?x=1"
    with pytest.raises(Unreadable):
        website("javascript:alert(1)")
