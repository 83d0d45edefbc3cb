"""The commune police chief assigns who supervises a no-contact decision: Law Art. 27, Circular 66/2025/TT-BCA."""

from dataclasses import dataclass
from datetime import datetime

from maiam.core.law import no_contact
from maiam.core.papers import legal_bases as bases
from maiam.core.papers.forms.facts import (
    DecisionReference,
    ProtectedPerson,
    Signer,
    need_protected,
    need_signer,
)
from maiam.core.papers.missing import ByHand, Needs
from maiam.core.papers.paper import Article, Clause, Column, Number, OfficialPaper, Table
from maiam.core.papers.wording import day_of, known, moment_in_words


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Someone respected, willing and able, and the post they hold."""

    name: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorAssignmentFacts:
    """What the assignment may print. The parties receive it: no address of the protected person here either."""

    decision: DecisionReference | None
    number: int | ByHand | None
    issued_at: datetime | ByHand | None
    signer: Signer | None
    received_at: datetime | None
    supervisors: tuple[Supervisor, ...]
    perpetrator_name: str | None
    protected_person: ProtectedPerson | None
    ends_at: datetime | None
    archive: str = "VT"
    check_url: str = ""


def supervisor_assignment(facts: SupervisorAssignmentFacts) -> OfficialPaper:
    """Make the assignment. Raises `MissingFactError`."""
    need = Needs()
    decision = need(facts.decision, "decision", "quyết định cấm tiếp xúc")
    number = need.or_by_hand(facts.number, "number", "số quyết định")
    issued_at = need.or_by_hand(facts.issued_at, "issued_at", "thời điểm ban hành")
    signer = need_signer(need, facts.signer)
    received_at = need(facts.received_at, "received_at", "thời điểm nhận quyết định cấm tiếp xúc")
    supervisors = need(facts.supervisors or None, "supervisors", "người được phân công giám sát")
    perpetrator = need(facts.perpetrator_name, "perpetrator_name", "họ tên người có hành vi bạo lực gia đình")
    protected = need_protected(need, facts.protected_person)
    ends_at = need(facts.ends_at, "ends_at", "thời điểm kết thúc cấm tiếp xúc")
    need.check()

    commune = decision.commune
    return OfficialPaper(
        issuer=commune.police(),
        number=Number(known(number), f"QĐ-{commune.police().abbreviation}"),
        place=commune.place,
        issued_on=day_of(issued_at),
        type_name="QUYẾT ĐỊNH",
        abstract="Về việc phân công người giám sát việc thực hiện quyết định cấm tiếp xúc",
        authority=commune.police_chief.upper(),
        legal_bases=(
            bases.LAW,
            bases.DECREE_76,
            bases.CIRCULAR_66,
            f"Căn cứ {decision.in_words} về việc cấm tiếp xúc, nhận lúc {moment_in_words(received_at)}",
        ),
        enacting_words="QUYẾT ĐỊNH:",
        body=(
            Article(
                f"Phân công những người sau đây giám sát {perpetrator} thực hiện quyết định cấm tiếp xúc với"
                f" {protected.name}, đến {moment_in_words(ends_at)}:"
            ),
            _listed(supervisors),
            _duties(commune.chair),
            _meeting(commune.full_name),
            Article(
                "Quyết định này có hiệu lực kể từ khi ký. Những người có tên tại Điều 1, người có hành vi bạo lực gia"
                " đình và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này."
            ),
        ),
        signatures=(signer.sign_as(f"TRƯỞNG CÔNG AN {commune.kind.upper()}"),),
        recipients=(
            "Như Điều 4;",
            "Người bị bạo lực gia đình;",
            f"{commune.chair} (để báo cáo);",
            "Trưởng thôn, Tổ trưởng tổ dân phố nơi cư trú của người bị bạo lực gia đình;",
            f"Lưu: {facts.archive}.",
        ),
        check_url=facts.check_url,
    )


def _listed(supervisors: tuple[Supervisor, ...]) -> Table:
    return Table(
        (Column("TT", 1), Column("Họ và tên", 5), Column("Chức vụ, thành phần", 6)),
        tuple((str(place), person.name, person.post) for place, person in enumerate(supervisors, start=1)),
    )


def _duties(chair: str) -> Article:
    return Article(
        "Người được phân công giám sát có trách nhiệm:",
        points=(
            "Theo dõi, nhắc nhở người có hành vi bạo lực gia đình thực hiện đúng quyết định cấm tiếp xúc và cam kết;",
            "Khi phát hiện vi phạm, yêu cầu chấm dứt ngay và báo cho Công an cấp xã;",
            f"Ký xác nhận thông báo tiếp xúc khi đúng trường hợp quy định tại Điều 18 {bases.DECREE_76_SHORT}, mỗi lần"
            f" không quá {no_contact.CONTACT_MAX.in_words}, và báo ngay cho {chair};",
            "Giữ kín nơi ở và thông tin riêng của người bị bạo lực gia đình.",
        ),
    )


def _meeting(commune_name: str) -> Article:
    return Article(
        f"Trong thời hạn {no_contact.SUPERVISION_MEETING.in_words} kể từ khi phân công, Công an {commune_name}:",
        clauses=(
            Clause(
                "Gặp người có hành vi bạo lực gia đình, người bị bạo lực gia đình và thân nhân của họ để thông báo việc"
                " giám sát;"
            ),
            Clause("Lập kế hoạch giám sát và phổ biến cho người được phân công."),
        ),
    )
