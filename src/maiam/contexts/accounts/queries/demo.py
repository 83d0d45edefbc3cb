"""The demonstration's seats. Nothing here guards anything: the page exists in demo mode alone."""

from dataclasses import dataclass

from maiam.contexts.accounts.models import Account, Post, PostHolding
from maiam.contexts.accounts.rules import WHAT_ROLES_DO
from maiam.platform.access.policy import Role
from maiam.platform.errors import NotFoundError


@dataclass(frozen=True)
class DemoLine:
    """One account to try, and what its post does, in plain words."""

    account: Account
    post: Post
    does: str


def demo_accounts() -> list[PostHolding]:
    """The demonstration's seats, one of each role: the first made."""
    held = PostHolding.objects.filter(ends_at__isnull=True).select_related("account", "post", "post__organisation")
    first: dict[str, PostHolding] = {}
    for row in held.order_by("id"):
        first.setdefault(row.post.role, row)
    return list(first.values())


def demo_lines() -> list[DemoLine]:
    """The seats in the order in which a report travels through them."""
    order = list(WHAT_ROLES_DO)
    seats = sorted(demo_accounts(), key=lambda row: order.index(Role(row.post.role)))
    return [DemoLine(row.account, row.post, WHAT_ROLES_DO[Role(row.post.role)]) for row in seats]


def demo_seat(username: str) -> PostHolding:
    """The seat of one account of the demonstration. Raises `NotFoundError`."""
    found = PostHolding.objects.filter(account__username=username[:60], ends_at__isnull=True).select_related("account")
    seat = found.order_by("id").first()
    if seat is None:
        raise NotFoundError
    return seat
