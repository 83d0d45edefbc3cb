"""The trail of everything read or changed: written with the change, sealed into a chain, provable."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.dispatch import Signal

if TYPE_CHECKING:
    from maiam.platform.audit.trail import record, record_many, record_read

__all__ = ["Subject", "record", "record_many", "record_read", "recorded"]


class Subject(NamedTuple):
    """A record by its name alone, where its row is not at hand: many are written without one."""

    type: str
    id: str
    unit_id: int | None = None


# An act on each of these subjects was written down. Sent within the transaction of what it tells about, so that whoever
# keeps something beside it keeps it or loses it together. Arguments: action: str, subjects: list of Model, Subject or
# (type, id), actor: Actor, at: datetime.
recorded = Signal()


def __getattr__(name: str) -> Any:
    """Django imports this package before models may exist; the trail needs them, so it is fetched when first used."""
    if name in {"record", "record_many", "record_read"}:
        from maiam.platform.audit import trail  # noqa: PLC0415

        return getattr(trail, name)
    raise AttributeError(name)
