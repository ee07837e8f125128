"""Cards read by the real Tesseract, and pictures on which nothing can be read."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from benchmarks import visiting_cards
from benchmarks.visiting_cards import drawing
from crm.celery import app
from crm.kernel import errors
from history import attachments
from history.attachments import Upload
from history.fairs import cards, files
from history.fairs.cards import pictures, reading
from history.fairs.cards.tasks import recognise_card
from history.models import LeadCapture, LeadFile
from tests.history.fairs.conftest import NAMED

MEGABYTE = 1024 * 1024
# Seven signs that consist of level and upright strokes: (from x, from y, to x, to y) of ten.
SIGNS = {
    "王": "1 1 9 1, 2 5 8 5, 0 9 10 9, 5 1 5 9",
    "田": "1 1 9 1, 1 5 9 5, 1 9 9 9, 1 1 1 9, 5 1 5 9, 9 1 9 9",
    "中": "1 3 9 3, 1 7 9 7, 1 3 1 7, 9 3 9 7, 5 0 5 10",
    "日": "2 1 8 1, 2 5 8 5, 2 9 8 9, 2 1 2 9, 8 1 8 9",
    "工": "1 1 9 1, 5 1 5 9, 0 9 10 9",
    "正": "1 1 9 1, 5 1 5 9, 0 9 10 9, 2 5 2 9, 5 5 9 5",
    "亞": "0 0 10 0, 0 10 10 10, 3 0 3 10, 7 0 7 10, 0 3 3 3, 7 3 10 3, 0 3 0 7, 10 3 10 7",
}


def jpeg(image: Image.Image) -> bytes:
    kept = BytesIO()
    image.convert("RGB").save(kept, "JPEG", quality=90)
    return kept.getvalue()


@pytest.mark.parametrize("number", [0, 3, 5, 9])
def test_a_photographed_card_is_read_without_an_error(number: int) -> None:
    sample = visiting_cards.sample(number)
    card = cards.read(sample.picture)
    found = {each.field: each.value for each in card.proposals}
    assert visiting_cards.comparable(found) == visiting_cards.comparable(sample.fields)
    assert min(each.confidence for each in card.proposals) > 0.5
    assert card.problems == ()


@pytest.mark.parametrize("degrees", [90, 180])
def test_it_does_not_matter_which_way_up_it_is(degrees: int) -> None:
    turned = visiting_cards.clean(9).resize((1003, 649)).rotate(degrees, expand=True)
    found = {each.field: each.value for each in cards.read(jpeg(turned)).proposals}
    assert found["name"] == visiting_cards.sample(9).fields["name"]


def test_the_camera_may_have_noted_that_it_was_turned() -> None:
    lying = visiting_cards.clean(4).resize((1003, 649)).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = BytesIO()
    lying.save(kept, "JPEG", exif=exif)
    assert "Anita Böttcher-Urban" in cards.read(kept.getvalue()).text


@pytest.mark.parametrize("colour", ["white", "black", "#7a5c3a"])
def test_an_empty_picture_is_told(colour: str) -> None:
    with pytest.raises(cards.CardEmpty):
        cards.read(jpeg(Image.new("RGB", (1200, 800), colour)))


def test_a_blurred_picture_is_told() -> None:
    blurred = visiting_cards.clean(0).filter(ImageFilter.GaussianBlur(12))
    with pytest.raises(cards.CardBlurred):
        cards.read(jpeg(blurred))


def test_a_picture_of_something_else_is_told() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (60, 80, 3), dtype=np.uint8)
    fur = Image.fromarray(noise).resize((1600, 1200), Image.Resampling.BICUBIC)
    with pytest.raises(cards.CardUnreadable):
        cards.read(jpeg(fur))


def test_a_chinese_card_keeps_address_and_number_and_says_why() -> None:
    card = cards.read(jpeg(chinese("wang@zhongguo.example", "Tel. +49 30 23125-101")))
    found = {each.field: each.value for each in card.proposals}
    assert found.pop("website", "") == ""
    assert found == {"email": "wang@zhongguo.example", "phone": "+49 30 23125-101"}
    (problem,) = card.problems
    assert "nur lateinische Buchstaben" in problem


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Das Bild ist leer."),
        (
            b"%PDF-1.7\n...",
            "PDF wird nicht gelesen. Möglich sind JPEG, PNG, WebP, TIFF, BMP und GIF",
        ),
        (b"\x00\x00\x00\x18ftypheic" + bytes(64), "HEIC wird nicht gelesen."),
        (b"BEGIN:VCARD", "Das ist kein Bild."),
        (bytes(26 * MEGABYTE), "Das Bild hat 26 MB. Möglich sind 25 MB."),
        (jpeg(Image.new("RGB", (600, 400), "red"))[:400], "Das Bild ist beschädigt"),
        (jpeg(Image.new("RGB", (60, 40), "red")), "Das Bild ist zu klein"),
    ],
    ids=["nothing", "pdf", "heic", "text", "large", "cut", "tiny"],
)
def test_what_is_no_picture_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        cards.read(content)
    assert refusal.value.field == "image"
    assert refusal.value.errors["image"][0].startswith(sentence)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1_000_000)
    with pytest.raises(errors.Invalid, match="zu viele Bildpunkte, möglich sind 1 Millionen"):
        cards.read(jpeg(Image.new("RGB", (1200, 900), "white")))


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "I;16"])
def test_every_kind_of_picture_is_read(mode: str) -> None:
    clean = visiting_cards.clean(4).resize((1003, 649)).convert("L")
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(clean, dtype=np.uint16) * 257)
    elif mode == "1":
        picture = clean.point(lambda level: 255 * (level > 170)).convert("1")
    else:
        picture = clean.convert("RGB").convert(mode)
    kept = BytesIO()
    picture.save(kept, "TIFF")
    assert "Konstruktion und Entwicklung" in cards.read(kept.getvalue()).text


class TestOfASlip:
    """Cards that came with slips."""

    @pytest.fixture
    def lead(self, send: Callable[..., Any]) -> LeadCapture:
        return send(NAMED).lead

    @pytest.fixture
    def keep(self, lead: LeadCapture, at: datetime) -> Callable[..., LeadFile]:
        def keeping(content: bytes, kind: str = "CARD") -> LeadFile:
            stored = attachments.keep(upload=Upload(name="karte.jpg", content=content), at=at)
            return LeadFile.objects.create(
                lead=lead, kind=kind, name="karte.jpg", sha256=stored.sha256,
                size=stored.size, received=stored.size, stored=stored,
            )  # fmt: skip

        return keeping

    def test_proposals_lie_beside_the_file_and_change_no_field(
        self, lead: LeadCapture, keep: Callable[..., LeadFile], at: datetime
    ) -> None:
        sample = visiting_cards.sample(9)
        file = keep(sample.picture)
        before = LeadCapture.objects.filter(pk=lead.pk).values().get()
        kept = reading.recognise(file=file, at=at)
        file.refresh_from_db()
        assert file.recognised == kept
        found = {row["field"]: row["value"] for row in kept["fields"]}
        assert visiting_cards.comparable(found) == visiting_cards.comparable(sample.fields)
        assert (kept["problems"], kept["read_at"]) == ([], at.isoformat())
        assert LeadCapture.objects.filter(pk=lead.pk).values().get() == before

    def test_why_nothing_was_read_lies_there_as_well(
        self, keep: Callable[..., LeadFile], at: datetime
    ) -> None:
        kept = reading.recognise(file=keep(b"%PDF-1.7 card"), at=at)
        assert (kept["fields"], kept["text"]) == ([], "")
        assert kept["problems"][0].startswith("PDF wird nicht gelesen.")

    def test_photos_of_other_things_are_not_read(
        self, keep: Callable[..., LeadFile], at: datetime
    ) -> None:
        file = keep(visiting_cards.sample(9).picture, "PHOTO")
        assert reading.recognise(file=file, at=at) == {}
        file.refresh_from_db()
        assert file.recognised == {}

    def test_the_task_reads_by_number_and_forgives_one_that_is_gone(
        self, keep: Callable[..., LeadFile]
    ) -> None:
        file = keep(visiting_cards.sample(9).picture)
        recognise_card(file.pk)
        recognise_card(file.pk + 1)
        file.refresh_from_db()
        assert len(file.recognised["fields"]) == len(visiting_cards.sample(9).fields)


def chinese(*latin: str) -> Image.Image:
    """A card with four lines of Chinese and some of Latin text below."""
    card = Image.new("RGB", (1200, 760), "white")
    pen = ImageDraw.Draw(card)
    for row, size in enumerate((64, 52, 44, 44)):
        for column, strokes in enumerate([*SIGNS.values()][: 7 - row]):
            at = (90 + column * size * 1.25, 60 + row * 100)
            for stroke in strokes.split(", "):
                ends = [int(each) * size / 10 for each in stroke.split()]
                start, end = (at[0] + ends[0], at[1] + ends[1]), (at[0] + ends[2], at[1] + ends[3])
                pen.line([start, end], fill="black", width=5)
    for row, line in enumerate(latin):
        font = drawing.font("lato", bold=False, points=6)
        pen.text((90, 520 + row * 70), line, font=font, fill="black")
    return card


def test_a_card_that_has_arrived_whole_is_read_by_itself(
    send: Callable[..., Any],
    at: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sample = visiting_cards.sample(0)
    sha = hashlib.sha256(sample.picture).hexdigest()
    announced = {"sha256": sha, "size": len(sample.picture), "kind": "CARD", "name": "karte.jpg"}
    lead = send(NAMED, files=[announced]).lead
    with app.connection_for_read() as connection, connection.SimpleQueue("batch") as queue:
        queue.clear()
        with django_capture_on_commit_callbacks(execute=True):
            files.take(lead=lead, sha256=sha, offset=0, piece=sample.picture, at=at)
        message = queue.get(timeout=5)
    assert message.headers["task"] == "history.recognise_card"
    recognise_card(*message.payload[0])
    found = {each["field"]: each["value"] for each in LeadFile.objects.get().recognised["fields"]}
    assert visiting_cards.comparable(found) == visiting_cards.comparable(sample.fields)
