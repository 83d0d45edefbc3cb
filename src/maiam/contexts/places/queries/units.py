"""What a unit is on a day, what it came from and what it became."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from maiam.contexts.places import rules
from maiam.contexts.places.models import Succession, Unit

# A unit of the earliest list reaches today in two steps; more would be a loop in the facts.
MOST_STEPS = 6


def unit(unit_id: int) -> Unit | None:
    return Unit.objects.select_related("parent", "province").filter(id=unit_id).first()


def unit_as_of(code: str, on: date, level: rules.Level = rules.Level.COMMUNE) -> Unit | None:
    """The unit that carried this code on this day."""
    return Unit.objects.filter(stood_on(on), code=code, level=level).first()


def is_commune_of_today(unit_id: int) -> bool:
    return Unit.objects.filter(id=unit_id, level=rules.Level.COMMUNE, valid_to__isnull=True).exists()


def units_that_became(new: Unit) -> list[Unit]:
    """The old units a unit was made of."""
    return list(Unit.objects.filter(successions__new=new).select_related("parent", "province").order_by("name", "id"))


def units_it_became(old: Unit) -> list[Unit]:
    """The units of today where an old one lives on; itself while it stands; none for a district that ended."""
    return units_of_today([old])[old.id]


def units_of_today(units: Iterable[Unit]) -> dict[int, list[Unit]]:
    """For each unit its units of today, by name: itself while it stands, else through every succession."""
    reached = {unit.id: {unit} for unit in units}
    for _ in range(MOST_STEPS):
        ended = {unit.id for there in reached.values() for unit in there if not unit.is_today}
        if not ended:
            break
        ways = Succession.objects.filter(old_id__in=ended).select_related("new__province")
        became: dict[int, set[Unit]] = {unit_id: set() for unit_id in ended}
        for way in ways:
            became[way.old_id].add(way.new)
        reached = {
            start: {after for unit in there for after in ([unit] if unit.is_today else became[unit.id])}
            for start, there in reached.items()
        }
    return {start: sorted(there, key=lambda unit: (unit.name, unit.id)) for start, there in reached.items()}


def successions_of(old: Unit) -> list[Succession]:
    """How a unit ended: each unit it went to, whole or in part."""
    return list(old.successions.select_related("new__province").order_by("new__name", "new_id"))


def provinces_of_today() -> QuerySet[Unit]:
    return Unit.objects.filter(level=rules.Level.PROVINCE, valid_to__isnull=True).order_by("name")


def province_of(commune: Unit) -> Unit:
    """The province a commune belongs to."""
    return commune.province or commune


def communes_of(province: Unit, on: date | None = None) -> list[Unit]:
    """The communes of a province on a day, districts or not in between; today where no day is given."""
    stood = stood_on(on) if on else Q(valid_to__isnull=True)
    return list(Unit.objects.filter(stood, province=province, level=rules.Level.COMMUNE).order_by("name", "id"))


def communes_through_time(province: Unit) -> list[tuple[Unit, tuple[int, ...]]]:
    """Every commune of now and before that is or went into this province, with the communes of today it is in."""
    provinces = [province.id, *(old.id for old in units_that_became(province))]
    communes = Unit.objects.filter(level=rules.Level.COMMUNE, province_id__in=provinces).select_related("parent")
    units = list(communes.order_by("name", "id"))
    today = units_of_today(units)
    return [(unit, tuple(after.id for after in today[unit.id])) for unit in units]


def neighbours_of(commune: Unit) -> list[Unit]:
    """The communes of today that touch this one, of other provinces too."""
    return list(commune.neighbours.select_related("province").order_by("name", "id"))


def communes_beyond_border(province: Unit) -> list[Unit]:
    """Communes of today of other provinces that touch this one."""
    beyond = Unit.objects.filter(neighbours__province=province, valid_to__isnull=True, level=rules.Level.COMMUNE)
    return list(beyond.exclude(province=province).distinct().order_by("name", "id"))


def names_of_units(unit_ids: Collection[int]) -> dict[int, str]:
    return dict(Unit.objects.filter(id__in=unit_ids).values_list("id", "name"))


def neighbouring_pairs(commune_ids: Collection[int]) -> list[tuple[int, int]]:
    """Every two of these communes that touch, in both directions."""
    touching = Unit.neighbours.through.objects.filter(from_unit_id__in=commune_ids, to_unit_id__in=commune_ids)
    return sorted(touching.values_list("from_unit_id", "to_unit_id"))


def successions_into(commune_ids: Collection[int]) -> list[Succession]:
    """Every step by which units of before became these communes, oldest first."""
    found: dict[int, Succession] = {}
    reached: set[int] = set(commune_ids)
    for _ in range(MOST_STEPS):
        steps = Succession.objects.filter(new_id__in=reached).exclude(id__in=found)
        fresh = {step.id: step for step in steps}
        if not fresh:
            break
        found |= fresh
        reached = {step.old_id for step in fresh.values()}
    return sorted(found.values(), key=lambda step: (step.on, step.id))


def stood_on(on: date) -> Q:
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
