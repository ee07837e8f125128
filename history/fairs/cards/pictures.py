"""A photograph as it comes in → dark text on white, upright, ready for being recognised."""

import math
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from crm.kernel import errors

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_PIXELS = 64_000_000
LONG_SIDE = 2600
SMALLEST_SIDE = 80
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
_BLOCK, _AROUND = 8, 9
_STRONGEST = 99.0
_LEAST_CONTRAST = 40.0
_BLURRED = 28.0
_SMALL = 480
_SHARPENED = ImageFilter.UnsharpMask(radius=4, percent=200, threshold=0)
Grey = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``image``: dark text on white; ``sharpness``: how steep its edges are (grey levels from one
    pixel to the next), 0 for a picture on which nothing is."""

    image: Image.Image
    sharpness: float

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on it at all."""
        return self.sharpness == 0.0

    @property
    def is_blurred(self) -> bool:
        """Whether no edge on it is steep enough for letters."""
        return self.sharpness < _BLURRED


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


def part(image: Image.Image, box: Box, *, factor: float, sharpened: bool) -> Image.Image:
    """What is inside of the box, larger or smaller; ``sharpened``: its edges steeper, so that
    letters that the camera let run together come apart."""
    left, top, right, bottom = (round(edge) for edge in box)
    cut = image.crop((left, top, right, bottom))
    size = (max(1, round(cut.width * factor)), max(1, round(cut.height * factor)))
    sized = cut.resize(size, Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX)
    return sized.filter(_SHARPENED) if sharpened else sized


def sheet(content: bytes) -> Sheet:
    """What is written on a picture, whatever its light, its colours and the angle of the camera.

    :raises errors.Invalid: ``image`` is too large, of another kind than a picture, or broken
    """
    written, contrast = _ink(_grey(content))
    if contrast < _LEAST_CONTRAST / 4:
        return Sheet(Image.new("L", (1, 1), 255), 0.0)
    sharpness = _sharpness(written)
    upright = _level(Image.fromarray(255 - np.clip(written, 0, 255).astype(np.uint8)))
    return Sheet(upright, sharpness)


def require_size(length: int) -> None:
    """Refuse a picture by its bytes before it is read into memory.

    :raises errors.Invalid: ``image`` has more than 25 MB, or nothing at all
    """
    if not length:
        raise _refused(_("Das Bild ist leer."))
    if length > MOST_BYTES:
        size = f"{length / MEGABYTE:.0f}"
        raise _refused(_("Das Bild hat %(size)s MB. Möglich sind 25 MB.") % {"size": size})


def _grey(content: bytes) -> Grey:
    require_size(len(content))
    try:
        opened = Image.open(BytesIO(content), formats=FORMATS)
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_many_pixels()
        opened.draft("L", (LONG_SIDE, LONG_SIDE))
        picture = _flat(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise _refused(_other_kind(content)) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise _refused(
            _("Das Bild ist beschädigt oder unvollständig. Nehmen Sie die Karte noch einmal auf.")
        ) from None
    if min(picture.size) < SMALLEST_SIDE:
        raise _refused(_("Das Bild ist zu klein, um darauf etwas zu lesen."))
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return np.asarray(picture, dtype=np.float32)


def _flat(picture: Image.Image) -> Image.Image:
    """Grey; what is transparent lies on white."""
    if picture.mode in ("I;16", "I;16B", "I", "F"):
        levels = np.asarray(picture, dtype=np.float32)
        top = max(float(levels.max()), 1.0)
        return Image.fromarray((levels * (255 / top)).clip(0, 255).astype(np.uint8))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        picture = Image.alpha_composite(paper, clear)
    return picture.convert("L")


def _ink(grey: Grey) -> tuple[Grey, float]:
    """(how far each pixel is from the paper around it, from 0 to 255 and above; the contrast).

    Dark text on light paper and light text on dark paper look alike then, side by side, too, and
    shadows are gone.
    """
    distance = np.abs(grey - _paper(grey))
    contrast = float(np.percentile(distance, _STRONGEST))
    return distance * np.float32(255 / max(contrast, _LEAST_CONTRAST)), contrast


def _paper(grey: Grey) -> Grey:
    """The grey of the paper at each place: the median of its surroundings."""
    height, width = (side // _BLOCK * _BLOCK for side in grey.shape)
    blocks = grey[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    small = Image.fromarray(np.median(blocks, axis=(1, 3)).astype(np.uint8))
    small = small.filter(ImageFilter.MedianFilter(_AROUND))
    paper = small.resize((grey.shape[1], grey.shape[0]), Image.Resampling.BILINEAR)
    return np.asarray(paper, dtype=np.float32)


def _sharpness(ink: Grey) -> float:
    steps = np.abs(np.diff(np.minimum(ink, 255), axis=1))
    return float(np.percentile(steps, 99.5)) or 0.01


def _level(image: Image.Image) -> Image.Image:
    """The image turned so that lines of text lie level."""
    angle = _angle(image)
    if abs(angle) < 0.1:
        return image
    return image.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=255)


def _angle(image: Image.Image) -> float:
    """By how many degrees to turn left: where the ink gathers in rows most."""
    small = ImageOps.invert(image)
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    coarse = [float(angle) for angle in range(-44, 45, 2)]
    level = max(coarse, key=lambda angle: _rows(small, angle))
    across = max(coarse, key=lambda angle: _rows(small, angle + 90))
    best = max(level, across + 90, key=lambda angle: _rows(small, angle))
    fine = np.arange(best - 2, best + 2.01, 0.25)
    return float(max(fine, key=lambda angle: _rows(small, float(angle))))


def _rows(ink: Image.Image, angle: float) -> float:
    """How much the rows differ from their neighbours when the ink is turned by ``angle``."""
    turned = ink.rotate(angle, Image.Resampling.BILINEAR, expand=True)
    rows = np.asarray(turned, dtype=np.float32).sum(axis=1)
    return float((np.diff(rows) ** 2).sum())


def _other_kind(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        kind = "PDF"
    elif content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        kind = "HEIC"
    else:
        return _("Das ist kein Bild. Möglich sind JPEG, PNG, WebP, TIFF, BMP und GIF.")
    return _(
        "%(kind)s wird nicht gelesen. Möglich sind JPEG, PNG, WebP, TIFF, BMP und GIF; "
        "speichern Sie das Bild als JPEG."
    ) % {"kind": kind}


def _too_many_pixels() -> errors.Invalid:
    most = math.floor(MOST_PIXELS / 1_000_000)
    sentence = _("Das Bild hat zu viele Bildpunkte, möglich sind %(most)d Millionen.")
    return _refused(sentence % {"most": most})


def _refused(sentence: str) -> errors.Invalid:
    return errors.Invalid({"image": [sentence]})
