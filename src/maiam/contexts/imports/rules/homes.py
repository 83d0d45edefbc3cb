"""People and homes as a list tells them, what the register holds of them already, and so what is to be written."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from maiam.contexts.families.rules import MemberRole, Residence, Sex
from maiam.contexts.imports.rules.memory import folded
from maiam.contexts.imports.rules.problems import Kind, Problem, Severity
from maiam.contexts.imports.rules.states import Answer
from maiam.core.text import PartialDate, write_date


class Standing(StrEnum):
    """What becomes of one row."""

    NEW = "new"
    SAME = "same"
    ASKED = "asked"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class FoundPerson:
    """One row, understood. `column` is where its name stands."""

    page: int
    row: int
    column: int
    full_name: str
    role: MemberRole
    other_names: str = ""
    sex: Sex = Sex.UNKNOWN
    birth: PartialDate | None = None
    ethnicity: str = ""
    phone: str = ""
    identity_number: str = ""
    former_number: str = ""
    residence: Residence = Residence.PERMANENT

    @property
    def place(self) -> str:
        """What an answer about this row is kept under."""
        return f"{self.page}:{self.row}"

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(number for number in (self.identity_number, self.former_number) if number)

    def as_json(self) -> dict[str, Any]:
        told = {name: value for name, value in vars(self).items() if value}
        if self.birth:
            told["birth"] = [self.birth.year, self.birth.month, self.birth.day, self.birth.approximate]
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "FoundPerson":
        birth = told.get("birth")
        read = {"page": 0, "column": 0, **told}
        read["role"], read["residence"] = MemberRole(told["role"]), Residence(told["residence"])
        read["birth"] = PartialDate(*birth) if birth else None
        if sex := told.get("sex"):
            read["sex"] = Sex(sex)
        return cls(**read)


@dataclass
class FoundHome:
    """Some rows that live together. Without a code the list gave none."""

    page: int
    row: int
    serial: int = 0
    code: str = ""
    village_id: int | None = None
    address: str = ""
    # Its code stood further up in the list already: the rest of one household.
    is_rest: bool = False
    members: list[FoundPerson] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"h{self.page}:{self.row}"

    @property
    def head(self) -> FoundPerson | None:
        return next((one for one in self.members if one.role is MemberRole.HEAD), None)

    @property
    def is_refused(self) -> bool:
        """An error of the whole home, told on its first row without a column or by the kind."""
        return any(
            one.kind is Kind.HOUSEHOLD and one.severity in {Severity.ERROR, Severity.QUESTION} for one in self.problems
        )

    def as_json(self) -> dict[str, Any]:
        return {
            **vars(self),
            "members": [one.as_json() for one in self.members],
            "problems": [one.as_json() for one in self.problems],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "FoundHome":
        members = [FoundPerson.from_json(one) for one in told["members"]]
        return cls(**{**told, "members": members, "problems": [Problem.from_json(one) for one in told["problems"]]})


@dataclass(frozen=True)
class Known:
    """Somebody of the register, as far as it is compared."""

    person_id: UUID
    full_name: str
    folded: str
    sex: Sex
    birth: PartialDate | None
    household_id: UUID | None
    household_code: str
    is_head: bool

    @property
    def words(self) -> str:
        born = f", sinh {write_date(self.birth)}" if self.birth else ""
        home = f", hộ {self.household_code}" if self.household_code else ""
        return f"{self.full_name}{born}{home}"


@dataclass(frozen=True)
class Register:
    """What the register holds that some rows may mean."""

    households: Mapping[str, UUID]
    members: Mapping[UUID, Sequence[Known]]
    by_number: Mapping[str, Known]
    by_name: Mapping[str, Sequence[Known]]

    def without(self, brought: Container[UUID]) -> "Register":
        """The register as it was before these came: two of one name in a list are two, wherever in it they stand.

        A number or a code that comes again in a list has been told as such when it was read.
        """
        if not brought:
            return self
        by_name = {name: [one for one in known if one.person_id not in brought] for name, known in self.by_name.items()}
        return replace(self, by_name=by_name)


@dataclass
class Decision:
    """What is written of a home: into which household, and who of it; and what is said of that."""

    home: FoundHome
    household_id: UUID | None
    standings: dict[str, Standing]
    problems: list[Problem]
    is_left: bool = False

    @property
    def new_people(self) -> list[FoundPerson]:
        if self.is_left:
            return []
        return [one for one in self.home.members if self.standings.get(one.place) is Standing.NEW]

    def refuse(self, says: str) -> None:
        """The register would not have it, and said why: nobody of it is written."""
        home = self.home
        self.problems.append(Problem(home.page, home.row, None, Severity.ERROR, Kind.HOUSEHOLD, home.code, says))
        self.is_left = True
        self.standings = {
            place: Standing.LEFT if standing is Standing.NEW else standing for place, standing in self.standings.items()
        }

    def count(self, standing: Standing) -> int:
        return sum(one is standing for one in self.standings.values())


def counted(decisions: Sequence[Decision]) -> dict[str, int]:
    """How many homes, people and problems of each sort there are."""
    counts: Counter[str] = Counter(homes=len(decisions))
    for one in decisions:
        counts.update(standing.value for standing in one.standings.values())
        counts.update(problem.severity.value for problem in one.problems)
        counts.update(f"{problem.severity}.{problem.kind}" for problem in one.problems)
        counts["new_homes"] += one.household_id is None and bool(one.new_people)
        counts["people"] += len(one.home.members)
    return dict(counts)


# --- deciding


def decided(home: FoundHome, register: Register, answers: Mapping[str, str]) -> Decision:
    """Decide what becomes of a home. What is in doubt and not answered is not written."""
    decision = Decision(home, None, {}, list(home.problems))
    if answers.get(home.place) == Answer.LEAVE or home.is_refused:
        decision.is_left = True
    decision.household_id = _household(decision, register, answers)
    for one in home.members:
        decision.standings[one.place] = _standing(decision, one, register, answers)
    if decision.is_left:
        decision.standings = dict.fromkeys(decision.standings, Standing.LEFT)
    return decision


def _household(decision: Decision, register: Register, answers: Mapping[str, str]) -> UUID | None:
    """The household of the register this home is, if any; asked about where only some of it fits."""
    home, answer = decision.home, answers.get(decision.home.place)
    by_code = register.households.get(home.code) if home.code else None
    if by_code:
        if _shared(home, register.members.get(by_code, ())) or home.is_rest or answer == Answer.SAME:
            return by_code
        head = next((one.words for one in register.members.get(by_code, ()) if one.is_head), "một hộ khác")
        says = f"Mã hộ {home.code} trong sổ là hộ của {head}. Cùng một hộ thì chọn “đã có trong sổ”; không thì sửa mã."
        _ask(decision, says)
        return None
    by_head = _homes_of_head(home, register)
    if not by_head or answer == Answer.NEW:
        return None
    found, members = by_head[0]
    if answer == Answer.SAME or 2 * _shared(home, members) >= len(home.members):
        return found
    head = next(one.words for one in members if one.is_head)
    _ask(decision, f"Trong sổ đã có hộ của {head}, nhưng người trong hộ khác nhau nhiều. Có phải một hộ không?")
    return None


def _ask(decision: Decision, says: str) -> None:
    home = decision.home
    decision.problems.append(Problem(home.page, home.row, None, Severity.QUESTION, Kind.DOUBLE_HOME, home.code, says))
    decision.is_left = True


def _homes_of_head(home: FoundHome, register: Register) -> list[tuple[UUID, Sequence[Known]]]:
    head = home.head
    if head is None:
        return []
    by_number = [register.by_number[number] for number in head.numbers if number in register.by_number]
    alike = [one for one in register.by_name.get(folded(head.full_name), ()) if _same_year(head.birth, one.birth)]
    heads = [one for one in (*by_number, *alike) if one.is_head and one.household_id]
    return [(one.household_id, register.members.get(one.household_id, ())) for one in heads if one.household_id]


def _shared(home: FoundHome, members: Iterable[Known]) -> int:
    """How many of a home live in a household of the register, by name and year."""
    known = list(members)
    return sum(any(_is_alike(one, other) for other in known) for one in home.members)


def _is_alike(one: FoundPerson, other: Known) -> bool:
    return folded(one.full_name) == other.folded and _same_year(one.birth, other.birth)


def _same_year(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is None or other is None or one.year == other.year


def _same_known_year(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and one.year == other.year


def _standing(decision: Decision, one: FoundPerson, register: Register, answers: Mapping[str, str]) -> Standing:
    answer = answers.get(one.place)
    if answer == Answer.LEAVE:
        return Standing.LEFT
    known, is_sure = _known(decision, one, register)
    if known is None:
        return Standing.NEW
    if answer == Answer.NEW and not _bears_number(one, register):
        return Standing.NEW
    if is_sure or answer == Answer.SAME:
        _tell_known(decision, one, known)
        return Standing.SAME
    says = f"Trong sổ có {known.words}. Có phải người này không?"
    decision.problems.append(_problem(one, Severity.QUESTION, Kind.IN_REGISTER, says))
    return Standing.ASKED


def _bears_number(one: FoundPerson, register: Register) -> bool:
    return any(number in register.by_number for number in one.numbers)


def _known(decision: Decision, one: FoundPerson, register: Register) -> tuple[Known | None, bool]:
    """Whom of the register a row may mean, and whether there is no doubt."""
    for number in one.numbers:
        if known := register.by_number.get(number):
            is_alike = folded(one.full_name) == known.folded or _same_known_year(one.birth, known.birth)
            return known, is_alike
    if decision.household_id:
        for known in register.members.get(decision.household_id, ()):
            if _is_alike(one, known):
                return known, _agree(one, known)
    for known in register.by_name.get(folded(one.full_name), ()):
        if one.birth and one.birth.is_exact and known.birth == one.birth:
            return known, False
    return None, False


def _agree(one: FoundPerson, known: Known) -> bool:
    sexes = {one.sex, known.sex} - {Sex.UNKNOWN}
    if len(sexes) > 1:
        return False
    if one.birth is None or known.birth is None:
        return one.birth == known.birth
    parts = ((one.birth.month, known.birth.month), (one.birth.day, known.birth.day))
    return all(mine == theirs or mine is None or theirs is None for mine, theirs in parts)


def _tell_known(decision: Decision, one: FoundPerson, known: Known) -> None:
    """Say that a row is in the register already, and where it says something else; nothing is overwritten."""
    differing = [
        f"{what}: sổ ghi {theirs}, tệp ghi {mine}" for what, theirs, mine in _differences(one, known) if mine != theirs
    ]
    if known.household_id != decision.household_id and decision.household_id:
        differing.append(f"sổ ghi người này ở hộ {known.household_code or 'khác'}")
    if differing:
        says = f"Đã có trong sổ; sổ để nguyên. Khác nhau: {'; '.join(differing)}."
        decision.problems.append(_problem(one, Severity.WARNING, Kind.DIFFERS, says))
    else:
        decision.problems.append(_problem(one, Severity.NOTE, Kind.IN_REGISTER, f"Đã có trong sổ: {known.words}."))


def _differences(one: FoundPerson, known: Known) -> list[tuple[str, str, str]]:
    told = [("họ tên", known.full_name, one.full_name)]
    if one.birth and known.birth != one.birth:
        told.append(("ngày sinh", write_date(known.birth) if known.birth else "trống", write_date(one.birth)))
    return told


def _problem(one: FoundPerson, severity: Severity, kind: Kind, says: str) -> Problem:
    return Problem(one.page, one.row, one.column, severity, kind, one.full_name, says)


def with_role(one: FoundPerson, role: MemberRole) -> FoundPerson:
    return replace(one, role=role)
