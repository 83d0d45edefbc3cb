"""Households of one province: who lives together, how old, as what; then what each page of the register says of them.

Every household is one of six kinds. Its places (head, spouse, parents, children, ...) are filled for all households at
once, so that a million people take seconds; ages follow from one another, so that mothers are older than children.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.register import names
from bench.register.places import VILLAGES_IN_COMMUNE, Province

TODAY = np.datetime64("2026-11-01")
YEAR = 365.2425
PEOPLE_IN_HOUSEHOLD = 3.82
MOST_CHILDREN = 4
TWINS = 0.012
LEAVE_HOME_AT = 25

# The kinds of household and their shares; how old the head is: (share, youngest, oldest) of two age groups.
SINGLE, COUPLE, PARENTS, LONE_PARENT, WITH_ELDERS, ELDERS_HOME = range(6)
KINDS = (0.08, 0.11, 0.46, 0.09, 0.14, 0.12)
HEAD_AGES = (
    ((0.4, 22, 38), (0.6, 58, 88)),
    ((0.3, 21, 33), (0.7, 52, 82)),
    ((0.5, 24, 38), (0.5, 38, 58)),
    ((0.5, 26, 42), (0.5, 42, 60)),
    ((0.6, 27, 40), (0.4, 40, 54)),
    ((0.6, 50, 64), (0.4, 64, 84)),
)
HEAD_IS_WOMAN = (0.55, 0.14, 0.14, 0.74, 0.16, 0.33)
SOURCES = ("hộ tịch", "thôn", "y tế", "trường học")


@dataclass(frozen=True)
class Slot:
    """One place in every household: filled where `here`. Surnames are places between 0 and 1 in a people's list."""

    role: str
    here: np.ndarray
    is_woman: np.ndarray
    born: np.ndarray
    surname: np.ndarray


def people_of(rng: np.random.Generator, province: Province, count: int) -> pa.Table:
    """Return `count` people, household by household, the head first."""
    households = int(count / PEOPLE_IN_HOUSEHOLD * 1.06) + 20
    kind = rng.choice(len(KINDS), households, p=KINDS)
    people = _peoples(rng, province, households)
    slots = list(_slots(rng, kind, np.isin(people.of, [names.PEOPLES.index(name) for name in names.MATRILINEAL])))
    rows = _in_order(slots, households, count)
    return _written_down(rng, province, people, rows)


@dataclass(frozen=True)
class Places:
    of: np.ndarray
    commune: np.ndarray
    village: np.ndarray


def _peoples(rng: np.random.Generator, province: Province, households: int) -> Places:
    """Neighbours are of one people more often than not: every village has its own mixture."""
    commune = np.sort(rng.choice(province.shares.size, households, p=province.shares))
    village = rng.integers(0, VILLAGES_IN_COMMUNE, households)
    mixtures = rng.dirichlet(np.array(names.SHARES) * 1.5, (province.shares.size, VILLAGES_IN_COMMUNE))
    heaps = mixtures.cumsum(axis=2)[commune, village]
    of = (rng.random(households)[:, None] > heaps).sum(axis=1).clip(max=len(names.PEOPLES) - 1)
    return Places(of, commune, village)


# --- who lives together


def _slots(rng: np.random.Generator, kind: np.ndarray, is_matrilineal: np.ndarray) -> Iterator[Slot]:
    size = kind.size
    everyone, draw = np.ones(size, bool), lambda: rng.random(size)
    is_woman = draw() < np.array(HEAD_IS_WOMAN)[kind]
    head = Slot("head", everyone, is_woman, _head_born(rng, kind), draw())
    has_spouse = np.isin(kind, (COUPLE, PARENTS, WITH_ELDERS)) | ((kind == ELDERS_HOME) & (draw() < 0.7))
    years_apart = rng.normal(2.5, 3.0, size) * np.where(is_woman, -1, 1)
    spouse = Slot("spouse", has_spouse, ~is_woman, head.born + years_apart * YEAR, draw())
    yield head
    yield spouse
    mother_born = np.where(is_woman | ~has_spouse, head.born, spouse.born)
    line = _line_of(head, spouse, is_matrilineal, draw())
    yield from _elders(rng, kind, head)
    yield from _children(rng, kind, mother_born, line)
    yield from _young_family(rng, kind, mother_born, line)


def _head_born(rng: np.random.Generator, kind: np.ndarray) -> np.ndarray:
    groups = np.array(HEAD_AGES)[kind]
    chosen = groups[np.arange(kind.size), (rng.random(kind.size) > groups[:, 0, 0]).astype(int)]
    return -rng.uniform(chosen[:, 1], chosen[:, 2] + 1) * YEAR


def _line_of(head: Slot, spouse: Slot, is_matrilineal: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The surname children bear: the father's, the mother's among Ê Đê and M'nông, a father's we do not know of."""
    from_head = head.is_woman == is_matrilineal
    return np.where(from_head, head.surname, np.where(spouse.here, spouse.surname, other))


def _elders(rng: np.random.Generator, kind: np.ndarray, head: Slot) -> Iterator[Slot]:
    size = kind.size
    mother_born = head.born - rng.uniform(19, 35, size) * YEAR
    living = (-mother_born / YEAR < 97) & (kind == WITH_ELDERS)
    father = living & (rng.random(size) < 0.55)
    yield Slot("parent", father, np.zeros(size, bool), mother_born - rng.normal(3, 3, size) * YEAR, head.surname)
    yield Slot(
        "parent", living & (~father | (rng.random(size) < 0.7)), np.ones(size, bool), mother_born, rng.random(size)
    )


def _children(rng: np.random.Generator, kind: np.ndarray, mother_born: np.ndarray, line: np.ndarray) -> Iterator[Slot]:
    size = kind.size
    wanted = 1 + rng.binomial(MOST_CHILDREN - 1, 0.5, size)
    has_children = np.isin(kind, (PARENTS, LONE_PARENT, WITH_ELDERS))
    born = mother_born + rng.normal(25, 3.8, size).clip(17, 41) * YEAR
    for number in range(MOST_CHILDREN):
        if number:
            gap = np.where(rng.random(size) < TWINS, 0.0, rng.gamma(4.0, 1.0, size).clip(0.9) * YEAR)
            born = born + gap
        else:
            # The house of a couple with children holds one, however young the couple.
            born = np.where(born > -30, -rng.uniform(30, 900, size), born)
        age = -born / YEAR
        stays = (age < LEAVE_HOME_AT) | (rng.random(size) < 0.35)
        here = has_children & (number < wanted) & (age > 0.05) & (stays | (number == wanted - 1)) & (age < 45)
        yield Slot("child", here, rng.random(size) < 0.48, born, line)


def _young_family(
    rng: np.random.Generator, kind: np.ndarray, mother_born: np.ndarray, line: np.ndarray
) -> Iterator[Slot]:
    """Elders who keep the book, a grown child, the child's spouse and children."""
    size = kind.size
    child_is_woman = rng.random(size) < 0.25
    born = mother_born + rng.normal(25, 4, size).clip(18, 38) * YEAR
    # Whoever would be too young is of some age in a span: a limit alone would give them all one birthday.
    born = np.where(born > -20 * YEAR, -rng.uniform(20, 23, size) * YEAR, born)
    here = kind == ELDERS_HOME
    yield Slot("child", here, child_is_woman, born, line)
    in_law_surname = rng.random(size)
    is_married = here & (rng.random(size) < 0.85)
    yield Slot("child_in_law", is_married, ~child_is_woman, born + rng.normal(0, 3, size) * YEAR, in_law_surname)
    grandchild_line = np.where(child_is_woman, in_law_surname, line)
    grandchild = born + rng.normal(24, 3, size).clip(17, 38) * YEAR
    grandchild = np.where(grandchild < -12 * YEAR, -rng.uniform(0.1, 12, size) * YEAR, grandchild)
    for number in range(3):
        present = is_married & (grandchild < -20) & (rng.random(size) < (0.95, 0.8, 0.4)[number])
        yield Slot("grandchild", present, rng.random(size) < 0.48, grandchild, grandchild_line)
        grandchild = grandchild + rng.gamma(4.0, 1.0, size).clip(0.9) * YEAR


@dataclass(frozen=True)
class Rows:
    """People as rows; `household` rises, and within it the order of the slots is kept."""

    household: np.ndarray
    role: pa.Array
    is_woman: np.ndarray
    born: np.ndarray
    surname: np.ndarray


def _in_order(slots: list[Slot], households: int, count: int) -> Rows:
    here = np.stack([slot.here for slot in slots], axis=1).ravel()
    filled = np.flatnonzero(here)[:count]
    if filled.size < count:
        raise ValueError(f"{households} households hold {filled.size} people, not {count}.")

    def pick(name: str) -> np.ndarray:
        return np.stack([getattr(slot, name) for slot in slots], axis=1).ravel()[filled]

    roles = pa.array([slot.role for slot in slots]).take(pa.array(filled % len(slots)))
    return Rows(filled // len(slots), roles, pick("is_woman"), pick("born"), pick("surname"))


# --- what the register says of them


def _written_down(rng: np.random.Generator, province: Province, places: Places, rows: Rows) -> pa.Table:
    count = rows.household.size
    birth = TODAY + rows.born.astype("timedelta64[D]")
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    month = birth.astype("datetime64[M]").astype(int) % 12 + 1
    day = (birth - birth.astype("datetime64[M]")).astype(int) + 1
    bearers = names.Bearers(
        places.of[rows.household], rows.is_woman, year, rows.surname, rng.random(places.of.size)[rows.household]
    )
    full_name = names.full_names(rng, bearers)
    known = _known_birth(rng, year, places.of[rows.household])
    month, day = np.where(known == FILLER, 1, month), np.where(known == FILLER, 1, day)
    is_head = np.flatnonzero(np.r_[True, rows.household[1:] != rows.household[:-1]])
    head_of = is_head[np.cumsum(np.r_[True, rows.household[1:] != rows.household[:-1]]) - 1]
    commune = places.commune[rows.household]
    return pa.table(
        {
            "person": pa.array(np.arange(count)),
            "household": pa.array(rows.household),
            "role": rows.role,
            "source": pa.array(SOURCES[:2]).take(pa.array(rng.integers(0, 2, places.of.size)[rows.household])),
            "full_name": full_name,
            "sex": pa.array(np.where(rows.is_woman, "F", "M")),
            "birth_year": pa.array(year.astype(np.int16)),
            "birth_month": pa.array(month.astype(np.int16), mask=known == YEAR_ONLY),
            "birth_day": pa.array(day.astype(np.int16), mask=known == YEAR_ONLY),
            "id12": _id12(rng, province, year, rows.is_woman),
            "id9": _id9(rng, year),
            "phone": _phone(rng, year, head_of),
            "ethnic": pa.array(names.PEOPLES).take(pa.array(places.of[rows.household])),
            "commune": pa.array(commune.astype(np.int32)),
            "village": pa.array(places.village[rows.household].astype(np.int8)),
            "head_name": full_name.take(pa.array(head_of)),
        }
    )


FULL, YEAR_ONLY, FILLER = range(3)


def _known_birth(rng: np.random.Generator, year: np.ndarray, people: np.ndarray) -> np.ndarray:
    """How well a birth is known: the old, and people far from an office, by their year or by a filler of 1 January."""
    chance, is_kinh = rng.random(year.size), people == 0
    year_only = np.select([year < 1950, year < 1970, year < 1990], [0.30, 0.16, 0.06], 0.01)
    filler = np.select([year < 1950, year < 1970, year < 1990], [0.14, 0.10, 0.05], 0.01) * np.where(is_kinh, 1, 2)
    return np.where(chance < year_only, YEAR_ONLY, np.where(chance < year_only + filler, FILLER, FULL))


def _id12(rng: np.random.Generator, province: Province, year: np.ndarray, is_woman: np.ndarray) -> pa.Array:
    """Province of birth registration, century and sex, year, serial; children have theirs less often."""
    count = year.size
    elsewhere = rng.integers(1, 96, count)
    born_in = np.where(rng.random(count) < 0.75, rng.choice(province.birth_codes, count), elsewhere)
    number = born_in * 10 + (year // 100 - 19) * 2 + is_woman
    number = (number * 100 + year % 100) * 1_000_000 + rng.integers(0, 1_000_000, count)
    return _digits(number, 12, rng.random(count) < np.select([year > 2012, year < 1945], [0.40, 0.60], 0.70))


def _id9(rng: np.random.Generator, year: np.ndarray) -> pa.Array:
    """The old number: its head says which police wrote it."""
    number = rng.choice([245, 250, 251, 260, 261, 240, 24, 186], year.size) * 1_000_000
    number = number + rng.integers(0, 1_000_000, year.size)
    return _digits(number, 9, rng.random(year.size) < np.where(year < 2003, 0.25, 0.0))


def _phone(rng: np.random.Generator, year: np.ndarray, head_of: np.ndarray) -> pa.Array:
    """A number of one's own; some give the head's, as a household with one telephone does."""
    count = year.size
    number = rng.choice([32, 33, 34, 35, 36, 37, 38, 39, 70, 76, 78, 79, 81, 83, 90, 91, 93, 96, 97, 98], count)
    number = number * 10_000_000 + rng.integers(0, 10_000_000, count)
    number = np.where(rng.random(count) < 0.12, number[head_of], number)
    has_one = rng.random(count) < np.select([year > 2012, year > 2008, year < 1950], [0.02, 0.35, 0.30], 0.62)
    return _digits(number, 10, has_one)


def _digits(number: np.ndarray, width: int, is_known: np.ndarray) -> pa.Array:
    text = pc.utf8_lpad(pc.cast(pa.array(number), pa.string()), width, "0")
    return pc.if_else(pa.array(is_known), text, pa.scalar(""))
