"""What people make of an alert, what they know that may explain it, and from when on something is told."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.hotspots import queries
from maiam.contexts.hotspots.models import Alert, LocalEvent, ThresholdSet
from maiam.contexts.hotspots.rules.alerts import EventKind, Verdict
from maiam.contexts.hotspots.rules.thresholds import Thresholds, out_of_bounds
from maiam.contexts.places import queries as places
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError


class NoticedAheadError(DomainError):
    code = "hotspots.noticed_ahead"
    message = "Ngày này chưa tới."
    field = "noticed_on"


class EventDaysError(DomainError):
    code = "hotspots.event_days"
    message = "Ngày cuối phải sau ngày đầu."
    field = "last_day"


class EventNowhereError(DomainError):
    code = "hotspots.event_nowhere"
    message = "Chọn ít nhất một xã trong địa bàn của mình."
    field = "communes"


class RedNotRarerError(DomainError):
    code = "hotspots.red_not_rarer"
    message = "Mức đỏ phải hiếm hơn mức vàng."
    field = "red_days"


class OutOfBoundsError(DomainError):
    code = "hotspots.thresholds_out_of_bounds"
    message = "Có ngưỡng nằm ngoài khoảng cho phép."


@transaction.atomic
def judge_alert(
    *, actor: Actor, alert_id: UUID, verdict: Verdict, noticed_on: date | None, words: str, now: datetime
) -> Alert:
    """Say whether an alert was a hot spot, and on which day an official had noticed it by themselves.

    Raises `NoticedAheadError`; `NotFoundError`. May be said again; the newest word counts, the trail keeps each.
    """
    actor.require(Permission.KEEP_HOT_SPOTS)
    alert = queries.open_alert(actor, alert_id)
    if noticed_on and noticed_on > now.astimezone(VIETNAM).date():
        raise NoticedAheadError
    alert.verdict, alert.judged_at, alert.judged_by_name = verdict, now, actor.name
    alert.noticed_on, alert.judged_words = noticed_on, words
    alert.save(update_fields=["verdict", "judged_at", "judged_by_name", "noticed_on", "judged_words"])
    audit.record(actor, "hotspots.alert.judged", alert, at=now, reason=verdict)
    return alert


@transaction.atomic
def note_event(
    *,
    actor: Actor,
    kind: EventKind,
    communes: Collection[int],
    first_day: date,
    last_day: date,
    words: str,
    now: datetime,
) -> LocalEvent:
    """Write down something that may make people tell more. Raises `EventDaysError`, `EventNowhereError`."""
    actor.require(Permission.KEEP_HOT_SPOTS)
    reached = sorted(set(communes) & set(actor.commune_ids))
    if not reached:
        raise EventNowhereError
    if first_day > last_day:
        raise EventDaysError
    row = LocalEvent.objects.create(
        province_id=queries.own_province_id(actor),
        communes=reached,
        kind=kind,
        first_day=first_day,
        last_day=last_day,
        words=words,
        by_name=actor.name,
        at=now,
    )
    audit.record(actor, "hotspots.local_event.noted", row, at=now)
    return row


@transaction.atomic
def set_thresholds(*, actor: Actor, wanted: Thresholds, why: str, now: datetime) -> ThresholdSet:
    """Set from when on something is told in the actor's province, from the next run on.

    Raises `OutOfBoundsError`, `RedNotRarerError`.
    """
    actor.require(Permission.SET_HOT_SPOTS)
    if out_of_bounds(wanted):
        raise OutOfBoundsError
    if wanted.red_days <= wanted.amber_days:
        raise RedNotRarerError
    province = places.unit(queries.own_province_id(actor))
    if province is None:
        raise NotFoundError
    account_id, _ = accounts.own_seat(actor)
    row = ThresholdSet.objects.create(
        province=province,
        communes=[unit.id for unit in places.communes_of(province)],
        values=wanted.as_plain(),
        why=why,
        by_account_id=account_id,
        by_name=actor.name,
        at=now,
    )
    audit.record(actor, "hotspots.thresholds.set", row, at=now, reason=why)
    return row
