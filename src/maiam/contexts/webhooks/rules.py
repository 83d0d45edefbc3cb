"""What other systems may be told, how it is signed, when it is sent again, where it may be sent at all. Pure."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit


class EventType(StrEnum):
    """Only the family register, and only that something happened: never a report, a case, a reason."""

    PERSON_CREATED = "person.created"
    PERSON_CHANGED = "person.changed"
    PERSON_MERGED = "person.merged"
    PERSON_UNMERGED = "person.unmerged"
    PERSON_ERASED = "person.erased"
    PERSON_REMOVED = "person.removed"
    HOUSEHOLD_CREATED = "household.created"
    HOUSEHOLD_CHANGED = "household.changed"
    HOUSEHOLD_MOVED = "household.moved"
    HOUSEHOLD_SPLIT = "household.split"
    HOUSEHOLD_MERGED = "household.merged"
    HOUSEHOLD_DISSOLVED = "household.dissolved"
    HOUSEHOLD_REMOVED = "household.removed"
    TEST = "webhook.test"


TYPE_LABELS = {
    EventType.PERSON_CREATED: "Thêm người",
    EventType.PERSON_CHANGED: "Sửa thông tin người",
    EventType.PERSON_MERGED: "Gộp hai hồ sơ của một người",
    EventType.PERSON_UNMERGED: "Tách lại hồ sơ đã gộp",
    EventType.PERSON_ERASED: "Xóa thông tin người theo yêu cầu",
    EventType.PERSON_REMOVED: "Rút lại người vừa nhập từ tệp",
    EventType.HOUSEHOLD_CREATED: "Thêm hộ",
    EventType.HOUSEHOLD_CHANGED: "Hộ có thay đổi (sinh, mất, đến, đi, chủ hộ)",
    EventType.HOUSEHOLD_MOVED: "Hộ đổi chỗ ở",
    EventType.HOUSEHOLD_SPLIT: "Tách hộ",
    EventType.HOUSEHOLD_MERGED: "Nhập hộ",
    EventType.HOUSEHOLD_DISSOLVED: "Xóa hộ",
    EventType.HOUSEHOLD_REMOVED: "Rút lại hộ vừa nhập từ tệp",
}

# Sent when asked for, never subscribed to.
TEST_LABEL = "Tin thử"

# From the trail's words to what is told outside. An action that stands here by no name is told to nobody.
TOLD = {
    "families.person.registered": EventType.PERSON_CREATED,
    "families.person.corrected": EventType.PERSON_CHANGED,
    "families.person.merged": EventType.PERSON_MERGED,
    "families.person.unmerged": EventType.PERSON_UNMERGED,
    "families.person.erased": EventType.PERSON_ERASED,
    "families.household.registered": EventType.HOUSEHOLD_CREATED,
    "families.member.added": EventType.HOUSEHOLD_CHANGED,
    "families.household_moved.recorded": EventType.HOUSEHOLD_MOVED,
    "families.split.recorded": EventType.HOUSEHOLD_SPLIT,
    "families.merge.recorded": EventType.HOUSEHOLD_MERGED,
    "families.dissolve.recorded": EventType.HOUSEHOLD_DISSOLVED,
} | {
    f"families.{kind}.recorded": EventType.HOUSEHOLD_CHANGED
    for kind in (
        "birth", "death", "marriage", "divorce", "move_in", "move_out", "head_change", "stay_change",
        "correction", "revocation",
    )
}  # fmt: skip

# A file taken back leaves no rows, only their ids.
TAKEN_BACK = "families.list.taken_back"
REMOVED = {"families.person": EventType.PERSON_REMOVED, "families.household": EventType.HOUSEHOLD_REMOVED}


# --- the signature

# A receiver refuses what was signed longer ago than this: a message caught on the way is of no use later.
REPLAY_WINDOW = timedelta(minutes=5)
# After a new secret both are signed with for a day, so that the receiver can change over without losing anything.
OVERLAP = timedelta(hours=24)


def signature(body: bytes, *, secrets: list[str], at: datetime) -> str:
    """The header of one delivery: the moment, and the body with the moment signed by each secret in force."""
    moment = int(at.timestamp())
    marks = [hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={moment}", *(f"v1={mark}" for mark in marks)])


def is_signed(header: str, body: bytes, *, secret: str, now: datetime) -> bool:
    """What a receiver checks: a mark of ours that fits, made within the replay window."""
    parts = [part.partition("=") for part in header.split(",")]
    moments = [value for name, _, value in parts if name == "t" and value.isdigit()]
    if len(moments) != 1 or abs(now.timestamp() - int(moments[0])) > REPLAY_WINDOW.total_seconds():
        return False
    wanted = hmac.new(secret.encode(), f"{moments[0]}.".encode() + body, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(value, wanted) for name, _, value in parts if name == "v1")


# --- again, and for the last time

MOST_ATTEMPTS = 10
_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(hours=4)


def next_attempt_at(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts: 10 s, 40 s, 160 s … at most four hours; None after the last."""
    if attempts >= MOST_ATTEMPTS:
        return None
    wait: timedelta = _FIRST_WAIT * int(4 ** (attempts - 1))
    return now + min(wait, _LONGEST_WAIT)


class State(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


STATE_LABELS = {State.WAITING: "Chờ gửi", State.DELIVERED: "Đã nhận", State.DEAD: "Không gửi được"}
STATE_COLOURS = {State.WAITING: "amber", State.DELIVERED: "green", State.DEAD: "red"}


# --- where to

Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Target:
    """Where a message goes, as its address says it."""

    is_https: bool
    host: str
    port: int
    path: str


class AddressRefusedError(ValueError):
    """A message may not go there; the words say why."""


def read_target(url: str, *, loopback: bool) -> Target:
    """Take an address apart. Raises `AddressRefusedError`. `loopback` lets tests and demonstrations speak plainly to
    this very machine, and to nothing else."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefusedError("Địa chỉ chưa đúng. Ví dụ: https://he-thong.lamdong.gov.vn/nhan-tin") from error
    host = parts.hostname or ""
    if not host or parts.username or parts.password or parts.fragment or any(letter.isspace() for letter in url):
        raise AddressRefusedError("Địa chỉ chưa đúng. Ví dụ: https://he-thong.lamdong.gov.vn/nhan-tin")
    is_near = loopback and host in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme != "https" and not (is_near and parts.scheme == "http"):
        raise AddressRefusedError("Địa chỉ phải bắt đầu bằng https://")
    literal = _literal(host)
    if literal and not is_public(literal, loopback=loopback):
        raise AddressRefusedError("Không gửi tới địa chỉ trong mạng nội bộ.")
    is_https = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(is_https=is_https, host=host, port=port or (443 if is_https else 80), path=path)


def is_public(address: Address, *, loopback: bool) -> bool:
    """An address of the open network: not this machine, not a neighbour's, not a cloud's own."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return loopback
    return address.is_global and not address.is_multicast


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
