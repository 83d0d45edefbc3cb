"""What is told, before it is a report: the answers of the public form, of the desk and of other systems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """Plain words for what happens, for someone in a hurry. The law's own acts are chosen later, with an officer."""

    BEATEN = "beaten"
    THREATENED = "threatened"
    INSULTED = "insulted"
    CONFINED = "confined"
    FORCED_SEX = "forced_sex"
    MONEY = "money"
    NEGLECTED = "neglected"
    THROWN_OUT = "thrown_out"
    NOT_SURE = "not_sure"


KIND_LABELS = {
    Kind.BEATEN: "Bị đánh, tát, xô đẩy",
    Kind.THREATENED: "Bị dọa đánh, dọa giết",
    Kind.INSULTED: "Bị chửi mắng, làm nhục",
    Kind.CONFINED: "Bị nhốt, không cho đi, không cho gặp ai",
    Kind.FORCED_SEX: "Bị ép chuyện tình dục",
    Kind.MONEY: "Bị giữ hết tiền, phá đồ, ép làm việc",
    Kind.NEGLECTED: "Bị bỏ đói, bỏ mặc, không cho chữa bệnh",
    Kind.THROWN_OUT: "Bị đuổi khỏi nhà",
    Kind.NOT_SURE: "Tôi không biết, hoặc chuyện khác",
}


class Sign(StrEnum):
    """Signs of danger that put the call button first."""

    WEAPON = "weapon"
    CHILD = "child"
    CHOKED = "choked"


SIGN_LABELS = {
    Sign.WEAPON: "Có dao, gậy, xăng hoặc vũ khí",
    Sign.CHILD: "Có trẻ em bị hại hoặc đang ở đó",
    Sign.CHOKED: "Bị bóp cổ",
}


class Happening(StrEnum):
    """Is it going on at this moment?"""

    NOW = "now"
    NOT_NOW = "not_now"
    UNKNOWN = "unknown"


HAPPENING_LABELS = {
    Happening.NOW: "Đang xảy ra",
    Happening.NOT_NOW: "Không, lúc này thì không",
    Happening.UNKNOWN: "Tôi không biết",
}


class InDanger(StrEnum):
    ME = "me"
    SOMEONE = "someone"
    CHILDREN = "children"
    UNKNOWN = "unknown"


IN_DANGER_LABELS = {
    InDanger.ME: "Tôi",
    InDanger.SOMEONE: "Người khác",
    InDanger.CHILDREN: "Trẻ em",
    InDanger.UNKNOWN: "Tôi không biết",
}


class Mode(StrEnum):
    """How much of the reporter is known, and to whom."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


MODE_LABELS = {
    Mode.NAMED: "Nêu tên",
    Mode.CONFIDENTIAL: "Nêu tên, xin giữ kín",
    Mode.ANONYMOUS: "Không nêu tên",
}


class ContactWay(StrEnum):
    NONE = "none"
    CALL = "call"
    MESSAGE = "message"


CONTACT_WAY_LABELS = {
    ContactWay.NONE: "Đừng liên lạc với tôi",
    ContactWay.CALL: "Gọi cho tôi",
    ContactWay.MESSAGE: "Nhắn tin cho tôi",
}


@dataclass(frozen=True)
class SafeContact:
    """How, when and under which words the reporter may be reached; nobody reaches them any other way."""

    way: ContactWay = ContactWay.NONE
    phone: str = ""
    starts: time | None = None
    ends: time | None = None
    cover_words: str = ""
    must_not_pick_up: str = ""


@dataclass(frozen=True)
class Reporter:
    """Who told us, kept apart from what they told. `type_code` is one of report_channels.yaml."""

    type_code: str = ""
    full_name: str = ""
    phone: str = ""
    contact: SafeContact = field(default_factory=SafeContact)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Read what was written as plain values."""
        contact = values["contact"]
        safe = SafeContact(
            way=ContactWay(contact["way"]),
            phone=contact["phone"],
            starts=_time(contact["starts"]),
            ends=_time(contact["ends"]),
            cover_words=contact["cover_words"],
            must_not_pick_up=contact["must_not_pick_up"],
        )
        return cls(values["type_code"], values["full_name"], values["phone"], safe)

    @property
    def is_known(self) -> bool:
        return self != Reporter()


def _time(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


@dataclass(frozen=True)
class Told:
    """When someone first told any of us: the earliest provable moment. Earlier than now needs a reason."""

    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportDraft:
    """Everything told, in the teller's own words. Only `channel` and `receiving_address` are always known.

    `entry_key` is the client's own key for this sending; the same key with the same words is one report.
    `commune_id` is None when the place is not known: the province's desk finds it.
    """

    channel: str
    receiving_address: str
    entry_key: str
    story: str = ""
    kinds: tuple[Kind, ...] = ()
    signs: tuple[Sign, ...] = ()
    happening: Happening = Happening.UNKNOWN
    in_danger: tuple[InDanger, ...] = ()
    commune_id: int | None = None
    village_id: int | None = None
    place_as_given: str = ""
    mode: Mode = Mode.ANONYMOUS
    reporter: Reporter = field(default_factory=Reporter)
    told: Told = field(default_factory=Told)
    pictures: tuple[bytes, ...] = ()
    is_doubtful: bool = False
    sends_code: bool = False

    @property
    def is_urgent(self) -> bool:
        return is_urgent(self.happening, self.signs)


def is_urgent(happening: str, signs: tuple[str, ...] | list[str]) -> bool:
    """Going on now, or with a sign of grave danger: the call button comes first."""
    return happening == Happening.NOW or bool(signs)
