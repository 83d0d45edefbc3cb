"""The file of a hot spot, from opening to "has it cooled?"."""

from datetime import timedelta

import pytest

from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.conflicts.rules import Why
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.duties.rules import State
from maiam.contexts.hotspots import queries, services
from maiam.contexts.hotspots.models import HotSpot, Measure
from maiam.contexts.hotspots.rules.files import ActionKind, Cooled
from maiam.contexts.places.models import Unit
from maiam.core.text import VIETNAM
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


def test_who_reads_counts_alone_is_told_no_ratio_from_which_a_small_one_is_reckoned(
    hot_spot, lan, mai, tell, run_at, now, province
):
    finish(lan, add(lan, hot_spot, now, post_id=lan.post_id), now)
    later = now + timedelta(days=42)
    for unit in Unit.objects.filter(province=province, level="commune", valid_to__isnull=True).order_by("id")[:20]:
        tell(later, [3.5, 21.5], at=unit)
    tell(later, [9.5, 5.5])
    run_at(later)

    with acting(lan):
        own = queries.file_page(lan, hot_spot.id).answer
    with acting(mai):
        told = queries.file_page(mai, hot_spot.id).answer
    assert own.rows[1][2] == "2"
    assert own.level
    assert told.rows[1] == ("Tại điểm nóng", "7", "không hiện")
    assert (told.change, told.level) == ("", "")
    assert told.label == own.label


def test_a_record_closed_to_the_officer_is_in_no_count_of_the_file(hot_spot, lan, outbreak, run_at, now):
    run_at(now + timedelta(days=20))
    with acting(lan):
        conflicts.declare_conflict(
            actor=lan, why=Why.FRIEND, words="Bạn thân", record_id=outbreak[0].id, now=now + timedelta(days=20)
        )
        answer = queries.file_page(lan, hot_spot.id).answer

    assert answer.rows[1][1] == "6"
    assert (answer.change, answer.level) == ("", "")


def test_two_files_opened_by_hand_that_differ_a_little_tell_the_analyst_no_difference(alert, mai, run_at, now, commune):
    with acting(mai):
        row = services.open_file(
            actor=mai,
            title="Gần như cảnh báo",
            communes=[commune.id],
            first_day=alert.first_day - timedelta(days=1),
            last_day=alert.last_day,
            owner_post=mai.post_id,
            now=now,
        )
    run_at(now + timedelta(days=20))

    with acting(mai):
        answer = queries.file_page(mai, row.id).answer
    assert answer.rows[1][1:] == ("không hiện", "không hiện")


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


def due_of(actor):
    with acting(actor):
        return {clock.what: clock for clock in duties.due_items(actor)}


def test_a_task_is_a_duty_of_its_owner_until_the_day_that_was_named(hot_spot, lan, hung, now):
    action = add(lan, hot_spot, now, post_id=hung.post_id, kind=ActionKind.PATROL)

    clock = due_of(hung)["Việc ở điểm nóng: Đội phản ứng nhanh đi tuần"]
    assert clock.due_at.astimezone(VIETNAM).date() == action.due_on
    assert clock.limit.in_words == "theo ngày đã hẹn"
    assert clock.subject_id == action.id

    finish(hung, action, now)
    assert due_of(hung) == {}
    assert Obligation.objects.get(rule=services.ACTION).state == State.MET


def test_a_task_done_after_its_day_is_late(hot_spot, lan, hung, now):
    action = add(lan, hot_spot, now, post_id=hung.post_id)
    finish(hung, action, now + timedelta(days=9))

    assert Obligation.objects.get(rule=services.ACTION).state == State.MET_LATE


def test_a_file_is_to_be_looked_at_again_until_it_ends(hot_spot, lan, now):
    (first,) = due_of(lan).values()
    assert first.due_at.astimezone(VIETNAM).date() == hot_spot.next_review_on
    with acting(lan):
        services.hold_review(actor=lan, file_id=hot_spot.id, words="Chưa thấy gì.", now=now)
    (second,) = due_of(lan).values()
    assert second.due_at > first.due_at
    with acting(lan):
        services.close_file(actor=lan, file_id=hot_spot.id, words="Đã ổn.", now=now)

    assert due_of(lan) == {}
    ends = Obligation.objects.filter(rule=services.REVIEW).order_by("due_at").values_list("state", flat=True)
    assert list(ends) == [State.MET, State.LAPSED]


def test_the_analyst_says_that_an_officers_task_is_done_and_the_duty_ends(hot_spot, lan, mai, now):
    finish(mai, add(lan, hot_spot, now, post_id=lan.post_id), now)

    assert Obligation.objects.get(rule=services.ACTION).state == State.MET
