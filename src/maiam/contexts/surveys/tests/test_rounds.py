"""A round from its preparation to its end."""

from datetime import timedelta

import pytest

from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.rules import State
from maiam.contexts.families import services as families
from maiam.contexts.places.models import Village
from maiam.contexts.surveys import queries, services
from maiam.contexts.surveys.models import Assignment, Recheck, Round
from maiam.contexts.surveys.rules.rounds import RoundKind, RoundState, SheetKind
from maiam.contexts.surveys.services import NotRunningError
from maiam.contexts.surveys.services.rechecks import AlreadyDrawnError, SamePersonError
from maiam.contexts.surveys.services.rounds import (
    AlreadyHandedInError,
    AlreadyStartedError,
    GiveBackReasonMissingError,
    MayNotCollectError,
    NilNotAffirmedError,
    NotHandedInError,
    ReasonMissingError,
    StillOpenError,
    UnsettledError,
)
from maiam.platform.access import Role, acting
from maiam.platform.errors import ForbiddenError, NotFoundError
from maiam.platform.ids import new_id

pytestmark = pytest.mark.django_db


def test_each_village_goes_to_its_head_and_the_clock_runs(running, assignment, village_head, now):
    assert assignment.post_id == village_head.post_id
    with acting(village_head):
        (clock,) = duties.due_items(village_head)

    assert (clock.subject_id, clock.due_at) == (assignment.id, now + timedelta(days=7))
    assert clock.limit.is_doubtful_law is False


def test_a_village_without_a_head_stays_with_the_officer(prepare, lan, village):
    row = prepare()

    assert Assignment.objects.get(round=row, village=village).post_id == lan.post_id


def test_households_of_no_village_are_not_forgotten(prepare, lan, commune, now):
    with acting(lan):
        families.register_household(actor=lan, commune_id=commune.id, village_id=None, code="K-1", now=now)
    row = prepare()

    assert Assignment.objects.filter(round=row, village__isnull=True).count() == 1


def test_a_round_starts_once(running, lan, now):
    with acting(lan), pytest.raises(AlreadyStartedError):
        services.start_round(actor=lan, round_id=running.id, now=now)


def test_a_village_is_given_to_another_post_with_its_clock(running, assignment, lan, village_head, now):
    with acting(lan):
        services.assign_village(actor=lan, assignment_id=assignment.id, post_id=lan.post_id, now=now)
        clocks = duties.obligations_of(lan, assignment.subject)

    assert {clock.state for clock in clocks} == {State.TRANSFERRED, State.RUNNING}


def test_a_village_is_not_given_to_who_cannot_reach_it(running, assignment, lan, police_chief, seat, elsewhere, now):
    stranger = seat(Role.CULTURE_OFFICER, "Người Xã Khác", commune=elsewhere)
    for post_id in (police_chief.post_id, stranger.post_id, 0):
        with acting(lan), pytest.raises(MayNotCollectError):
            services.assign_village(actor=lan, assignment_id=assignment.id, post_id=post_id, now=now)


def test_a_village_is_handed_in_when_every_household_is_done(send, hand_in, homes, assignment, village_head):
    send(homes[0])
    with pytest.raises(StillOpenError, match="Còn 1 hộ"):
        hand_in()
    send(homes[1], kind=SheetKind.NOT_MET, why_not_met="away")

    handed = hand_in()

    assert handed.is_handed_in
    assert not handed.affirmed_nil
    with acting(village_head):
        assert duties.due_items(village_head) == []
    with pytest.raises(AlreadyHandedInError):
        hand_in()


@pytest.fixture
def handed_in(send, hand_in, homes):
    for household in homes:
        send(household)
    return hand_in()


def _give_back(actor, row, now, why="Ba hộ ghi nhầm nhà ở"):
    with acting(actor):
        return services.give_back(actor=actor, assignment_id=row.id, why=why, now=now)


def test_a_village_is_given_back_with_a_reason_and_a_clock_of_its_own(handed_in, lan, village_head, now):
    given = _give_back(lan, handed_in, now)

    assert (given.is_handed_in, given.is_given_back, given.given_back_by) == (False, True, lan.name)
    with acting(village_head):
        (clock,) = duties.due_items(village_head)
        page = queries.assignment_page(village_head, given.id, now)
    assert (clock.what, clock.due_at) == ("Sửa, nộp lại Đợt tháng 11: Bon Bu Đăk", now + timedelta(days=3))
    assert page.is_collected
    assert page.progress.left == 0


def test_what_was_given_back_is_mended_and_handed_in_again(handed_in, send, hand_in, homes, lan, village_head, now):
    _give_back(lan, handed_in, now)
    send(homes[0], base=1, kind=SheetKind.NOT_MET, why_not_met="away")

    again = hand_in()

    assert again.is_handed_in
    assert again.given_back_why == "Ba hộ ghi nhầm nhà ở"
    with acting(village_head):
        assert duties.due_items(village_head) == []


def test_nothing_is_given_back_without_a_reason_or_before_it_was_handed_in(handed_in, lan, village_head, now):
    with pytest.raises(GiveBackReasonMissingError):
        _give_back(lan, handed_in, now, why="  ")
    with pytest.raises(ForbiddenError):
        _give_back(village_head, handed_in, now)
    _give_back(lan, handed_in, now)
    with pytest.raises(NotHandedInError):
        _give_back(lan, handed_in, now)


def test_a_neighbour_gives_nothing_back(handed_in, binh, now):
    with pytest.raises(NotFoundError):
        _give_back(binh, handed_in, now)


def test_the_end_of_a_round_ends_what_was_to_be_mended(handed_in, lan, running, now):
    _give_back(lan, handed_in, now)
    with acting(lan):
        services.close_round(actor=lan, round_id=running.id, why="Hết thời gian", now=now)
        clocks = duties.obligations_of(lan, handed_in.subject)

    assert {clock.state for clock in clocks} == {State.MET, State.LAPSED}
    with pytest.raises(NotRunningError):
        _give_back(lan, handed_in, now)


def test_a_month_without_change_is_affirmed_by_a_person(start, village, village_head, hand_in):
    row = start(RoundKind.CHANGES)
    of = Assignment.objects.get(round=row, village=village)

    with pytest.raises(NilNotAffirmedError):
        hand_in(of=of)
    handed = hand_in(of=of, affirms_nil=True)

    assert (handed.affirmed_nil, handed.handed_in_by) == (True, village_head.name)


def test_what_is_half_written_is_not_handed_in(running, assignment, village_head, homes, hand_in, now):
    with acting(village_head):
        services.save_page(
            actor=village_head,
            assignment_id=assignment.id,
            household_id=homes[0].id,
            page="muc_song",
            member="",
            values={"nha_o": "kien_co"},
            reasons={},
            now=now,
        )

    with pytest.raises(StillOpenError, match="ghi dở"):
        hand_in()


def test_progress_is_told_by_village(send, homes, running, lan):
    send(homes[0])
    send(homes[1], kind=SheetKind.NOT_MET, why_not_met="away")

    with acting(lan):
        page = queries.round_page(lan, running.id)

    assert (page.whole.households, page.whole.answered, page.whole.not_met, page.whole.share) == (2, 1, 1, 100)


def test_progress_of_many_villages_takes_few_queries(running, lan, django_assert_max_num_queries):
    with acting(lan), django_assert_max_num_queries(9):
        queries.round_page(lan, running.id)


def test_a_round_with_villages_still_out_ends_only_with_a_reason(running, assignment, lan, now):
    with acting(lan), pytest.raises(ReasonMissingError):
        services.close_round(actor=lan, round_id=running.id, why="", now=now)
    with acting(lan):
        row = services.close_round(actor=lan, round_id=running.id, why="Lũ, đường chia cắt", now=now)
        (clock,) = duties.obligations_of(lan, assignment.subject)

    assert (row.state, clock.state) == (RoundState.CLOSED, State.LAPSED)
    with acting(lan), pytest.raises(NotRunningError):
        services.close_round(actor=lan, round_id=running.id, why="Nữa", now=now)


def test_a_round_does_not_end_while_two_sheets_differ(send, lan, running, now):
    send()
    send(client_id=new_id(), base=0, by=lan, answers=None, reasons={}, kind=SheetKind.NOT_MET, why_not_met="away")

    with acting(lan), pytest.raises(UnsettledError):
        services.close_round(actor=lan, round_id=running.id, why="Xong", now=now)


# --- asked again by another


@pytest.fixture
def drawn(send, homes, running, lan, now):
    for household in homes:
        send(household)
    with acting(lan):
        services.draw_sample(actor=lan, round_id=running.id, share=1, seed=195, now=now)
    return list(Recheck.objects.filter(round=running).order_by("household__code"))


def test_a_sample_is_drawn_once_with_its_seed_kept(drawn, running, lan, now):
    running.refresh_from_db()

    assert (running.sample_seed, len(drawn)) == (195, 2)
    with acting(lan), pytest.raises(AlreadyDrawnError):
        services.draw_sample(actor=lan, round_id=running.id, share=1, seed=1, now=now)


def test_nobody_checks_their_own_asking(drawn, village_head, now):
    with acting(village_head), pytest.raises(SamePersonError):
        services.record_recheck(actor=village_head, recheck_id=drawn[0].id, values={"nha_o": "kien_co"}, now=now)


def test_the_agreement_of_two_people_is_a_figure(drawn, full_answers, homes, running, lan, now):
    for recheck, household in zip(drawn, homes, strict=True):
        values = full_answers(household)["household"] | ({"nha_o": "don_so"} if household == homes[0] else {})
        with acting(lan):
            services.record_recheck(actor=lan, recheck_id=recheck.id, values=values, now=now)
    with acting(lan):
        sample = queries.sample_of(lan, Round.objects.select_related("version").get(id=running.id))
        clocks = duties.obligations_of(lan, running.subject)

    assert (sample.done, sample.agreement.agreed, sample.agreement.compared) == (2, 13, 14)
    assert sample.by_question[0].label == "Nhà ở thế nào?"
    assert [clock.state for clock in clocks] == [State.MET]


# --- reach


def test_another_commune_finds_nothing(running, assignment, homes, binh, now):
    with acting(binh):
        assert queries.rounds(binh) == []
        for look in (
            lambda: queries.round_page(binh, running.id),
            lambda: queries.assignment_page(binh, assignment.id, now),
            lambda: queries.household_sheet(binh, assignment.id, homes[0].id, now),
        ):
            with pytest.raises(NotFoundError):
                look()


def test_a_village_head_sees_the_homes_of_their_own_village_only(running, seat, commune, send, homes, now):
    other = Village.objects.create(commune=commune, name="Thôn 2", folded_name="thon 2", kind="thon")
    neighbour = seat(Role.VILLAGE_HEAD, "Trần Văn Kế", commune=commune, village=other)

    with acting(neighbour):
        assert queries.households_to_do(neighbour, running.id, now) == []
        assert queries.my_villages(neighbour) == []
    with pytest.raises(NotFoundError):
        send(by=neighbour)


def test_a_round_is_not_prepared_for_another_commune(prepare, binh, commune, version, now):
    with acting(binh), pytest.raises(NotFoundError):
        services.prepare_round(
            actor=binh,
            commune_id=commune.id,
            title="x",
            kind=RoundKind.EVERY,
            version_id=version.id,
            limit="SURVEY_COLLECT_WEEK",
            now=now,
        )


def test_the_police_collect_nothing(police_chief):
    with acting(police_chief), pytest.raises(ForbiddenError):
        queries.my_villages(police_chief)
