"""Names as the peoples of the Central Highlands and the coast bear them; many at once, from a seed.

The words and their chances stand in names.yaml.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import yaml

Ints = np.ndarray
Texts = pa.Array

PEOPLES = ("Kinh", "M'Nông", "Mông", "Tày", "Nùng", "Ê Đê", "Dao", "Mạ", "K'Ho")
SHARES = (0.70, 0.07, 0.05, 0.03, 0.03, 0.04, 0.02, 0.02, 0.04)
MATRILINEAL = ("Ê Đê", "M'Nông", "Mạ", "K'Ho")

_WORDS = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Pool:
    """Words with their chances."""

    words: Texts
    heaps: np.ndarray

    def draw(self, rng: np.random.Generator, count: int) -> Texts:
        return self.at(rng.random(count))

    def at(self, places: np.ndarray) -> Texts:
        """The words that lie at these places between 0 and 1."""
        return self.words.take(pa.array(np.searchsorted(self.heaps, places, side="right")))


def pool(words: dict[str, int] | Sequence[str]) -> Pool:
    """Words with these chances; a mere list begins with its commonest."""
    chances = list(words.values()) if isinstance(words, dict) else [1 / (rank + 6) for rank in range(len(words))]
    heaps = np.cumsum(np.array(chances, float))
    return Pool(pa.array(list(words)), heaps[:-1] / heaps[-1])


SURNAMES = {people: pool(words) for people, words in _WORDS["surnames"].items()}
_GIVEN = {sex: [pool(words.split()) for words in eras] for sex, eras in _WORDS["given"].items()}
_MIDDLE = {sex: pool(words) for sex, words in _WORDS["middle"].items()}
_SECONDS = pool(_WORDS["second_middle"].split())
_HIGHLAND = pool([onset + rime for rime in _WORDS["rimes"].split() for onset in _WORDS["onsets"].split()][::3])
_MONG_GIVEN = pool(_WORDS["mong_given"].split())
_MONG_MIDDLE = {sex: pool(words) for sex, words in _WORDS["mong_middle"].items()}


@dataclass(frozen=True)
class Bearers:
    """Who is to be named. `surname` and `manner` are places between 0 and 1, shared by kin and by household."""

    people: Ints
    is_woman: np.ndarray
    birth_year: Ints
    surname: np.ndarray
    manner: np.ndarray


def full_names(rng: np.random.Generator, bearers: Bearers) -> Texts:
    """Name everyone after the manner of their people."""
    numbers, names = [], []
    for people in range(len(PEOPLES)):
        for sex, is_woman in (("M", False), ("F", True)):
            mine = np.flatnonzero((bearers.people == people) & (bearers.is_woman == is_woman))
            if mine.size:
                numbers.append(mine)
                names.append(_MANNERS.get(PEOPLES[people], _kinh)(rng, _of(bearers, mine), PEOPLES[people], sex))
    order = np.argsort(np.concatenate(numbers))
    return pa.concat_arrays(names).take(pa.array(order))


def _of(bearers: Bearers, mine: Ints) -> Bearers:
    return Bearers(*(getattr(bearers, name)[mine] for name in Bearers.__dataclass_fields__))


def _kinh(rng: np.random.Generator, bearers: Bearers, people: str, sex: str) -> Texts:
    count = bearers.surname.size
    surname, middle = SURNAMES[people].at(bearers.surname), _MIDDLE[sex].draw(rng, count)
    has_second = rng.random(count) < (0.45 if sex == "F" else 0.15)
    second = pc.if_else(pa.array(has_second), _SECONDS.draw(rng, count), pa.scalar(""))
    return _said(surname, middle, second, _given(rng, bearers.birth_year, sex))


def _given(rng: np.random.Generator, birth_year: Ints, sex: str) -> Texts:
    """The names of one's generation, and now and then of another."""
    count = birth_year.size
    era = np.digitize(birth_year, (1965, 1995))
    era = np.where(rng.random(count) < 0.75, era, rng.integers(0, 3, count))
    drawn = [pool_.draw(rng, count) for pool_ in _GIVEN[sex]]
    return pc.choose(pa.array(era.astype(np.int8)), *drawn)


def _mong(rng: np.random.Generator, bearers: Bearers, people: str, sex: str) -> Texts:
    count = bearers.surname.size
    surname, middle = SURNAMES[people].at(bearers.surname), _MONG_MIDDLE[sex].draw(rng, count)
    return _said(surname, middle, _MONG_GIVEN.draw(rng, count))


def _ede(rng: np.random.Generator, bearers: Bearers, people: str, sex: str) -> Texts:
    given, clan = _HIGHLAND.draw(rng, bearers.surname.size), SURNAMES[people].at(bearers.surname)
    return _said(_joined("H'", given) if sex == "F" else _said(_alike("Y", given), given), clan)


def _mnong(rng: np.random.Generator, bearers: Bearers, people: str, sex: str) -> Texts:
    """Điểu and Thị, or K' and Ka, or Y and H' with the clan: a household keeps to one manner."""
    given = _HIGHLAND.draw(rng, bearers.surname.size)
    as_bu = _said(_alike("Thị" if sex == "F" else "Điểu", given), given)
    manner = pa.array(np.digitize(bearers.manner, (0.5, 0.75)).astype(np.int8))
    return pc.choose(manner, as_bu, _ka(given, sex), _ede(rng, bearers, people, sex))


def _kho(rng: np.random.Generator, bearers: Bearers, people: str, sex: str) -> Texts:
    given = _HIGHLAND.draw(rng, bearers.surname.size)
    clan = SURNAMES[people].at(bearers.surname)
    with_clan = _said(clan, _said(_alike("K'" if sex == "F" else "Ha", given), given))
    return pc.if_else(pa.array(bearers.manner < 0.6), _ka(given, sex), with_clan)


def _ka(given: Texts, sex: str) -> Texts:
    return _said(_alike("Ka", given), given) if sex == "F" else _joined("K'", given)


def _alike(word: str, like: Texts) -> Texts:
    return pa.repeat(word, len(like))


def _joined(prefix: str, given: Texts) -> Texts:
    return pc.binary_join_element_wise(_alike(prefix, given), given, "")


def _said(*parts: Texts) -> Texts:
    """The parts with a blank between; an empty part leaves no second blank."""
    spoken = pc.binary_join_element_wise(*parts, " ")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(spoken, " +", " "))


_MANNERS: dict[str, Callable[..., Texts]] = {
    "Mông": _mong,
    "Ê Đê": _ede,
    "M'Nông": _mnong,
    "Mạ": _kho,
    "K'Ho": _kho,
}
