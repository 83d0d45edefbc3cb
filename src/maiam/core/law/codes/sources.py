"""Where each fact of the lists was read."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from maiam.core.law.codes.reading import Entry, parse, read


class Source(Entry):
    title: str
    url: str


@cache
def sources() -> Mapping[str, Source]:
    rows = read("sources")["sources"]
    return MappingProxyType({code: parse(Source, row, "sources.yaml") for code, row in rows.items()})
