"""Request to cancel a no-contact decision (Form 10): Decree 76/2023/NĐ-CP Art. 20(1)."""

from dataclasses import dataclass

from maiam.core.law.no_contact import Requester
from maiam.core.papers import legal_bases as bases
from maiam.core.papers.forms.facts import DecisionReference
from maiam.core.papers.missing import BY_HAND, ByHand, Needs
from maiam.core.papers.paper import Choice, Field, Fill, Line, OfficialPaper, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationRequestFacts:
    """What we know when the form is handed out. The request goes to the chairman alone."""

    decision: DecisionReference | None
    requester_name: str | None
    role: Requester | ByHand | None = BY_HAND
    reason: str | ByHand | None = BY_HAND


def cancellation_request(facts: CancellationRequestFacts) -> OfficialPaper:
    """Make the request, ready to sign. Raises `MissingFactError`."""
    need = Needs()
    decision = need(facts.decision, "decision", "quyết định cấm tiếp xúc")
    requester = need(facts.requester_name, "requester_name", "người đề nghị")
    role = need.or_by_hand(facts.role, "role", "tư cách của người đề nghị")
    reason = need.or_by_hand(facts.reason, "reason", "lý do đề nghị hủy bỏ")
    need.check()

    return OfficialPaper(
        place=decision.commune.place,
        issued_on=None,
        type_name="ĐƠN ĐỀ NGHỊ",
        abstract="Hủy bỏ quyết định cấm tiếp xúc",
        addressed_to=(decision.signed_by,),
        body=(
            Field("Tôi là", requester),
            Line("Tư cách người đề nghị:"),
            *(Choice(words, is_chosen=requester_role is role) for requester_role, words in bases.REQUESTERS.items()),
            Line(
                f"Căn cứ Điều 20 {bases.DECREE_76_SHORT}, tôi đề nghị {decision.signed_by} hủy bỏ"
                f" {decision.in_words} về việc cấm tiếp xúc."
            ),
            Field("Lý do đề nghị", Fill("lý do đề nghị", lines=4) if isinstance(reason, ByHand) else reason),
            Line("Tôi tự nguyện đề nghị, không bị ai ép buộc, và biết rằng tôi có quyền đề nghị cấm tiếp xúc lại."),
        ),
        signatures=(Signature(("NGƯỜI ĐỀ NGHỊ",), requester, note="(Ký, ghi rõ họ tên)"),),
    )
