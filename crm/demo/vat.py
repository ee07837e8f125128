"""VAT identification numbers with valid check digits, of companies that do not exist."""

from random import Random


def vat_id(random: Random, *, country: str) -> str:
    """A number of ``DE``, ``AT`` or ``CH``; German ones begin with 9, which is not handed out."""
    if country == "AT":
        return f"ATU{_austrian(random)}"
    if country == "CH":
        return f"CHE-{_swiss(random)} MWST"
    digits = f"9{random.randrange(10**7):07d}"
    return f"DE{digits}{iso7064_mod_11_10(digits)}"


def iso7064_mod_11_10(digits: str) -> int:
    """The check digit of ISO 7064, MOD 11,10, as German VAT ids use it."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return (11 - product) % 10


def _austrian(random: Random) -> str:
    digits = f"{random.randrange(10**7):07d}"
    total = 4
    for position, digit in enumerate(digits):
        doubled = int(digit) * (2 if position % 2 else 1)
        total += doubled // 10 + doubled % 10
    return f"{digits}{-total % 10}"


def _swiss(random: Random) -> str:
    while True:
        digits = f"{random.randrange(10**7, 10**8)}"
        weights = (5, 4, 3, 2, 7, 6, 5, 4)
        check = -sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
        if check < 10:
            whole = f"{digits}{check}"
            return f"{whole[:3]}.{whole[3:6]}.{whole[6:]}"
