"""Runs: asked for, carried stage by stage, each stage a transaction of its own; and done again to prove them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from time import perf_counter
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.hotspots import queries
from maiam.contexts.hotspots.models import Replay, Run, RunInput, RunPart
from maiam.contexts.hotspots.rules.alerts import findings_of
from maiam.contexts.hotspots.rules.detect import DETECTORS, Plain, Stage
from maiam.contexts.hotspots.rules.replaying import differences
from maiam.contexts.hotspots.rules.runs import OPEN, State, after
from maiam.contexts.hotspots.rules.snapshot import Snapshot, plain_settings
from maiam.contexts.hotspots.rules.thresholds import ScanLimits
from maiam.contexts.hotspots.rules.version import code_version
from maiam.contexts.hotspots.services.alerting import follow_alerts
from maiam.contexts.hotspots.services.homes import list_homes
from maiam.contexts.hotspots.services.measuring import measure_hot_spots
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError


class RunGoesOnError(DomainError):
    code = "hotspots.run_goes_on"
    message = "Một lần chạy của tỉnh này đang chờ hoặc đang chạy."


class RunNotDoneError(DomainError):
    code = "hotspots.run_not_done"
    message = "Chỉ tính lại được lần chạy đã xong."


class ReplayWaitsError(DomainError):
    code = "hotspots.replay_waits"
    message = "Lần chạy này đang được tính lại."


@transaction.atomic
def ask_run(*, actor: Actor, province_id: int, now: datetime) -> Run:
    """Ask for a run over the province as it was known at the end of yesterday.

    Raises `RunGoesOnError`; `NotFoundError` where the actor watches over no province.
    """
    actor.require(Permission.WATCH_HOT_SPOTS)
    province = _province(actor, province_id)
    if Run.objects.visible_to(actor).filter(province=province, state__in=OPEN).exists():
        raise RunGoesOnError
    return _ask(actor, province, now)


@transaction.atomic
def ask_morning_runs(*, actor: Actor, now: datetime) -> list[Run]:
    """Ask for this morning's run of every province that works here and has none yet."""
    actor.require(Permission.KEEP_HOUSE)
    wanted = [province for province in accounts.provinces_served() if not _is_looked_at(province, now)]
    return [_ask(actor, province, now) for province in wanted]


def _is_looked_at(province: Unit, now: datetime) -> bool:
    rows = Run.objects.filter(province=province)
    return rows.filter(state__in=OPEN).exists() or rows.filter(day=_yesterday(now), state=State.DONE).exists()


def _ask(actor: Actor, province: Unit, now: datetime) -> Run:
    run = Run.objects.create(
        province=province,
        communes=[unit.id for unit in places.communes_of(province)],
        day=_yesterday(now),
        asked_at=now,
        asked_by_name="" if actor.is_everywhere else actor.name,
    )
    audit.record(actor, "hotspots.run.asked", run, at=now)
    return run


def _yesterday(now: datetime) -> date:
    return now.astimezone(VIETNAM).date() - timedelta(days=1)


def _province(actor: Actor, province_id: int) -> Unit:
    found = places.unit(province_id)
    if found is None or province_id != queries.own_province_id(actor):
        raise NotFoundError
    return found


def carry_runs(*, actor: Actor, now: datetime) -> Iterator[Run | Replay]:
    """Yield after each stage, a transaction of its own; killed in between, the next start goes on from there."""
    actor.require(Permission.KEEP_HOUSE)
    while done := _step(actor, now) or _replay(actor, now):
        yield done


@transaction.atomic
def _step(actor: Actor, now: datetime) -> Run | None:
    waiting = Run.objects.select_for_update(of=("self",), skip_locked=True).filter(state__in=OPEN)
    run = waiting.select_related("province").order_by("asked_at", "id").first()
    if run is None:
        return None
    stage, began = Stage(run.stage), perf_counter()
    run.state, run.started_at = State.RUNNING, run.started_at or now
    try:
        answer = _answer(actor, run, stage, now)
    except ValueError as refusal:
        # The library says what rows it cannot work with; the run says so too, and the next morning tries anew.
        return _fail(actor, run, str(refusal), now)
    if run.why_not:
        return _fail(actor, run, run.why_not, now)
    RunPart.objects.create(run=run, stage=stage, answer=answer, seconds=perf_counter() - began, at=now)
    return _go_on(actor, run, stage, now)


def _answer(actor: Actor, run: Run, stage: Stage, now: datetime) -> Plain:
    if stage is Stage.READ:
        return _read(actor, run)
    shot = _input_of(run)
    if stage is not Stage.ALERTS:
        return DETECTORS[stage](shot)
    found = findings_of(shot, _parts(run))
    follow_alerts(actor=actor, run=run, shot=shot, found=found, now=now)
    homes = list_homes(actor=actor, run=run, shot=shot, now=now)
    measured = measure_hot_spots(actor=actor, run=run, shot=shot, now=now)
    return {"found": [one.as_plain() for one in found], "homes": homes, "measured": measured}


def _read(actor: Actor, run: Run) -> Plain:
    thresholds, limits = queries.thresholds_of(actor, run.province_id), ScanLimits()
    shot = queries.snapshot(actor, run.province, run.day, thresholds, limits)
    RunInput.objects.create(run=run, packed=shot.packed())
    run.settings, run.code_version = plain_settings(thresholds, limits), code_version()
    run.fingerprint, run.why_not = shot.fingerprint, shot.why_too_little
    return {"events": len(shot.events), "units": len(shot.units), "days": shot.days, "start": str(shot.start)}


def _parts(run: Run) -> dict[Stage, Plain]:
    return {Stage(part.stage): part.answer for part in RunPart.objects.filter(run=run)}


def _input_of(run: Run) -> Snapshot:
    return Snapshot.unpacked(bytes(RunInput.objects.get(run=run).packed))


def _go_on(actor: Actor, run: Run, stage: Stage, now: datetime) -> Run:
    following = after(stage)
    if following:
        run.stage = following
    else:
        run.state, run.done_at = State.DONE, now
        audit.record(actor, "hotspots.run.done", run, at=now)
    return _saved(run)


def _fail(actor: Actor, run: Run, why: str, now: datetime) -> Run:
    run.state, run.done_at, run.why_not = State.FAILED, now, why[:300]
    audit.record(actor, "hotspots.run.failed", run, at=now)
    return _saved(run)


def _saved(run: Run) -> Run:
    run.save(
        update_fields=[
            "state", "stage", "why_not", "settings", "code_version", "fingerprint", "started_at", "done_at",
        ]
    )  # fmt: skip
    return run


# --- done again


@transaction.atomic
def ask_replay(*, actor: Actor, run_id: UUID, now: datetime) -> Replay:
    """Ask that a run be done again from what it had looked at. Raises `RunNotDoneError`, `ReplayWaitsError`."""
    actor.require(Permission.WATCH_HOT_SPOTS)
    run = Run.objects.find(actor, run_id)
    if run.state != State.DONE:
        raise RunNotDoneError
    if Replay.objects.visible_to(actor).filter(run=run, done_at__isnull=True).exists():
        raise ReplayWaitsError
    replay = Replay.objects.create(run=run, asked_at=now, asked_by_name=actor.name)
    audit.record(actor, "hotspots.replay.asked", replay, at=now)
    return replay


@transaction.atomic
def _replay(actor: Actor, now: datetime) -> Replay | None:
    waiting = Replay.objects.select_for_update(of=("self",), skip_locked=True).filter(done_at__isnull=True)
    replay = waiting.select_related("run").order_by("asked_at", "id").first()
    if replay is None:
        return None
    run = replay.run
    differing = differences(_input_of(run), _parts(run), run.fingerprint)
    replay.is_identical, replay.differing = not differing, differing
    replay.done_at, replay.code_version = now, code_version()
    replay.save(update_fields=["is_identical", "differing", "done_at", "code_version"])
    audit.record(actor, "hotspots.replay.done", replay, at=now)
    return replay
