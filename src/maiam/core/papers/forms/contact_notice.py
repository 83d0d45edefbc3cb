"""Notice of contact during a ban (Form 09), for the person under the decision to fill: Decree 76 Art. 18(2)."""

from dataclasses import dataclass

from maiam.core.law import no_contact
from maiam.core.papers import legal_bases as bases
from maiam.core.papers.forms.facts import DecisionReference
from maiam.core.papers.missing import Needs
from maiam.core.papers.paper import Choice, Field, Fill, Line, OfficialPaper, Signature
from maiam.core.papers.wording import MOMENT_BY_HAND


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNoticeFacts:
    """What we know when the form is handed out; reason, time and place are the person's to write."""

    decision: DecisionReference | None
    sender_name: str | None
    protected_name: str | None
    supervisor_name: str | None


def contact_notice(facts: ContactNoticeFacts) -> OfficialPaper:
    """Make the form, ready to fill. Raises `MissingFactError`."""
    need = Needs()
    decision = need(facts.decision, "decision", "quyết định cấm tiếp xúc")
    sender = need(facts.sender_name, "sender_name", "người thông báo")
    protected = need(facts.protected_name, "protected_name", "họ tên người bị bạo lực gia đình")
    supervisor = need(facts.supervisor_name, "supervisor_name", "người được phân công giám sát")
    need.check()

    return OfficialPaper(
        place=decision.commune.place,
        issued_on=None,
        type_name="THÔNG BÁO",
        abstract="Về việc tiếp xúc với người bị bạo lực gia đình",
        addressed_to=(f"{supervisor}, người được phân công giám sát",),
        body=(
            Field("Tôi là", sender),
            Line(f"Tôi đang thực hiện {decision.in_words} về việc cấm tiếp xúc với {protected}."),
            Line(f"Theo Điều 18 {bases.DECREE_76_SHORT}, tôi thông báo việc cần tiếp xúc vì (đánh dấu một ô):"),
            *(Choice(contact) for contact in bases.PERMITTED_CONTACTS.values()),
            Field("Nói rõ việc cần tiếp xúc", Fill("việc cần tiếp xúc", lines=2)),
            Field("Tiếp xúc từ", Fill("thời điểm bắt đầu tiếp xúc", MOMENT_BY_HAND)),
            Field(
                f"Đến (không quá {no_contact.CONTACT_MAX.in_words})",
                Fill("thời điểm kết thúc tiếp xúc", MOMENT_BY_HAND),
            ),
            Field("Nơi tiếp xúc", Fill("nơi tiếp xúc")),
            Line(
                "Tôi chỉ tiếp xúc sau khi người giám sát đã ký xác nhận và cam kết không có hành vi bạo lực gia đình."
            ),
            Field("Người giám sát nhận thông báo lúc", Fill("thời điểm người giám sát nhận", MOMENT_BY_HAND)),
        ),
        signatures=(
            Signature(("NGƯỜI GIÁM SÁT XÁC NHẬN",), supervisor, note="(Ký, ghi rõ họ tên)"),
            Signature(("NGƯỜI THÔNG BÁO",), sender, note="(Ký, ghi rõ họ tên)"),
        ),
    )
