"""The written answer that no ban is decided, with its reasons: Law 13/2022/QH15 Art. 25(2)."""

from dataclasses import dataclass
from datetime import datetime

from maiam.core.law import no_contact
from maiam.core.papers import legal_bases as bases
from maiam.core.papers.forms.facts import Commune, Signer, need_signer
from maiam.core.papers.missing import ByHand, Needs
from maiam.core.papers.paper import Line, Number, OfficialPaper
from maiam.core.papers.wording import day_of, known, moment_in_words, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class NoContactRefusalFacts:
    """What the answer may print. It goes to the requester alone, never to the other side."""

    commune: Commune
    number: int | ByHand | None
    issued_at: datetime | ByHand | None
    signer: Signer | None
    requester_name: str | None
    requested_at: datetime | None
    perpetrator_name: str | None
    reasons: tuple[str, ...]
    archive: str = "VT, VHXH"
    check_url: str = ""


def no_contact_refusal(facts: NoContactRefusalFacts) -> OfficialPaper:
    """Make the answer. Raises `MissingFactError`."""
    need = Needs()
    number = need.or_by_hand(facts.number, "number", "số thông báo")
    issued_at = need.or_by_hand(facts.issued_at, "issued_at", "thời điểm ban hành")
    signer = need_signer(need, facts.signer)
    requester = need(facts.requester_name, "requester_name", "người đề nghị")
    requested_at = need(facts.requested_at, "requested_at", "thời điểm nhận đề nghị")
    perpetrator = need(facts.perpetrator_name, "perpetrator_name", "người bị đề nghị cấm tiếp xúc")
    reasons = need(_written(facts.reasons) or None, "reasons", "lý do không ra quyết định")
    need.check()

    commune = facts.commune
    return OfficialPaper(
        issuer=commune.committee(),
        number=Number(known(number), "TB-UBND"),
        place=commune.place,
        issued_on=day_of(issued_at),
        type_name="THÔNG BÁO",
        abstract="Về việc không ra quyết định cấm tiếp xúc",
        addressed_to=(requester,),
        body=(
            Line(
                f"Lúc {moment_in_words(requested_at)}, {commune.chair} nhận được đề nghị của {requester} về việc cấm"
                f" tiếp xúc đối với {perpetrator}."
            ),
            Line(
                f"Căn cứ khoản 2 Điều 25 {bases.LAW_SHORT}, trong thời hạn {no_contact.DECIDE.in_words} kể từ khi nhận"
                f" được đề nghị, {commune.chair} đã xem xét và không ra quyết định cấm tiếp xúc vì lý do sau:"
            ),
            *(Line(f"{place}. {sentence(reason)}") for place, reason in enumerate(reasons, start=1)),
            Line(
                "Khi có thêm thông tin hoặc thấy không an toàn, người bị bạo lực gia đình có quyền đề nghị lại bất cứ"
                f" lúc nào. Khi nguy hiểm, xin báo ngay cho Công an {commune.full_name} hoặc Ủy ban nhân dân"
                f" {commune.full_name}."
            ),
            Line(f"{commune.chair} thông báo để {requester} được biết."),
        ),
        signatures=(signer.sign_as("CHỦ TỊCH"),),
        recipients=("Như trên;", f"Lưu: {facts.archive}."),
        check_url=facts.check_url,
    )


def _written(reasons: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(reason for reason in reasons if reason.strip())
