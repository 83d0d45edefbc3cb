"""Reads the rows of a list into homes, and says of every cell that was not plain what was understood."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from maiam.contexts.families.rules import MemberRole
from maiam.contexts.imports.rules.cells import Row
from maiam.contexts.imports.rules.fields import Field
from maiam.contexts.imports.rules.homes import FoundHome, FoundPerson, with_role
from maiam.contexts.imports.rules.layout import PageLayout, Range
from maiam.contexts.imports.rules.memory import SeenRows, folded
from maiam.contexts.imports.rules.people import read_person
from maiam.contexts.imports.rules.problems import Kind, Severity
from maiam.contexts.imports.rules.settled import ELSEWHERE, UNKNOWN, Settled
from maiam.contexts.imports.rules.words import is_house_title, is_no_person
from maiam.core.text import clean

# Cells that are filled down where they are merged: they say something of a whole home or of many.
_DOWN = frozenset({Field.HOUSEHOLD_CODE, Field.HOUSEHOLD_MARK, Field.HEAD_NAME, Field.VILLAGE, Field.ADDRESS})
_YOUNGEST_PARENT = 12


@lru_cache(maxsize=4096)
def village_key(text: str) -> str:
    """A village as lists write it: "Thôn 3", "T3", "thôn số 3", "Bon Bu Đăk" and "Bu Đắk" each find theirs."""
    plain = re.sub(r"[^a-z0-9 ]+", " ", folded(text))
    plain = re.sub(r"^(thon|bon|buon|ban|to dan pho|tdp|to|khu pho|ap|t)\s*(so\s*)?(?=\S)", "", plain.strip())
    return " ".join(word.lstrip("0") or "0" for word in plain.split())


@dataclass
class _FilledDown:
    """Merged cells that speak for the rows below their first one: by row, the columns that begin and where they end."""

    starts: dict[int, list[tuple[int, int]]]
    open: dict[int, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, layout: PageLayout, merged: Iterable[Range]) -> "_FilledDown":
        starts: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _) in merged:
            if bottom > top and layout.columns.get(left) in _DOWN:
                starts.setdefault(top, []).append((left, bottom))
        return cls(starts)

    def fills(self, number: int, cells: list[str]) -> None:
        """Fill the empty cells of a row that lie under a merged one; remember those that begin here."""
        at = number - 1
        for column, (bottom, text) in self.open.items():
            if at <= bottom and column < len(cells) and not cells[column]:
                cells[column] = text
        for column, bottom in self.starts.get(at, ()):
            self.open[column] = (bottom, cells[column] if column < len(cells) else "")


@dataclass
class ListReader:
    """Goes through the rows of one sheet. `seen` remembers numbers and codes over all sheets."""

    layout: PageLayout
    settled: Settled
    merged: Iterable[Range] = ()
    seen: SeenRows = field(default_factory=SeenRows)
    _home: FoundHome | None = None
    _mark: str = ""
    _last_row: int = 0
    _title: tuple[int, str] | None = None

    def homes(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[FoundHome]:
        fields = set(self.layout.columns.values())
        self._has_keys = bool(fields & {Field.HOUSEHOLD_CODE, Field.HOUSEHOLD_MARK})
        self._has_roles = Field.ROLE in fields
        down = _FilledDown.of(self.layout, self.merged)
        for number, cells in rows:
            if number < self.layout.first_row:
                continue
            down.fills(number, cells)
            yield from self._takes(Row(self.layout, number, cells))
        yield from self._closes()

    def _takes(self, row: Row) -> Iterator[FoundHome]:
        name = row.name
        if not name:
            yield from self._takes_no_person(row)
            return
        if is_no_person(name) or (is_house_title(name) and row.is_alone):
            yield from self._takes_no_person(row)
            return
        if self._begins_home(row):
            yield from self._closes()
            self._home = FoundHome(row.page, row.number, code=row.get(Field.HOUSEHOLD_CODE)[:30])
            self._mark = row.get(Field.HOUSEHOLD_MARK)
        self._last_row, self._title = row.number, None
        assert self._home is not None  # noqa: S101 - begun above, or before
        self._adds(self._home, row)

    def _takes_no_person(self, row: Row) -> Iterator[FoundHome]:
        """A title of a home begins one; a sum or a signature is passed over, and told."""
        text = row.first_text
        if is_house_title(text):
            yield from self._closes()
            self._title = (row.number, text)
        elif self._home and not row.name and row.says_something:
            says = "Dòng có thông tin nhưng ô họ tên trống hoặc bị lỗi, nên không lấy."
            self._home.problems.append(row.problem(Field.FULL_NAME, (Severity.ERROR, Kind.NAME), says, text))
        elif self._home and text:
            self._home.problems.append(
                row.problem(
                    None, (Severity.NOTE, Kind.SKIPPED), "Không phải người trong hộ, nên bỏ qua dòng này.", text
                )
            )

    def _begins_home(self, row: Row) -> bool:
        home = self._home
        if home is None or self._title:
            return True
        code, mark = row.get(Field.HOUSEHOLD_CODE), row.get(Field.HOUSEHOLD_MARK)
        if code or (mark and not home.code):
            return code[:30] != home.code or bool(mark and not code and mark != self._mark)
        is_head = row.role is MemberRole.HEAD
        if is_head:
            return home.head is not None or bool(home.members)
        if self._has_keys or self._has_roles:
            is_after_gap = row.number > self._last_row + 1
            return is_after_gap and not self._has_keys and not row.get(Field.ROLE)
        return folded(row.get(Field.HEAD_NAME)) not in {"", self._head_name}

    @property
    def _head_name(self) -> str:
        return self._said_head

    def _adds(self, home: FoundHome, row: Row) -> None:
        if not home.members:
            self._said_head = folded(row.get(Field.HEAD_NAME))
        self._places(home, row)
        person = read_person(row, home, self.settled)
        if person is None:
            if row.role is MemberRole.HEAD or (not home.members and not row.get(Field.ROLE)):
                self._say(home, Severity.ERROR, "Dòng chủ hộ không lấy được, nên cả hộ chờ bạn sửa dòng đó.")
            return
        person = self._with_place_in_home(home, person, row)
        if self._is_double(home, person, row):
            return
        home.members.append(person)

    def _places(self, home: FoundHome, row: Row) -> None:
        """Where the home is: a village of this commune; told elsewhere it is not ours to write."""
        commune = row.get(Field.COMMUNE)
        if commune:
            where = self.settled.place_of(commune, row.get(Field.DISTRICT), row.get(Field.PROVINCE))
            if where == UNKNOWN:
                self.settled.asks("commune", folded(commune), commune)
                says = f"Chưa biết “{commune}” nay thuộc xã nào. Trả lời một lần cho cả tệp ở mục Từ chưa hiểu."
                home.problems.append(row.problem(Field.COMMUNE, (Severity.QUESTION, Kind.HOUSEHOLD), says))
            elif where == ELSEWHERE:
                says = f"“{commune}” không thuộc xã bạn giữ sổ, nên hộ này không đưa vào."
                home.problems.append(row.problem(Field.COMMUNE, (Severity.ERROR, Kind.HOUSEHOLD), says))
        if not home.address:
            home.address = row.get(Field.ADDRESS)[:200]
        if home.village_id is None and not home.members:
            self._find_village(home, row)

    def _find_village(self, home: FoundHome, row: Row) -> None:
        written = row.get(Field.VILLAGE) or self.layout.village
        key = village_key(clean(written))
        if not key:
            return
        if key in self.settled.villages:
            home.village_id = self.settled.villages[key] or None
            return
        if row.get(Field.VILLAGE):
            self.settled.asks("village", key, clean(written))
            says = f"Sổ chưa có thôn “{written}”. Trả lời một lần cho cả tệp ở mục Từ chưa hiểu."
            home.problems.append(row.problem(Field.VILLAGE, (Severity.QUESTION, Kind.HOUSEHOLD), says))

    def _with_place_in_home(self, home: FoundHome, person: FoundPerson, row: Row) -> FoundPerson:
        """The first of a home without a word is its head; the others without one are told."""
        if row.get(Field.ROLE):
            return person
        is_named_head = folded(person.full_name) == self._said_head
        if is_named_head or (not home.members and not self._said_head):
            if self._has_roles:
                says = "Ô trống ở dòng đầu của hộ: hiểu là chủ hộ."
                home.problems.append(row.problem(Field.ROLE, (Severity.NOTE, Kind.ROLE), says))
            return with_role(person, MemberRole.HEAD)
        if self._has_roles:
            says = "Chưa ghi quan hệ với chủ hộ; tạm ghi “Khác”."
            home.problems.append(row.problem(Field.ROLE, (Severity.WARNING, Kind.ROLE), says))
        return person

    def _is_double(self, home: FoundHome, person: FoundPerson, row: Row) -> bool:
        name = folded(person.full_name)
        for other in home.members:
            if folded(other.full_name) == name and other.birth == person.birth:
                says = f"Trùng với dòng {other.row}, nên chỉ lấy một lần."
                home.problems.append(row.problem(Field.FULL_NAME, (Severity.NOTE, Kind.DOUBLE), says))
                return True
        for number in person.numbers:
            if before := self.seen.get(number):
                says = f"Số {number} đã ghi cho người ở dòng {before}. Xem lại số, hoặc xóa dòng thừa."
                home.problems.append(row.problem(Field.IDENTITY_NUMBER, (Severity.ERROR, Kind.DOUBLE), says))
                return True
            self.seen.keep(number, row.number)
        return False

    def _closes(self) -> Iterator[FoundHome]:
        home, self._home = self._home, None
        if home is None:
            return
        if home.code:
            self._check_code(home)
        self._check_head(home)
        self._check_ages(home)
        yield home

    def _check_code(self, home: FoundHome) -> None:
        """A code met again, with others in between: one home, but never one with two heads."""
        key = ("code", home.code)
        before = self.seen.get(key)
        if before is None:
            self.seen.keep(key, home.row)
            return
        home.is_rest = True
        is_second_head = home.head is not None and self.seen.get(("head", home.code)) is not None
        if is_second_head:
            self._say(home, Severity.ERROR, f"Mã hộ {home.code} đã có chủ hộ ở dòng {before}. Hai hộ phải có hai mã.")
        else:
            self._say(home, Severity.NOTE, f"Cùng mã hộ {home.code} với dòng {before}: gộp vào một hộ.", Kind.CELL)

    def _check_head(self, home: FoundHome) -> None:
        heads = [one for one in home.members if one.role is MemberRole.HEAD]
        if len(heads) > 1:
            rows = ", ".join(str(one.row) for one in heads)
            self._say(
                home, Severity.ERROR, f"Hộ này có {len(heads)} chủ hộ, ở các dòng {rows}. Chỉ để một người là chủ hộ."
            )
        if heads and home.code:
            self.seen.keep(("head", home.code), home.row)
        is_met_before = bool(home.code) and self.seen.get(("head", home.code)) is not None
        if home.members and not heads and not is_met_before:
            self._say(home, Severity.WARNING, "Hộ này chưa có chủ hộ. Vẫn lấy; nhớ ghi chủ hộ sau.", Kind.ROLE)

    def _check_ages(self, home: FoundHome) -> None:
        head = home.head
        if head is None or head.birth is None:
            return
        for one in home.members:
            if one.birth is None:
                continue
            years = one.birth.year - head.birth.year
            if (one.role is MemberRole.CHILD and years < _YOUNGEST_PARENT) or (
                one.role is MemberRole.PARENT and years > -_YOUNGEST_PARENT
            ):
                says = f"Tuổi không hợp với quan hệ: chủ hộ sinh {head.birth.year}, người này sinh {one.birth.year}."
                row = Row(self.layout, one.row, [])
                home.problems.append(row.problem(Field.BIRTH, (Severity.WARNING, Kind.BIRTH), says, one.full_name))

    def _say(self, home: FoundHome, severity: Severity, says: str, kind: Kind = Kind.HOUSEHOLD) -> None:
        home.problems.append(Row(self.layout, home.row, []).problem(None, (severity, kind), says, home.code))

    _said_head: str = ""
