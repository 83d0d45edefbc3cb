"""Doubles planted among the people of a register, and the truth about them: rows with one `person` are one person.

A double comes about in three ways: someone is on two pages of one household, someone moved and is on the pages of two
households, or a whole household was written down again from another source. The chances of each slip stand here.
"""

from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.register import slips
from bench.register.homes import SOURCES

WHOLE_HOUSEHOLDS = 0.35
SAME_HOUSEHOLD = 0.45
SAME_COMMUNE = 0.45

SWAPPED, YEAR_ONLY, FILLER, NO_BIRTH, OTHER_DAY, OTHER_MONTH, OTHER_YEAR = range(1, 8)
BIRTH_SLIPS = (0.035, 0.04, 0.015, 0.01, 0.02, 0.01, 0.015)
SEX_MISSING, SEX_WRONG = 0.03, 0.005
NUMBER_MISSING, NUMBER_WRONG = 0.15, 0.03
PHONE_MISSING, PHONE_OTHER, PHONE_WRONG = 0.15, 0.08, 0.03
HEAD_MISSING = 0.15
PEOPLE_MISSING, PEOPLE_OTHER = 0.10, 0.02


def with_doubles(rng: np.random.Generator, people: pa.Table, count: int, *, harshness: float = 1.0) -> pa.Table:
    """Append `count` doubles; originals are drawn with replacement, so some people stand there three times.

    `harshness` multiplies the chance of every slip.
    """
    originals = people.append_column("is_double", pa.array(np.zeros(people.num_rows, bool)))
    if not count:
        return originals
    whole = _whole_households(rng, people, int(count * WHOLE_HOUSEHOLDS))
    single = _singles(rng, people, count - whole.num_rows)
    written = _rewritten(rng, pa.concat_tables([whole, single]), harshness)
    return pa.concat_tables([originals, written])


def _whole_households(rng: np.random.Generator, people: pa.Table, count: int) -> pa.Table:
    """Every member of some households, under a new number of household and from another source."""
    household = people["household"].to_numpy()
    starts = np.flatnonzero(np.r_[True, household[1:] != household[:-1]])
    sizes = np.diff(np.r_[starts, household.size])
    chosen = rng.choice(starts.size, size=count // 3 + 1, replace=True)
    chosen = chosen[: np.searchsorted(sizes[chosen].cumsum(), count, side="right")]
    copies = sizes[chosen]
    within = np.arange(copies.sum()) - np.repeat(copies.cumsum() - copies, copies)
    rows = people.take(pa.array(np.repeat(starts[chosen], copies) + within))
    number = household[-1] + 1 + np.repeat(np.arange(chosen.size), copies)
    rows = _set(rows, "household", number)
    return _set(rows, "source", pa.array(SOURCES[2:]).take(pa.array(number % 2)))


def _singles(rng: np.random.Generator, people: pa.Table, count: int) -> pa.Table:
    """One person again: on the same page, or as a member of another household near or far."""
    chosen = rng.integers(0, people.num_rows, count)
    rows = people.take(pa.array(chosen))
    stays = rng.random(count) < SAME_HOUSEHOLD
    near = rng.random(count) < SAME_COMMUNE
    commune = people["commune"].to_numpy()
    first, after = np.searchsorted(commune, commune[chosen]), np.searchsorted(commune, commune[chosen], side="right")
    elsewhere = np.where(
        near, first + (rng.random(count) * (after - first)).astype(int), rng.integers(0, commune.size, count)
    )
    home = pa.array(np.where(stays, chosen, elsewhere))
    for name in ("household", "commune", "village", "head_name"):
        rows = _set(rows, name, people[name].take(home))
    rows = _set(rows, "role", pa.repeat("other", count))
    return _set(rows, "source", pa.array(SOURCES).take(pa.array(rng.integers(0, len(SOURCES), count))))


def _rewritten(rng: np.random.Generator, rows: pa.Table, harshness: float) -> pa.Table:
    """The rows as another hand wrote them."""
    random = Random(int(rng.integers(1 << 62)))
    for name, chance in (("full_name", 0.0), ("head_name", HEAD_MISSING)):
        gone = rng.random(rows.num_rows) < chance * harshness
        again = [slips.rewritten(text, random, harshness=harshness) for text in rows[name].to_pylist()]
        rows = _set(rows, name, pc.if_else(pa.array(gone), pa.scalar(""), pa.array(again)))
    rows = _births(rng, rows, harshness)
    rows = _sexes(rng, rows)
    rows = _peoples(rng, rows)
    for name in ("id12", "id9"):
        chance = rng.random(rows.num_rows) / harshness
        rows = _numbers(
            random,
            rows,
            name,
            gone=chance < NUMBER_MISSING,
            wrong=(chance > NUMBER_MISSING) & (chance < NUMBER_MISSING + NUMBER_WRONG),
        )
    chance = rng.random(rows.num_rows) / harshness
    rows = _numbers(
        random,
        rows,
        "phone",
        gone=chance < PHONE_MISSING,
        wrong=(chance > PHONE_MISSING) & (chance < PHONE_MISSING + PHONE_WRONG),
    )
    rows = _other_phones(rng, rows)
    return rows.append_column("is_double", pa.array(np.ones(rows.num_rows, bool)))


def _births(rng: np.random.Generator, rows: pa.Table, harshness: float) -> pa.Table:
    slip = np.searchsorted(harshness * np.cumsum(BIRTH_SLIPS), rng.random(rows.num_rows), side="right") + 1
    year, month, day = (
        rows[f"birth_{part}"].combine_chunks().fill_null(0).to_numpy().copy() for part in ("year", "month", "day")
    )
    is_full = month > 0
    swap = (slip == SWAPPED) & is_full & (day <= 12)
    month[swap], day[swap] = day[swap], month[swap]
    day = np.where((slip == OTHER_DAY) & is_full, rng.integers(1, 29, day.size), day)
    month = np.where((slip == OTHER_MONTH) & is_full & (day < 29), rng.integers(1, 13, month.size), month)
    year = year + np.where(slip == OTHER_YEAR, rng.choice([-10, -2, -1, -1, 1, 1, 2, 10], year.size), 0)
    # Still a day there was: nobody is born in November 2026 or later, and not every year has its 29 February.
    year = np.where((year > 2026) | ((year == 2026) & (month > 10)), 2025, year)
    day = np.where((slip <= len(BIRTH_SLIPS)) & (day > 28), 28, day)
    filled = (slip == FILLER) & is_full
    month, day = np.where(filled, 1, month), np.where(filled, 1, day)
    unknown, no_birth = ~is_full | (slip == YEAR_ONLY), slip == NO_BIRTH
    rows = _set(rows, "birth_year", pa.array(year.astype(np.int16), mask=no_birth))
    rows = _set(rows, "birth_month", pa.array(month.astype(np.int16), mask=unknown | no_birth))
    return _set(rows, "birth_day", pa.array(day.astype(np.int16), mask=unknown | no_birth))


def _sexes(rng: np.random.Generator, rows: pa.Table) -> pa.Table:
    chance, sex = rng.random(rows.num_rows), rows["sex"].to_numpy(zero_copy_only=False)
    other = np.where(sex == "F", "M", "F")
    told = np.where(chance < SEX_MISSING, "", np.where(chance < SEX_MISSING + SEX_WRONG, other, sex))
    return _set(rows, "sex", pa.array(told.tolist()))


def _peoples(rng: np.random.Generator, rows: pa.Table) -> pa.Table:
    """The ethnic group left out, or that of somebody else on the page."""
    chance, count = rng.random(rows.num_rows), rows.num_rows
    other = rows["ethnic"].take(pa.array(rng.integers(0, count, count)))
    told = pc.if_else(pa.array(chance < PEOPLE_OTHER), other, rows["ethnic"])
    return _set(rows, "ethnic", pc.if_else(pa.array(chance > 1 - PEOPLE_MISSING), "", told))


def _numbers(random: Random, rows: pa.Table, name: str, *, gone: np.ndarray, wrong: np.ndarray) -> pa.Table:
    known = rows[name].to_pylist()
    for place in np.flatnonzero(gone | wrong):
        if known[place]:
            known[place] = "" if gone[place] else slips.wrong_digit(known[place], random)
    return _set(rows, name, pa.array(known, pa.string()))


def _other_phones(rng: np.random.Generator, rows: pa.Table) -> pa.Table:
    """People change their number more often than their house."""
    fresh = pc.binary_join_element_wise(
        pa.repeat("09", rows.num_rows),
        pc.utf8_lpad(pc.cast(pa.array(rng.integers(0, 100_000_000, rows.num_rows)), pa.string()), 8, "0"),
        "",
    )
    changed = pa.array(rng.random(rows.num_rows) < PHONE_OTHER)
    has_one = pc.not_equal(rows["phone"], "")
    return _set(rows, "phone", pc.if_else(pc.and_(changed, has_one), fresh, rows["phone"]))


def _set(rows: pa.Table, name: str, values: object) -> pa.Table:
    return rows.set_column(
        rows.schema.get_field_index(name), name, pa.array(values) if isinstance(values, np.ndarray) else values
    )
