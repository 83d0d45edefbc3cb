"""What an incident is made of, and how sure we are that it happened. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from maiam.contexts.families.rules import CHILD_BELOW
from maiam.core.law.codes import kinds
from maiam.core.law.regimes import Regime, acts_under, regime_on
from maiam.core.text import PartialDate


class Verification(StrEnum):
    """How far the incident has been checked. Help never waits for it."""

    REPORTED = "reported"
    BEING_CHECKED = "being_checked"
    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    NOT_CONFIRMED = "not_confirmed"


VERIFICATION_LABELS = {
    Verification.REPORTED: "Mới theo tin báo",
    Verification.BEING_CHECKED: "Đang kiểm tra",
    Verification.CONFIRMED: "Đã xác nhận",
    Verification.PROBABLE: "Có khả năng đã xảy ra",
    Verification.NOT_CONFIRMED: "Chưa xác nhận được",
}

_CONCLUSIONS = frozenset({Verification.CONFIRMED, Verification.PROBABLE, Verification.NOT_CONFIRMED})
# A conclusion may be checked again when new facts come in.
_NEXT_VERIFICATIONS: dict[Verification, frozenset[Verification]] = {
    Verification.REPORTED: frozenset({Verification.BEING_CHECKED}),
    Verification.BEING_CHECKED: _CONCLUSIONS,
    **dict.fromkeys(_CONCLUSIONS, frozenset({Verification.BEING_CHECKED})),
}


def next_verifications(current: Verification) -> list[Verification]:
    """Where the checking of an incident may go from here, in reading order."""
    return [step for step in Verification if step in _NEXT_VERIFICATIONS[current]]


class PartyRole(StrEnum):
    """What a person was in an incident."""

    VICTIM = "victim"
    EXPOSED_CHILD = "exposed_child"
    AGGRESSOR = "aggressor"
    WITNESS = "witness"
    HELPER = "helper"


PARTY_ROLE_LABELS = {
    PartyRole.VICTIM: "Người bị bạo lực",
    PartyRole.EXPOSED_CHILD: "Trẻ em chứng kiến",
    PartyRole.AGGRESSOR: "Người có hành vi bạo lực",
    PartyRole.WITNESS: "Người làm chứng",
    PartyRole.HELPER: "Người giúp đỡ",
}
PROTECTED_ROLES = frozenset({PartyRole.VICTIM, PartyRole.EXPOSED_CHILD})


class Precision(StrEnum):
    """How exactly the time of an incident is known."""

    MOMENT = "moment"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def precision_of(known: PartialDate, *, has_time: bool) -> Precision:
    if known.month is None:
        return Precision.YEAR
    if known.day is None:
        return Precision.MONTH
    return Precision.MOMENT if has_time else Precision.DAY


class Injury(StrEnum):
    UNKNOWN = "unknown"
    NONE = "none"
    UNTREATED = "untreated"
    TREATED = "treated"
    HOSPITAL = "hospital"
    DEATH = "death"


INJURY_LABELS = {
    Injury.UNKNOWN: "Chưa biết",
    Injury.NONE: "Không có thương tích",
    Injury.UNTREATED: "Có thương tích, không cần điều trị",
    Injury.TREATED: "Có thương tích, đã khám hoặc điều trị",
    Injury.HOSPITAL: "Phải nằm viện",
    Injury.DEATH: "Có người chết",
}


class Weapon(StrEnum):
    UNKNOWN = "unknown"
    NONE = "none"
    BLADE = "blade"
    BLUNT = "blunt"
    FIRE_OR_ACID = "fire_or_acid"
    POISON = "poison"
    GUN_OR_EXPLOSIVE = "gun_or_explosive"
    OTHER = "other"


WEAPON_LABELS = {
    Weapon.UNKNOWN: "Chưa biết",
    Weapon.NONE: "Không dùng vật gì",
    Weapon.BLADE: "Dao, rựa, vật sắc nhọn",
    Weapon.BLUNT: "Gậy, đá, vật cứng",
    Weapon.FIRE_OR_ACID: "Xăng, lửa, a-xít",
    Weapon.POISON: "Thuốc trừ sâu, chất độc",
    Weapon.GUN_OR_EXPLOSIVE: "Súng, vật nổ",
    Weapon.OTHER: "Vật khác",
}


class Answer(StrEnum):
    """Unknown is not no."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


ANSWER_LABELS = {Answer.UNKNOWN: "Chưa biết", Answer.YES: "Có", Answer.NO: "Không"}


class ReportRelation(StrEnum):
    """What a report is to an incident."""

    FIRST = "first"
    SAME = "same"
    ADDS_FACTS = "adds_facts"
    CONTRADICTS = "contradicts"


REPORT_RELATION_LABELS = {
    ReportRelation.FIRST: "Tin đầu tiên về sự việc",
    ReportRelation.SAME: "Cùng sự việc, không có gì mới",
    ReportRelation.ADDS_FACTS: "Cùng sự việc, có thêm chi tiết",
    ReportRelation.CONTRADICTS: "Cùng sự việc, kể khác tin trước",
}


def regime_of(known: PartialDate) -> Regime:
    """The law of the act's day. Where only a month or year is known, its first day decides: no law reaches back."""
    return regime_on(known.earliest)


def acts_not_in_law(acts: Iterable[str], regime: Regime) -> list[str]:
    """Codes that were no act of violence under the law of that day."""
    listed = acts_under(regime)
    return [code for code in acts if code not in listed]


def kinds_of(acts: Iterable[str], regime: Regime) -> list[str]:
    """The kinds of violence the acts belong to, in the order of the list."""
    listed = acts_under(regime)
    found = {kind for code in acts for kind in listed[code].kinds}
    return [kind for kind in kinds() if kind in found]


def is_child(birth: PartialDate | None, on: PartialDate) -> bool | None:
    """Was the person a child on that day? None where the dates as known allow both."""
    if birth is None:
        return None
    if _age(birth.latest, on.earliest) >= CHILD_BELOW:
        return False
    return True if _age(birth.earliest, on.latest) < CHILD_BELOW else None


def needs_child_protection(role: PartyRole, *, birth_known: bool, was_child: bool | None) -> bool:
    """Whether the clocks of child protection run for a party: unknown is not no, where anything points to a child."""
    points_to_child = role is PartyRole.EXPOSED_CHILD or birth_known
    return role in PROTECTED_ROLES and (bool(was_child) or (was_child is None and points_to_child))


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
