"""What a column may hold, and which column of a list probably holds it."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from maiam.core.text import fold


class Field(StrEnum):
    HOUSEHOLD_CODE = "household_code"
    HOUSEHOLD_MARK = "household_mark"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    OTHER_NAMES = "other_names"
    SEX = "sex"
    IS_MALE = "is_male"
    IS_FEMALE = "is_female"
    BIRTH = "birth"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    BIRTH_IF_MALE = "birth_if_male"
    BIRTH_IF_FEMALE = "birth_if_female"
    AGE = "age"
    ROLE = "role"
    HEAD_NAME = "head_name"
    IDENTITY_NUMBER = "identity_number"
    FORMER_NUMBER = "former_number"
    PHONE = "phone"
    ETHNICITY = "ethnicity"
    RESIDENCE = "residence"
    ADDRESS = "address"
    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    NOTE = "note"


FIELD_LABELS = {
    Field.HOUSEHOLD_CODE: "Mã hộ, số hộ",
    Field.HOUSEHOLD_MARK: "Số thứ tự hộ (chỉ để biết ai cùng hộ)",
    Field.FULL_NAME: "Họ và tên",
    Field.FAMILY_NAME: "Họ và chữ đệm",
    Field.GIVEN_NAME: "Tên (cột riêng)",
    Field.OTHER_NAMES: "Tên khác, tên thường gọi",
    Field.SEX: "Giới tính",
    Field.IS_MALE: "Nam (đánh dấu)",
    Field.IS_FEMALE: "Nữ (đánh dấu)",
    Field.BIRTH: "Ngày sinh, năm sinh",
    Field.BIRTH_DAY: "Ngày sinh (cột riêng)",
    Field.BIRTH_MONTH: "Tháng sinh (cột riêng)",
    Field.BIRTH_YEAR: "Năm sinh (cột riêng)",
    Field.BIRTH_IF_MALE: "Năm sinh, cột của nam",
    Field.BIRTH_IF_FEMALE: "Năm sinh, cột của nữ",
    Field.AGE: "Tuổi",
    Field.ROLE: "Quan hệ với chủ hộ",
    Field.HEAD_NAME: "Tên chủ hộ",
    Field.IDENTITY_NUMBER: "Số định danh, CCCD, CMND",
    Field.FORMER_NUMBER: "Số CMND cũ",
    Field.PHONE: "Điện thoại",
    Field.ETHNICITY: "Dân tộc",
    Field.RESIDENCE: "Thường trú, tạm trú",
    Field.ADDRESS: "Địa chỉ",
    Field.VILLAGE: "Thôn, bon, buôn, tổ",
    Field.COMMUNE: "Xã, phường",
    Field.DISTRICT: "Huyện (cũ)",
    Field.PROVINCE: "Tỉnh",
    Field.NOTE: "Ghi chú (chỉ xem, không đưa vào sổ)",
}

# A heading may stand for a field where the pattern fits its folded form; the first that fits is taken.
_F = Field
_PATTERNS: tuple[tuple[str, Field], ...] = (
    (r"nam sinh .*nu$|ngay.*sinh .*nu$", _F.BIRTH_IF_FEMALE),
    (r"nam sinh .*nam$|ngay.*sinh .*nam$", _F.BIRTH_IF_MALE),
    (r"(sinh .*|^)ngay$", _F.BIRTH_DAY),
    (r"(sinh .*|^)thang$", _F.BIRTH_MONTH),
    (r"(sinh .+)nam$", _F.BIRTH_YEAR),
    (r"gioi tinh .*nu$|^nu$", _F.IS_FEMALE),
    (r"gioi tinh .*nam$|^nam$", _F.IS_MALE),
    (r"quan he|^qh\b|moi quan he|vai tro trong ho", _F.ROLE),
    (
        r"(cmnd|cmt|chung minh).*\bcu\b|\bcu\b.*(cmnd|cmt|chung minh)|^(so )?(cmnd|cmt|chung minh nhan dan)( 9 so)?$",
        _F.FORMER_NUMBER,
    ),
    (r"dinh danh|cccd|can cuoc|cmnd|\bcmt\b|chung minh|\bddcn\b", _F.IDENTITY_NUMBER),
    (r"dien thoai|\bsdt\b|\bdtdd\b|so dt|zalo|^dt$", _F.PHONE),
    (r"(stt|so thu tu|tt) (cua )?ho$|^ho so$|^ho thu$", _F.HOUSEHOLD_MARK),
    (r"ma (so )?ho\b|so ho\b|ma so ho|ho khau|\bshk\b|so so\b|^mshgd$", _F.HOUSEHOLD_CODE),
    (r"(ten )?chu ho|ho ten chu ho", _F.HEAD_NAME),
    (r"ten (goi )?khac|thuong goi|biet danh|bi danh|ten goi|ten o nha|ten tuc", _F.OTHER_NAMES),
    (r"^(ho va|ho,?) ?(ten )?(chu )?(lot|dem)|^ho dem|^ho lot|^ho$", _F.FAMILY_NAME),
    (
        r"ho,? (va )?(chu dem va |chu dem, )?ten|ho ten|^ten nguoi|nhan khau|^ho va ten|^thanh vien|ten thanh vien",
        _F.FULL_NAME,
    ),
    (r"^ten$", _F.GIVEN_NAME),
    (r"gioi tinh|nam ?/ ?nu|\bphai\b|^gt$|^gioi$", _F.SEX),
    (r"ngay.*sinh|nam sinh|^ns$|^sinh|^ntns$", _F.BIRTH),
    (r"\btuoi\b", _F.AGE),
    (r"dan toc|^dt$", _F.ETHNICITY),
    (r"(tinh trang|hinh thuc|dien) (cu tru|thuong tru)|^cu tru|thuong tru ?/|tam tru ?/|^kt$", _F.RESIDENCE),
    (r"^(xa|phuong|thi tran|xa ?/ ?phuong)", _F.COMMUNE),
    (r"^(huyen|quan|thi xa|thanh pho)", _F.DISTRICT),
    (r"^tinh( ?/|$)", _F.PROVINCE),
    (r"^(ten )?(thon|bon|buon|ban|to dan pho|tdp|to|khu pho|ap)\b", _F.VILLAGE),
    (r"dia chi|noi o|noi cu tru|cho o|noi thuong tru|ho khau thuong tru|hien nay o", _F.ADDRESS),
    (r"ghi chu|luu y|nhan xet", _F.NOTE),
)
_COMPILED = tuple((re.compile(pattern), field) for pattern, field in _PATTERNS)
# Two columns of these are as good as one; of the others the first wins.
_MAY_REPEAT = frozenset({Field.NOTE})


def field_of(heading: str) -> Field | None:
    """What a heading probably names."""
    folded = re.sub(r"[^a-z0-9/ ]+", " ", fold(heading))
    folded = re.sub(r"\s+", " ", folded).strip()
    return next((field for pattern, field in _COMPILED if folded and pattern.search(folded)), None)


def heading_key(heading: str) -> str:
    """What is remembered of a heading: how it reads, not how it is marked."""
    return fold(heading)[:120]


def guess(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[int, Field]:
    """Which column holds what: as this commune confirmed it before, else by its heading."""
    found: dict[int, Field] = {}
    for column, heading in enumerate(headings):
        if not heading:
            continue
        known = remembered.get(heading_key(heading))
        field = field_of(heading) if known is None else (Field(known) if known in set(Field) else None)
        if field and (field in _MAY_REPEAT or field not in found.values()):
            found[column] = field
    return _agreed(found)


def _agreed(found: dict[int, Field]) -> dict[int, Field]:
    """ "Tên" beside no column of surnames is the whole name; "Họ" without "Tên" is not a name at all."""
    fields = set(found.values())
    if Field.FULL_NAME in fields or Field.FAMILY_NAME in fields:
        return found
    return {column: Field.FULL_NAME if field is Field.GIVEN_NAME else field for column, field in found.items()}


def missing(fields: set[Field]) -> str | None:
    """What a list lacks to be taken, in words; None where it lacks nothing."""
    if Field.FULL_NAME not in fields and not {Field.FAMILY_NAME, Field.GIVEN_NAME} <= fields:
        return "Chưa có cột Họ và tên."
    if not fields & {Field.HOUSEHOLD_CODE, Field.HOUSEHOLD_MARK, Field.ROLE, Field.HEAD_NAME}:
        return "Chưa biết ai cùng hộ: chọn ít nhất một cột Mã hộ, Số thứ tự hộ, Tên chủ hộ hoặc Quan hệ với chủ hộ."
    return None
