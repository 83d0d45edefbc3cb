"""Reads the lists of law and refuses, at first use, any that is not what it should be."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

LISTS = Path(__file__).parent.parent / "lists"

# False and "partial" reach the screen, which then says "chưa đối chiếu với văn bản gốc".
Confirmed = Literal[True, False, "partial"]


class ListError(Exception):
    """A list of law is broken: a key nobody knows, a code twice, a source without a row."""


class Entry(BaseModel):
    """Anything read from a list: unchangeable, and without a key its class does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Entry):
    """One coded row, with where it was read and whether it was compared with the original."""

    code: str
    source: tuple[str, ...] = ()
    confirmed: Confirmed
    note: str | None = None

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed is True


class Labelled(Row):
    """A row people choose from: its Vietnamese label may change, its code may not."""

    vi: str
    en: str


EntryType = TypeVar("EntryType", bound=Entry)
RowType = TypeVar("RowType", bound=Row)


@cache
def read(name: str) -> Mapping[str, Any]:
    """Read one list. Raises `ListError` when a key stands in it twice."""
    with (LISTS / f"{name}.yaml").open(encoding="utf-8") as file:
        return MappingProxyType(yaml.load(file, _StrictLoader))  # noqa: S506 - a safe loader, with one check more


def parse(model: type[EntryType], raw: Any, where: str) -> EntryType:
    """Check one entry. Raises `ListError` naming the list and the fault."""
    try:
        return model.model_validate(raw)
    except ValidationError as fault:
        raise ListError(f"{where}: {fault}") from fault


def by_code(model: type[RowType], raw_rows: Iterable[Any], where: str) -> Mapping[str, RowType]:
    """Index rows by code, in the order of the list. Raises `ListError`."""
    rows: dict[str, RowType] = {}
    for raw in raw_rows:
        row = parse(model, raw, where)
        if row.code in rows:
            raise ListError(f"{where}: the code {row.code} stands there twice.")
        rows[row.code] = row
    _check_sources(rows.values(), where)
    return MappingProxyType(rows)


def _check_sources(rows: Iterable[Row], where: str) -> None:
    known = read("sources")["sources"]
    for row in rows:
        if unknown := [source for source in row.source if source not in known]:
            raise ListError(f"{where}: {row.code} names sources nobody knows: {', '.join(unknown)}.")


_BOOLEAN = "tag:yaml.org,2002:bool"


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # the C loader may be absent
    """A safe loader without two traps of YAML 1.1: of equal keys the last wins, and `no:` means false."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubles = {str(key) for key in keys if keys.count(key) > 1}
        if doubles:
            raise ListError(f"{node.start_mark}: the key {', '.join(sorted(doubles))} stands there twice.")
        return dict(super().construct_mapping(node, deep=deep))


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver(_BOOLEAN, re.compile(r"^(?:true|false)$"), list("tf"))
