"""A village head asks, the officer decides, the register says so: and nothing is lost or overwritten unseen."""

from datetime import date, timedelta

import pytest

from maiam.contexts.changes import queries, services
from maiam.contexts.changes.models import ChangeRequest, ChangeStep
from maiam.contexts.changes.rules import Asker, Kind, State
from maiam.contexts.changes.services import AlreadyDecidedError, NothingNewError, NotWholeError, RegisterMovedError
from maiam.contexts.changes.services.applying import DayNotPossibleError
from maiam.contexts.changes.services.deciding import ReasonMissingError
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.families import services as families
from maiam.contexts.families.models import EarlierValue, HouseholdMembership, Person
from maiam.contexts.families.services import NumberTakenError, PersonFacts
from maiam.core.text import PartialDate
from maiam.platform import vault
from maiam.platform.access import Actor, Role, acting
from maiam.platform.errors import ForbiddenError, NotFoundError

NUMBER = "068184000123"


def _correct(lan, woman, now, **facts):
    known = {"full_name": woman.full_name, "commune_id": woman.commune_id, "village_id": woman.village_id}
    with acting(lan):
        families.correct_person(actor=lan, person_id=woman.id, facts=PersonFacts(**(known | facts)), now=now)


def test_asking_starts_the_officers_clock(ask, lan, now):
    request = ask()

    with acting(lan):
        (clock,) = duties.due_items(lan)
    assert clock.subject_id == request.id
    assert clock.page == "changes:detail"
    assert clock.due_at == now + timedelta(days=10)
    assert not clock.limit.is_confirmed


def test_a_citizens_correction_runs_on_the_clock_of_the_law(ask, now):
    request = ask(asker=Asker.PERSON, asked_at=now - timedelta(days=1))

    duty = Obligation.objects.get(subject_id=request.id)
    assert (duty.rule, duty.started_at) == ("PD_ACCESS", now - timedelta(days=1))


def test_what_the_register_already_says_is_not_asked_for(ask, woman):
    request = ask(values={"full_name": woman.full_name, "ethnicity": "Ê Đê"})

    assert set(request.proposed) == {"ethnicity"}
    with pytest.raises(NothingNewError):
        ask(values={"full_name": woman.full_name})


def test_a_button_pressed_twice_makes_one_request(ask):
    assert ask().id == ask().id
    assert ChangeRequest.objects.count() == 1


def test_an_approved_change_is_in_the_register_with_its_history(ask, decide, woman, village_head):
    request = decide(ask().id)

    woman.refresh_from_db()
    assert (woman.full_name, woman.ethnicity) == ("H'Lăn Niê", "Ê Đê")
    assert EarlierValue.objects.get(person=woman).values["full_name"] == "H'Lan Niê"
    assert request.state == State.APPROVED
    assert Obligation.objects.get(subject_id=request.id).state == "met"
    assert Notice.objects.filter(to_post_id=village_head.post_id, subject_id=request.id).count() == 1


def test_fields_nobody_asked_about_stay_as_they_are(ask, decide, woman):
    decide(ask(values={"ethnicity": "Ê Đê"}).id)

    woman.refresh_from_db()
    assert (woman.phone, woman.birth_year, woman.sex) == ("+84905000111", 1984, "female")


def test_some_of_it_may_be_taken(ask, decide, woman):
    request = decide(ask().id, accepted={"ethnicity"}, words="Tên đúng như giấy khai sinh")

    woman.refresh_from_db()
    assert (woman.full_name, woman.ethnicity) == ("H'Lan Niê", "Ê Đê")
    assert (request.state, request.accepted) == (State.PARTLY, ["ethnicity"])


def test_a_refusal_needs_its_reason_and_changes_nothing(ask, decide, woman):
    request = ask()
    with pytest.raises(ReasonMissingError):
        decide(request.id, accepted=set(), words="")

    assert decide(request.id, accepted=set(), words="Chưa có giấy tờ").state == State.REFUSED
    woman.refresh_from_db()
    assert woman.full_name == "H'Lan Niê"


def test_asked_back_and_answered_the_talk_is_kept(ask, lan, village_head, now):
    request = ask(why="Bà con gọi khác")
    with acting(lan):
        services.ask_back(actor=lan, request_id=request.id, words="Có giấy khai sinh không?", now=now)
    with acting(village_head):
        services.answer_question(actor=village_head, request_id=request.id, words="Có, đã xem", now=now)

    steps = ChangeStep.objects.filter(request=request).order_by("id")
    assert [step.words for step in steps] == ["Bà con gọi khác", "Có giấy khai sinh không?", "Có, đã xem"]
    request.refresh_from_db()
    assert request.state == State.WAITING


def test_withdrawn_it_stays_on_the_list_and_its_clock_ends(ask, village_head, now):
    request = ask()
    with acting(village_head):
        services.withdraw_change(actor=village_head, request_id=request.id, words="Nhầm người", now=now)
        (line,) = queries.changes_list(village_head, is_open=False)

    assert line.id == request.id
    assert Obligation.objects.get(subject_id=request.id).state == "lapsed"


def test_a_decided_request_is_decided_once(ask, decide):
    request = ask()
    decide(request.id)

    with pytest.raises(AlreadyDecidedError):
        decide(request.id, accepted=set(), words="Muộn mất rồi")


def test_of_two_officers_who_opened_it_together_the_second_is_told(ask, decide, lan, seat, commune, now):
    second = seat(Role.CULTURE_OFFICER, "Đàm Thị Thu", commune=commune)
    request = ask()
    with acting(second):
        seen = queries.change(second, request.id, now).seen
    decide(request.id)

    with pytest.raises(AlreadyDecidedError):
        decide(request.id, by=second, seen=seen)


def test_what_changed_since_the_officer_looked_is_never_overwritten_unseen(ask, decide, lan, woman, now):
    request = ask()
    with acting(lan):
        seen = queries.change(lan, request.id, now).seen
    _correct(lan, woman, now, full_name="H'Len Niê")

    with pytest.raises(RegisterMovedError):
        decide(request.id, seen=seen)

    woman.refresh_from_db()
    request.refresh_from_db()
    assert (woman.full_name, request.state) == ("H'Len Niê", State.WAITING)


def test_the_page_marks_what_changed_since_it_was_asked(ask, lan, woman, now):
    request = ask()
    _correct(lan, woman, now, full_name="H'Len Niê")

    with acting(lan):
        page = queries.change(lan, request.id, now)

    assert page.has_moved
    name = next(line for line in page.differences if line.name == "full_name")
    assert (name.before, name.now, name.after) == ("H'Lan Niê", "H'Len Niê", "H'Lăn Niê")


def test_having_seen_it_the_officer_may_still_agree(ask, decide, lan, woman, now):
    request = ask()
    _correct(lan, woman, now, full_name="H'Len Niê")

    decide(request.id)

    woman.refresh_from_db()
    assert woman.full_name == "H'Lăn Niê"


def test_what_the_register_refuses_leaves_the_request_waiting(ask, decide, lan, woman, commune, now):
    with acting(lan):
        other = PersonFacts(full_name="Người Khác", commune_id=commune.id, identity_number=NUMBER)
        families.register_person(actor=lan, facts=other, now=now)
    request = ask(values={"identity_number": queries.number_value(NUMBER)}, number=NUMBER)

    with pytest.raises(NumberTakenError):
        decide(request.id)

    request.refresh_from_db()
    assert request.state == State.WAITING


def test_a_number_is_sealed_while_it_waits_and_written_when_agreed(ask, decide, woman):
    request = ask(values={"identity_number": queries.number_value(NUMBER)}, number=NUMBER)
    assert NUMBER not in str(request.proposed)

    decide(request.id)

    woman.refresh_from_db()
    place = f"families_person.identity_number:{woman.id}"
    assert vault.unseal(woman.identity_number_sealed, place=place) == NUMBER


def test_the_village_head_does_not_read_the_number_again(ask, village_head, lan, now):
    request = ask(values={"identity_number": queries.number_value(NUMBER)}, number=NUMBER)

    with acting(village_head):
        assert queries.change(village_head, request.id, now).differences[0].after == "có, được niêm phong"
    with acting(lan):
        assert queries.change(lan, request.id, now).differences[0].after == NUMBER


def test_a_birth_known_by_year_is_set_right(ask, decide, woman):
    decide(ask(values={"birth": queries.birth_value(PartialDate(1985, 3))}).id)

    woman.refresh_from_db()
    assert (woman.birth_year, woman.birth_month, woman.birth_day) == (1985, 3, None)


def test_moving_out_ends_the_stay(ask, decide, woman):
    decide(ask(Kind.MOVED_OUT, values={"home": "", "on": "2026-10-01"}).id)

    assert HouseholdMembership.objects.get(person=woman).ends_on == date(2026, 10, 1)


def test_a_day_before_the_stay_began_is_refused(ask, decide):
    request = ask(Kind.MOVED_OUT, values={"home": "", "on": "2019-01-01"})

    with pytest.raises(DayNotPossibleError):
        decide(request.id)


def test_moving_to_another_home_ends_one_stay_and_begins_the_next(ask, decide, woman, other_home):
    values = {"home": "BD-002", "role": "head", "on": "2026-10-01"}
    decide(ask(Kind.MOVED_IN, values=values, household_id=other_home.id).id)

    first, second = HouseholdMembership.objects.filter(person=woman).order_by("starts_on")
    assert (first.ends_on, second.starts_on, second.household) == (date(2026, 10, 1), date(2026, 10, 1), other_home)


def test_a_move_is_not_taken_in_part(ask, decide):
    request = ask(Kind.MOVED_OUT, values={"home": "", "on": "2026-10-01"})

    with pytest.raises(NotWholeError):
        decide(request.id, accepted={"on"})


def test_a_wrong_role_is_set_right_from_its_day(ask, decide, home):
    _, child = home
    decide(ask(Kind.ROLE, person_id=child.id, values={"role": "grandchild", "on": "2026-01-01"}).id)

    now_open = HouseholdMembership.objects.get(person=child, ends_on__isnull=True)
    assert (now_open.role, now_open.starts_on) == ("grandchild", date(2026, 1, 1))


def test_a_death_is_recorded_and_ends_the_stay(ask, decide, woman):
    decide(ask(Kind.DEATH, values={"died_on": "2026-11-01"}).id)

    woman.refresh_from_db()
    assert woman.died_on == date(2026, 11, 1)
    assert not HouseholdMembership.objects.filter(person=woman, ends_on__isnull=True).exists()


def test_a_child_is_born_into_the_household(ask, decide, home):
    house = HouseholdMembership.objects.get(person=home[0]).household
    values = {
        "full_name": "Y Bin Niê",
        "sex": "male",
        "role": "grandchild",
        "birth": [2026, 10, 2, False],
        "on": "2026-10-02",
    }
    decide(ask(Kind.NEW_MEMBER, person_id=None, household_id=house.id, values=values).id)

    child = Person.objects.get(full_name="Y Bin Niê")
    assert child.memberships.get().household == house


def test_forgotten_it_says_that_it_was_and_no_more(ask, decide, woman, now):
    request = ask(
        values={"identity_number": queries.number_value(NUMBER), "full_name": "Tên Mới"}, number=NUMBER, why="Vì sao"
    )
    decide(request.id)
    house = Actor.system("erasure")
    with acting(house):
        assert services.forget_requests_about(actor=house, person_id=woman.id, now=now) == 1

    request.refresh_from_db()
    assert "Tên Mới" not in str(vars(request))
    assert request.number_sealed is None
    assert not any(step.words for step in request.steps.all())


# --- who sees what


def test_another_commune_sees_and_decides_nothing(ask, decide, binh, now):
    request = ask()

    with acting(binh):
        assert queries.changes_list(binh, is_open=True) == []
    with pytest.raises(NotFoundError):
        decide(request.id, by=binh)


def test_a_village_head_asks_only_for_the_own_village(ask, lan, commune, now, woman):
    with acting(lan):
        elsewhere = PersonFacts(full_name="Người Thôn Khác", commune_id=commune.id)
        stranger = families.register_person(actor=lan, facts=elsewhere, now=now)

    with pytest.raises(NotFoundError):
        ask(person_id=stranger.id)


def test_a_village_head_decides_nothing(ask, village_head, now):
    request = ask()
    with acting(village_head), pytest.raises(ForbiddenError):
        services.decide_change(
            actor=village_head, request_id=request.id, accepted=[], words="Tự trả lời", seen="", now=now
        )


def test_nobody_takes_back_what_another_asked(ask, lan, now):
    request = ask()
    with acting(lan), pytest.raises(NotFoundError):
        services.withdraw_change(actor=lan, request_id=request.id, words="Không cần", now=now)
