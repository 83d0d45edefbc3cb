"""Request for a no-contact decision, with her consent where a body asks: Law Art. 25(1)(a), Decree 76 Art. 16."""

from dataclasses import dataclass
from datetime import datetime

from maiam.core.law import no_contact
from maiam.core.law.no_contact import Requester
from maiam.core.papers import legal_bases as bases
from maiam.core.papers.forms.facts import (
    Commune,
    Perpetrator,
    ProtectedPerson,
    need_perpetrator,
    need_protected,
)
from maiam.core.papers.missing import BY_HAND, ByHand, Needs
from maiam.core.papers.paper import Field, Fill, Line, OfficialPaper, Signature
from maiam.core.papers.wording import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NoContactRequestFacts:
    """What the request may print. It goes to the chairman alone; the other side never receives it."""

    commune: Commune
    requested_at: datetime | ByHand | None
    requester_name: str | None
    role: Requester | None
    protected_person: ProtectedPerson | None
    perpetrator: Perpetrator | None
    conduct: str | ByHand | None
    harm: str | ByHand | None
    evidence: str | ByHand | None = BY_HAND


def no_contact_request(facts: NoContactRequestFacts) -> OfficialPaper:
    """Make the request, ready to sign. Raises `MissingFactError`."""
    need = Needs()
    requested_at = need.or_by_hand(facts.requested_at, "requested_at", "ngày đề nghị")
    requester = need(facts.requester_name, "requester_name", "người đề nghị")
    role = need(facts.role, "role", "tư cách của người đề nghị")
    protected = need_protected(need, facts.protected_person)
    perpetrator = need_perpetrator(need, facts.perpetrator)
    conduct = need.or_by_hand(facts.conduct, "conduct", "hành vi bạo lực gia đình")
    harm = need.or_by_hand(facts.harm, "harm", "tổn hại hoặc đe dọa gây tổn hại")
    evidence = need.or_by_hand(facts.evidence, "evidence", "tài liệu kèm theo")
    need.check()

    requester_signs = Signature(("NGƯỜI ĐỀ NGHỊ",), requester, note="(Ký, ghi rõ họ tên)")
    return OfficialPaper(
        place=facts.commune.place,
        issued_on=day_of(requested_at),
        type_name="ĐƠN ĐỀ NGHỊ",
        abstract="Ra quyết định cấm tiếp xúc",
        addressed_to=(facts.commune.chair,),
        body=(
            Field("Người đề nghị", requester),
            Field("Tư cách", bases.REQUESTERS[role]),
            Field("Người bị bạo lực gia đình", protected.described),
            Field("Người có hành vi bạo lực gia đình", perpetrator.described),
            _told("Hành vi bạo lực gia đình", conduct, lines=3),
            _told("Tổn hại hoặc đe dọa gây tổn hại đến sức khỏe, tính mạng", harm, lines=2),
            _told("Tài liệu kèm theo (nếu có)", evidence, lines=1),
            Line(
                f"Căn cứ điểm a khoản 1 Điều 25 {bases.LAW_SHORT}, đề nghị {facts.commune.chair} ra quyết định cấm"
                " tiếp xúc đối với người có hành vi bạo lực gia đình nêu trên."
            ),
        ),
        signatures=(_consent(), requester_signs) if no_contact.needs_victim_consent(role) else (requester_signs,),
    )


def _told(label: str, value: str | ByHand, *, lines: int) -> Field:
    return Field(label, Fill(label, lines=lines) if isinstance(value, ByHand) else value)


def _consent() -> Signature:
    # Without this consent a body's request counts for nothing (Art. 25(1)(a), second sentence).
    # A guardian may sign in the person's place, so the name is left to the pen.
    return Signature(
        ("Ý KIẾN CỦA NGƯỜI BỊ", "BẠO LỰC GIA ĐÌNH"),
        None,
        note="(hoặc người giám hộ, người đại diện theo pháp luật: ghi rõ đồng ý hay không, ký, ghi rõ họ tên)",
    )
