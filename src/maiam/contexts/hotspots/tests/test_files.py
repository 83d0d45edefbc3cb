"""The file of a hot spot, from opening to "has it cooled?"."""

from datetime import timedelta

import pytest

from maiam.contexts.duties.models import Notice
from maiam.contexts.hotspots import queries, services
from maiam.contexts.hotspots.models import HotSpot, Measure
from maiam.contexts.hotspots.rules.files import ActionKind, Cooled
from maiam.contexts.places.models import Unit
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError, NotFoundError


@pytest.fixture
def hot_spot(alert, lan, now) -> HotSpot:
    with acting(lan):
        return services.open_file(
            actor=lan,
            alert_id=alert.id,
            title="Đắk Mil: số vụ tăng",
            communes=[],
            first_day=alert.first_day,
            last_day=alert.last_day,
            owner_post=lan.post_id,
            now=now,
        )


def add(actor, hot_spot, now, *, post_id, kind=ActionKind.VISITS):
    with acting(actor):
        return services.add_action(
            actor=actor,
            file_id=hot_spot.id,
            kind=kind,
            what="Đến từng nhà trong bảy hồ sơ",
            owner_post=post_id,
            due_on=(now + timedelta(days=7)).date(),
            now=now,
        )


def finish(actor, action, now):
    with acting(actor):
        return services.finish_action(
            actor=actor, action_id=action.id, done_on=now.date(), note="Đã gặp riêng từng người", now=now
        )


def test_an_alert_has_one_file(hot_spot, alert, lan, now):
    with acting(lan), pytest.raises(services.FileOpenedAlreadyError):
        services.open_file(
            actor=lan,
            alert_id=alert.id,
            title="Lại mở",
            communes=[],
            first_day=alert.first_day,
            last_day=alert.last_day,
            owner_post=lan.post_id,
            now=now,
        )


def test_a_file_by_hand_lies_in_ones_own_place(lan, elsewhere, now):
    with acting(lan), pytest.raises(services.NotInReachError):
        services.open_file(
            actor=lan,
            title="Nơi khác",
            communes=[elsewhere.id],
            first_day=now.date(),
            last_day=now.date(),
            owner_post=lan.post_id,
            now=now,
        )


def test_the_team_leader_hears_of_his_task_and_says_it_is_done(hot_spot, lan, hung, now):
    action = add(lan, hot_spot, now, post_id=hung.post_id, kind=ActionKind.PATROL)
    with acting(hung):
        assert [task.action.id for task in queries.own_tasks(hung, now.date())] == [action.id]
    finish(hung, action, now)

    with acting(hung):
        assert queries.own_tasks(hung, now.date()) == []
    assert Notice.objects.filter(to_post_id=hung.post_id, subject_id=hot_spot.id).exists()


def test_nobody_says_anothers_task_is_done(hot_spot, lan, police_chief, hung, now):
    action = add(lan, hot_spot, now, post_id=hung.post_id)

    with acting(police_chief), pytest.raises(NotFoundError):
        services.finish_action(actor=police_chief, action_id=action.id, done_on=now.date(), note="Xong", now=now)


def test_the_team_leader_gives_no_tasks(hot_spot, hung, now):
    with pytest.raises(ForbiddenError):
        add(hung, hot_spot, now, post_id=hung.post_id)


def test_a_task_is_due_from_today_on(hot_spot, lan, now):
    with acting(lan), pytest.raises(services.DueInThePastError):
        services.add_action(
            actor=lan,
            file_id=hot_spot.id,
            kind=ActionKind.VISITS,
            what="Muộn rồi",
            owner_post=lan.post_id,
            due_on=(now - timedelta(days=1)).date(),
            now=now,
        )


def test_the_officer_elsewhere_does_not_find_the_file(hot_spot, binh):
    with acting(binh):
        assert queries.hot_spot_files(binh) == []
        with pytest.raises(NotFoundError):
            queries.file_page(binh, hot_spot.id)


def test_it_has_cooled_once_it_fell_more_than_places_like_it_and_is_back_at_its_usual(
    hot_spot, lan, tell, run_at, now, province
):
    finish(lan, add(lan, hot_spot, now, post_id=lan.post_id), now)
    later = now + timedelta(days=42)
    for unit in Unit.objects.filter(province=province, level="commune", valid_to__isnull=True).order_by("id")[:20]:
        tell(later, [3.5, 21.5], at=unit)
    run_at(later)

    with acting(lan):
        page = queries.file_page(lan, hot_spot.id)
    assert page.line.cooled is Cooled.YES
    assert page.answer.rows[1] == ("Tại điểm nóng", "7", "0")


def test_where_nobody_tells_anywhere_any_more_nothing_is_said(hot_spot, lan, run_at, now):
    finish(lan, add(lan, hot_spot, now, post_id=lan.post_id), now)
    run_at(now + timedelta(days=42))

    assert Measure.objects.get().answer == Cooled.TOO_EARLY


def test_next_day_nobody_can_say_yet(hot_spot, run_at, now):
    run_at(now + timedelta(days=1))

    assert Measure.objects.get().answer == Cooled.TOO_EARLY


def test_where_it_goes_on_it_has_not_cooled(hot_spot, lan, tell, run_at, now):
    finish(lan, add(lan, hot_spot, now, post_id=lan.post_id), now)
    later = now + timedelta(days=42)
    tell(later, [float(day) + 0.5 for day in range(1, 40)])
    run_at(later)

    assert Measure.objects.get(day__gt=now.date() + timedelta(days=30)).answer == Cooled.NO


def test_a_file_ends_after_its_tasks_and_a_review(hot_spot, lan, now):
    action = add(lan, hot_spot, now, post_id=lan.post_id)
    with acting(lan), pytest.raises(services.TasksLeftError):
        services.close_file(actor=lan, file_id=hot_spot.id, words="Xong", now=now)
    finish(lan, action, now)
    with acting(lan):
        with pytest.raises(services.NotReviewedError):
            services.close_file(actor=lan, file_id=hot_spot.id, words="Xong", now=now)
        services.hold_review(actor=lan, file_id=hot_spot.id, words="Bảy hộ đều đã gặp.", now=now)
        services.close_file(actor=lan, file_id=hot_spot.id, words="Đã ổn.", now=now)
        with pytest.raises(services.FileClosedError):
            services.hold_review(actor=lan, file_id=hot_spot.id, words="Nữa", now=now)
