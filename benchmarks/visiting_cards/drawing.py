"""A sheet that text is set on, in millimetres, with typefaces that lie in this folder."""

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DOTS_PER_MM = 20
_FONTS = Path(__file__).parent / "fonts"
_DEJAVU = Path(__file__).parents[2] / "consent" / "desk" / "fonts"
FACES = {
    "source": ("source-sans-3-latin-400-normal.woff2", "source-sans-3-latin-700-normal.woff2"),
    "garamond": ("eb-garamond-latin-400-normal.woff2", "eb-garamond-latin-600-normal.woff2"),
    "montserrat": ("montserrat-latin-400-normal.woff2", "montserrat-latin-600-normal.woff2"),
    "lato": ("lato-latin-400-normal.woff2", "lato-latin-700-normal.woff2"),
    "dejavu": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "serif": ("DejaVuSerif.ttf", "DejaVuSerif.ttf"),
}
POINT = 0.3528
Colour = tuple[int, int, int]


@cache
def font(face: str, *, bold: bool, points: float) -> ImageFont.FreeTypeFont:
    """A typeface at a size in points as printers count them."""
    name = FACES[face][bold]
    folder = _DEJAVU if name.startswith("DejaVu") else _FONTS
    return ImageFont.truetype(folder / name, size=round(points * POINT * DOTS_PER_MM))


class Sheet:
    """A card of ``width`` times ``height`` millimetres in one typeface."""

    def __init__(self, width: float, height: float, *, face: str, paper: Colour) -> None:
        size = (round(width * DOTS_PER_MM), round(height * DOTS_PER_MM))
        self.image = Image.new("RGB", size, paper)
        self.face = face
        self._draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, text: str, *, points: float, ink: Colour, bold: bool = False,
        align: str = "l",
    ) -> float:  # fmt: skip
        """Set one line with its top left (``l``), middle (``m``) or right (``r``) corner at
        ``x``, ``y``; the ``y`` below it."""
        face = font(self.face, bold=bold, points=points)
        at = (x * DOTS_PER_MM, y * DOTS_PER_MM)
        self._draw.text(at, text, font=face, fill=ink, anchor=f"{align}a")
        return y + points * POINT * 1.3

    def fitting(self, text: str, *, points: float, within: float, bold: bool = False) -> float:
        """The size in points at which the line is no wider than ``within`` millimetres."""
        wide = font(self.face, bold=bold, points=points).getlength(text) / DOTS_PER_MM
        return points if wide <= within else round(points * within / wide, 1)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle."""
        corners = [x, y, x + width, y + height]
        self._draw.rectangle([edge * DOTS_PER_MM for edge in corners], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a circle: logos are made of such."""
        corners = [x - radius, y - radius, x + radius, y + radius]
        self._draw.ellipse([edge * DOTS_PER_MM for edge in corners], fill=colour)
