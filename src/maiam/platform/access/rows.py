"""Which rows a power reaches. Each rule is written once and read twice: by Django and by PostgreSQL.

A model declares `access = Access(read=(Grant(permission, rule), ...), add=..., change=...)`. A row is within
reach when any grant whose permission the actor holds has a rule that fits it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Protocol

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from maiam.platform.access.closing import IsClosed, IsOpened, closed_sql, opened_sql
from maiam.platform.access.policy import Permission

if TYPE_CHECKING:
    from maiam.platform.access.actor import Actor

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


class RowRule(Protocol):
    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q: ...

    def sql(self, model: type[Model]) -> str: ...


@dataclass(frozen=True)
class Anywhere:
    """The power alone is enough."""

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        return EVERYTHING

    def sql(self, model: type[Model]) -> str:
        return "true"


@dataclass(frozen=True)
class InPlace:
    """Rows of the communes of the actor's post; of its villages, when the post reaches only those."""

    commune: str = "commune"
    village: str | None = None

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        if actor.is_everywhere:
            return EVERYTHING
        reach = Q(**{f"{prefix}{self.commune}_id__in": actor.commune_ids})
        if actor.village_ids is None:
            return reach
        return reach & Q(**{f"{prefix}{self.village}_id__in": actor.village_ids}) if self.village else NOTHING

    def sql(self, model: type[Model]) -> str:
        commune = f"{_column(model, self.commune)} = ANY((SELECT access.communes())::bigint[])"
        village = "false"
        if self.village:
            village = f"{_column(model, self.village)} = ANY((SELECT access.villages())::bigint[])"
        return f"((SELECT access.everywhere()) OR ({commune} AND ((SELECT access.villages()) IS NULL OR {village})))"


@dataclass(frozen=True)
class InCommune:
    """Rows of the communes of the actor's post, also when the post reaches only a village of one."""

    commune: str = "commune"

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        return EVERYTHING if actor.is_everywhere else Q(**{f"{prefix}{self.commune}_id__in": actor.commune_ids})

    def sql(self, model: type[Model]) -> str:
        commune = f"{_column(model, self.commune)} = ANY((SELECT access.communes())::bigint[])"
        return f"((SELECT access.everywhere()) OR {commune})"


@dataclass(frozen=True)
class InAnyCommune:
    """Rows that lie in several communes (an array of their ids), when the post reaches one of them whole."""

    communes: str = "communes"

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        if actor.is_everywhere:
            return EVERYTHING
        if actor.village_ids is not None:
            return NOTHING
        return Q(**{f"{prefix}{self.communes}__overlap": list(actor.commune_ids)})

    def sql(self, model: type[Model]) -> str:
        reached = f"{_column(model, self.communes)} && (SELECT access.communes())::bigint[]"
        return f"((SELECT access.everywhere()) OR ((SELECT access.villages()) IS NULL AND {reached}))"


@dataclass(frozen=True)
class OfPost:
    """Rows this very post made or answers for."""

    post: str

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        if actor.is_everywhere:
            return EVERYTHING
        return Q(**{f"{prefix}{self.post}_id": actor.post_id}) if actor.post_id else NOTHING

    def sql(self, model: type[Model]) -> str:
        return f"((SELECT access.everywhere()) OR {_column(model, self.post)} = (SELECT access.post()))"


@dataclass(frozen=True)
class Held:
    """Records whose secret the actor has shown."""

    id: str = "id"

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        return Q(**{f"{prefix}{self.id}__in": actor.held_ids})

    def sql(self, model: type[Model]) -> str:
        return f"{_column(model, self.id)} = ANY((SELECT access.held())::uuid[])"


@dataclass(frozen=True)
class Through:
    """Rows whose parent is within reach (by the parent's own reading rule)."""

    parent: str

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        parent = _parent(model, self.parent)
        return readable(actor, parent, prefix=f"{prefix}{self.parent}__")

    def sql(self, model: type[Model]) -> str:
        parent = _parent(model, self.parent)
        key = parent._meta.pk.column
        return (
            f'EXISTS (SELECT 1 FROM "{parent._meta.db_table}" AS parent'
            f' WHERE parent."{key}" = "{model._meta.db_table}".{_column(model, self.parent)})'
        )


@dataclass(frozen=True)
class Filled:
    """Rows in which a field has been filled: an order once it is made."""

    field: str

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        return Q(**{f"{prefix}{self.field}__isnull": False})

    def sql(self, model: type[Model]) -> str:
        return f"{_column(model, self.field)} IS NOT NULL"


@dataclass(frozen=True)
class Holds:
    """Rows in which a field holds this value: what is kept of one kind of people."""

    field: str
    value: str

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        return Q(**{f"{prefix}{self.field}": self.value})

    def sql(self, model: type[Model]) -> str:
        return f"{_column(model, self.field)} = '{self.value}'"


@dataclass(frozen=True)
class OfAccount:
    """Rows about the acting person themselves."""

    account: str

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        if actor.is_everywhere:
            return EVERYTHING
        return Q(**{f"{prefix}{self.account}_id__in": actor.people})

    def sql(self, model: type[Model]) -> str:
        own = f"{_column(model, self.account)} = ANY((SELECT access.people())::bigint[])"
        return f"((SELECT access.everywhere()) OR {own})"


@dataclass(frozen=True)
class Listed:
    """Rows on whose list the acting person stands by name, until they are taken off it.

    `roster` is the model of the list ("app.Model"): its field `key` and our field `by` name the same thing.
    """

    roster: str
    key: str
    by: str = "id"

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        if actor.is_everywhere:
            return EVERYTHING
        own = self._roster.objects.filter(account_id__in=actor.people, ended_at__isnull=True)  # type: ignore[attr-defined]
        return Q(**{f"{prefix}{_matter_attname(model, self.by)}__in": own.values(f"{self.key}_id")})

    def sql(self, model: type[Model]) -> str:
        roster = self._roster
        return (
            f'((SELECT access.everywhere()) OR EXISTS (SELECT 1 FROM "{roster._meta.db_table}" AS listed'
            f" WHERE listed.{_column(roster, self.key)} = {_own(model)}{_column(model, self.by)}"
            " AND listed.account_id = ANY((SELECT access.people())::bigint[]) AND listed.ended_at IS NULL))"
        )

    @property
    def _roster(self) -> type[Model]:
        return apps.get_model(self.roster)


@dataclass(frozen=True)
class Both:
    """Rows that fit two rules at once."""

    one: RowRule
    other: RowRule

    def q(self, actor: "Actor", model: type[Model], prefix: str = "") -> Q:
        return self.one.q(actor, model, prefix) & self.other.q(actor, model, prefix)

    def sql(self, model: type[Model]) -> str:
        return f"({self.one.sql(model)} AND {self.other.sql(model)})"


@dataclass(frozen=True)
class Grant:
    """Whoever holds `permission` reaches the rows of `rule`; without one, whoever has said who they are.

    Some rows ask for a second power besides.
    """

    permission: Permission | None
    rule: RowRule
    besides: Permission | None = None

    def is_held_by(self, actor: "Actor") -> bool:
        return all(actor.can(power) for power in (self.permission, self.besides) if power)

    @property
    def holds_sql(self) -> str:
        powers = [f"access.may('{power}')" for power in (self.permission, self.besides) if power]
        return f"(SELECT {' AND '.join(powers) or 'access.context() IS NOT NULL'})"

    def sql(self, model: type[Model]) -> str:
        return f"({self.holds_sql} AND {self.rule.sql(model)})"


ANYONE = Grant(None, Anywhere())


@dataclass(frozen=True)
class Names:
    """How a row names a person in a record: the fields of both, and which values of `part` accuse, or protect.

    People in other parts, such as witnesses, stand in nobody's way. Without `part`, `is_accused` tells of everyone.
    """

    person: str
    record: str
    is_accused: bool = True
    part: str = ""
    accused: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Access:
    """Who reads, adds and changes the rows of one model. Nobody deletes.

    `matter` is the field that holds the record the row hangs on (`id` for a record itself): whoever is in conflict with
    that record, or not on its list while it is sealed, does not reach the row, whatever the grants say. Rows reached
    `Through` a parent inherit that. `ties` are two fields whose records belong to one matter from then on.
    """

    read: tuple[Grant, ...]
    add: tuple[Grant, ...] = ()
    change: tuple[Grant, ...] = ()
    matter: str = ""
    ties: tuple[str, str] | None = None
    names: Names | None = None


def readable(actor: "Actor", model: type[Model], prefix: str = "") -> Q:
    """The condition under which the actor may read rows of `model`, reached by `prefix`."""
    access: Access = model.access  # type: ignore[attr-defined]
    within = _within_reach(actor, model, prefix)
    if not access.matter or not actor.people:
        return within
    record = f"{prefix}{_matter_attname(model, access.matter)}"
    reached = within & ~Q(IsClosed(record, actor.people))
    if actor.looks_through_glass and any(grant.is_held_by(actor) for grant in access.read):
        return reached | Q(IsOpened(record, actor.people))
    return reached


def _within_reach(actor: "Actor", model: type[Model], prefix: str) -> Q:
    reach = [
        grant.rule.q(actor, model, prefix)
        for grant in model.access.read  # type: ignore[attr-defined]
        if grant.is_held_by(actor)
    ]
    if not reach:
        return NOTHING
    condition: Q = reduce(or_, reach)
    return condition


def sql_to_read(model: type[Model]) -> str:
    """The same condition for a row-level security policy."""
    access: Access = model.access  # type: ignore[attr-defined]
    within = " OR ".join(grant.sql(model) for grant in access.read)
    if not access.matter:
        return within
    record, holds = _column(model, access.matter), " OR ".join(grant.holds_sql for grant in access.read)
    return f"(({within}) AND NOT {closed_sql(record)}) OR ({opened_sql(record)} AND ({holds}))"


def sql_to_write(model: type[Model], grants: tuple[Grant, ...]) -> str:
    """The condition for adding and changing: as for reading, but never through broken glass."""
    within = " OR ".join(grant.sql(model) for grant in grants)
    return "".join([f"({within})", *(f" AND NOT {shut}" for shut in _shut(model))])


def _shut(model: type[Model], table: str = "", hops: int = 0) -> Iterator[str]:
    """What shuts a row for writing: its record is closed, or is seen by broken glass alone."""
    access: Access = model.access  # type: ignore[attr-defined]
    if access.matter:
        record = f"{table}{_column(model, access.matter)}"
        yield from (closed_sql(record), opened_sql(record)) if not hops else (opened_sql(record),)
        return
    for field in sorted(parents_of(access)):
        parent = _parent(model, field)
        name = f"above_{hops}"
        for shut in _shut(parent, f"{name}.", hops + 1):
            yield (
                f'EXISTS (SELECT 1 FROM "{parent._meta.db_table}" AS {name}'
                f' WHERE {name}."{parent._meta.pk.column}" = '
                f"{table or _own(model)}{_column(model, field)} AND {shut})"
            )


def _own(model: type[Model]) -> str:
    return f'"{model._meta.db_table}".'


def parents_of(access: Access) -> set[str]:
    """The fields through which a model's rows are reached."""
    rules = [grant.rule for grant in access.read]
    parts = [part for rule in rules for part in ((rule.one, rule.other) if isinstance(rule, Both) else (rule,))]
    return {part.parent for part in parts if isinstance(part, Through)}


def _matter_attname(model: type[Model], field: str) -> str:
    return str(model._meta.get_field(field).attname)  # type: ignore[union-attr]


def _column(model: type[Model], field: str) -> str:
    return f'"{model._meta.get_field(field).column}"'  # type: ignore[union-attr]


def _parent(model: type[Model], field: str) -> type[Model]:
    relation = model._meta.get_field(field)
    if not isinstance(relation, ForeignKey):
        raise TypeError(f"{model.__name__}.{field} is not a foreign key.")
    return relation.related_model
