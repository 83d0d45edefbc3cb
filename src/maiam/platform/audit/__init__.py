"""The trail of everything read or changed: written with the change, sealed into a chain, provable."""

from typing import TYPE_CHECKING, Any

from django.dispatch import Signal

if TYPE_CHECKING:
    from maiam.platform.audit.trail import record, record_many, record_read

__all__ = ["record", "record_many", "record_read", "recorded"]

# Entries were written. Sent within the transaction of what they tell about, so that whoever keeps something beside them
# keeps it or loses it together. Arguments: written: list of (AuditEntry, Model | (type, id)), actor: Actor.
recorded = Signal()


def __getattr__(name: str) -> Any:
    """Django imports this package before models may exist; the trail needs them, so it is fetched when first used."""
    if name in {"record", "record_many", "record_read"}:
        from maiam.platform.audit import trail  # noqa: PLC0415

        return getattr(trail, name)
    raise AttributeError(name)
