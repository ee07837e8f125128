"""Made business cards as a phone photographs them, with what stands on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from benchmarks.visiting_cards import layouts, people, photos
from contacts.matching.normalise import Unreadable, phone

LAYOUTS = tuple(layouts.ALL)


@dataclass(frozen=True, slots=True)
class Sample:
    """A photograph and its truth: ``fields`` by name, empty ones left out."""

    layout: str
    picture: bytes
    fields: dict[str, str]


def sample(number: int, *, seed: int = 2026) -> Sample:
    """The card with this number; the same number and seed give the same card."""
    card = people.card(number, seed=seed)
    layout = LAYOUTS[number % len(LAYOUTS)]
    drawn = layouts.draw(card, layout=layout, number=number, seed=seed)
    return Sample(layout, photos.taken(drawn, number=number, seed=seed), card.fields)


def clean(number: int, *, seed: int = 2026) -> Image.Image:
    """The same card as it was printed, before anybody photographed it."""
    card = people.card(number, seed=seed)
    layout = LAYOUTS[number % len(LAYOUTS)]
    return layouts.draw(card, layout=layout, number=number, seed=seed)


def comparable(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields with numbers as they are dialled: blanks and strokes in them do not matter."""
    return {name: _dialled(name, value) for name, value in fields.items()}


def _dialled(name: str, value: str) -> str:
    try:
        return phone(value).e164 if name in ("phone", "mobile") else value
    except Unreadable:
        return value
