"""Kinds of household, samples, agreement, and answers against questions."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.surveys.rules.answering import Person, Setting, judge
from maiam.contexts.surveys.rules.generations import HouseholdKind, Member, household_kind, told_by_register
from maiam.contexts.surveys.rules.rounds import agreement, compare, digest, draw
from maiam.contexts.surveys.rules.xlsform import situation
from maiam.contexts.surveys.tests.conftest import CHILD, GROWN, HOUSEHOLD_ANSWERS

R, F, M = MemberRole, Sex.FEMALE, Sex.MALE
TODAY = date(2026, 11, 23)


def home(*members):
    return [Member(role, sex, 30) for role, sex in members]


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ([(R.HEAD, M)], HouseholdKind.ALONE),
        ([(R.HEAD, M), (R.SPOUSE, F)], HouseholdKind.COUPLE),
        ([(R.HEAD, M), (R.SPOUSE, F), (R.CHILD, F)], HouseholdKind.COUPLE_AND_CHILDREN),
        ([(R.HEAD, F), (R.CHILD, M), (R.CHILD, F)], HouseholdKind.MOTHER_AND_CHILDREN),
        ([(R.HEAD, M), (R.CHILD, M)], HouseholdKind.FATHER_AND_CHILDREN),
        ([(R.HEAD, M), (R.PARENT, F)], HouseholdKind.MOTHER_AND_CHILDREN),
        ([(R.HEAD, F), (R.PARENT, F), (R.PARENT, M), (R.SIBLING, M)], HouseholdKind.COUPLE_AND_CHILDREN),
        ([(R.PARENT, F), (R.HEAD, M), (R.SPOUSE, F), (R.CHILD, M)], HouseholdKind.THREE_GENERATIONS),
        ([(R.HEAD, F), (R.GRANDCHILD, M)], HouseholdKind.OTHER),
        ([(R.HEAD, F), (R.SIBLING, F)], HouseholdKind.OTHER),
    ],
)
def test_the_register_tells_the_kind_of_a_household(members, kind):
    assert household_kind(home(*members)) == kind


@pytest.mark.parametrize(
    "members",
    [
        [],
        [(R.CHILD, M)],
        [(R.HEAD, M), (R.OTHER, F)],
        [(R.HEAD, M), (R.SPOUSE, F), (R.PARENT, F)],
        [(R.HEAD, Sex.UNKNOWN), (R.CHILD, M)],
        [(R.HEAD, M), (R.SIBLING, F), (R.CHILD, M)],
        [(R.HEAD, M), (R.SPOUSE, F), (R.CHILD_IN_LAW, F)],
    ],
)
def test_what_roles_do_not_settle_is_left_to_a_person(members):
    assert household_kind(home(*members)) is None


@given(st.lists(st.tuples(st.sampled_from(MemberRole), st.sampled_from(Sex)), max_size=7), st.randoms())
def test_the_order_of_members_does_not_matter(members, random):
    shuffled = random.sample(members, len(members))

    assert household_kind(home(*members)) == household_kind(home(*shuffled))


def test_ages_are_counted_from_the_register():
    told = told_by_register([Member(R.HEAD, F, 60), Member(R.CHILD, M, 15), Member(R.CHILD, M, None)])

    assert (told["so_nguoi"], told["so_tre_em"], told["so_cao_tuoi"], told["so_nu"]) == (3, 1, 1, 1)


# --- answers


def setting(*ages):
    people = [Person(str(number), age, "female") for number, age in enumerate(ages)]
    return Setting(people, told_by_register(home((R.HEAD, F), (R.CHILD, F))), TODAY)


def judged(household=HOUSEHOLD_ANSWERS, members=None, around=None):
    told = {"household": household, "members": {"0": GROWN, "1": CHILD} if members is None else members}
    return judge(situation(), told, around or setting(42, 14))


def test_a_whole_sheet_has_nothing_wrong():
    verdict = judged()

    assert (verdict.hard, verdict.soft) == ([], [])


def test_missing_answers_are_said_of_whom_they_are_missing():
    verdict = judged({}, {"0": GROWN})

    assert {fault.key for fault in verdict.hard} >= {"loai_ho", "dien_ngheo", "1.hoc_van", "1.khuyet_tat"}


def test_a_question_that_no_longer_applies_keeps_no_answer():
    verdict = judged({**HOUSEHOLD_ANSWERS, "ung_xu": "khong", "ung_xu_dieu": ["binh_dang"]})

    assert "ung_xu_dieu" not in verdict.answers["household"]


def test_a_grown_person_is_not_asked_about_school():
    assert "0" in judged().answers["members"]
    assert not [fault for fault in judged().hard if fault.key == "0.dang_di_hoc"]


def test_what_looks_odd_gives_way_to_a_reason():
    verdict = judged(members={"0": GROWN, "1": CHILD | {"dang_di_hoc": "khong"}})

    assert [fault.key for fault in verdict.unexplained({})] == ["1.dang_di_hoc"]
    assert verdict.unexplained({"1.dang_di_hoc": "Cháu ốm, nghỉ một năm"}) == []


def test_another_kind_than_the_registers_is_asked_about():
    assert [fault.question for fault in judged({**HOUSEHOLD_ANSWERS, "loai_ho": "don_than"}).soft] == ["loai_ho"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("loai_ho", "khong_co"),
        ("loai_ho", ["me_con"]),
        ("so_nguoi_di_lam_xa", "0"),
        ("so_nguoi_di_lam_xa", True),
        ("so_nguoi_di_lam_xa", 31),
        ("so_nguoi_di_lam_xa", 1.5),
    ],
)
def test_what_a_machine_sends_is_looked_at_as_closely_as_a_form(question, value):
    assert question in {fault.question for fault in judged({**HOUSEHOLD_ANSWERS, question: value}).hard}


# --- samples and agreement

ids = st.lists(st.uuids(), min_size=1, max_size=60, unique=True)


@given(ids, st.floats(0.01, 1), st.integers(0, 2**31), st.randoms())
def test_a_sample_can_be_drawn_again_by_anyone(candidates, share, seed, random):
    first = draw(candidates, share=share, seed=seed)
    again = draw(random.sample(candidates, len(candidates)), share=share, seed=seed)

    assert first == again
    assert 1 <= len(first) <= len(candidates)
    assert set(first) <= set(candidates)


def test_nothing_is_drawn_of_nothing():
    assert draw([], share=0.5, seed=1) == []


def test_every_household_has_its_chance():
    candidates = [UUID(int=number) for number in range(10)]
    drawn = {one for seed in range(200) for one in draw(candidates, share=0.1, seed=seed)}

    assert drawn == set(candidates)


def test_agreement_is_of_answers_set_side_by_side():
    first = {"household": HOUSEHOLD_ANSWERS | {"ung_xu_dieu": ["binh_dang", "chia_se"]}}
    second = {"household": {**first["household"], "nha_o": "don_so", "ung_xu_dieu": ["chia_se", "binh_dang"]}}

    same = compare(situation(), first, second)

    assert same["nha_o"] is False
    assert same["ung_xu_dieu"] is True
    assert agreement([same]).share == (len(same) - 1) / len(same)
    assert agreement([]).share is None


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=6))
def test_the_mark_of_a_content_does_not_depend_on_its_order(content):
    assert digest(content) == digest(dict(reversed(content.items())))
