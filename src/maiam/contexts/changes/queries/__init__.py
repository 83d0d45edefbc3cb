"""What the register holds beside what is asked, and the requests as each side sees them."""

from maiam.contexts.changes.queries.current import (
    birth_value,
    current_values,
    day_value,
    number_value,
    open_stay,
    token,
)
from maiam.contexts.changes.queries.requests import (
    AskAbout,
    ChangeLine,
    ChangePage,
    ask_about,
    ask_about_household,
    change,
    changes_about,
    changes_list,
    ended_before,
)

__all__ = [
    "AskAbout",
    "ChangeLine",
    "ChangePage",
    "ask_about",
    "ask_about_household",
    "birth_value",
    "change",
    "changes_about",
    "changes_list",
    "current_values",
    "day_value",
    "ended_before",
    "number_value",
    "open_stay",
    "token",
]
