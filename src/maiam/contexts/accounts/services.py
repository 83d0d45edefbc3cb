"""Making organisations, posts and accounts, and giving a post to a person for a time."""

from datetime import datetime

from django.db import IntegrityError, transaction

from maiam.contexts.accounts.models import Account, Organisation, Post, PostHolding
from maiam.contexts.accounts.rules import OrganisationKind
from maiam.core.text import sort_key
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.access.policy import Role
from maiam.platform.errors import DomainError


class UsernameTakenError(DomainError):
    code = "accounts.username_taken"
    message = "Tên đăng nhập này đã có người dùng."
    field = "username"


class PostTakenError(DomainError):
    code = "accounts.post_taken"
    message = "Chức vụ này đang có người giữ. Hãy kết thúc lần giữ đó trước, hoặc giao quyền thay."
    field = "post"


@transaction.atomic
def register_organisation(
    *,
    actor: Actor,
    kind: OrganisationKind,
    name: str,
    now: datetime,
    commune_id: int | None = None,
    province_id: int | None = None,
) -> Organisation:
    """Add a body that has posts."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    organisation = Organisation.objects.create(kind=kind, name=name, commune_id=commune_id, province_id=province_id)
    audit.record(actor, "accounts.organisation.registered", organisation, at=now)
    return organisation


@transaction.atomic
def create_post(
    *,
    actor: Actor,
    organisation: Organisation,
    role: Role,
    title: str,
    now: datetime,
    province_id: int | None = None,
    commune_id: int | None = None,
    village_id: int | None = None,
) -> Post:
    """Add a seat; its powers come from its role, its reach from its place."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    post = Post.objects.create(
        organisation=organisation,
        role=role,
        title=title,
        province_id=province_id,
        commune_id=commune_id,
        village_id=village_id,
    )
    audit.record(actor, "accounts.post.created", post, at=now)
    return post


@transaction.atomic
def create_account(*, actor: Actor, username: str, full_name: str, now: datetime, phone: str = "") -> Account:
    """Add a person who may sign in once they have set a password of their own.

    Raises `UsernameTakenError`.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    account = Account(username=username, full_name=full_name, sort_key=sort_key(full_name), phone=phone)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise UsernameTakenError from error
    audit.record(actor, "accounts.account.created", account, at=now)
    return account


@transaction.atomic
def give_post(
    *, actor: Actor, account: Account, post: Post, starts_at: datetime, now: datetime, is_stand_in: bool = False
) -> PostHolding:
    """Let a person hold a post from a moment on.

    Raises `PostTakenError`.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    holding = PostHolding(account=account, post=post, starts_at=starts_at, is_stand_in=is_stand_in)
    try:
        with transaction.atomic():
            holding.save()
    except IntegrityError as error:
        raise PostTakenError from error
    audit.record(actor, "accounts.post.given", holding, at=now)
    return holding


@transaction.atomic
def end_post(*, actor: Actor, holding_id: int, ends_at: datetime, now: datetime) -> PostHolding:
    """End a person's time in a post; from that second on it carries no power for them."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    holding = PostHolding.objects.select_for_update().get(id=holding_id)
    holding.ends_at = ends_at
    holding.save(update_fields=["ends_at"])
    audit.record(actor, "accounts.post.ended", holding, at=now, fields=["ends_at"])
    return holding


@transaction.atomic
def open_session(*, actor: Actor, account: Account, now: datetime) -> None:
    """Put a sign-in into the trail."""
    actor.require(Permission.KEEP_HOUSE)
    audit.record(actor, "accounts.session.opened", account, at=now)
