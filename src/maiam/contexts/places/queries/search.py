"""Finding a commune by what people type: without marks, with slips, by a name it bore before the mergers."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Q, QuerySet, When

from maiam.contexts.places import rules
from maiam.contexts.places.models import Unit
from maiam.contexts.places.queries.units import units_of_today
from maiam.core.text.clean import clean
from maiam.core.text.names import fold

LEAST_SIMILARITY = 0.45
MOST_FOUND = 12
LONGEST_ASKED = 60
# What the label of a found commune says in brackets: typed back to us, it is passed over.
_BRACKETS = re.compile(r"\(.*")


@dataclass(frozen=True)
class FoundCommune:
    """A commune of today, and by which old name it was found, if by one."""

    unit: Unit
    old_name: str = ""

    @property
    def label(self) -> str:
        home = f"{self.unit.name}, {self.unit.province.name}" if self.unit.province else self.unit.name
        return f"{home} (trước 7/2025: {self.old_name})" if self.old_name else home


@dataclass(frozen=True)
class Asked:
    """What was typed: a name, and after commas the district or province it is in."""

    name: str
    written: str
    places: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Asked":
        name, *places = _BRACKETS.sub("", clean(text)).split(",")
        folded = tuple(fold(place) for place in places)
        return cls(fold(name)[:LONGEST_ASKED], clean(name).lower(), tuple(place for place in folded if place))

    def within(self, communes: QuerySet[Unit]) -> QuerySet[Unit]:
        """Only those in the district or province named after the comma."""
        for place in self.places:
            communes = communes.filter(
                Q(province__folded_name__contains=place) | Q(parent__folded_name__contains=place)
            )
        return communes

    def best(self, communes: QuerySet[Unit], limit: int) -> list[Unit]:
        """The likest, those with the very letters typed first."""
        is_other_spelling = Case(When(name__icontains=self.written, then=0), default=1)
        likeness = TrigramWordSimilarity(self.name, "folded_name")
        return list(communes.order_by(is_other_spelling, likeness.desc(), "name", "id")[:limit])


def search_communes(text: str, *, limit: int = MOST_FOUND, province_id: int | None = None) -> list[FoundCommune]:
    """Communes of today whose name, or an old name, is like `text`; marks and small slips do not matter."""
    asked = Asked.read(text)
    if len(asked.name) < 2:
        return []
    alike = _communes_like(asked)
    if asked.within(alike).exists():
        alike = asked.within(alike)
    today = alike.filter(valid_to__isnull=True)
    if province_id:
        today = today.filter(province_id=province_id)
    found = {row.id: FoundCommune(row) for row in asked.best(today, limit)}
    old = asked.best(alike.filter(valid_to__isnull=False), limit)
    became = units_of_today(old)
    for row in old:
        for unit in became[row.id]:
            if len(found) < limit and province_id in {None, unit.province_id}:
                found.setdefault(unit.id, FoundCommune(unit, old_name=_with_district(row)))
    return list(found.values())


def _communes_like(asked: Asked) -> QuerySet[Unit]:
    return (
        Unit.objects.filter(level=rules.Level.COMMUNE, folded_name__trigram_word_similar=asked.name)
        .alias(alike=TrigramWordSimilarity(asked.name, "folded_name"))
        .filter(alike__gte=LEAST_SIMILARITY)
        .select_related("province", "parent")
    )


def _with_district(old: Unit) -> str:
    return f"{old.name}, {old.parent.name}" if old.parent and old.parent.level == rules.Level.DISTRICT else old.name
