"""Pictures of forms for paper: upright, without transparency, in sRGB and no larger than it shows.

PDF/A-3b asks for colours that mean the same everywhere: the report declares sRGB, so what is in
another space is brought there. What is transparent lies on white, as on paper.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms, ImageOps

MOST_PIXELS: Final = 100_000_000
LONG_SIDE: Final = 1800  # about 200 dots per inch on A4
QUALITY: Final = 85
FORMATS: Final = ("JPEG", "PNG", "WEBP")
MEDIA_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})


class NotShown(Exception):
    """The file is no picture, broken, or larger than anybody photographs a form."""


@dataclass(frozen=True, slots=True)
class Print:
    """A JPEG in sRGB, with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def printed(content: bytes) -> Print:
    """The picture as it is printed.

    :raises NotShown: it cannot be
    """
    try:
        picture = _opened(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotShown from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotShown from error
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return Print(out.getvalue(), picture.width, picture.height)


def _opened(content: bytes) -> Image.Image:
    opened = Image.open(BytesIO(content), formats=FORMATS)
    if opened.width * opened.height > MOST_PIXELS:
        raise NotShown
    opened.draft("RGB", (LONG_SIDE, LONG_SIDE))
    profile = opened.info.get("icc_profile")
    picture = _on_white(ImageOps.exif_transpose(opened))
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return _in_srgb(picture, profile)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    if picture.mode in ("I;16", "I;16B", "I", "F"):
        return picture.point(lambda level: level / 256).convert("L").convert("RGB")
    return picture if picture.mode in ("L", "CMYK") else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """By its own profile if that can be read, else as everybody takes it."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            told = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            told = None
        if told is not None:
            picture = told
    plain = picture.convert("RGB")
    plain.info.pop("icc_profile", None)
    return plain
