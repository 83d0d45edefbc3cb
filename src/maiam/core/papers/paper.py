"""The structure of an official document: the nine elements of Decree 30/2020/NĐ-CP Art. 8, in their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maiam.core.papers.wording import date_in_words, punctuated

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
CHECK_WORDS = "Quét mã để kiểm tra văn bản"

# The alphabet of points skips f, j, w, z and keeps đ (Annex I: "theo thứ tự bảng chữ cái tiếng Việt").
_POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"


class Urgency(StrEnum):
    """How fast a paper must travel (Annex I, Part I, III.2.b)."""

    URGENT = "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN"
    EXPRESS = "HỎA TỐC"


@dataclass(frozen=True, slots=True)
class Fill:
    """A gap to be written in by hand, named so that nobody mistakes it for a lost fact."""

    what: str
    pattern: str = ""  # printed as it is; without one, dots run to the end of the line
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the paper: the body itself, and the body it answers to, if it names one."""

    lines: tuple[str, ...]
    abbreviation: str
    governing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """Number and symbol. `value` is None until the registry writes it."""

    value: int | None
    symbol: str

    @property
    def text(self) -> str:
        value = "......." if self.value is None else f"{self.value:02d}"
        return f"Số: {value}/{self.symbol}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One place to sign. No name means that the signer writes it."""

    capacity: tuple[str, ...]
    name: str | None
    note: str = ""
    has_seal: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, with an optional bold lead."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what stands after it."""

    label: str
    value: str | Fill


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick; already ticked when the answer is known."""

    text: str
    is_chosen: bool = False

    def as_line(self) -> Line:
        return Line(f"{'■' if self.is_chosen else '□'} {self.text}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause (khoản) with its lettered points (điểm)."""

    text: str
    points: tuple[str, ...] = ()

    def as_lines(self, number: int) -> Iterator[Line]:
        yield Line(f"{number}. {self.text}")
        yield from lettered(self.points)


@dataclass(frozen=True, slots=True)
class Article:
    """An article (điều): its text, then clauses, or points alone. The paper numbers it."""

    text: str
    clauses: tuple[Clause, ...] = ()
    points: tuple[str, ...] = ()

    def as_lines(self, number: int) -> Iterator[Line]:
        yield Line(self.text, lead=f"Điều {number}.")
        yield from lettered(self.points)
        for position, clause in enumerate(self.clauses, start=1):
            yield from clause.as_lines(position)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float  # a share of the text width


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Line | Field | Choice | Article | Table
PrintedBlock = Line | Field | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPaper:
    """One official document. Without `issuer` it is a citizen's paper: no number, no recipients' list."""

    type_name: str
    abstract: str
    place: str
    issued_on: date | None  # None: the date is written by hand
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    issuer: Issuer | None = None
    number: Number | None = None
    authority: str = ""
    legal_bases: tuple[str, ...] = ()
    enacting_words: str = ""
    addressed_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    urgency: Urgency | None = None
    form_mark: str = ""
    check_url: str = ""  # printed as a QR code; it may carry a code, never a fact

    @property
    def title(self) -> str:
        return f"{self.type_name} {self.abstract}".strip()

    @property
    def place_and_date(self) -> str:
        return f"{self.place}, {date_in_words(self.issued_on)}"

    @property
    def printed_addressees(self) -> tuple[str, ...]:
        """One addressee stands on the line of "Kính gửi"; several make a list."""
        return punctuated(self.addressed_to) if len(self.addressed_to) > 1 else self.addressed_to

    @property
    def printed_bases(self) -> tuple[str, ...]:
        return punctuated(self.legal_bases) if self.legal_bases else ()

    def printed_body(self) -> Iterator[tuple[PrintedBlock, bool]]:
        """The body as both renderers print it, each block with whether it must stay with the next one.

        A line that announces something may not stand alone at the foot of a page, nor may a signature
        at the head of one.
        """
        blocks = tuple(self._opened_body())
        for position, block in enumerate(blocks, start=1):
            announces = isinstance(block, Line) and block.text.endswith(":")
            yield block, announces or position == len(blocks)

    def _opened_body(self) -> Iterator[PrintedBlock]:
        article_number = 0
        for block in self.body:
            match block:
                case Article():
                    article_number += 1
                    yield from block.as_lines(article_number)
                case Choice():
                    yield block.as_line()
                case _:
                    yield block

    @property
    def left_by_hand(self) -> tuple[str, ...]:
        """What people still have to write, sign or stamp, in the words of the screen."""
        return tuple(self._gaps())

    def _gaps(self) -> Iterator[str]:
        if self.number and self.number.value is None:
            yield "số văn bản"
        if self.issued_on is None:
            yield "ngày, tháng, năm"
        yield from (
            block.value.what for block in self.body if isinstance(block, Field) and isinstance(block.value, Fill)
        )
        for signature in self.signatures:
            yield f"chữ ký ({' '.join(signature.capacity)})"
            if signature.has_seal:
                yield "dấu của cơ quan"


def lettered(points: tuple[str, ...]) -> Iterator[Line]:
    """Points of a clause: a) b) c) d) đ) e) …"""
    return (Line(f"{_POINT_LETTERS[position]}) {text}") for position, text in enumerate(points))
