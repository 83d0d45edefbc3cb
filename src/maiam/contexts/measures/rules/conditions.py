"""Whether the conditions of a measure hold, each with its reason: what the chairman sees before signing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from maiam.contexts.measures.rules import kinds
from maiam.core.law.codes import priority_groups
from maiam.core.law.codes.procedures import Condition
from maiam.core.law.repeat import Finding, PastAct, of_age, repeat_or_fined
from maiam.core.text import PartialDate


@dataclass(frozen=True)
class Known:
    """What the records say of the people in a matter."""

    acts: Sequence[PastAct] = ()
    birth: PartialDate | None = None
    vulnerable: str = ""
    is_dangerous: bool = False
    has_chosen: bool = False
    is_child: bool | None = None
    protector: str = ""


def findings(kind: str, known: Known) -> list[Finding]:
    """One line for each condition of this kind, in the order of the law."""
    return [_finding(condition, kind, known) for condition in kinds.procedure(kind).conditions]


def unmet(found: Sequence[Finding]) -> list[Finding]:
    """What does not hold, or is not known to hold."""
    return [finding for finding in found if finding.holds is not True]


def _finding(condition: Condition, kind: str, known: Known) -> Finding:
    article = kinds.article(kind)
    match condition:
        case "repeat_or_fined":
            return repeat_or_fined(known.acts)
        case "adult":
            return of_age(known.acts, known.birth)
        case "vulnerable_or_danger":
            return _vulnerable_or_danger(kind, known)
        case "chosen":
            why = "Đã ghi." if known.has_chosen else "Chưa ghi người ấy chọn."
            return Finding(condition, "Người ấy tự chọn thay cho góp ý, phê bình", known.has_chosen, why, article)
        case "child":
            return _child(kind, known)
        case "child_protector":
            what = "Có người làm công tác bảo vệ trẻ em tham gia"
            why = f"{known.protector or 'Chưa ghi người làm công tác bảo vệ trẻ em'}."
            return Finding(condition, what, bool(known.protector), why, article)


def _vulnerable_or_danger(kind: str, known: Known) -> Finding:
    group = priority_groups().get(known.vulnerable)
    reasons = [group.vi] if group else []
    reasons += ["có căn cứ nguy hiểm đến sức khỏe, tính mạng"] if known.is_dangerous else []
    what = "Người bị bạo lực thuộc nhóm ưu tiên, hoặc hành vi nguy hiểm đến sức khỏe, tính mạng"
    why = f"{'; '.join(reasons)}." if reasons else "Chưa ghi nhóm nào và chưa ghi căn cứ nguy hiểm."
    return Finding("vulnerable_or_danger", what, bool(reasons), why, kinds.article(kind))


def _child(kind: str, known: Known) -> Finding:
    whys = {True: "Là trẻ em vào ngày xảy ra.", False: "Không phải trẻ em.", None: "Chưa rõ ngày sinh."}
    # Where the birth date does not tell, protection goes first.
    holds = known.is_child is not False
    what = "Người được bảo vệ là trẻ em, hoặc có thể là trẻ em"
    return Finding("child", what, holds, whys[known.is_child], kinds.article(kind))
