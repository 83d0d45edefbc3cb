"""The no-contact decision of the commune chairman (quyết định cấm tiếp xúc): Law 13/2022/QH15 Art. 25."""

from dataclasses import dataclass
from datetime import datetime

from maiam.core.law import no_contact
from maiam.core.law.no_contact import Ground
from maiam.core.papers import legal_bases as bases
from maiam.core.papers.forms.facts import (
    Commune,
    Perpetrator,
    ProtectedPerson,
    Signer,
    need_perpetrator,
    need_protected,
    need_signer,
)
from maiam.core.papers.missing import ByHand, Needs
from maiam.core.papers.paper import Article, Clause, Number, OfficialPaper, Urgency
from maiam.core.papers.wording import day_of, known, moment_in_words, punctuated, sentence

_GROUND_WORDS = {
    Ground.REQUESTED: f"có đề nghị theo điểm a khoản 1 Điều 25 {bases.LAW_SHORT}",
    Ground.LIFE_THREAT: (
        "hành vi bạo lực gia đình đe dọa tính mạng của người bị bạo lực gia đình,"
        f" theo điểm b khoản 1 Điều 25 {bases.LAW_SHORT}"
    ),
}


class UnlawfulTermError(ValueError):
    """No paper is made for a term the law does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoContactDecisionFacts:
    """What the decision may print. One text goes to all four addressees, the perpetrator among them.

    So there is no field for where the protected person lives or stays, nor for who asked or reported;
    and `reason` holds the chairman's own words, never those of a report.
    """

    commune: Commune
    number: int | ByHand | None
    issued_at: datetime | ByHand | None
    signer: Signer | None
    ground: Ground | None
    perpetrator: Perpetrator | None
    protected_person: ProtectedPerson | None
    reason: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    archive: str = "VT, VHXH"
    urgency: Urgency | None = None
    check_url: str = ""


def no_contact_decision(facts: NoContactDecisionFacts) -> OfficialPaper:
    """Make the decision. Raises `MissingFactError`, `UnlawfulTermError`."""
    need = Needs()
    number = need.or_by_hand(facts.number, "number", "số quyết định")
    issued_at = need.or_by_hand(facts.issued_at, "issued_at", "thời điểm ban hành")
    signer = need_signer(need, facts.signer)
    ground = need(facts.ground, "ground", "căn cứ ra quyết định (có đề nghị, hoặc đe dọa tính mạng)")
    perpetrator = need_perpetrator(need, facts.perpetrator)
    protected = need_protected(need, facts.protected_person)
    reason = need(facts.reason, "reason", "lý do cấm tiếp xúc")
    starts_at = need(facts.starts_at, "starts_at", "thời điểm bắt đầu cấm tiếp xúc")
    ends_at = need(facts.ends_at, "ends_at", "thời điểm kết thúc cấm tiếp xúc")
    need.check()
    if not no_contact.is_term_lawful(starts_at, ends_at):
        raise UnlawfulTermError(f"Mỗi lần cấm tiếp xúc không quá {no_contact.TERM.in_words}.")

    commune = facts.commune
    return OfficialPaper(
        issuer=commune.committee(),
        number=Number(known(number), "QĐ-UBND"),
        place=commune.place,
        issued_on=day_of(issued_at),
        type_name="QUYẾT ĐỊNH",
        abstract="Về việc cấm tiếp xúc",
        authority=commune.chair.upper(),
        legal_bases=(bases.LOCAL_GOVERNMENT, bases.LAW, bases.DECREE_76),
        enacting_words="QUYẾT ĐỊNH:",
        body=(
            _measure(perpetrator, protected, f"{_GROUND_WORDS[ground]}. {reason}", (starts_at, ends_at)),
            _prohibited(),
            _permitted_contacts(),
            _carrying_out(commune),
            _effect(commune),
        ),
        signatures=(signer.sign_as("CHỦ TỊCH"),),
        recipients=recipients(commune, facts.archive),
        urgency=facts.urgency,
        check_url=facts.check_url,
    )


def recipients(commune: Commune, archive: str) -> tuple[str, ...]:
    """The four addressees of Art. 25(3), then the archive. The village is not named: it would say where."""
    return (
        "Người có hành vi bạo lực gia đình;",
        "Người bị bạo lực gia đình;",
        f"{commune.police_chief};",
        "Trưởng thôn, Tổ trưởng tổ dân phố nơi cư trú của người bị bạo lực gia đình;",
        f"Lưu: {archive}.",
    )


def _measure(
    perpetrator: Perpetrator, protected: ProtectedPerson, reason: str, term: tuple[datetime, datetime]
) -> Article:
    starts_at, ends_at = term
    return Article(
        "Áp dụng biện pháp cấm tiếp xúc như sau:",
        clauses=(
            Clause(f"Người có hành vi bạo lực gia đình bị cấm tiếp xúc: {perpetrator.described}."),
            Clause(f"Người bị bạo lực gia đình: {protected.described}."),
            Clause(f"Lý do: {sentence(reason)}"),
            Clause(
                f"Thời hạn cấm tiếp xúc: từ {moment_in_words(starts_at)} đến {moment_in_words(ends_at)}"
                f" (không quá {no_contact.TERM.in_words})."
            ),
        ),
    )


def _prohibited() -> Article:
    return Article(
        "Trong thời hạn cấm tiếp xúc, người có hành vi bạo lực gia đình không được:",
        points=(
            f"Đến gần người bị bạo lực gia đình trong phạm vi {no_contact.DISTANCE_M} m mà không có tường ngăn"
            " hoặc vách ngăn bảo đảm an toàn;",
            "Sử dụng điện thoại, thư điện tử hoặc phương tiện, công cụ khác để thực hiện hành vi bạo lực gia đình"
            " với người bị bạo lực gia đình.",
        ),
    )


def _permitted_contacts() -> Article:
    return Article(
        f"Việc tiếp xúc trong thời hạn cấm tiếp xúc thực hiện theo Điều 18 {bases.DECREE_76_SHORT}:",
        clauses=(
            Clause(
                "Người có hành vi bạo lực gia đình chỉ được tiếp xúc khi cần thiết trong các trường hợp:",
                points=punctuated(bases.PERMITTED_CONTACTS.values()),
            ),
            Clause(
                "Trước khi tiếp xúc phải gửi thông báo bằng văn bản cho người được phân công giám sát; chỉ được tiếp"
                " xúc sau khi người giám sát đã ký xác nhận vào thông báo. Thời gian tiếp xúc không quá"
                f" {no_contact.CONTACT_MAX.in_words}."
            ),
        ),
    )


def _carrying_out(commune: Commune) -> Article:
    return Article(
        "Tổ chức thực hiện:",
        clauses=(
            Clause(
                f"{commune.police_chief} phân công ngay người giám sát bằng hình thức nhanh nhất và ban hành quyết"
                f" định phân công trong thời hạn {no_contact.ASSIGN_SUPERVISOR.in_words} kể từ khi nhận được Quyết"
                " định này."
            ),
            Clause(
                "Trưởng thôn, Tổ trưởng tổ dân phố nơi cư trú của người bị bạo lực gia đình phối hợp với Công an"
                f" {commune.full_name} giám sát việc thực hiện Quyết định này."
            ),
            Clause(
                "Người được phân công giám sát khi nhận được thông báo tiếp xúc phải báo ngay cho"
                f" {commune.chair} để có biện pháp bảo vệ người bị bạo lực gia đình."
            ),
        ),
    )


def _effect(commune: Commune) -> Article:
    return Article(
        "Quyết định này có hiệu lực ngay sau khi ký ban hành. Người có hành vi bạo lực gia đình, người bị bạo lực"
        f" gia đình, {commune.police_chief}, Trưởng thôn, Tổ trưởng tổ dân phố nơi cư trú của người bị bạo lực gia"
        " đình và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này. Người vi phạm Quyết"
        " định này bị xử lý theo quy định của pháp luật; người không đồng ý có quyền khiếu nại hoặc khởi kiện theo"
        " quy định của pháp luật."
    )
