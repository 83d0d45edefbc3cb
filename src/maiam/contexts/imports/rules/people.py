"""Reads one row into a person; what could not be read is left out and told, never guessed."""

import re

from maiam.contexts.families.rules import OLDEST_AGE, MemberRole, Residence, Sex
from maiam.contexts.imports.rules.births import ReadBirth, birth_of_parts, read_age, read_birth
from maiam.contexts.imports.rules.cells import Row
from maiam.contexts.imports.rules.fields import Field
from maiam.contexts.imports.rules.homes import FoundHome, FoundPerson
from maiam.contexts.imports.rules.memory import folded, is_doubtful, looks_garbled
from maiam.contexts.imports.rules.problems import Kind, Severity
from maiam.contexts.imports.rules.settled import Settled
from maiam.contexts.imports.rules.words import (
    residence_of,
    role_key,
    role_of,
    sex_of,
    sex_of_role,
    tells_of_death,
    tells_of_violence,
)
from maiam.core.text import (
    NotReadError,
    PartialDate,
    disagreements,
    read_identity_number,
    read_phones,
)

LONGEST_NAME, LONGEST_ETHNICITY, OLD_DIGITS = 300, 40, 9
_SEVERAL = re.compile(r"\s*[,;/|\n]\s*|\s{2,}|\s+(?=[0-9]{9,12}\b)")
_NOTHING = frozenset({"", "-", "--", "x", "0", "không", "không có", "k", "ko", "chưa có", "k có", "chưa", "n/a", "."})


def read_person(row: Row, home: FoundHome, settled: Settled) -> FoundPerson | None:
    """Read a row; None where it cannot be taken, which is then among the home's problems."""
    if broken := row.broken:
        _say(home, row, broken, (Severity.ERROR, Kind.CELL), "Công thức trong ô này bị lỗi, nên không lấy dòng này.")
        return None
    _look_at_name(row, home)
    _look_at_note(row, home)
    if len(row.name) > LONGEST_NAME:
        _say(home, row, Field.FULL_NAME, (Severity.ERROR, Kind.NAME), "Tên dài hơn 300 chữ. Xem lại cột họ tên.")
        return None
    birth, is_read = _birth(row, home, settled)
    if not is_read:
        return None
    identity_number, former_number = _numbers(row, home)
    role = _role(row, home, settled)
    person = FoundPerson(
        page=row.page,
        row=row.number,
        column=row.layout.name_column,
        full_name=row.name,
        role=role,
        other_names=row.get(Field.OTHER_NAMES)[:LONGEST_NAME],
        sex=_sex(row, home),
        birth=birth,
        ethnicity=row.get(Field.ETHNICITY)[:LONGEST_ETHNICITY],
        phone=_phone(row, home),
        identity_number=identity_number,
        former_number=former_number,
        residence=_residence(row, home),
    )
    _check_number(row, home, person)
    return person


def _say(home: FoundHome, row: Row, field: Field | None, how: tuple[Severity, Kind], says: str) -> None:
    home.problems.append(row.problem(field, how, says))


def _look_at_name(row: Row, home: FoundHome) -> None:
    if is_doubtful(row.name):
        says = "Chữ này có phải tên người không? Vẫn lấy; xem lại nếu nhầm."
        _say(home, row, Field.FULL_NAME, (Severity.WARNING, Kind.NAME), says)
    elif looks_garbled(row.name):
        says = "Tên có chữ lạ, có thể sai bảng mã. Xem lại tên."
        _say(home, row, Field.FULL_NAME, (Severity.WARNING, Kind.NAME), says)


def _look_at_note(row: Row, home: FoundHome) -> None:
    """What a note says is not kept; but violence is never only a note, and the dead are not written as living."""
    note = row.get(Field.NOTE)
    if not note:
        return
    if tells_of_violence(note):
        says = "Ghi chú nói về bạo lực gia đình: không đưa vào sổ hộ gia đình. Hãy ghi ở mục Báo tin."
        _say(home, row, Field.NOTE, (Severity.WARNING, Kind.NOTE), says)
    if tells_of_death(note):
        says = "Ghi chú nói người này đã mất. Vẫn lấy; ghi việc mất ở trang của người đó, hoặc bỏ dòng này."
        _say(home, row, Field.NOTE, (Severity.WARNING, Kind.NOTE), says)


# --- birth


def _birth(row: Row, home: FoundHome, settled: Settled) -> tuple[PartialDate | None, bool]:
    """The birth of a row, and whether what is written could be read. Nothing written is nothing known."""
    field = next((one for one in _BIRTHS if one in row.texts and row.texts[one].lower() not in _NOTHING), None)
    if field is None:
        _say(home, row, Field.BIRTH, (Severity.WARNING, Kind.BIRTH), "Chưa có ngày sinh, năm sinh hoặc tuổi.")
        return None, True
    try:
        found = _read_birth(row, field, settled)
    except NotReadError as refusal:
        _say(home, row, field, (Severity.ERROR, Kind.BIRTH), f"{refusal.message} Không lấy dòng này.")
        return None, False
    if settled.today.year - found.birth.year > OLDEST_AGE:
        says = f"Sinh năm {found.birth.year} thì quá {OLDEST_AGE} tuổi. Xem lại năm; không lấy dòng này."
        _say(home, row, field, (Severity.ERROR, Kind.BIRTH), says)
        return None, False
    if found.repair:
        _say(home, row, field, (Severity.NOTE, Kind.BIRTH), found.repair)
    return found.birth, True


_BIRTHS = (Field.BIRTH, Field.BIRTH_IF_MALE, Field.BIRTH_IF_FEMALE, Field.BIRTH_YEAR, Field.AGE)


def _read_birth(row: Row, field: Field, settled: Settled) -> ReadBirth:
    if field is Field.BIRTH_YEAR:
        day, month = row.get(Field.BIRTH_DAY), row.get(Field.BIRTH_MONTH)
        return birth_of_parts(day, month, row.get(field), today=settled.today)
    if field is Field.AGE:
        heading = row.layout.headings[row.layout.column_of(field) or 0]
        return read_age(f"{row.get(field)} {heading}", on=settled.listed_on)
    typed = row.get(field)
    is_all_figures = typed.replace("/", "").isdecimal()
    if not is_all_figures and "tuoi" in folded(typed):
        return read_age(typed, on=settled.listed_on)
    return read_birth(typed, today=settled.today, first_january_is_filler=settled.first_january_is_filler)


# --- sex, role, residence


def _sex(row: Row, home: FoundHome) -> Sex:
    written = row.get(Field.SEX)
    found = sex_of(written) if written else _sex_by_mark(row)
    if found is None and written:
        _say(home, row, Field.SEX, (Severity.WARNING, Kind.SEX), f"Chưa hiểu giới tính “{written}”; để chưa rõ.")
    return found or sex_of_role(row.get(Field.ROLE))


def _sex_by_mark(row: Row) -> Sex | None:
    is_male = bool(row.get(Field.IS_MALE) or row.get(Field.BIRTH_IF_MALE))
    is_female = bool(row.get(Field.IS_FEMALE) or row.get(Field.BIRTH_IF_FEMALE))
    if is_male == is_female:
        return None
    return Sex.MALE if is_male else Sex.FEMALE


def _role(row: Row, home: FoundHome, settled: Settled) -> MemberRole:
    written = row.get(Field.ROLE)
    if not written:
        return MemberRole.OTHER
    known = role_of(written) or settled.roles.get(role_key(written))
    if known:
        return known
    settled.asks("role", role_key(written), written)
    says = f"Chưa hiểu quan hệ “{written}”; tạm ghi “Khác”. Có thể trả lời một lần cho cả tệp ở mục Từ chưa hiểu."
    _say(home, row, Field.ROLE, (Severity.WARNING, Kind.ROLE), says)
    return MemberRole.OTHER


def _residence(row: Row, home: FoundHome) -> Residence:
    written = row.get(Field.RESIDENCE)
    if not written:
        return Residence.PERMANENT
    known = residence_of(written) if written.lower() not in _NOTHING else Residence.PERMANENT
    if known is None:
        says = f"Chưa hiểu “{written}”; ghi thường trú."
        _say(home, row, Field.RESIDENCE, (Severity.NOTE, Kind.PLACE), says)
    return known or Residence.PERMANENT


# --- numbers and phones


def _phone(row: Row, home: FoundHome) -> str:
    written = row.get(Field.PHONE)
    if not written or written.lower() in _NOTHING:
        return ""
    try:
        phones = read_phones(written)
    except NotReadError as refusal:
        says = f"{refusal.message} Để trống ô này."
        _say(home, row, Field.PHONE, (Severity.WARNING, Kind.PHONE), says)
        return ""
    if len(phones) > 1:
        _say(home, row, Field.PHONE, (Severity.NOTE, Kind.PHONE), f"Có {len(phones)} số; lấy số đầu.")
    return phones[0] if phones else ""


def _numbers(row: Row, home: FoundHome) -> tuple[str, str]:
    """The number a person bears and the old one beside it; either column may hold either, or both."""
    found: list[str] = []
    for field in (Field.IDENTITY_NUMBER, Field.FORMER_NUMBER):
        written = row.get(field)
        if written and written.lower() not in _NOTHING:
            parts = [written] if written.isdecimal() else _SEVERAL.split(written)
            found += [number for part in parts if (number := _number(row, home, field, part))]
    if len(found) < 2:
        return found[0] if found else "", ""
    ordered = sorted(dict.fromkeys(found), key=lambda number: len(number) == OLD_DIGITS)
    return ordered[0], ordered[1] if len(ordered) > 1 else ""


def _number(row: Row, home: FoundHome, field: Field, written: str) -> str:
    try:
        read = read_identity_number(written)
    except NotReadError as refusal:
        _say(home, row, field, (Severity.WARNING, Kind.NUMBER), f"{refusal.message} Để trống ô này.")
        return ""
    if read.repairs:
        _say(home, row, field, (Severity.NOTE, Kind.NUMBER), f"{' '.join(read.repairs)} Đọc là {read.digits}.")
    return read.digits


def _check_number(row: Row, home: FoundHome, person: FoundPerson) -> None:
    """Ask where a number was issued for another sex or year; it checks what is written, and never replaces it."""
    if not person.identity_number:
        return
    sex = person.sex if person.sex is not Sex.UNKNOWN else None
    is_exact = person.birth is not None and not person.birth.approximate
    year = person.birth.year if person.birth and is_exact else None
    for says in disagreements(person.identity_number, sex=sex, year_of_birth=year):
        _say(home, row, Field.IDENTITY_NUMBER, (Severity.WARNING, Kind.NUMBER), says)
