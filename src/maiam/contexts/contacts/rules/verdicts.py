"""May this reach that person, this way, now? One answer, with its reason. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from maiam.contexts.contacts.rules.safe_rule import BY_PHONE, WRITTEN, SafeRule, Way
from maiam.contexts.contacts.rules.words import is_unsafe
from maiam.core.text import VIETNAM, fold


class Refusal(StrEnum):
    """Why nothing may leave. Each is a reason for a colleague to find another way."""

    NO_RULE = "no_rule"
    OUT_OF_DATE = "out_of_date"
    WAY_NOT_ALLOWED = "way_not_allowed"
    OUT_OF_HOURS = "out_of_hours"
    NO_NUMBER = "no_number"
    AGGRESSORS_NUMBER = "aggressors_number"
    HOUSEHOLDS_NUMBER = "households_number"
    FORBIDDEN_NUMBER = "forbidden_number"
    OTHERS_READ_PHONE = "others_read_phone"
    THROUGH_AGGRESSOR = "through_aggressor"
    NO_ADDRESS = "no_address"
    UNSAFE_WORDS = "unsafe_words"
    TOO_LATE = "too_late"
    NO_CHANNEL = "no_channel"
    NOT_TAKEN = "not_taken"
    NOT_DELIVERED = "not_delivered"


REFUSAL_LABELS = {
    Refusal.NO_RULE: "Chưa hỏi người ấy muốn được liên lạc thế nào",
    Refusal.OUT_OF_DATE: "Lời dặn đã quá lâu, phải hỏi lại",
    Refusal.WAY_NOT_ALLOWED: "Người ấy không cho liên lạc bằng cách này",
    Refusal.OUT_OF_HOURS: "Ngoài giờ người ấy dặn",
    Refusal.NO_NUMBER: "Chưa có số điện thoại an toàn",
    Refusal.AGGRESSORS_NUMBER: "Số này là của người có hành vi bạo lực",
    Refusal.HOUSEHOLDS_NUMBER: "Số này là của người cùng nhà với người có hành vi bạo lực",
    Refusal.FORBIDDEN_NUMBER: "Người ấy dặn không bao giờ dùng số này",
    Refusal.OTHERS_READ_PHONE: "Có người khác xem được điện thoại này",
    Refusal.THROUGH_AGGRESSOR: "Người nhận thay là người có hành vi bạo lực",
    Refusal.NO_ADDRESS: "Chưa có nơi nhận thư an toàn",
    Refusal.UNSAFE_WORDS: "Lời nhắn để lộ chuyện, hoặc để lộ tên",
    Refusal.TOO_LATE: "Đã quá lúc tin còn có ích",
    Refusal.NO_CHANNEL: "Chưa nối với máy nhắn tin nào",
    Refusal.NOT_TAKEN: "Máy nhắn tin không nhận",
    Refusal.NOT_DELIVERED: "Đã gửi nhưng không đến được máy của người ấy",
}


class NumberOwner(StrEnum):
    """Whose a number is, as far as it matters."""

    NOBODY_NEAR = ""
    AGGRESSOR = "aggressor"
    HOUSEHOLD = "household"


_OWNERS = {NumberOwner.AGGRESSOR: Refusal.AGGRESSORS_NUMBER, NumberOwner.HOUSEHOLD: Refusal.HOUSEHOLDS_NUMBER}


@dataclass(frozen=True)
class Standing:
    """What is known at this moment beside the rule: how long it holds, whose the number is, which names are near."""

    rule: SafeRule | None = None
    ask_again_on: date | None = None
    number_owner: NumberOwner = NumberOwner.NOBODY_NEAR
    accused_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """It may leave; or not, for this reason; or not before that moment."""

    refusal: Refusal | None = None
    opens_at: datetime | None = None

    @property
    def is_allowed(self) -> bool:
        return self.refusal is None

    @property
    def may_wait(self) -> bool:
        """Only the hour is wrong: later the same way is open."""
        return self.refusal is Refusal.OUT_OF_HOURS

    @property
    def label(self) -> str:
        return REFUSAL_LABELS[self.refusal] if self.refusal else ""


def judge(way: Way, standing: Standing, *, at: datetime, text: str = "") -> Verdict:
    """Hold one message against the rule in force. What is not allowed in words is not allowed."""
    rule = standing.rule
    if rule is None:
        return Verdict(Refusal.NO_RULE)
    if standing.ask_again_on and at.astimezone(VIETNAM).date() > standing.ask_again_on:
        return Verdict(Refusal.OUT_OF_DATE)
    if way not in rule.ways:
        return Verdict(Refusal.WAY_NOT_ALLOWED)
    wrong = _wrong(way, rule, standing, text)
    if wrong:
        return Verdict(wrong)
    return Verdict() if rule.is_open(at) else Verdict(Refusal.OUT_OF_HOURS, rule.opens_at(at))


def _wrong(way: Way, rule: SafeRule, standing: Standing, text: str) -> Refusal | None:
    if is_near(rule.through_whom, standing.accused_names):
        return Refusal.THROUGH_AGGRESSOR
    if way in BY_PHONE and (refused := _wrong_number(rule, standing)):
        return refused
    if way is Way.LETTER and not rule.letter_to:
        return Refusal.NO_ADDRESS
    if way in WRITTEN:
        return _wrong_words(rule, standing, text)
    return None


def _wrong_number(rule: SafeRule, standing: Standing) -> Refusal | None:
    if not rule.phone:
        return Refusal.NO_NUMBER
    if rule.phone in rule.never_phones:
        return Refusal.FORBIDDEN_NUMBER
    return _OWNERS.get(standing.number_owner)


def _wrong_words(rule: SafeRule, standing: Standing, text: str) -> Refusal | None:
    if rule.others_read_phone:
        return Refusal.OTHERS_READ_PHONE
    return Refusal.UNSAFE_WORDS if is_unsafe(text, names=standing.names) else None


def is_near(typed: str, names: Iterable[str]) -> bool:
    """Does this typed name mean one of these people? Two of their words are enough; marks do not matter."""
    words = set(fold(typed).split())
    if not words:
        return False
    for name in names:
        named = set(fold(name).split())
        if named and (named <= words or (len(words) > 1 and words <= named)):
            return True
    return False
