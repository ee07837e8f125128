# ruff: noqa: F811 - fixtures by name
"""Only a device of ours makes a link; everything else is known as forged, cut or too old."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from history.fairs import keys, visitor_links
from history.fairs.visitor_links import BadLink, ExpiredLink, RevokedLink
from history.models import CaptureDevice, Event
from tests.visitor_cast import (  # noqa: F401 - fixtures
    VALUES,
    MakesToken,
    client_id,
    device,
    device_of,
    fair,
    token_for,
)


def raw(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def sealed(device: CaptureDevice, told: Any) -> str:
    """A link as the contract words it, written down a second time."""
    head, nonce = b"\x01" + device.public_id.bytes, b"n" * 12
    key = HKDF(
        algorithm=SHA256(), length=32, salt=device.public_id.bytes, info=b"einklang.fair.visitor"
    ).derive(keys.visitors_key())
    content = told if isinstance(told, bytes) else json.dumps(told).encode()
    return encoded(head + nonce + AESGCM(key).encrypt(nonce, content, head))


def test_a_link_tells_what_the_device_noted(
    device: CaptureDevice, client_id: UUID, token_for: MakesToken, at: datetime
) -> None:
    link = visitor_links.read(token_for(), at=at)
    assert (link.device, link.event, link.client_id) == (device, device.event, client_id)
    assert link.device_at == at
    assert link.values == VALUES


def test_it_is_read_as_the_contract_words_it(
    device: CaptureDevice, client_id: UUID, at: datetime
) -> None:
    told = {"l": str(client_id), "t": 1773700000, "n": "Hans Mayer", "x": "later"}
    link = visitor_links.read(sealed(device, told), at=at)
    assert link.values == {"name": "Hans Mayer"}
    assert link.device_at == datetime.fromtimestamp(1773700000, tz=UTC)


def test_nothing_of_it_can_be_read_in_the_address(token_for: MakesToken) -> None:
    content = raw(token_for())
    assert len(content) == 17 + 12 + 16 + len(content[45:])
    for value in VALUES.values():
        assert value.encode() not in content


def test_the_check_code_is_the_beginning_of_a_hash() -> None:
    assert visitor_links.check_code("AQ") == "ICAA-TI"


def test_every_single_bit_counts(token_for: MakesToken, at: datetime) -> None:
    token = token_for(company_name="", email="", phone="", mobile="")
    content = raw(token)
    for number in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[number // 8] ^= 1 << number % 8
        with pytest.raises(BadLink):
            visitor_links.read(encoded(bytes(flipped)), at=at)
    assert visitor_links.read(token, at=at).values == {"name": "Hans Mayer"}


def test_there_is_one_way_to_write_it(token_for: MakesToken, at: datetime) -> None:
    token = next(made for n in range(9) if len(made := token_for(name="N" * (n + 1))) % 4 in (2, 3))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = token[:-1] + alphabet[alphabet.index(token[-1]) ^ 1]
    assert raw(other) == raw(token)
    for strange in (other, token + "=", token + "\n", token[:9] + " " + token[9:], token + "é"):
        with pytest.raises(BadLink):
            visitor_links.read(strange, at=at)


@pytest.mark.parametrize("length", [0, 1, 2, 16, 17, 44, 45])
def test_what_is_cut_is_known_as_such(token_for: MakesToken, length: int, at: datetime) -> None:
    with pytest.raises(BadLink):
        visitor_links.read(encoded(raw(token_for())[:length]), at=at)


def test_twenty_thousand_characters_are_not_even_decoded(
    at: datetime, django_assert_num_queries: Any, db: None
) -> None:
    with django_assert_num_queries(0), pytest.raises(BadLink):
        visitor_links.read("A" * 20_000, at=at)


def test_the_longest_slip_fits(device: CaptureDevice, client_id: UUID, at: datetime) -> None:
    values = {name: "ß" * most for name, most in visitor_links.LETTERS.values()}
    token = visitor_links.make(device=device, client_id=client_id, device_at=at, values=values)
    assert visitor_links.read(token, at=at).values == values


def test_another_version_is_not_ours_to_read(token_for: MakesToken, at: datetime) -> None:
    with pytest.raises(BadLink):
        visitor_links.read(encoded(b"\x02" + raw(token_for())[1:]), at=at)


def test_the_key_of_another_device_opens_nothing(
    device: CaptureDevice, token_for: MakesToken, fair: Event, admin: Any, at: datetime
) -> None:
    other = device_of(fair, admin, at=at)
    assert keys.key_of_device(other.public_id) != keys.key_of_device(device.public_id)
    content = raw(token_for())
    with pytest.raises(BadLink):
        visitor_links.read(encoded(content[:1] + other.public_id.bytes + content[17:]), at=at)


def test_the_key_of_another_installation_opens_nothing(
    token_for: MakesToken, settings: Any, tmp_path: Any, at: datetime
) -> None:
    token = token_for()
    settings.KEY_DIR = str(tmp_path / "keys")
    keys.visitors_key.cache_clear()
    try:
        with pytest.raises(BadLink):
            visitor_links.read(token, at=at)
        assert (tmp_path / "keys" / "visitors.key").stat().st_mode & 0o777 == 0o600
    finally:
        keys.visitors_key.cache_clear()


@pytest.mark.parametrize(
    "told",
    [
        b"no json",
        b"[]",
        {},
        {"l": "x", "t": 1},
        {"l": 7, "t": 1},
        {"l": "0199c0de-0000-7000-8000-000000000001"},
        {"l": "0199c0de-0000-7000-8000-000000000001", "t": "soon"},
        {"l": "0199c0de-0000-7000-8000-000000000001", "t": 10**30},
        {"l": "0199c0de-0000-7000-8000-000000000001", "t": 1, "n": ["Hans"]},
        {"l": "0199c0de-0000-7000-8000-000000000001", "t": 1, "n": "x" * 201},
    ],
    ids=str,
)
def test_nonsense_of_a_device_is_refused(device: CaptureDevice, told: Any, at: datetime) -> None:
    with pytest.raises(BadLink):
        visitor_links.read(sealed(device, told), at=at)


def test_fourteen_days_after_the_last_day_it_ends(
    token_for: MakesToken, fair: Event, at: datetime
) -> None:
    token = token_for()
    last = datetime(2026, 4, 1, 21, 59, tzinfo=UTC)  # 1 April in Berlin
    assert visitor_links.last_day(fair) == last.date()
    assert visitor_links.read(token, at=last).values == VALUES
    with pytest.raises(ExpiredLink, match=r"galt bis zum 1\. April 2026\."):
        visitor_links.read(token, at=last + timedelta(minutes=1))


def test_a_lost_device_speaks_for_nobody(
    device: CaptureDevice, token_for: MakesToken, at: datetime
) -> None:
    token = token_for()
    device.revoked_at = at
    device.save()
    with pytest.raises(RevokedLink):
        visitor_links.read(token, at=at + timedelta(minutes=1))
