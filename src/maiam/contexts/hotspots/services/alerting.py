"""What a run's findings become: alerts raised, followed and closed; the posts they concern are told."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.duties import services as duties
from maiam.contexts.hotspots.models import Alert, AlertRecord, AlertSign, Run
from maiam.contexts.hotspots.rules.alerts import Earlier, Found, Kind, State, Tier, turns
from maiam.contexts.hotspots.rules.snapshot import Snapshot
from maiam.core.text import write_date
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role

# Who hears of an alert in each of its communes, and at the province.
TOLD_IN_COMMUNE = (Role.CULTURE_OFFICER, Role.COMMUNE_CHAIRMAN)
TOLD_AT_PROVINCE = (Role.PROVINCE_ANALYST, Role.PROVINCE_LEADER)


@transaction.atomic
def follow_alerts(*, actor: Actor, run: Run, shot: Snapshot, found: list[Found], now: datetime) -> None:
    """Raise, follow and close the alerts of the run's province."""
    actor.require(Permission.KEEP_HOUSE)
    open_ones = {row.id: row for row in _open(actor, run)}
    earlier = [_earlier(row) for row in open_ones.values()]
    for turn in turns(found, earlier, run.day, shot.thresholds):
        if turn.earlier and turn.found is None:
            _close(actor, open_ones[turn.earlier.id], run.day, now)
        elif turn.found:
            known = open_ones[turn.earlier.id] if turn.earlier else None
            alert = _written(run, shot, turn.state, turn.found, known)
            audit.record(actor, f"hotspots.alert.{'followed' if known else 'raised'}", alert, at=now)
            if turn.is_told_again:
                _tell(actor, alert, run.day, now)


def _open(actor: Actor, run: Run) -> list[Alert]:
    rows = Alert.objects.visible_to(actor).filter(province_id=run.province_id).exclude(state=State.CLOSED)
    return list(rows.select_for_update(of=("self",)).order_by("raised_on", "id"))


def _earlier(row: Alert) -> Earlier:
    return Earlier(
        id=row.id,
        centre=row.centre_id,
        members=frozenset(row.communes),
        observed=row.observed,
        tier=Tier(row.tier),
        last_sign_on=row.last_sign_on,
        events=frozenset(row.facts["events"]),
    )


def _written(run: Run, shot: Snapshot, state: State, found: Found, known: Alert | None) -> Alert:
    """The alert as this run leaves it, with its sign and its records."""
    alert = known or Alert(province_id=run.province_id, first_run=run, raised_on=run.day + timedelta(days=1))
    alert.communes, alert.centre_id = sorted(found.members), found.centre
    alert.kind, alert.tier, alert.state = found.kind, found.tier, state
    alert.reasons, alert.last_run, alert.last_sign_on = list(found.reasons), run, run.day
    alert.first_day, alert.last_day = found.first, found.last
    alert.observed, alert.expected, alert.homes = found.observed, found.expected, found.homes
    alert.rarity_days, alert.facts = found.rarity_days, found.facts | {"start": str(shot.start)}
    alert.save(force_insert=known is None)
    AlertSign.objects.create(
        alert=alert,
        run=run,
        day=run.day,
        state=state,
        tier=found.tier,
        observed=found.observed,
        expected=found.expected,
    )
    _keep_records(alert, shot, found)
    return alert


def _keep_records(alert: Alert, shot: Snapshot, found: Found) -> None:
    told = {event.id: event.told for event in shot.events}
    rows = [
        AlertRecord(alert=alert, report_id=UUID(one), day=shot.start + timedelta(days=told[one]))
        for one in found.facts["events"]
    ]
    AlertRecord.objects.bulk_create(rows, ignore_conflicts=True)


def _close(actor: Actor, alert: Alert, day: date, now: datetime) -> None:
    alert.state, alert.closed_on = State.CLOSED, day
    alert.save(update_fields=["state", "closed_on"])
    audit.record(actor, "hotspots.alert.closed", alert, at=now)


def _tell(actor: Actor, alert: Alert, day: date, now: datetime) -> None:
    """One sentence without a number: the page tells each reader what they may know."""
    of = "vụ nghiêm trọng" if alert.kind == Kind.GRAVE else "điểm nóng"
    what = f"Cảnh báo {of} mức {alert.tier_label.lower()} ngày {write_date(day)}: {alert.state_label.lower()}."
    for post_id in _posts(alert):
        key = f"hot spot {alert.id}:{day}"
        duties.notify(actor=actor, to_post_id=post_id, what=what, subject=alert.subject, now=now, key=key)


def _posts(alert: Alert) -> Iterable[int]:
    for post in accounts.posts_in(alert.communes, TOLD_IN_COMMUNE):
        yield post.id
    for role in TOLD_AT_PROVINCE:
        seat = accounts.province_post(role, alert.province_id)
        if seat:
            yield seat.id
