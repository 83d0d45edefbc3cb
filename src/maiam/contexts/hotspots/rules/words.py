"""An alert in two plain sentences: what came, what is usual, how rare; what to do, and what it may not mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maiam.contexts.hotspots.rules.thresholds import Thresholds
from maiam.core.science.suppression import SMALLEST_SHOWN
from maiam.core.text import write_date, write_number, write_percent

HOURS_TO_LOOK = 48
YEAR, MONTH = 365.25, 30.44
# From so many reports on, and such a rise of its share, a channel is called new.
FEWEST_BY_CHANNEL, CHANNEL_RISE = 4, 0.4


@dataclass(frozen=True)
class Numbers:
    """What a reader may know of an alert; `observed` is None where it would tell too much: then they know `least`."""

    centre: str
    communes: int
    first: date
    last: date
    observed: int | None
    expected: float
    rarity_days: float | None
    homes_again: int = 0
    least: int = 0
    is_exact: bool = True
    is_grave: bool = False

    @property
    def noun(self) -> str:
        return "vụ nghiêm trọng" if self.is_grave else "vụ"

    @property
    def count(self) -> str:
        """How many, as far as this reader is told."""
        if self.observed is not None:
            return f"{write_number(self.observed)} {self.noun}"
        few = f"dưới {SMALLEST_SHOWN} {self.noun}"
        return f"từ {write_number(self.least)} {self.noun} trở lên" if self.least else few

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def sentences(told: Numbers) -> tuple[str, str]:
    """The two sentences every alert begins with."""
    return f"{_what(told)}{_how_rare(told.rarity_days)}", f"{_to_do(told)}"


def _what(told: Numbers) -> str:
    return (
        f"{_when(told)}, {_where(told)} có {told.count} được báo, "
        f"bình thường {_days_in_words(told.days)} chỉ khoảng {_about(told.expected)} {told.noun}"
    )


def _when(told: Numbers) -> str:
    if told.first == told.last:
        return f"Ngày {write_date(told.last)}"
    first = write_date(told.first)
    if told.first.year == told.last.year:
        first = first.rpartition("/")[0]
    return f"Từ {first} đến {write_date(told.last)}"


def _where(told: Numbers) -> str:
    return told.centre if told.communes == 1 else f"{write_number(told.communes)} xã, phường quanh {told.centre}"


def _days_in_words(days: int) -> str:
    return "một ngày" if days == 1 else f"{write_number(days)} ngày"


def _about(expected: float) -> str:
    """A number between two whole ones is told as both; below one as such."""
    if expected < 0.95:
        return "0–1"
    low = int(expected)
    return write_number(low) if expected - low < 0.15 else f"{write_number(low)}–{write_number(low + 1)}"


def _how_rare(rarity_days: float | None) -> str:
    if rarity_days is None:
        return "; khác hẳn những tuần trước của chính xã này."
    says = rarity_in_words(rarity_days)
    about = says if says.startswith("hơn") else f"khoảng {says}"
    return f"; nếu không có gì khác thường thì {about} mới có một lần tăng như vậy."


def rarity_in_words(days: float) -> str:
    """About how long passes between two such rises by chance: whole years, months or days, and never over a century."""
    if days >= 100 * YEAR:
        return "hơn 100 năm"
    if days >= 1.5 * YEAR:
        return f"{write_number(round(days / YEAR))} năm"
    if days >= 0.9 * YEAR:
        return "một năm"
    if days >= 2 * MONTH:
        return f"{write_number(round(days / MONTH))} tháng"
    return f"{write_number(round(days))} ngày"


def _to_do(told: Numbers) -> str:
    files = "các hồ sơ này" if told.observed is None else f"{write_number(told.observed)} hồ sơ này"
    first = ", trước hết các hộ có từ hai lần báo" if told.homes_again else ""
    return (
        f"Đề nghị xem lại {files} trong {HOURS_TO_LOOK} giờ{first}; "
        "con số tăng cũng có thể do người dân báo tin nhiều hơn trước, không phải do bạo lực tăng."
    )


# --- what else may explain it


@dataclass(frozen=True)
class Explanation:
    """Something besides violence that may have made the number rise."""

    title: str
    says: str


def explanations(
    hints: Mapping[str, Any],
    observed: int,
    *,
    has_new_borders: bool = False,
    channel: str = "",
    is_counted: bool = True,
) -> list[Explanation]:
    """What the rows themselves know; what people wrote down is told beside it. Shares only where `is_counted`."""
    found = []
    if has_new_borders:
        found.append(
            Explanation(
                "Đơn vị vừa sáp nhập",
                "Địa giới ở đây mới thay đổi trong những tuần này: nơi nhận tin và mức bình thường chưa ổn định.",
            )
        )
    if hints.get("same_day", 0) >= max(3, observed / 2):
        found.append(
            Explanation("Nhập dồn", "Từ một nửa số tin trở lên được vào sổ trong cùng một ngày, dù kể ở nhiều ngày.")
        )
    elif hints.get("late", 0) >= max(2, observed / 3):
        found.append(Explanation("Tin vào sổ muộn", "Nhiều tin được vào sổ từ hai ngày sau khi kể."))
    share, usual = hints.get("channel_share", 0.0), hints.get("channel_usual", 0.0)
    if channel and observed >= FEWEST_BY_CHANNEL and share - usual >= CHANNEL_RISE:
        found.append(Explanation("Kênh báo tin mới", _by_channel(channel, share, usual, is_counted=is_counted)))
    return found


def _by_channel(channel: str, share: float, usual: float, *, is_counted: bool) -> str:
    """With shares, or in words alone: of few reports a share tells how many came another way."""
    if not is_counted:
        return f"Nhiều tin đến qua “{channel}” hơn hẳn trước đây."
    return f"{write_percent(share, places=0)} tin đến qua “{channel}”, trước đây {write_percent(usual, places=0)}."


def threshold_words(limits: Thresholds) -> list[tuple[str, str]]:
    """The rules of the day, row by row, as the page on thresholds and each alert's table show them."""
    return [
        ("Mức đỏ", f"ngẫu nhiên thì {rarity_in_words(limits.red_days)} mới có một lần, hoặc lâu hơn"),
        ("Mức vàng", f"ngẫu nhiên thì {rarity_in_words(limits.amber_days)} mới có một lần, hoặc lâu hơn"),
        ("Ít nhất", f"{limits.least_cases} vụ, từ {limits.least_households} hộ"),
        ("So với mức bình thường", f"gấp {write_number(limits.least_ratio)} lần trở lên"),
        ("Vụ gần nhất", f"trong {limits.touching_days} ngày cuối"),
        ("Khép cảnh báo", f"sau {limits.close_after_days} ngày không còn dấu hiệu"),
    ]
