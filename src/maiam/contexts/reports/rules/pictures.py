"""Draw a picture anew, so that nothing but the picture is left: no place, no owner, no second file inside it."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from maiam.contexts.reports.rules.limits import LONGEST_SIDE_PIXELS, MOST_PICTURE_BYTES, MOST_PIXELS

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_QUALITY = 85
_MEGABYTE = 1024 * 1024


class PictureRefusedError(ValueError):
    """The file is not kept; the words say why and what to do. The report goes on without it."""


@dataclass(frozen=True)
class Picture:
    """A picture drawn by us: JPEG, without any mark of the camera."""

    content: bytes
    width: int
    height: int


def redraw(raw: bytes) -> Picture:
    """Read a picture by its content, never by its name, and draw it anew.

    Raises `PictureRefusedError`.
    """
    _check_size(raw)
    try:
        with Image.open(BytesIO(raw), formats=_FORMATS) as opened:
            return _drawn(opened)
    except PictureRefusedError:
        raise
    except Exception as error:  # any fault of a decoder means the same: this is not a picture we can read
        raise PictureRefusedError("không phải ảnh đọc được. Hãy chọn ảnh JPG hoặc PNG.") from error


def _check_size(raw: bytes) -> None:
    if not raw:
        raise PictureRefusedError("tệp không có nội dung.")
    if len(raw) > MOST_PICTURE_BYTES:
        raise PictureRefusedError(f"ảnh lớn quá {MOST_PICTURE_BYTES // _MEGABYTE} MB. Hãy chọn ảnh nhỏ hơn.")


def _drawn(opened: Image.Image) -> Picture:
    if opened.width * opened.height > MOST_PIXELS:
        raise PictureRefusedError("ảnh có quá nhiều điểm ảnh. Hãy chụp lại nhỏ hơn.")
    box = (LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS)
    opened.draft("RGB", box)  # a JPEG is decoded small at once, not large and then made small
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail(box)
    flat = _on_white(upright)
    written = BytesIO()
    flat.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(written.getvalue(), flat.width, flat.height)


def _on_white(image: Image.Image) -> Image.Image:
    """Copy the colours alone into a new picture; what was see-through becomes white paper."""
    colours = image.convert("RGBA")
    paper = Image.new("RGB", colours.size, "white")
    paper.paste(colours, mask=colours.getchannel("A"))
    return paper
