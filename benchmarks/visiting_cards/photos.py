"""A printed card as a phone sees it: on a table, a bit askew, unevenly lit, a bit out of focus."""

import math
import random
from io import BytesIO

import numpy as np
from PIL import Image, ImageFilter

_TABLES = ((120, 88, 60), (60, 60, 64), (205, 200, 190), (30, 34, 40), (168, 160, 150))
_WIDTHS = (1500, 2400)
Point = tuple[float, float]


def taken(card: Image.Image, *, number: int, seed: int) -> bytes:
    """The photograph as JPEG. Every fifth card is a plain scan of 300 dpi instead."""
    chance = random.Random(f"{seed}/{number}/photo")
    if number % 5 == 4:
        return _jpeg(card.resize((card.width * 300 // 508, card.height * 300 // 508)), 85)
    noise = np.random.default_rng(chance.randrange(2**32))
    picture = _lit(_on_a_table(card, chance, noise), chance, noise)
    picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 2.2)))
    picture = _grainy(picture, chance.uniform(2, 9), noise)
    turned = chance.choices((0, 90, 180, 270), (88, 5, 4, 3))[0]
    return _jpeg(picture.rotate(turned, expand=True), chance.randint(55, 90))


def _on_a_table(
    card: Image.Image, chance: random.Random, noise: np.random.Generator
) -> Image.Image:
    share = chance.uniform(0.6, 0.93)
    width = chance.randint(*_WIDTHS)
    width = width if card.width > card.height else width * 3 // 4
    height = round(width * card.height / card.width * share / 0.8)
    table = Image.new("RGB", (width, height), chance.choice(_TABLES))
    table = _grainy(table, 10, noise).filter(ImageFilter.GaussianBlur(2))
    corners = _corners(card, share * width, (width / 2, height / 2), chance)
    flat = _coefficients(corners, card.size)
    mask = Image.new("L", card.size, 255)
    size, how = table.size, Image.Transform.PERSPECTIVE
    seen = card.transform(size, how, flat, Image.Resampling.BICUBIC)
    table.paste(seen, mask=mask.transform(size, how, flat, Image.Resampling.BILINEAR))
    return table


def _corners(card: Image.Image, width: float, middle: Point, chance: random.Random) -> list[Point]:
    """Where the corners come to lie: turned by up to 7 degrees, each off by up to 2.5 %."""
    height = width * card.height / card.width
    turn = math.radians(chance.uniform(-7, 7))
    found = []
    for x, y in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)):
        x = x * width * chance.uniform(0.95, 1)
        y = y * height * chance.uniform(0.95, 1)
        found.append((
            middle[0] + x * math.cos(turn) - y * math.sin(turn),
            middle[1] + x * math.sin(turn) + y * math.cos(turn),
        ))  # fmt: skip
    return found


def _coefficients(corners: list[Point], size: tuple[int, int]) -> list[float]:
    """What Pillow needs to lay the whole card into ``corners``."""
    width, height = size
    rows, goals = [], []
    for (x, y), (u, v) in zip(
        corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True
    ):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        goals += [u, v]
    return [float(each) for each in np.linalg.solve(np.array(rows), np.array(goals))]


def _lit(picture: Image.Image, chance: random.Random, noise: np.random.Generator) -> Image.Image:
    """Brighter on one side, never quite white, a little coloured by the lamps."""
    pixels = np.asarray(picture, dtype=np.float32)
    height, width = pixels.shape[:2]
    angle = chance.uniform(0, 2 * math.pi)
    across = np.linspace(-0.5, 0.5, width)[None, :] * math.cos(angle)
    down = np.linspace(-0.5, 0.5, height)[:, None] * math.sin(angle)
    light = chance.uniform(0.75, 0.97) * (1 + (across + down) * chance.uniform(0.1, 0.45))
    tint = 1 + noise.uniform(-0.04, 0.04, size=3)
    return Image.fromarray(np.clip(pixels * light[..., None] * tint, 0, 255).astype(np.uint8))


def _grainy(picture: Image.Image, spread: float, noise: np.random.Generator) -> Image.Image:
    pixels = np.asarray(picture, dtype=np.float32)
    grain = noise.normal(0, spread, pixels.shape)
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=quality)
    return kept.getvalue()
