"""What is printed of a form: the photograph itself, fit for an archive, and the form as shown."""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw

from consent import evidences
from consent.desk import dossiers, pictures, reports
from consent.desk.blocks import Picture, Quote, Text
from consent.models import Evidence, LedgerEvent
from contacts.models import ContactPoint
from crm.accounts.models import User

NUMBER = "0171 3920012"
Gives = Callable[..., LedgerEvent]
INK = (20, 40, 120)


def drawn(form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (900, 1270), **how: Any):
    """A slip of paper: blue lines on light paper, a red corner at the top left."""
    paper = Image.new("RGB", size, (250, 248, 240))
    pen = ImageDraw.Draw(paper)
    pen.rectangle((0, 0, size[0] // 6, size[1] // 8), fill=(200, 20, 20))
    for line in range(4, 12):
        y = size[1] * line // 14
        pen.line((size[0] // 8, y, size[0] * 7 // 8, y), fill=INK, width=6)
    picture = paper.convert(mode)
    if mode in ("RGBA", "LA"):
        picture.putalpha(Image.new("L", size, 120))
    out = BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(pictures.printed(content).jpeg))


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "L"), ("PNG", "1"), ("PNG", "P"),
        ("PNG", "I;16"), ("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGBA"),
    ],
)  # fmt: skip
def test_every_picture_becomes_a_plain_jpeg(form: str, mode: str) -> None:
    if mode == "I;16":
        out = BytesIO()
        Image.new("I;16", (60, 80), 60_000).save(out, "PNG")
        picture = opened(out.getvalue())
        assert picture.getpixel((30, 40))[0] == pytest.approx(234, abs=2)
    else:
        picture = opened(drawn(form, mode))
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert picture.info.get("icc_profile") is None
    corner = picture.getpixel((picture.width - 10, 10))
    assert min(corner) >= 200


def test_what_is_transparent_lies_on_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    out = BytesIO()
    clear.save(out, "PNG")
    assert opened(out.getvalue()).getpixel((50, 50)) == (255, 255, 255)


def test_a_photograph_stands_upright_and_is_no_larger_than_it_shows() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    picture = opened(drawn("JPEG", size=(4000, 3000), exif=exif))
    assert picture.size == (1350, 1800)
    red = picture.getpixel((picture.width - 20, 20))
    assert red[0] > 150 > red[1]


def test_colours_of_another_space_are_brought_to_srgb() -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    broken = drawn("JPEG", icc_profile=swapped.tobytes())
    assert opened(broken).info.get("icc_profile") is None
    same = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    left = opened(drawn("JPEG", icc_profile=same)).getpixel((800, 100))
    right = opened(drawn("JPEG")).getpixel((800, 100))
    assert all(abs(one - other) <= 3 for one, other in zip(left, right, strict=True))


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n signed", drawn()[:800], b"%PDF-1.7"],
)
def test_what_is_no_picture_is_not_shown(content: bytes) -> None:
    with pytest.raises(pictures.NotShown):
        pictures.printed(content)


def test_a_picture_that_would_fill_the_memory_is_not_shown(monkeypatch: Any) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(pictures.NotShown):
        pictures.printed(drawn())


def stored(content: bytes, name: str, at: datetime, **more: Any) -> Evidence:
    values = {"kind": "SCAN", "grade": "A", "media_type": "image/png", **more}
    return evidences.store(content=content, name=name, at=at, **values)


@pytest.mark.django_db
def test_the_dossier_shows_the_slip_with_its_hash(
    give_consent: Gives, number: ContactPoint, slip: Evidence, privacy: User, at: datetime
) -> None:
    photo = stored(drawn("PNG", "RGBA"), "Zettel vom Stand.png", at)
    give_consent(point=number, channels=["phone"], purposes=["sales_call"], evidence=[photo])
    made = dossiers.make(actor=privacy, value=NUMBER, channel="phone", at=at)
    (picture,) = [block for block in made.blocks if isinstance(block, Picture)]
    assert picture.caption == (
        f"Zettel vom Stand.png, verkleinert abgebildet. SHA-256 der Datei: {photo.sha256}"
    )
    content = reports.pdf(made)
    assert content.count(b"/Subtype /Image") == 1
    assert b"/DCTDecode" in content
    assert b"/ColorSpace /DeviceRGB" in content
    assert b"/SMask" not in content
    assert b"/OutputIntents" in content


@pytest.mark.django_db
def test_a_broken_picture_is_told_and_the_dossier_made(
    give_consent: Gives, number: ContactPoint, slip: Evidence, privacy: User, at: datetime
) -> None:
    give_consent(point=number, channels=["phone"], purposes=["sales_call"], evidence=[slip])
    made = dossiers.make(actor=privacy, value=NUMBER, channel="phone", at=at)
    told = [block.text for block in made.blocks if isinstance(block, Text)]
    assert "Zettel.png lässt sich nicht abbilden: Die Datei fehlt oder ist beschädigt." in told
    assert not any(isinstance(block, Picture) for block in made.blocks)
    assert reports.pdf(made).startswith(b"%PDF-1.7")


@pytest.mark.django_db
def test_a_web_form_is_printed_as_it_was_shown(
    give_consent: Gives, number: ContactPoint, slip: Evidence, privacy: User, at: datetime
) -> None:
    log = json.dumps({"channels": ["phone"], "form": "newsletter"}).encode()
    piece = stored(log, "Formular.json", at, kind="FORM_LOG", media_type="application/json")
    consent = give_consent(
        point=number, channels=["phone"], purposes=["sales_call"], method="web_form",
        evidence=[piece], is_pending=True,
    )  # fmt: skip
    made = dossiers.make(actor=privacy, value=NUMBER, channel="phone", at=at)
    (quote,) = [block.text for block in made.blocks if isinstance(block, Quote)]
    title, body, boxes = quote.split("\n\n")
    assert body == "Ich willige ein, dass …"
    assert "[X] Anruf" in boxes
    assert "[ ] E‑Mail" in boxes
    assert consent.evidence == [piece.sha256]
    assert title
