"""What may come in: a file is looked at from outside, by its declared sizes and first bytes, before anything reads it.

Refused: macros, document types and entities, archives that unfold beyond measure, passwords, and what only calls
itself a table. Every refusal says what to do instead.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from enum import StrEnum

from maiam.platform.errors import DomainError

MOST_BYTES = 40 * 1024 * 1024
MOST_UNFOLDED = 400 * 1024 * 1024
MOST_PARTS = 2_000
# A real sheet unfolds ten to thirty times; what unfolds far more is made to.
MOST_TIMES = 150
SMALL_ENOUGH = 2 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 250_000, 120, 8_000_000

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
_NO_TABLES = {b"%pdf": "PDF", b"<htm": "trang web", b"<!do": "trang web", b"<tab": "trang web", b"{\\rt": "Word"}
_CHUNK = 1024 * 1024
_OVERLAP = 64
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL = re.compile(rb'<c (?:[a-z]+="[^"]*" )*?r="([A-Z]{1,3})')
_ROW = re.compile(rb'<row [^>]*?\br="([0-9]{1,7})"')


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


class FileRefusedError(DomainError):
    code = "sheets.file_refused"
    field = "file"


def check_file(content: bytes, name: str) -> FileKind:
    """Tell what a file is, without reading what is in it. Raises `FileRefusedError` with the cure."""
    if not content:
        raise FileRefusedError("Tệp này trống.")
    if len(content) > MOST_BYTES:
        raise FileRefusedError(
            f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB. Hãy chia thành nhiều tệp, mỗi thôn một tệp."
        )
    if name.lower().endswith((".xlsm", ".xltm", ".xlsb", ".xlam")):
        raise FileRefusedError(_NO_MACROS)
    if content.startswith(_ZIP):
        check_archive(content)
        return FileKind.XLSX
    if content.startswith(_OLE):
        _check_old(content)
        return FileKind.XLS
    what = next((what for start, what in _NO_TABLES.items() if content.lstrip()[:4].lower() == start), None)
    if what:
        raise FileRefusedError(f"Tệp này thật ra là {what}. Hãy mở tệp gốc trong Excel, lưu lại dạng .xlsx rồi gửi.")
    return FileKind.CSV


_NO_MACROS = "Tệp có macro, không nhận được. Trong Excel chọn “Lưu thành”, kiểu .xlsx, rồi gửi tệp mới."
_PASSWORD = "Tệp có mật khẩu. Hãy bỏ mật khẩu trong Excel rồi gửi lại."  # noqa: S105 - words for people
_TOO_MUCH = "Tệp nén nhiều hơn mức một danh sách thật có thể có, nên không mở. Hãy chép bảng sang một tệp mới rồi gửi."
_BROKEN = "Tệp bị hỏng hoặc tải lên chưa hết. Hãy mở thử trong Excel, lưu lại rồi gửi."
_FOREIGN = "Tệp không phải bảng Excel thường. Hãy lưu lại dạng .xlsx trong Excel rồi gửi."


def check_archive(content: bytes) -> None:
    """Refuse an archive by what its directory declares. Raises `FileRefusedError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, RuntimeError, ValueError) as error:
        raise FileRefusedError(_BROKEN) from error
    names = [part.filename for part in parts]
    if any(name.lower().endswith("vbaproject.bin") or "macrosheets/" in name.lower() for name in names):
        raise FileRefusedError(_NO_MACROS)
    if len(set(names)) < len(names) or any(_is_sly(name) for name in names) or "xl/workbook.xml" not in names:
        raise FileRefusedError(_FOREIGN)
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefusedError(_PASSWORD)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED:
        raise FileRefusedError(_TOO_MUCH)
    if any(part.file_size > SMALL_ENOUGH and part.file_size > MOST_TIMES * part.compress_size for part in parts):
        raise FileRefusedError(_TOO_MUCH)


def check_parts(content: bytes) -> None:
    """Go through every part once, in flat memory, before a reader does. Raises `FileRefusedError`.

    A reader lays out a whole rectangle up to the farthest cell, however few there are; so the farthest is sought first.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            cells = sum(_check_part(archive, part) for part in archive.infolist())
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise FileRefusedError(_BROKEN) from error
    if cells > MOST_CELLS:
        raise FileRefusedError(_too_large())


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Check one part; return how many cells a reader would lay out for it."""
    is_text = part.filename.endswith((".xml", ".rels", ".vml"))
    is_sheet = part.filename.startswith("xl/worksheets/")
    rows = columns = 0
    for number, piece in enumerate(_pieces(archive, part)):
        if is_text and (_DOCTYPE.search(piece) or (number == 0 and b"\0" in piece[:8])):
            raise FileRefusedError(_FOREIGN)
        if number == 0 and b"macroEnabled" in piece and part.filename == "[Content_Types].xml":
            raise FileRefusedError(_NO_MACROS)
        if is_sheet:
            rows = max([rows, *map(int, _ROW.findall(piece))])
            columns = max([columns, *map(_column, set(_CELL.findall(piece)))])
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise FileRefusedError(_too_large())
    return rows * columns


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that overlap a little, so that nothing is missed between two."""
    with archive.open(part) as file:
        before = b""
        while piece := file.read(_CHUNK):
            yield before + piece
            before = piece[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large() -> str:
    return (
        f"Bảng rộng hoặc dài hơn mức nhận được ({MOST_ROWS:,} dòng, {MOST_COLUMNS} cột). "
        "Có thể có một ô ở rất xa: hãy xóa các dòng, cột trống ở cuối rồi gửi lại."
    ).replace(",", ".", 1)


def _is_sly(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name


def _check_old(content: bytes) -> None:
    """Old Excel files and encrypted new ones share a container; what they hold is named in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileRefusedError(_PASSWORD)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise FileRefusedError(_NO_MACROS)
    if "WordDocument".encode("utf-16-le") in content:
        raise FileRefusedError("Tệp này thật ra là Word. Hãy chép bảng sang Excel, lưu dạng .xlsx rồi gửi.")
