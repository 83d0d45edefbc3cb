"""Where a household stood on a day: the units as they were then, and what they are today."""

from dataclasses import dataclass
from datetime import date, datetime

from maiam.contexts.families.models import FormerAddress, Household
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.places.rules import Level
from maiam.platform.access import Actor


@dataclass(frozen=True)
class PlaceOn:
    """An address of a day. Where the unit of that day cannot be told, `then` names all it may have been."""

    address: str
    village: str
    then: tuple[str, ...]
    today: tuple[str, ...]

    @property
    def is_of_other_map(self) -> bool:
        """Whether the units of that day are not those of today."""
        return self.then != self.today

    @property
    def near(self) -> str:
        """What stands before the commune in an address."""
        return ", ".join(part for part in (self.address, self.village) if part)


def place_on(actor: Actor, household: Household, day: date, known_at: datetime | None = None) -> PlaceOn:
    """Where a household stood on `day`, as we know it now or knew it at `known_at`."""
    former = _former(actor, household, day, known_at)
    commune = former.commune if former else household.commune
    village = former.village if former else household.village
    then = _units_then(commune, day)
    return PlaceOn(
        address=former.address if former else household.address,
        village=_village_name(village),
        then=tuple(unit_name(unit) for unit in then),
        today=tuple(unit.name for unit in places.units_it_became(commune)),
    )


def unit_name(unit: Unit) -> str:
    """`Xã Đức Minh, Huyện Đắk Mil` for a commune of before the mergers, its name alone for one of today."""
    above = unit.parent if unit.valid_to and unit.parent and unit.parent.level == Level.DISTRICT else None
    return f"{unit.name}, {above.name}" if above else unit.name


def _former(actor: Actor, household: Household, day: date, known_at: datetime | None) -> FormerAddress | None:
    rows = FormerAddress.objects.visible_to(actor).filter(household=household)
    rows = rows.select_related("commune__parent", "village")
    if known_at is None:
        return rows.on(day).first()
    known = rows.on_as_known(day, known_at).first()
    # A move told later: until then it was held to stand where it stood before.
    return known or rows.filter(recorded_at__gt=known_at, withdrawn_at__isnull=True).order_by("ends_on").first()


def _units_then(commune: Unit, day: date) -> list[Unit]:
    if commune.stood_on(day):
        return [commune]
    before = [unit for unit in places.units_that_became(commune) if unit.stood_on(day)]
    return before or [commune]


def _village_name(village: Village | None) -> str:
    return village.name if village else ""
