"""Totals of one date on the map of another: what was counted by old communes, told by today's, and back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from maiam.contexts.places import rules
from maiam.contexts.places.models import Succession, Unit
from maiam.contexts.places.queries.units import MOST_STEPS


def totals_on_map(totals: Mapping[int, float], *, on: date) -> rules.CarriedTotals:
    """Totals by unit of any date on the map of `on`: forward to units they became, or back to those they came from.

    The parts always sum to the whole. A unit that ended without a successor of its own (a district, say)
    gives its total to the unit above it; only what finds no place at all is `unplaced`.
    """
    by_unit: dict[int, float] = defaultdict(float)
    estimated: frozenset[int] = frozenset()
    unplaced, moving = 0.0, dict(totals)
    for _ in range(MOST_STEPS):
        units = Unit.objects.in_bulk(list(moving))
        for unit_id in [unit_id for unit_id, unit in units.items() if unit.stood_on(on)]:
            by_unit[unit_id] += moving.pop(unit_id)
        if not moving:
            break
        step = rules.carry(
            moving, _ways_from([units[unit_id] for unit_id in moving if unit_id in units], on), estimated
        )
        estimated |= step.estimated_units
        moving = step.by_unit
        for unit_id, total in step.left.items():
            above = units[unit_id].parent_id if unit_id in units else None
            if above is None:
                unplaced += total
            else:
                moving[above] = moving.get(above, 0) + total
    return rules.CarriedTotals(dict(by_unit), estimated & by_unit.keys(), unplaced + sum(moving.values()))


@dataclass(frozen=True)
class Shares:
    """What part of each unit of any date lies in each unit of one map; `estimated` are those told by a guess."""

    by_unit: dict[int, dict[int, float]]
    estimated: frozenset[int]


def shares_on_map(unit_ids: Iterable[int], *, on: date) -> Shares:
    """Where units of any date lie on the map of `on`, by the ways of `totals_on_map`; what finds no place is out."""
    moving: dict[int, dict[int, float]] = {unit_id: {unit_id: 1.0} for unit_id in unit_ids}
    placed: dict[int, dict[int, float]] = {unit_id: defaultdict(float) for unit_id in moving}
    estimated: frozenset[int] = frozenset()
    for _ in range(MOST_STEPS):
        units = Unit.objects.in_bulk({unit_id for parts in moving.values() for unit_id in parts})
        for start, parts in moving.items():
            for unit_id in [unit_id for unit_id in parts if unit_id in units and units[unit_id].stood_on(on)]:
                placed[start][unit_id] += parts.pop(unit_id)
        moving = {start: parts for start, parts in moving.items() if parts}
        if not moving:
            break
        ways = _ways_by_start([unit for unit in units.values() if not unit.stood_on(on)], on)
        for start, parts in moving.items():
            step = rules.carry(parts, [way for unit_id in parts for way in ways[unit_id]], estimated)
            estimated |= step.estimated_units
            moving[start] = _given_to_those_above(step, units)
    return Shares({start: dict(parts) for start, parts in placed.items()}, estimated)


def _ways_by_start(units: list[Unit], on: date) -> dict[int, list[rules.Part]]:
    ways: dict[int, list[rules.Part]] = defaultdict(list)
    for way in _ways_from(units, on):
        ways[way.start_id].append(way)
    return ways


def _given_to_those_above(step: rules.Carried, units: dict[int, Unit]) -> dict[int, float]:
    """What a unit without a successor leaves goes to the unit above it."""
    parts = dict(step.by_unit)
    for unit_id, left in step.left.items():
        above = units[unit_id].parent_id if unit_id in units else None
        if above is not None:
            parts[above] = parts.get(above, 0) + left
    return parts


def _ways_from(units: list[Unit], on: date) -> Iterator[rules.Part]:
    """Forward from units that ended by this day, back from those that began after it."""
    ended = {unit.id for unit in units if unit.valid_to is not None and unit.valid_to <= on}
    for old_id, new_id, share in Succession.objects.filter(old__in=ended).values_list("old_id", "new_id", "share"):
        yield rules.Part(old_id, new_id, share)
    began = [unit for unit in units if unit.id not in ended]
    reckoned = _shares_of_old_provinces([unit.id for unit in began if unit.level == rules.Level.PROVINCE])
    for new_id, old_id in Succession.objects.filter(new__in=began).values_list("new_id", "old_id"):
        yield rules.Part(new_id, old_id, reckoned.get((new_id, old_id)), is_reckoned=True)


def _shares_of_old_provinces(province_ids: Iterable[int]) -> dict[tuple[int | None, int | None], float]:
    """What part of a province's people of today lives where each old province was."""
    communes = (
        Succession.objects.filter(new__province__in=list(province_ids), old__level=rules.Level.COMMUNE)
        .values_list("new__province_id", "old__province_id", "new_id", "new__population")
        .distinct()
    )
    people: dict[tuple[int | None, int | None], float] = defaultdict(float)
    for new_id, old_id, _, population in communes:
        people[new_id, old_id] += population or 0
    return {
        (new_id, old_id): count / sum(part for (other_id, _), part in people.items() if other_id == new_id)
        for (new_id, old_id), count in people.items()
    }
