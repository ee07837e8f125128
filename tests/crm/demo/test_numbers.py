"""Demo numbers are those the Federal Network Agency keeps free, and valid."""

import re
from random import Random

import phonenumbers
import pytest

from crm.demo import numbers, vat
from crm.demo.generating import generate

RESERVED = (
    "+493023125", "+494066969", "+492214710", "+496990009", "+498999998", "+49171392",
    "+4917604069", "+491729925904", "+491729968532", "+491729973185", "+491729973186",
    "+491729980752", "+491749091317", "+491749464308", "+4915228817386", "+4915228895456",
    "+4915254599371",
)  # fmt: skip


def test_all_mobile_numbers_are_distinct_valid_and_reserved() -> None:
    mobiles = numbers.mobiles(Random(1))
    assert len({phone.e164 for phone in mobiles}) == len(mobiles) == 1280
    for phone in mobiles:
        assert phone.e164.startswith(RESERVED)
        assert phonenumbers.is_valid_number(phonenumbers.parse(phone.e164))


@pytest.mark.parametrize("style", numbers.STYLES)
def test_every_notation_is_the_same_number(style: int) -> None:
    line = numbers.line(region="Süd", number=17)
    for phone in (line.switchboard(), line.extension(42), *numbers.mobiles(Random(1))[:20]):
        parsed = phonenumbers.parse(numbers.written(phone, style=style), "DE")
        e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        assert e164 == phone.e164


@pytest.mark.parametrize("region", numbers.LANDLINE_BLOCKS)
def test_companies_never_share_a_line(region: str) -> None:
    lines = [numbers.line(region=region, number=number) for number in range(20_000)]
    used = {line.extension(number).e164 for line in lines for number in (11, 97)}
    used |= {line.switchboard().e164 for line in lines}
    assert len(used) == 60_000
    assert all(phone.startswith(RESERVED) for phone in used)
    assert max(len(line.extension(97).e164) for line in lines[:10_000]) <= len("+") + 15


def test_no_record_holds_another_number() -> None:
    for record in generate(persons=800, companies=190, seed=3):
        for text in (record.phone, record.switchboard, record.mobile, record.fax):
            if text:
                parsed = phonenumbers.parse(text, "DE")
                e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
                assert e164.startswith(RESERVED), text


def test_german_check_digit() -> None:
    assert vat.iso7064_mod_11_10("13669597") == 6  # DE136695976, the example of the authorities


@pytest.mark.parametrize(
    ("country", "pattern"),
    [("DE", r"DE9\d{8}"), ("AT", r"ATU\d{8}"), ("CH", r"CHE-\d{3}\.\d{3}\.\d{3} MWST")],
)
def test_vat_ids_have_the_form_of_their_country(country: str, pattern: str) -> None:
    random = Random(5)
    for _ in range(200):
        assert re.fullmatch(pattern, vat.vat_id(random, country=country))
