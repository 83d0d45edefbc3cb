"""A morning's run: from the rows to the alert, stage by stage, and again to the last digit."""

from datetime import timedelta

import pytest

from maiam.contexts.hotspots import services
from maiam.contexts.hotspots.models import Alert, Replay, Run, RunInput, RunPart
from maiam.contexts.hotspots.rules.alerts import Kind, Reason, State, Tier
from maiam.contexts.hotspots.rules.detect import Stage
from maiam.contexts.hotspots.rules.replaying import differences
from maiam.contexts.hotspots.rules.runs import State as RunState
from maiam.contexts.hotspots.rules.snapshot import Snapshot
from maiam.contexts.hotspots.services import ReplayWaitsError, RunGoesOnError, RunNotDoneError
from maiam.contexts.hotspots.tests.conftest import HOUSE
from maiam.contexts.places.models import Unit
from maiam.contexts.reports.rules.draft import Sign
from maiam.platform.access import acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError


def test_an_outbreak_is_an_alert_next_morning(alert, commune, outbreak):
    assert alert.state == State.NEW
    assert alert.tier == Tier.RED
    assert alert.centre_id == commune.id
    assert alert.observed == len(outbreak)
    assert {record.report_id for record in alert.records.all()} == {report.id for report in outbreak}


def test_a_usual_year_raises_nothing(usual, mai, run_at, now):
    run = run_at(now)

    assert run.state == RunState.DONE
    assert not Alert.objects.exists()


def test_one_home_that_tells_again_and_again_is_no_alert_of_a_place(usual, mai, tell, run_at, now):
    tell(now, [1.2, 1.6, 2.1, 2.8, 3.3, 4.1, 5.0], alike="the same words")

    run_at(now)

    assert not Alert.objects.exists()


def test_a_young_house_says_that_it_cannot_know_yet(mai, tell, run_at, now):
    tell(now, [3.0, 9.0, 20.0])

    run = run_at(now)

    assert run.state == RunState.FAILED
    assert "56 ngày" in run.why_not


def test_a_run_goes_on_where_it_was_killed(outbreak, mai, now, province):
    with acting(HOUSE):
        services.ask_morning_runs(actor=HOUSE, now=now)
        steps = services.carry_runs(actor=HOUSE, now=now)
        for _ in range(3):
            next(steps)
        steps.close()
        done = set(RunPart.objects.values_list("stage", flat=True))
        for _ in services.carry_runs(actor=HOUSE, now=now):
            pass

    assert done == {Stage.READ, Stage.SCAN, Stage.GRAVE}
    assert Run.objects.get().state == RunState.DONE
    assert RunPart.objects.count() == len(Stage)


def test_a_run_done_again_is_identical(alert, mai, now):
    with acting(mai):
        services.ask_replay(actor=mai, run_id=alert.last_run_id, now=now)
        with pytest.raises(ReplayWaitsError):
            services.ask_replay(actor=mai, run_id=alert.last_run_id, now=now)
    with acting(HOUSE):
        for _ in services.carry_runs(actor=HOUSE, now=now):
            pass

    replay = Replay.objects.get()
    assert (replay.is_identical, replay.differing) == (True, [])


def test_a_run_whose_rows_were_changed_is_found_out(alert, mai, now):
    kept = RunInput.objects.get(run_id=alert.last_run_id)
    shot = Snapshot.unpacked(bytes(kept.packed))
    fewer = Snapshot(**{**_fields(shot), "events": shot.events[:-3]})

    stored = {Stage(part.stage): part.answer for part in RunPart.objects.filter(run_id=alert.last_run_id)}
    assert Stage.READ in differences(fewer, stored, alert.last_run.fingerprint)
    assert Stage.SCAN in differences(fewer, stored, alert.last_run.fingerprint)


def _fields(shot):
    return {name: getattr(shot, name) for name in shot.__dataclass_fields__}


def test_what_a_run_looked_at_is_stored_and_read_back_whole(alert):
    kept = RunInput.objects.get(run_id=alert.last_run_id)
    shot = Snapshot.unpacked(bytes(kept.packed))

    assert shot.fingerprint == alert.last_run.fingerprint
    assert shot.packed() == bytes(kept.packed)


def test_the_analyst_asks_for_a_run_once_at_a_time(usual, mai, province, now):
    with acting(mai):
        services.ask_run(actor=mai, province_id=province.id, now=now)
        with pytest.raises(RunGoesOnError):
            services.ask_run(actor=mai, province_id=province.id, now=now)


def test_nobody_asks_for_a_run_of_another_province(mai, now):
    with acting(mai), pytest.raises(NotFoundError):
        services.ask_run(actor=mai, province_id=1, now=now)


def test_an_officer_asks_for_no_run(lan, province, now):
    with acting(lan), pytest.raises(ForbiddenError):
        services.ask_run(actor=lan, province_id=province.id, now=now)


def test_a_run_that_is_not_done_is_not_done_again(usual, mai, province, now):
    with acting(mai):
        run = services.ask_run(actor=mai, province_id=province.id, now=now)
        with pytest.raises(RunNotDoneError):
            services.ask_replay(actor=mai, run_id=run.id, now=now)


def test_an_alert_goes_on_grows_and_closes_after_two_quiet_weeks(alert, tell, run_at, now):
    run_at(now + timedelta(days=1))
    alert.refresh_from_db()
    assert alert.state == State.ONGOING

    tell(now + timedelta(days=2), [1.1, 1.3])
    run_at(now + timedelta(days=2))
    alert.refresh_from_db()
    assert alert.state == State.GROWN

    run_at(now + timedelta(days=30))
    alert.refresh_from_db()
    assert alert.state == State.CLOSED
    assert Alert.objects.count() == 1


def test_grave_reports_that_all_reports_hide_are_an_alert_of_their_own(usual, mai, tell, run_at, now, commune):
    """Five with a weapon in a commune that tells every day, but hardly ever of such."""
    tell(now, [float(day) for day in range(1, 390)])
    tell(now, [1.2, 2.2, 3.1, 4.0, 4.4], signs=[Sign.WEAPON])
    tell(now, [70.0, 100.0, 150.0, 210.0, 290.0, 340.0], at=_another(commune), signs=[Sign.CHOKED])

    run_at(now)

    row = Alert.objects.get()
    assert (row.kind, row.centre_id, row.observed) == (Kind.GRAVE, commune.id, 5)
    assert Reason.SHARE_RISEN in row.reasons
    part = RunPart.objects.get(run=row.last_run, stage=Stage.GRAVE)
    assert part.answer["clusters"][0]["observed"] == 5
    assert part.answer["risen"][0]["grave"] == 5


def _another(commune):
    return Unit.objects.filter(province=commune.province, level="commune").exclude(id=commune.id).order_by("id")[0]


def test_a_run_of_before_the_scan_of_grave_events_is_done_again_without_it(alert):
    kept = RunInput.objects.get(run_id=alert.last_run_id)
    stored = {Stage(part.stage): part.answer for part in RunPart.objects.filter(run_id=alert.last_run_id)}
    del stored[Stage.GRAVE]

    assert differences(Snapshot.unpacked(bytes(kept.packed)), stored, alert.last_run.fingerprint) == []


def test_every_change_is_on_the_trail(alert):
    actions = set(AuditEntry.objects.values_list("action", flat=True))

    assert {"hotspots.run.asked", "hotspots.run.done", "hotspots.alert.raised", "duties.notice.sent"} <= actions
