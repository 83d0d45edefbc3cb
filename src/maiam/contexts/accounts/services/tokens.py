"""Keys of machines. Whoever sits in a post makes them: an administrator must never hold one that opens cases."""

from datetime import datetime, timedelta

from django.db import transaction

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries.seats import own_seat
from maiam.contexts.accounts.queries.tokens import token_digest
from maiam.contexts.accounts.rules import new_token
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError


@transaction.atomic
def make_token(*, actor: Actor, name: str, lasts_days: int, now: datetime) -> str:
    """Make a key that stands for the actor's own post, and return it: it is shown this once."""
    actor.require(Permission.USE_API)
    account_id, post_id = own_seat(actor)
    token = new_token()
    row = ApiToken.objects.create(
        name=name,
        post_id=post_id,
        made_by_id=account_id,
        digest=token_digest(token),
        made_at=now,
        expires_at=now + timedelta(days=lasts_days),
    )
    audit.record(actor, "accounts.token.made", row, at=now)
    return token


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: int, now: datetime) -> None:
    """End a key at once: one's own post's, or any as an administrator. Twice changes nothing."""
    tokens = ApiToken.objects.select_for_update().filter(id=token_id)
    if not actor.can(Permission.MANAGE_ACCOUNTS):
        actor.require(Permission.USE_API)
        _, post_id = own_seat(actor)
        tokens = tokens.filter(post_id=post_id)
    token = tokens.first()
    if token is None:
        raise NotFoundError
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        audit.record(actor, "accounts.token.revoked", token, at=now, fields=["revoked_at"])
