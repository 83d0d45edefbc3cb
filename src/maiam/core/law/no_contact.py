"""No-contact decisions of the commune chairman (cấm tiếp xúc), Law 13/2022/QH15 Art. 25; Decree 76 Arts 13-20."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from maiam.core.law.codes.measures import no_contact_by_commune
from maiam.core.law.limits import due_at, time_limit
from maiam.core.law.regimes import Regime, no_contact_distance, regime_on

DECIDE = time_limit("BAN_DECIDE")
TERM = time_limit("BAN_MAX_COMMUNE")
COURT_TERM = time_limit("BAN_MAX_COURT")
CANCEL = time_limit("BAN_CANCEL_DECIDE")
CONTACT_MAX = time_limit("BAN_CONTACT_MAX")
CONTACT_TELL = time_limit("BAN_CONTACT_TELL")
ASSIGN_SUPERVISOR = time_limit("BAN_ASSIGN_SUPERVISOR")
SUPERVISION_MEETING = time_limit("BAN_SUPERVISION_MEETING")

DISTANCE_M: Final = no_contact_distance(Regime.LAW_2022).metres


class Ground(StrEnum):
    """On what a decision stands, Art. 25(1): a request, or a threat to life that needs none."""

    REQUESTED = "REQUESTED"
    LIFE_THREAT = "LIFE_THREAT"


GROUND_LABELS: Final = {
    Ground.REQUESTED: "Có đơn đề nghị; hành vi gây tổn hại hoặc đe dọa sức khỏe, hoặc đe dọa tính mạng",
    Ground.LIFE_THREAT: "Hành vi đe dọa tính mạng (không cần đơn đề nghị)",
}


class Requester(StrEnum):
    """Who may ask for a decision, Art. 25(1)(a)."""

    VICTIM = "victim"
    GUARDIAN = "guardian"
    COMPETENT_BODY = "competent_body"


REQUESTER_LABELS: Final = {
    Requester.VICTIM: "Người bị bạo lực",
    Requester.GUARDIAN: "Người giám hộ, người đại diện của người bị bạo lực",
    Requester.COMPETENT_BODY: "Cơ quan, tổ chức, cá nhân có thẩm quyền",
}


class CancelGround(StrEnum):
    """Why a decision may be cancelled before its end, Art. 25(4)."""

    REQUESTER_ASKS = "requester_asks"
    VICTIM_DISAGREES = "victim_disagrees"
    NO_LONGER_NEEDED = "no_longer_needed"


CANCEL_GROUND_LABELS: Final = {
    CancelGround.REQUESTER_ASKS: "Người đã đề nghị cấm tiếp xúc yêu cầu hủy bỏ",
    CancelGround.VICTIM_DISAGREES: "Người bị bạo lực không đồng ý với quyết định khi không có đơn đề nghị",
    CancelGround.NO_LONGER_NEEDED: "Biện pháp này không còn cần thiết",
}


class ContactReason(StrEnum):
    """For what the two may meet while a decision is in force, Decree 76 Art. 18(1)."""

    WEDDING_FUNERAL = "wedding_funeral"
    ACCIDENT_ILLNESS = "accident_illness"
    DISASTER = "disaster"


CONTACT_REASON_LABELS: Final = {
    ContactReason.WEDDING_FUNERAL: "Gia đình có việc cưới, việc tang",
    ContactReason.ACCIDENT_ILLNESS: "Có người trong gia đình bị tai nạn, bệnh nặng cần chăm sóc",
    ContactReason.DISASTER: "Khắc phục hậu quả thiên tai, hỏa hoạn, dịch bệnh",
}


@dataclass(frozen=True)
class Addressee:
    """Somebody a decision must be sent to, Art. 25(3)."""

    code: str
    label: str


_ADDRESSEE_LABELS: Final = {
    "perpetrator": "Người có hành vi bạo lực",
    "victim": "Người bị bạo lực",
    "commune_police_chief": "Trưởng Công an cấp xã",
    "village_or_group_head_of_victims_residence": "Trưởng thôn, Tổ trưởng tổ dân phố nơi người bị bạo lực cư trú",
}
ADDRESSEES: Final = tuple(Addressee(code, _ADDRESSEE_LABELS[code]) for code in no_contact_by_commune().sent_to)


def needs_request(ground: Ground) -> bool:
    return ground is Ground.REQUESTED


def needs_victim_consent(requester: Requester) -> bool:
    """A body asks only with the consent of the victim or her guardian; they themselves need nobody's."""
    return requester is Requester.COMPETENT_BODY


def decision_due_at(requested_at: datetime) -> datetime:
    """Return the last moment to decide, or to refuse in writing with reasons."""
    return due_at(DECIDE, requested_at)


def cancellation_due_at(requested_at: datetime) -> datetime:
    """Return the last moment to cancel, or to answer in writing with reasons."""
    return due_at(CANCEL, requested_at)


def latest_end(starts_at: datetime) -> datetime:
    """Return the last moment a decision that starts then may reach. A longer need is a new decision."""
    return starts_at + TERM.duration


def is_term_lawful(starts_at: datetime, ends_at: datetime) -> bool:
    return timedelta(0) < ends_at - starts_at <= TERM.duration


def is_court_term_lawful(starts_at: datetime, ends_at: datetime) -> bool:
    return starts_at < ends_at <= due_at(COURT_TERM, starts_at)


def is_contact_lawful(starts_at: datetime, ends_at: datetime) -> bool:
    """Whether one permitted contact keeps to its time; it also needs a notice the supervisor has countersigned."""
    return timedelta(0) < ends_at - starts_at <= CONTACT_MAX.duration


def may_cancel(decided_on: Ground, reason: CancelGround) -> bool:
    """A victim's disagreement ends a decision nobody asked for; a requested one ends when its requester asks."""
    needed = {CancelGround.VICTIM_DISAGREES: Ground.LIFE_THREAT, CancelGround.REQUESTER_ASKS: Ground.REQUESTED}
    return needed.get(reason, decided_on) is decided_on


def distance_m(on: date) -> int:
    """Return how near the person under a decision may come, by the law of that day."""
    return no_contact_distance(regime_on(on)).metres
