"""Made business cards as a phone photographs them, with what stands on them."""

from dataclasses import dataclass

from PIL import Image

from benchmarks.visiting_cards import layouts, people, photos

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
