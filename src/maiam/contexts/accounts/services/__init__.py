"""Every change to accounts: seats, people, their way in, their sessions, and keys of machines."""

from maiam.contexts.accounts.services.filters import (
    FilterNameMissingError,
    NothingFilteredError,
    TooManyFiltersError,
    remove_filter,
    save_filter,
)
from maiam.contexts.accounts.services.first import appoint_administrator
from maiam.contexts.accounts.services.people import UsernameTakenError, create_account
from maiam.contexts.accounts.services.seats import (
    AlreadyEndedError,
    EndsBeforeItBeganError,
    PostTakenError,
    WrongPlaceError,
    choose_post,
    create_post,
    end_post,
    give_post,
    open_seat,
    register_organisation,
)
from maiam.contexts.accounts.services.sessions import (
    change_factors,
    change_password,
    end_all_sessions,
    open_session,
    refuse_sign_in,
)
from maiam.contexts.accounts.services.set_up import (
    AlreadySetUpError,
    CodeNotValidError,
    NotAskedError,
    SamePersonError,
    ask_reset,
    confirm_reset,
    make_set_up_code,
    set_up_account,
)
from maiam.contexts.accounts.services.tokens import make_token, revoke_token

__all__ = [
    "AlreadyEndedError",
    "AlreadySetUpError",
    "CodeNotValidError",
    "EndsBeforeItBeganError",
    "FilterNameMissingError",
    "NotAskedError",
    "NothingFilteredError",
    "PostTakenError",
    "SamePersonError",
    "TooManyFiltersError",
    "UsernameTakenError",
    "WrongPlaceError",
    "appoint_administrator",
    "ask_reset",
    "change_factors",
    "change_password",
    "choose_post",
    "confirm_reset",
    "create_account",
    "create_post",
    "end_all_sessions",
    "end_post",
    "give_post",
    "make_set_up_code",
    "make_token",
    "open_seat",
    "open_session",
    "refuse_sign_in",
    "register_organisation",
    "remove_filter",
    "revoke_token",
    "save_filter",
    "set_up_account",
]
