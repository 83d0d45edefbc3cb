"""Facts several papers share: the commune and its bodies, who signs, the people, a decision referred to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maiam.core.papers.missing import Needs
from maiam.core.papers.paper import Issuer, Number, Signature
from maiam.core.papers.wording import date_in_words


class CommuneKind(StrEnum):
    """The kinds of commune since 1 July 2025."""

    XA = "xã"
    PHUONG = "phường"
    DAC_KHU = "đặc khu"


_POLICE_SYMBOLS = {CommuneKind.XA: "CAX", CommuneKind.PHUONG: "CAP", CommuneKind.DAC_KHU: "CAĐK"}


@dataclass(frozen=True, slots=True)
class Commune:
    """The commune whose body issues the paper."""

    kind: CommuneKind
    name: str
    province: str  # with its kind: "tỉnh Lâm Đồng"

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def place(self) -> str:
        """The place on the date line; a numbered unit keeps its kind (Annex I, II.4.a)."""
        return f"{self.kind.capitalize()} {self.name}" if self.name.isdecimal() else self.name

    @property
    def chair(self) -> str:
        return f"Chủ tịch Ủy ban nhân dân {self.full_name}"

    @property
    def police_chief(self) -> str:
        return f"Trưởng Công an {self.full_name}"

    def committee(self) -> Issuer:
        return Issuer(("ỦY BAN NHÂN DÂN", self.full_name.upper()), "UBND")

    def police(self) -> Issuer:
        province_police = f"CÔNG AN {self.province.upper()}"
        return Issuer((f"CÔNG AN {self.full_name.upper()}",), _POLICE_SYMBOLS[self.kind], (province_police,))


class Capacity(StrEnum):
    """In which capacity somebody signs (Annex I, II.7.b)."""

    HEAD = "head"
    ACTING = "acting"  # Q.: the powers of a head were given
    DEPUTY = "deputy"  # KT.: for the head


@dataclass(frozen=True, slots=True)
class Signer:
    name: str
    capacity: Capacity = Capacity.HEAD
    rank: str = ""  # police write the rank before the name

    def sign_as(self, head: str) -> Signature:
        """Return the signature block under a head's title, as in "CHỦ TỊCH"."""
        lines = {
            Capacity.HEAD: (head,),
            Capacity.ACTING: (f"Q. {head}",),
            Capacity.DEPUTY: (f"KT. {head}", f"PHÓ {head}"),
        }[self.capacity]
        return Signature(lines, f"{self.rank} {self.name}".strip(), has_seal=True)


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """The person with the violent conduct, as far as a paper must identify them."""

    name: str
    birth_year: int | None
    residence: str

    @property
    def described(self) -> str:
        return f"{_with_birth_year(self.name, self.birth_year)}, nơi cư trú: {self.residence}"


@dataclass(frozen=True, slots=True)
class ProtectedPerson:
    """The person subjected to violence. No address here: the paper reaches the perpetrator."""

    name: str
    birth_year: int | None = None

    @property
    def described(self) -> str:
        return _with_birth_year(self.name, self.birth_year)


@dataclass(frozen=True, slots=True)
class DecisionReference:
    """The no-contact decision another paper refers to."""

    # The number in the commune's own register; or as it stands on a paper that an authority above signed.
    number: int | str
    issued_on: date
    commune: Commune
    authority: str = ""

    @property
    def signed_by(self) -> str:
        return self.authority or self.commune.chair

    @property
    def in_words(self) -> str:
        number = self.number
        if isinstance(number, int):
            number = Number(number, "QĐ-UBND").text.removeprefix("Số: ")
        return f"Quyết định số {number} {date_in_words(self.issued_on)} của {self.signed_by}"


def need_perpetrator(need: Needs, person: Perpetrator | None) -> Perpetrator:
    """Ask for the perpetrator, name and residence included."""
    person = need(person, "perpetrator", "người có hành vi bạo lực gia đình")
    if person is not None:
        need(person.name, "perpetrator.name", "họ tên người có hành vi bạo lực gia đình")
        need(person.residence, "perpetrator.residence", "nơi cư trú của người có hành vi bạo lực gia đình")
    return person


def need_protected(need: Needs, person: ProtectedPerson | None) -> ProtectedPerson:
    """Ask for the protected person, name included."""
    person = need(person, "protected_person", "người bị bạo lực gia đình")
    if person is not None:
        need(person.name, "protected_person.name", "họ tên người bị bạo lực gia đình")
    return person


def need_signer(need: Needs, signer: Signer | None) -> Signer:
    """Ask for the signer, name included."""
    signer = need(signer, "signer", "người ký")
    if signer is not None:
        need(signer.name, "signer.name", "họ tên người ký")
    return signer


def _with_birth_year(name: str, year: int | None) -> str:
    return f"{name}, sinh năm {year}" if year else name
