"""The whole content of a paper as one text: what is kept and hashed when it is issued, and printed from later.

The words are kept, not the facts they came from: a form reworded next year leaves last year's papers alone.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from maiam.core.papers import paper as structure
from maiam.core.papers.paper import OfficialPaper, Urgency

_KIND: Final = "kind"
_PARTS: Final[dict[str, type]] = {
    part.__name__: part
    for part in (
        structure.Article,
        structure.Choice,
        structure.Clause,
        structure.Column,
        structure.Field,
        structure.Fill,
        structure.Issuer,
        structure.Line,
        structure.Number,
        structure.OfficialPaper,
        structure.Signature,
        structure.Table,
    )
}


def write_content(paper: OfficialPaper) -> str:
    """Write a paper as JSON; the same paper gives the same text."""
    return json.dumps(_plain(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_content(text: str) -> OfficialPaper:
    """Read what `write_content` wrote. Raises `KeyError` for a part nobody knows."""
    paper: OfficialPaper = _whole(json.loads(text))
    return paper


def digest(text: str) -> str:
    """The content's sha256, as it is registered beside the number."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {_KIND: type(value).__name__} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Urgency):
        return {_KIND: "Urgency", "name": value.name}
    if isinstance(value, date):
        return {_KIND: "date", "day": value.isoformat()}
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_whole(part) for part in value)
    if not isinstance(value, dict):
        return value
    kind = value.pop(_KIND)
    if kind == "Urgency":
        return Urgency[value["name"]]
    if kind == "date":
        return date.fromisoformat(value["day"])
    return _PARTS[kind](**{name: _whole(part) for name, part in value.items()})
