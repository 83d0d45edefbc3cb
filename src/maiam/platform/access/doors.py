"""Which pages are open to the public. Every other page asks who you are first."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open a view to people who have not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def without_database(view: View) -> View:
    """Keep a view open while the database is away; it asks `is_without_database` before it reads."""
    view.does_without_database = True  # type: ignore[attr-defined]
    return view


def does_without_database(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "does_without_database", False))


def is_public(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "is_public", False))
