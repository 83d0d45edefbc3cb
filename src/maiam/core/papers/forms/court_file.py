"""The file of a case for a court that asked: facts, dates, decisions; and what was left out, and why."""

from dataclasses import dataclass
from datetime import datetime

from maiam.core.papers.forms.facts import Commune, ProtectedPerson, Signer, need_protected, need_signer
from maiam.core.papers.missing import ByHand, Needs
from maiam.core.papers.paper import Block, Column, Line, Number, OfficialPaper, Table
from maiam.core.papers.wording import day_of, known, moment_in_words, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table under its own words; an empty one says that there is nothing."""

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtFileFacts:
    """What the file may print. It may reach the perpetrator: nobody's home, refuge, number or words stand here."""

    commune: Commune
    number: int | ByHand | None
    issued_at: datetime | ByHand | None
    signer: Signer | None
    authority: str | None
    request: str | None
    ground: str | None
    case_code: str | None
    opened_at: datetime | None
    protected_person: ProtectedPerson | None
    sections: tuple[Section, ...]
    left_out: tuple[tuple[str, str], ...]
    archive: str = "VT, hồ sơ vụ việc"
    check_url: str = ""


def court_file(facts: CourtFileFacts) -> OfficialPaper:
    """Make the file. Raises `MissingFactError`."""
    need = Needs()
    number = need.or_by_hand(facts.number, "number", "số văn bản")
    issued_at = need.or_by_hand(facts.issued_at, "issued_at", "thời điểm ban hành")
    signer = need_signer(need, facts.signer)
    authority = need(facts.authority, "authority", "cơ quan yêu cầu")
    request = need(facts.request, "request", "văn bản yêu cầu")
    ground = need(facts.ground, "ground", "căn cứ cung cấp")
    code = need(facts.case_code, "case_code", "mã vụ việc")
    opened_at = need(facts.opened_at, "opened_at", "lúc mở vụ việc")
    person = need_protected(need, facts.protected_person)
    need.check()
    return OfficialPaper(
        issuer=facts.commune.committee(),
        number=Number(known(number), "BC-UBND"),
        place=facts.commune.place,
        issued_on=day_of(issued_at),
        type_name="BÁO CÁO",
        abstract=f"Tổng hợp hồ sơ vụ việc {code}",
        addressed_to=(authority,),
        body=(
            Line(f"Theo {request}, {facts.commune.chair} cung cấp bản tổng hợp hồ sơ vụ việc {code}."),
            Line(sentence(ground), lead="Căn cứ cung cấp."),
            Line(f"{person.described}. Vụ việc mở lúc {moment_in_words(opened_at)}.", lead="Người được bảo vệ."),
            *(block for section in facts.sections for block in _printed(section)),
            Line("Những nội dung không đưa vào bản này, và vì sao:"),
            *(Line(f"{place}. {what}: {sentence(why)}") for place, (what, why) in enumerate(facts.left_out, start=1)),
            Line("Bản này chỉ dùng cho việc nêu trong văn bản yêu cầu. Bên nhận giữ kín, không chuyển cho bên khác."),
        ),
        signatures=(signer.sign_as("CHỦ TỊCH"),),
        recipients=("Như trên;", f"Lưu: {facts.archive}."),
        check_url=facts.check_url,
    )


def _printed(section: Section) -> tuple[Block, ...]:
    if not section.rows:
        return (Line("Không có.", lead=f"{section.title}."),)
    columns = tuple(Column(title, width) for title, width in section.columns)
    return (Line(f"{section.title}:"), Table(columns, section.rows))
