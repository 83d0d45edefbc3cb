"""Kinds of organisations; what a session must show before it may act; how long codes and tokens live. Pure."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from maiam.platform.access.policy import Role

# A set-up code is read out over a telephone: digits only, in groups of four.
SET_UP_CODE_DIGITS = 16
SET_UP_CODE_LASTS = timedelta(hours=72)
TOKEN_BYTES = 32
TOKEN_LASTS_DAYS = (90, 180, 365)
# The lists whose filters a person may keep, by the names of their pages.
FILTERED_PAGES = ("cases:list", "reports:list")
MOST_FILTERS = 20
LONGEST_FILTER_NAME = 60
_LONGEST_QUERY = 300


class OrganisationKind(StrEnum):
    COMMUNE_PC = "commune_pc"
    COMMUNE_POLICE = "commune_police"
    HEALTH_STATION = "health_station"
    WOMEN_UNION = "women_union"
    VILLAGE = "village"
    TEAM = "team"
    TRUSTED_ADDRESS = "trusted_address"
    HOTLINE = "hotline"
    PROVINCE_PC = "province_pc"
    DEPARTMENT = "department"
    INSPECTORATE = "inspectorate"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.value) for kind in cls]


# Which body a post belongs to. Posts of the province reach every commune; the others reach one.
KIND_OF_ROLE = {
    Role.VILLAGE_HEAD: OrganisationKind.VILLAGE,
    Role.CULTURE_OFFICER: OrganisationKind.COMMUNE_PC,
    Role.COMMUNE_CHAIRMAN: OrganisationKind.COMMUNE_PC,
    Role.COMMUNE_POLICE: OrganisationKind.COMMUNE_POLICE,
    Role.HEALTH_STATION: OrganisationKind.HEALTH_STATION,
    Role.WOMEN_UNION: OrganisationKind.WOMEN_UNION,
    Role.TEAM_LEADER: OrganisationKind.TEAM,
    Role.TEAM_MEMBER: OrganisationKind.TEAM,
    Role.TRUSTED_HOST: OrganisationKind.TRUSTED_ADDRESS,
    Role.HOTLINE_OPERATOR: OrganisationKind.HOTLINE,
    Role.PROVINCE_ANALYST: OrganisationKind.DEPARTMENT,
    Role.PROVINCE_LEADER: OrganisationKind.PROVINCE_PC,
    Role.TRAINER: OrganisationKind.DEPARTMENT,
    Role.INSPECTOR: OrganisationKind.INSPECTORATE,
    Role.ADMINISTRATOR: OrganisationKind.DEPARTMENT,
}
_PROVINCE_KINDS = {
    OrganisationKind.HOTLINE,
    OrganisationKind.PROVINCE_PC,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.INSPECTORATE,
}


def roles_at(*, is_province: bool) -> list[Role]:
    """The roles a post of the province, or of one commune, can have."""
    return [role for role, kind in KIND_OF_ROLE.items() if (kind in _PROVINCE_KINDS) == is_province]


def fits_place(role: Role, *, is_province: bool, has_village: bool) -> bool:
    """Say whether a post of this role may stand there: only a village head's stands in one village."""
    return role in roles_at(is_province=is_province) and has_village == (role is Role.VILLAGE_HEAD)


def are_two_factors(shown: Iterable[Mapping[str, Any]]) -> bool:
    """Say whether what was shown in a session makes two factors.

    A passkey counts as both by itself: having it, and the finger or number that opened it.
    """
    ways = list(shown)
    if any(way.get("passwordless") for way in ways):
        return True
    return {"password", "mfa"} <= {way.get("method") for way in ways}


def new_set_up_code() -> str:
    digits = "".join(str(secrets.randbelow(10)) for _ in range(SET_UP_CODE_DIGITS))
    return " ".join(digits[start : start + 4] for start in range(0, SET_UP_CODE_DIGITS, 4))


def bare_code(typed: str) -> str:
    """A set-up code without the spaces and strokes people type."""
    return "".join(letter for letter in typed if letter.isdigit())


def new_token() -> str:
    """A machine's key; the prefix lets a scanner of leaked secrets know it."""
    return f"maiam_{secrets.token_urlsafe(TOKEN_BYTES)}"


# What each post does here, in plain words, in the order in which a report travels.
WHAT_ROLES_DO = {
    Role.HOTLINE_OPERATOR: "Nghe máy và ghi tin báo cùng lúc; chuyển tin về đúng xã.",
    Role.VILLAGE_HEAD: "Ghi một tin báo ở thôn, bon mình trong một phút, trên điện thoại.",
    Role.CULTURE_OFFICER: "Nhận và phân loại tin báo, mở vụ việc, giữ sổ hộ gia đình; thấy ngay việc đến hạn hôm nay.",
    Role.COMMUNE_CHAIRMAN: "Quyết định cấm tiếp xúc khi đồng hồ 12 giờ đang chạy.",
    Role.COMMUNE_POLICE: "Phân công và ghi việc giám sát quyết định cấm tiếp xúc.",
    Role.TEAM_LEADER: "Ghi tin báo khi đội phản ứng nhanh đến nơi.",
    Role.TEAM_MEMBER: "Ghi tin báo của đội phản ứng nhanh.",
    Role.HEALTH_STATION: "Báo tin khi người bệnh có dấu hiệu bị bạo lực.",
    Role.WOMEN_UNION: "Nhận tin báo từ hội viên.",
    Role.TRUSTED_HOST: "Nhận tin báo tại địa chỉ tin cậy.",
    Role.PROVINCE_LEADER: "Xem đồng hồ quá hạn của cả tỉnh; giao tin chưa rõ xã.",
    Role.PROVINCE_ANALYST: "Xem bản đồ và số liệu; không thấy tên ai.",
    Role.TRAINER: "Xem số liệu để chuẩn bị tập huấn, truyền thông.",
    Role.INSPECTOR: "Xem nhật ký: ai đã đọc gì, sửa gì, lúc nào.",
    Role.ADMINISTRATOR: "Thêm người, giao và kết thúc chức vụ; không xem được vụ việc nào.",
}


def filter_kept(query: str) -> str:
    """What of an address's query is a filter: what was filled in, in one order; not where one had paged to."""
    filled = [(name, value) for name, value in parse_qsl(query) if name != "page" and value]
    written = urlencode(sorted(filled))
    return written if len(written) <= _LONGEST_QUERY else ""
