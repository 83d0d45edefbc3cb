"""The decision that cancels a no-contact decision (Form 11): Law Art. 25(4), Decree 76 Art. 20."""

from dataclasses import dataclass
from datetime import datetime

from maiam.core.law.no_contact import CancelGround
from maiam.core.papers import legal_bases as bases
from maiam.core.papers.forms.facts import DecisionReference, ProtectedPerson, Signer, need_protected, need_signer
from maiam.core.papers.forms.no_contact_decision import recipients
from maiam.core.papers.missing import ByHand, Needs
from maiam.core.papers.paper import Article, Clause, Number, OfficialPaper
from maiam.core.papers.wording import day_of, known, sentence

# The points are cited, not explained: the paper must not tell the perpetrator who asked for what.
_POINTS = {
    CancelGround.REQUESTER_ASKS: "a",
    CancelGround.VICTIM_DISAGREES: "b",
    CancelGround.NO_LONGER_NEEDED: "c",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoContactCancellationFacts:
    """What the cancellation may print; it goes to the same four addressees as the decision."""

    decision: DecisionReference | None
    number: int | ByHand | None
    issued_at: datetime | ByHand | None
    signer: Signer | None
    ground: CancelGround | None
    reason: str | None
    perpetrator_name: str | None
    protected_person: ProtectedPerson | None
    archive: str = "VT, VHXH"
    check_url: str = ""


def no_contact_cancellation(facts: NoContactCancellationFacts) -> OfficialPaper:
    """Make the cancellation. Raises `MissingFactError`."""
    need = Needs()
    cancelled = need(facts.decision, "decision", "quyết định cấm tiếp xúc bị hủy bỏ")
    number = need.or_by_hand(facts.number, "number", "số quyết định")
    issued_at = need.or_by_hand(facts.issued_at, "issued_at", "thời điểm ban hành")
    signer = need_signer(need, facts.signer)
    ground = need(facts.ground, "ground", "căn cứ hủy bỏ")
    reason = need(facts.reason, "reason", "lý do hủy bỏ")
    perpetrator = need(facts.perpetrator_name, "perpetrator_name", "họ tên người có hành vi bạo lực gia đình")
    protected = need_protected(need, facts.protected_person)
    need.check()

    # Only the chairman who decided may cancel (Art. 25(4)): the commune is the decision's own.
    commune = cancelled.commune
    return OfficialPaper(
        issuer=commune.committee(),
        number=Number(known(number), "QĐ-UBND"),
        place=commune.place,
        issued_on=day_of(issued_at),
        type_name="QUYẾT ĐỊNH",
        abstract="Về việc hủy bỏ quyết định cấm tiếp xúc",
        authority=commune.chair.upper(),
        legal_bases=(bases.LOCAL_GOVERNMENT, bases.LAW, bases.DECREE_76),
        enacting_words="QUYẾT ĐỊNH:",
        body=(
            Article(
                f"Hủy bỏ {cancelled.in_words} về việc cấm tiếp xúc.",
                clauses=(
                    Clause(f"Người có hành vi bạo lực gia đình: {perpetrator}."),
                    Clause(f"Người bị bạo lực gia đình: {protected.described}."),
                    Clause(
                        f"Căn cứ hủy bỏ: điểm {_POINTS[ground]} khoản 4 Điều 25 {bases.LAW_SHORT}. {sentence(reason)}"
                    ),
                ),
            ),
            Article(
                "Việc giám sát thực hiện quyết định cấm tiếp xúc chấm dứt kể từ khi Quyết định này có hiệu lực."
                " Người bị bạo lực gia đình vẫn được bảo vệ, hỗ trợ theo quy định của pháp luật và có quyền đề nghị cấm"
                " tiếp xúc khi có hành vi bạo lực gia đình."
            ),
            Article(
                "Quyết định này có hiệu lực kể từ khi ký ban hành. Người có hành vi bạo lực gia đình, người bị bạo lực"
                f" gia đình, {commune.police_chief}, Trưởng thôn, Tổ trưởng tổ dân phố nơi cư trú của người bị bạo lực"
                " gia đình và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này."
            ),
        ),
        signatures=(signer.sign_as("CHỦ TỊCH"),),
        recipients=recipients(commune, facts.archive),
        check_url=facts.check_url,
    )
