"""A list's way in: brought, its columns confirmed, looked at row by row, decided on, written, perhaps taken back."""

from maiam.contexts.imports.services.bringing import AlreadyBusyError, bring_list
from maiam.contexts.imports.services.deciding import (
    NothingToTakeError,
    TooLateToUndoError,
    answer_rows,
    drop_list,
    take_list,
    undo_list,
)
from maiam.contexts.imports.services.forgetting import ListAtWorkError, forget_lists, forget_lists_naming
from maiam.contexts.imports.services.settling import (
    ColumnsLackingError,
    Confirmed,
    NotNowError,
    PageAs,
    confirm_columns,
    settle_words,
)
from maiam.contexts.imports.services.working import work_on_next_list

__all__ = [
    "AlreadyBusyError",
    "ColumnsLackingError",
    "Confirmed",
    "ListAtWorkError",
    "NotNowError",
    "NothingToTakeError",
    "PageAs",
    "TooLateToUndoError",
    "answer_rows",
    "bring_list",
    "confirm_columns",
    "drop_list",
    "forget_lists",
    "forget_lists_naming",
    "settle_words",
    "take_list",
    "undo_list",
    "work_on_next_list",
]
