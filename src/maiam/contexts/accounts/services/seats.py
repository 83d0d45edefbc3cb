"""Bodies and their seats, and giving a seat to a person for a time."""

from datetime import datetime

from django.db import IntegrityError, transaction

from maiam.contexts.accounts.models import Account, Organisation, Post, PostHolding
from maiam.contexts.accounts.queries.seats import held, own_seat
from maiam.contexts.accounts.rules import KIND_OF_ROLE, OrganisationKind, fits_place
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.access.policy import Role
from maiam.platform.errors import DomainError, NotFoundError


class PostTakenError(DomainError):
    code = "accounts.post_taken"
    message = "Chức vụ này đang có người giữ. Hãy kết thúc lần giữ đó trước, hoặc giao quyền thay."


class WrongPlaceError(DomainError):
    code = "accounts.wrong_place"
    message = "Vai trò này không thuộc nơi đã chọn: trưởng thôn, bon cần một thôn; vai trò khác thì không."
    field = "village"


class AlreadyEndedError(DomainError):
    code = "accounts.post_already_ended"
    message = "Lần giữ chức vụ này đã kết thúc rồi."


class EndsBeforeItBeganError(DomainError):
    code = "accounts.ends_before_it_began"
    message = "Lúc kết thúc phải sau lúc bắt đầu giữ chức vụ."
    field = "ends_at"


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
def open_seat(
    *,
    actor: Actor,
    role: Role,
    title: str,
    organisation_name: str,
    province_id: int,
    now: datetime,
    commune_id: int | None = None,
    village_id: int | None = None,
) -> Post:
    """Add a seat to the body it belongs to, which is registered with its first seat.

    Raises `WrongPlaceError`.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    if not fits_place(role, is_province=commune_id is None, has_village=village_id is not None):
        raise WrongPlaceError

    kind = KIND_OF_ROLE[role]
    body = Organisation.objects.filter(
        kind=kind, name=organisation_name, commune_id=commune_id, province_id=province_id
    ).first() or register_organisation(
        actor=actor, kind=kind, name=organisation_name, now=now, commune_id=commune_id, province_id=province_id
    )
    return create_post(
        actor=actor,
        organisation=body,
        role=role,
        title=title,
        now=now,
        province_id=province_id,
        commune_id=commune_id,
        village_id=village_id,
    )


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
    """End a person's time in a post; from that second on it carries no power for them.

    Raises `AlreadyEndedError`, `EndsBeforeItBeganError`; `NotFoundError`.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    holding = PostHolding.objects.select_for_update().filter(id=holding_id).first()
    if holding is None:
        raise NotFoundError
    if holding.ends_at is not None and holding.ends_at <= now:
        raise AlreadyEndedError
    if ends_at <= holding.starts_at:
        raise EndsBeforeItBeganError

    holding.ends_at = ends_at
    holding.save(update_fields=["ends_at"])
    audit.record(actor, "accounts.post.ended", holding, at=now, fields=["ends_at"])
    return holding


@transaction.atomic
def choose_post(*, actor: Actor, post_id: int, now: datetime) -> Post:
    """Act from now on in another of one's own posts. Raises `NotFoundError`."""
    account_id, _ = own_seat(actor)
    chosen = held(now).filter(account_id=account_id, post_id=post_id).select_related("post").first()
    if chosen is None:
        raise NotFoundError
    audit.record(actor, "accounts.post.chosen", chosen.post, at=now)
    return chosen.post
