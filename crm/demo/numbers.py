"""Telephone numbers at which nobody can be disturbed.

The Federal Network Agency keeps numbers for media free (“Drama Numbers”, Mitteilung 148/2021,
Amtsblatt 07/21 of 14 April 2021): five landline blocks of 1,000 and 210 mobile numbers.
More distinct numbers come from digits *behind* a reserved number: an extension on a line that does
not exist, or one digit more than needed on a reserved 017x number. Both stay unreachable.
"""

from dataclasses import dataclass
from random import Random

LANDLINE_BLOCKS = {
    "Nord": ("40", "66969"),
    "Ost": ("30", "23125"),
    "West": ("221", "4710"),
    "Mitte": ("69", "90009"),
    "Süd": ("89", "99998"),
}
MOBILE_LONG = ("172 9925904", "172 9968532", "172 9973185", "172 9973186", "172 9980752",
               "174 9091317", "174 9464308")  # fmt: skip
MOBILE_SHORT = ("152 28817386", "152 28895456", "152 54599371")
STAFF_EXTENSIONS = range(11, 98)


@dataclass(frozen=True, slots=True)
class Phone:
    """Area code without its zero, the subscriber's number, and an extension or ``""``."""

    area: str
    subscriber: str
    extension: str = ""

    @property
    def e164(self) -> str:
        """``+49…``"""
        return f"+49{self.area}{self.subscriber}{self.extension}"


@dataclass(frozen=True, slots=True)
class Line:
    """A company's telephone system: one reserved number with extensions behind it.

    ``block`` tells apart companies that share a reserved number (from the 1,001st of a region on).
    Up to 10,000 companies in a region, numbers keep to the 15 digits of E.164.
    """

    area: str
    subscriber: str
    block: int

    def switchboard(self) -> Phone:
        """The number on the letterhead, ending in 0."""
        return Phone(self.area, self.subscriber, f"{self.block}00" if self.block else "0")

    def extension(self, number: int) -> Phone:
        """The direct line ``number`` (two digits)."""
        return Phone(self.area, self.subscriber, f"{self.block or ''}{number:02d}")


def line(*, region: str, number: int) -> Line:
    """The telephone system of the ``number``-th company of a region."""
    area, prefix = LANDLINE_BLOCKS[region]
    return Line(area, f"{prefix}{number * 7 % 1000:03d}", number // 1000)


def mobiles(random: Random) -> list[Phone]:
    """All 1,280 distinct mobile numbers, shuffled."""
    telekom = [f"171 39200{n:02d}" for n in range(100)]
    numbers = [
        *telekom,
        *(f"176 040690{n:02d}" for n in range(100)),
        *MOBILE_SHORT,
        *MOBILE_LONG,
        *(f"{number}{digit}" for number in (*telekom, *MOBILE_LONG) for digit in range(10)),
    ]
    random.shuffle(numbers)
    return [Phone(*number.split()) for number in numbers]


def further_mobile(number: int) -> Phone:
    """A substitute once the mobile numbers are used up: a landline with three more digits."""
    area, prefix = list(LANDLINE_BLOCKS.values())[number % 5]
    return Phone(area, f"{prefix}{number // 5 % 1000:03d}", f"{number // 5000 % 1000:03d}")


def written(phone: Phone, *, style: int) -> str:
    """The number in one of eight notations found in German address lists."""
    area, subscriber, extension = phone.area, phone.subscriber, phone.extension
    dashed = f"{subscriber}-{extension}" if extension else subscriber
    joined = subscriber + extension
    return (
        f"0{area}/{dashed}",
        f"0{area} {joined}",
        f"+49 ({area}) {joined}",
        f"+49 {area} {dashed}",
        f"0{area}-{joined}",
        f"+49(0){area}/{joined}",
        f"0049{area}{joined}",
        f"(0{area}) {joined[:3]} {joined[3:6]} {joined[6:]}".rstrip(),
    )[style]


STYLES = range(8)
