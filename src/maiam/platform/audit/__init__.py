"""The trail of everything read or changed: written with the change, sealed into a chain, provable."""

from maiam.platform.audit.trail import record, record_read

__all__ = ["record", "record_read"]
