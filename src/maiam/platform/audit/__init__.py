"""The trail of everything read or changed: written with the change, sealed into a chain, provable."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maiam.platform.audit.trail import record, record_read

__all__ = ["record", "record_read"]


def __getattr__(name: str) -> Any:
    """Django imports this package before models may exist; the trail needs them, so it is fetched when first used."""
    if name in __all__:
        from maiam.platform.audit import trail  # noqa: PLC0415

        return getattr(trail, name)
    raise AttributeError(name)
