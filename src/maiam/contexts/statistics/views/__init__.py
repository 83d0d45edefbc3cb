"""Statistics on screen and as files."""

from maiam.contexts.statistics.views.pages import index, sheet, table

__all__ = ["index", "sheet", "table"]
