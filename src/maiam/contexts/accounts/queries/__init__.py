"""Who acts, who sits where, who may sign in."""

from maiam.contexts.accounts.queries.acting import (
    BOTH_FACTORS_IN_SESSION,
    POST_IN_SESSION,
    actor_in_post,
    actor_of,
    has_shown_both_factors,
    mark_signed_in,
    the_public,
    way_in,
)
from maiam.contexts.accounts.queries.computers import known_computer, remember_computer
from maiam.contexts.accounts.queries.demo import DemoLine, demo_accounts, demo_lines, demo_seat
from maiam.contexts.accounts.queries.people import (
    AccountPage,
    account_for_set_up,
    account_page,
    accounts_and_posts,
    is_last_factor,
)
from maiam.contexts.accounts.queries.seats import (
    PlaceOfSeat,
    filled_post,
    free_post,
    holders_of,
    holding,
    own_seat,
    place_of_seat,
    post_for,
    posts_held,
    posts_matching,
    province_post,
)
from maiam.contexts.accounts.queries.tokens import actor_of_token, all_tokens, own_tokens, token_digest

__all__ = [
    "BOTH_FACTORS_IN_SESSION",
    "POST_IN_SESSION",
    "AccountPage",
    "DemoLine",
    "PlaceOfSeat",
    "account_for_set_up",
    "account_page",
    "accounts_and_posts",
    "actor_in_post",
    "actor_of",
    "actor_of_token",
    "all_tokens",
    "demo_accounts",
    "demo_lines",
    "demo_seat",
    "filled_post",
    "free_post",
    "has_shown_both_factors",
    "holders_of",
    "holding",
    "is_last_factor",
    "known_computer",
    "mark_signed_in",
    "own_seat",
    "own_tokens",
    "place_of_seat",
    "post_for",
    "posts_held",
    "posts_matching",
    "province_post",
    "remember_computer",
    "the_public",
    "token_digest",
    "way_in",
]
