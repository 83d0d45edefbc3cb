"""Pictures: judged by their content, drawn anew, sealed; what cannot be kept never loses the report."""

import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from maiam.contexts.reports import queries
from maiam.contexts.reports.models import Attachment, Report
from maiam.contexts.reports.rules.limits import LONGEST_SIDE_PIXELS, MOST_PICTURE_BYTES
from maiam.contexts.reports.rules.pictures import PictureRefusedError, redraw
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError, NotFoundError

from .conftest import picture


def with_place_and_owner() -> bytes:
    exif = Image.Exif()
    exif[Base.Artist] = "Nguyễn Văn A"
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (12.0, 27.0, 0.0)
    return picture(size=(80, 40), exif=exif, comment=b"0905000111")


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that unfold into a picture of any size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def test_place_owner_and_comment_are_gone_and_the_picture_stands_upright():
    drawn = redraw(with_place_and_owner())

    with Image.open(BytesIO(drawn.content)) as kept:
        assert not kept.getexif()
        assert "comment" not in kept.info
        assert kept.size == (40, 80)
    assert b"0905000111" not in drawn.content


def test_a_second_file_hidden_in_a_picture_is_gone():
    drawn = redraw(picture() + b"PK\x03\x04<script>alert(1)</script>")

    assert b"script" not in drawn.content
    assert b"PK\x03\x04" not in drawn.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_common_kinds_are_kept_as_jpeg(kind):
    assert redraw(picture(kind)).content.startswith(b"\xff\xd8")


def test_a_large_photo_is_made_smaller():
    drawn = redraw(picture(size=(4000, 3000)))

    assert max(drawn.width, drawn.height) == LONGEST_SIDE_PIXELS


def test_what_was_see_through_becomes_white():
    written = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")

    with Image.open(BytesIO(redraw(written.getvalue()).content)) as kept:
        assert kept.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7 /JavaScript",
        b"GIF89a",
        picture()[:200],
        png_that_claims(30_000, 30_000),
        png_that_claims(6_000, 6_000),
        b"\xff\xd8" + b"\0" * MOST_PICTURE_BYTES,
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ],
    ids=["empty", "svg", "html", "pdf", "header only", "cut", "bomb", "short of data", "too large", "test virus"],
)
def test_what_is_no_picture_is_refused_in_words(bad):
    with pytest.raises(PictureRefusedError) as refused:
        redraw(bad)

    assert str(refused.value).endswith(".")


def test_it_lies_sealed_with_its_report(file_as, lan, now):
    filed = file_as(Actor.public(), pictures=(picture(),))
    kept = Attachment.objects.get()

    assert b"\xff\xd8" not in bytes(kept.picture_sealed)[:64]
    with acting(lan):
        shown = queries.attachment(lan, filed.report_id, kept.id, now)
    assert shown.startswith(b"\xff\xd8")


def test_a_report_is_kept_when_none_of_its_pictures_is(file_as, lan):
    filed = file_as(Actor.public(), pictures=(b"", b"<svg/>"))

    assert Report.objects.filter(id=filed.report_id).exists()
    assert [refused.split(":")[0] for refused in filed.refused_pictures] == ["Ảnh 1", "Ảnh 2"]


def test_a_picture_is_shown_only_to_those_of_its_report(file_as, binh, village_head, now):
    filed = file_as(Actor.public(), pictures=(picture(),))
    kept = Attachment.objects.get()

    for actor, refusal in ((binh, NotFoundError), (village_head, ForbiddenError)):
        with pytest.raises(refusal), acting(actor):
            queries.attachment(actor, filed.report_id, kept.id, now)
