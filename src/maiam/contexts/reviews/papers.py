"""A review as a paper to sit over: numbered by its own hash, for its members alone."""

from typing import Any

from maiam.contexts.cases.papers import commune_of
from maiam.contexts.reviews.models import Lesson, Review
from maiam.contexts.reviews.rules import KIND_LABELS, Kind
from maiam.core.papers import OfficialPaper
from maiam.core.papers.paper import Block, Column, Line, Signature, Table
from maiam.core.papers.wording import date_in_words, sentence
from maiam.core.text import write_datetime

_TIME, _WHAT, _MORE = Column("Lúc", 0.24), Column("Việc", 0.44), Column("Thêm", 0.32)


def review_paper(
    row: Review,
    *,
    members: list[str],
    frozen: dict[str, Any],
    sha256: str,
    lessons: list[Lesson],
    recommended: list[tuple[str, str, str]],
) -> OfficialPaper:
    """Write the report of a review: what was known, what was done and when, what is learned. It names nobody hurt."""
    commune = commune_of(row.commune)
    return OfficialPaper(
        issuer=commune.committee(),
        place=commune.place,
        issued_on=None,
        type_name="BÁO CÁO RÀ SOÁT",
        abstract=f"Vụ việc {row.case_code}",
        body=(
            Line("TÀI LIỆU NỘI BỘ, chỉ người tham gia rà soát được đọc, không sao gửi.", lead="Lưu ý."),
            Line(f"{KIND_LABELS[Kind(row.kind)]}, {date_in_words(row.happened_on)}."),
            Line(f"Hồ sơ niêm lúc {frozen['frozen_at']}; mã băm SHA-256: {sha256}."),
            Line(f"Người tham gia: {'; '.join(members)}."),
            Line("Dòng thời gian:"),
            Table((_TIME, _WHAT, _MORE), tuple((one["at"], one["what"], one["more"]) for one in frozen["facts"])),
            Line("Đồng hồ theo luật và theo quy định của tỉnh:"),
            Table(
                (Column("Việc", 0.4), Column("Ai làm", 0.2), Column("Hạn", 0.2), Column("Kết quả", 0.2)),
                tuple((one["what"], one["who"], one["due_at"], one["result"]) for one in frozen["clocks"]),
            ),
            *_listed("Bài học:", [lesson.words for lesson in lessons]),
            *_listed("Kiến nghị:", [f"{words} ({owner}, trước {due})" for words, owner, due in recommended]),
            *([Line(sentence(row.summary), lead="Kết luận.")] if row.summary else []),
        ),
        signatures=(Signature(("NGƯỜI CHỦ TRÌ RÀ SOÁT",), None, note="(Ký, ghi rõ họ tên)"),),
        recipients=("Thành viên rà soát;", "Lưu: hồ sơ rà soát."),
    )


def printable(frozen: dict[str, Any]) -> dict[str, Any]:
    """The frozen lines with moments as a paper writes them."""
    return {
        "frozen_at": write_datetime(frozen["frozen_at"]),
        "facts": [{**one, "at": write_datetime(one["at"])} for one in frozen["facts"]],
        "clocks": [
            {
                **one,
                "due_at": write_datetime(one["due_at"]),
                "result": f"{one['state']}{', trễ' if one['is_late'] else ''}",
            }
            for one in frozen["clocks"]
        ],
    }


def _listed(title: str, words: list[str]) -> list[Block]:
    return (
        [Line(title), *(Line(f"{number}. {sentence(one)}") for number, one in enumerate(words, start=1))]
        if words
        else []
    )
