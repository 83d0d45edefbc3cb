"""The words lists use for sex, residence and what a member is to the head."""

import re
import unicodedata
from functools import lru_cache

from maiam.contexts.families.rules import MemberRole, Residence, Sex
from maiam.contexts.imports.rules.memory import folded
from maiam.core.text import clean

_MALE = frozenset({"nam", "trai", "m", "male", "ong", "be trai"})
_FEMALE = frozenset({"nu", "gai", "f", "female", "ba", "be gai"})
_R = MemberRole

# By the words as they are spoken, tones and all: "ba" is a father, "bà" a grandmother.
_ROLES_SAID: dict[str, MemberRole] = {
    "ba": _R.PARENT, "má": _R.PARENT, "bà": _R.GRANDPARENT, "bá": _R.OTHER, "mẹ": _R.PARENT, "me": _R.PARENT,
    "mế": _R.PARENT, "cậu": _R.OTHER, "câu": _R.OTHER,
}  # fmt: skip
_ROLES: dict[str, MemberRole] = {
    "chu ho": _R.HEAD, "chuho": _R.HEAD, "ch": _R.HEAD, "chu": _R.HEAD, "ban than": _R.HEAD, "chinh chu": _R.HEAD,
    "vo": _R.SPOUSE, "chong": _R.SPOUSE, "vo chong": _R.SPOUSE, "vo ch": _R.SPOUSE, "chong ch": _R.SPOUSE,
    "vo chu ho": _R.SPOUSE, "chong chu ho": _R.SPOUSE,
    "con": _R.CHILD, "con trai": _R.CHILD, "con gai": _R.CHILD, "con ruot": _R.CHILD, "con de": _R.CHILD,
    "con nuoi": _R.CHILD, "con rieng": _R.CHILD, "con ut": _R.CHILD, "con ca": _R.CHILD,
    "con truong": _R.CHILD, "con thu": _R.CHILD, "c trai": _R.CHILD, "c gai": _R.CHILD,
    "con dau": _R.CHILD_IN_LAW, "con re": _R.CHILD_IN_LAW, "dau": _R.CHILD_IN_LAW, "re": _R.CHILD_IN_LAW,
    "bo": _R.PARENT, "cha": _R.PARENT, "me de": _R.PARENT, "bo de": _R.PARENT, "cha de": _R.PARENT, "ma": _R.PARENT,
    "bo me": _R.PARENT, "cha me": _R.PARENT, "cha ruot": _R.PARENT, "me ruot": _R.PARENT, "bo ruot": _R.PARENT,
    "ong": _R.GRANDPARENT, "ong noi": _R.GRANDPARENT, "ba noi": _R.GRANDPARENT, "ong ngoai": _R.GRANDPARENT,
    "ba ngoai": _R.GRANDPARENT, "ong ba": _R.GRANDPARENT,
    "chau": _R.GRANDCHILD, "chau noi": _R.GRANDCHILD, "chau ngoai": _R.GRANDCHILD, "chau trai": _R.GRANDCHILD,
    "chau gai": _R.GRANDCHILD,
    "anh": _R.SIBLING, "chi": _R.SIBLING, "em": _R.SIBLING, "anh trai": _R.SIBLING, "chi gai": _R.SIBLING,
    "em trai": _R.SIBLING, "em gai": _R.SIBLING, "anh em": _R.SIBLING, "anh ruot": _R.SIBLING,
    "em ruot": _R.SIBLING, "chi ruot": _R.SIBLING, "anh chi em": _R.SIBLING,
    "khac": _R.OTHER, "o nho": _R.OTHER, "o cung": _R.OTHER, "chat": _R.OTHER, "cu": _R.OTHER, "bac": _R.OTHER,
    "chu ruot": _R.OTHER, "co": _R.OTHER, "di": _R.OTHER, "cau": _R.OTHER, "mo": _R.OTHER, "thim": _R.OTHER,
    "bo vo": _R.OTHER, "me vo": _R.OTHER, "bo chong": _R.OTHER, "me chong": _R.OTHER, "em dau": _R.OTHER,
    "em re": _R.OTHER, "chi dau": _R.OTHER, "anh re": _R.OTHER, "em vo": _R.OTHER, "em chong": _R.OTHER,
    "chau dau": _R.OTHER, "chau re": _R.OTHER, "nguoi giup viec": _R.OTHER, "ong ba co": _R.OTHER,
    "chau ruot": _R.OTHER, "chau ho": _R.OTHER, "nguoi than": _R.OTHER,
}  # fmt: skip
_NUMBERED = re.compile(r"\s*(?:thu|so)?\s*[0-9]+$")
_SEX_OF_ROLE = {
    "vo": Sex.FEMALE, "chong": Sex.MALE, "con trai": Sex.MALE, "con gai": Sex.FEMALE, "con dau": Sex.FEMALE,
    "con re": Sex.MALE, "dau": Sex.FEMALE, "re": Sex.MALE, "bo": Sex.MALE, "cha": Sex.MALE, "ong": Sex.MALE,
    "me de": Sex.FEMALE, "ong noi": Sex.MALE, "ong ngoai": Sex.MALE, "ba noi": Sex.FEMALE, "ba ngoai": Sex.FEMALE,
    "em gai": Sex.FEMALE, "em trai": Sex.MALE, "anh": Sex.MALE, "anh trai": Sex.MALE, "chi": Sex.FEMALE,
    "chi gai": Sex.FEMALE, "chau trai": Sex.MALE, "chau gai": Sex.FEMALE, "c trai": Sex.MALE, "c gai": Sex.FEMALE,
}  # fmt: skip
_RESIDENCES = (
    ("tam vang", Residence.ABSENT), ("di vang", Residence.ABSENT), ("di lam an xa", Residence.ABSENT),
    ("tam tru", Residence.TEMPORARY), ("kt3", Residence.TEMPORARY), ("kt4", Residence.TEMPORARY),
    ("thuong tru", Residence.PERMANENT), ("kt1", Residence.PERMANENT), ("kt2", Residence.PERMANENT),
)  # fmt: skip
_VIOLENCE = re.compile(
    r"\bbao luc\b|\bbao hanh\b|\bdanh (vo|chong|con|me|cha|bo)\b|\bhanh ha\b|\bxam hai\b|\bcam tiep xuc\b"
)
_DEAD = re.compile(r"\b(da )?(chet|mat nam|da mat|qua doi|tu tran)\b")
# "Tống Công Minh" is a man, "Tổng cộng: 25" a sum: of a sum every word is one of these, up to its figure.
_NOT_A_PERSON = re.compile(
    r"^((tong|cong)( (cong|so|ho|nhan|khau|nguoi|toan|ca|cac|cua|thon|bon|buon|to|xa))*[ :=.,(]*([0-9].*)?$|"
    r"nguoi lap|can bo|chu tich|tm\b|uy ban|ky ten|ngay .* thang .* nam|lap bieu|"
    r"xac nhan|truong thon|noi nhan|k[iy] va ghi|ghi ro ho ten|ubnd|cong hoa xa hoi|doc lap)"
)
_HOUSE_TITLE = re.compile(r"^(?:ho (?:ong|ba|so|thu)|chu ho|ho gd|ho gia dinh)\b")


def said(text: str) -> str:
    """A word as it is spoken: small, with its marks, without signs around it."""
    return re.sub(r"[^\w ]+", " ", unicodedata.normalize("NFC", clean(text)).lower()).strip()


def role_key(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9 ]+", " ", folded(text))).strip()


@lru_cache(maxsize=2048)
def role_of(text: str) -> MemberRole | None:
    """What a member is to the head; None for words we do not know."""
    spoken = said(text)
    if spoken in _ROLES_SAID:
        return _ROLES_SAID[spoken]
    key = _NUMBERED.sub("", role_key(text))
    return _ROLES.get(key)


@lru_cache(maxsize=2048)
def sex_of_role(text: str) -> Sex:
    spoken = said(text)
    if spoken in {"mẹ", "má", "bà"}:
        return Sex.FEMALE
    return _SEX_OF_ROLE.get(role_key(text), Sex.MALE if spoken == "ba" else Sex.UNKNOWN)


@lru_cache(maxsize=256)
def sex_of(text: str) -> Sex | None:
    """The sex a cell says; None for words we do not know."""
    word = role_key(text)
    if word in _MALE:
        return Sex.MALE
    return Sex.FEMALE if word in _FEMALE else None


@lru_cache(maxsize=512)
def residence_of(text: str) -> Residence | None:
    word = role_key(text)
    return next((residence for start, residence in _RESIDENCES if start in word), None)


def tells_of_violence(text: str) -> bool:
    return bool(text) and _VIOLENCE.search(folded(text)) is not None


def tells_of_death(text: str) -> bool:
    return bool(text) and _DEAD.search(folded(text)) is not None


def is_no_person(text: str) -> bool:
    """Tell sums, signatures and mottoes from names."""
    return _NOT_A_PERSON.match(folded(text)) is not None


def is_house_title(text: str) -> bool:
    """ "Hộ ông Nguyễn Văn An" above its members."""
    return _HOUSE_TITLE.match(folded(text)) is not None
