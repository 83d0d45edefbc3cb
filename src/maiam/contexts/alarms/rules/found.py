"""An alarm: one plain sentence on what was found, with the records behind it. A reason to look, never a proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID


class Kind(StrEnum):
    """What an alarm is about, the one to look at first on top."""

    ORDER_IN_FORCE = "order_in_force"
    DANGER = "danger"
    ESCALATION = "escalation"
    SAME_PERSON = "same_person"
    NEW_PARTNER = "new_partner"
    SAME_HOUSEHOLD = "same_household"
    CHILD_AT_HOME = "child_at_home"
    NEAR_REPEAT = "near_repeat"
    SAME_CALLER = "same_caller"
    EARLIER_CLOSED = "earlier_closed"


KIND_LABELS = {
    Kind.ORDER_IN_FORCE: "Đang có biện pháp",
    Kind.DANGER: "Nguy cơ đã biết",
    Kind.ESCALATION: "Nặng dần",
    Kind.SAME_PERSON: "Cùng một người",
    Kind.NEW_PARTNER: "Với người khác",
    Kind.SAME_HOUSEHOLD: "Cùng một nhà",
    Kind.CHILD_AT_HOME: "Trẻ em trong nhà",
    Kind.NEAR_REPEAT: "Gần đây trong thôn",
    Kind.SAME_CALLER: "Cùng số điện thoại",
    Kind.EARLIER_CLOSED: "Tin trước đã khép",
}
KIND_COLOURS = {Kind.ORDER_IN_FORCE: "red", Kind.DANGER: "red", Kind.ESCALATION: "red", Kind.CHILD_AT_HOME: "purple"}


class Reason(StrEnum):
    """Why an officer set an alarm aside."""

    OTHER_PERSON = "other_person"
    SAME_EVENT = "same_event"
    KNOWN = "known"
    NOT_RELATED = "not_related"


REASON_LABELS = {
    Reason.OTHER_PERSON: "Người khác, chỉ trùng tên",
    Reason.SAME_EVENT: "Cùng một sự việc đã ghi, không phải lần mới",
    Reason.KNOWN: "Đã biết và đã tính đến",
    Reason.NOT_RELATED: "Không liên quan đến tin này",
}


@dataclass(frozen=True)
class Link:
    """A record behind an alarm, which its reader may open: the name of the page and the id."""

    label: str
    page: str
    id: UUID


@dataclass(frozen=True)
class Alarm:
    """One thing found. `is_certain` is False where a name in the story was only matched with the register."""

    kind: Kind
    subject: str
    says: str
    evidence: tuple[str, ...]
    links: tuple[Link, ...] = ()
    is_certain: bool = True

    @property
    def key(self) -> str:
        """Know the same finding again; something new behind it makes it another, so that it is told anew."""
        return sha256("|".join((self.kind, self.subject, *sorted(self.evidence))).encode()).hexdigest()

    @property
    def label(self) -> str:
        return KIND_LABELS[self.kind]

    @property
    def colour(self) -> str:
        return KIND_COLOURS.get(self.kind, "amber")


def in_order(alarms: Iterable[Alarm]) -> list[Alarm]:
    """What to look at first on top; the certain before what a name alone suggests."""
    places = {kind: place for place, kind in enumerate(Kind)}
    return sorted(alarms, key=lambda alarm: (not alarm.is_certain, places[alarm.kind], alarm.subject))
