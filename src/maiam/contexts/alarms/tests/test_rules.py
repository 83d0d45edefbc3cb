"""Planted repeats: each of the four kinds always raises its alarm, and what is too far away raises none."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maiam.contexts.alarms.rules.found import Alarm, Kind
from maiam.contexts.alarms.rules.intake import Intake, Party, Past, Someone
from maiam.contexts.alarms.rules.names import names_in
from maiam.contexts.alarms.rules.repeats import repeats
from maiam.contexts.cases.rules.incidents import Injury, PartyRole, Weapon
from maiam.core.law.codes.house import alarms

TOLD = datetime(2026, 11, 23, 2, tzinfo=UTC)
HERE, THERE = 7, 8
VICTIM, AGGRESSOR, CHILD, STRANGER, OTHER_AGGRESSOR = (UUID(int=number) for number in range(1, 6))
LIMITS = alarms()
ROLES = {
    VICTIM: PartyRole.VICTIM,
    AGGRESSOR: PartyRole.AGGRESSOR,
    CHILD: PartyRole.EXPOSED_CHILD,
    STRANGER: PartyRole.VICTIM,
    OTHER_AGGRESSOR: PartyRole.AGGRESSOR,
}

days = st.integers(0, 2_500)
noise = st.lists(st.tuples(days, st.sampled_from([STRANGER, OTHER_AGGRESSOR])), max_size=6)
certain = st.booleans()


# A busy machine draws slowly; what is drawn is the same.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def past(number: int, days_ago: int, *people: UUID, village: int = THERE, **facts: object) -> Past:
    parties = tuple(Party(person, f"Người {person.int}", ROLES[person]) for person in people)
    at = TOLD - timedelta(days=days_ago)
    return Past(UUID(int=number), at, "hôm đó", village, parties, **facts)


def intake(*people: UUID, home: frozenset[UUID] = frozenset(), is_certain: bool = True, **facts: object) -> Intake:
    named = tuple(Someone(one, "H'Lan Niê", 1990, ROLES[one], is_certain=is_certain) for one in people)
    lives_with = dict.fromkeys(people, home)
    return Intake(TOLD, village_id=HERE, village="Bon Bu Đăk", named=named, lives_with=lives_with, **facts)


def around(others):
    return [past(1_000 + number, ago, person) for number, (ago, person) in enumerate(others)]


def found(intake_, pasts, kind) -> list[Alarm]:
    return [alarm for alarm in repeats(intake_, pasts, LIMITS) if alarm.kind is kind]


@patiently
@given(ago=days, others=noise, is_certain=certain)
def test_the_same_person_always_raises_an_alarm_within_the_window_and_never_beyond(ago, others, is_certain):
    planted = past(9, ago, VICTIM, OTHER_AGGRESSOR)

    told = found(intake(VICTIM, is_certain=is_certain), [planted, *around(others)], Kind.SAME_PERSON)

    assert bool(told) == (ago <= LIMITS.repeat_days)
    assert all(str(planted.id) in alarm.evidence and alarm.is_certain == is_certain for alarm in told)


@patiently
@given(ago=days, others=noise)
def test_the_same_home_always_raises_an_alarm_though_another_was_hurt(ago, others):
    planted = past(9, ago, CHILD)

    told = found(intake(VICTIM, home=frozenset({CHILD})), [planted, *around(others)], Kind.SAME_HOUSEHOLD)

    assert bool(told) == (ago <= LIMITS.repeat_days)


@patiently
@given(ago=days, others=noise, names_victim=st.booleans())
def test_the_same_aggressor_with_somebody_else_always_raises_an_alarm(ago, others, names_victim):
    planted = past(9, ago, AGGRESSOR, STRANGER)
    people = (AGGRESSOR, VICTIM) if names_victim else (AGGRESSOR,)

    told = found(intake(*people), [planted, *around(others)], Kind.NEW_PARTNER)

    assert bool(told) == (ago <= LIMITS.perpetrator_days)


@patiently
@given(ago=days, others=noise)
def test_the_same_village_always_raises_an_alarm_within_days_by_the_narrowest_band(ago, others):
    planted = past(9, ago, STRANGER, village=HERE)

    told = found(intake(), [planted, *around(others)], Kind.NEAR_REPEAT)

    assert bool(told) == (ago <= max(LIMITS.near_days))
    if told:
        band = next(days for days in sorted(LIMITS.near_days) if ago <= days)
        assert f"trong {band} ngày" in told[0].says


def test_the_same_couple_again_is_no_new_partner():
    assert not found(intake(AGGRESSOR, VICTIM), [past(9, 5, AGGRESSOR, VICTIM)], Kind.NEW_PARTNER)


def test_who_was_hurt_then_and_hurts_now_is_told_as_neither():
    assert not found(intake(AGGRESSOR), [past(9, 5, VICTIM)], Kind.SAME_PERSON)


def test_a_weapon_where_there_was_none_and_graver_injuries_are_told():
    light = past(8, 40, VICTIM, weapon=Weapon.NONE, injury=Injury.UNTREATED)
    grave = past(9, 5, VICTIM, weapon=Weapon.NONE, injury=Injury.HOSPITAL)

    assert "vũ khí" in found(intake(VICTIM, has_weapon=True), [light], Kind.ESCALATION)[0].says
    assert "nặng hơn" in found(intake(VICTIM), [light, grave], Kind.ESCALATION)[0].says
    assert not found(intake(VICTIM), [light], Kind.ESCALATION)


def test_something_new_behind_an_alarm_makes_it_another():
    one, two = past(8, 40, VICTIM), past(9, 5, VICTIM)
    (before,), (after,) = (found(intake(VICTIM), pasts, Kind.SAME_PERSON) for pasts in ([one], [one, two]))

    assert before.key != after.key


def test_a_like_name_is_told_as_a_question():
    (told,) = found(intake(VICTIM, is_certain=False), [past(9, 5, VICTIM)], Kind.SAME_PERSON)

    assert "trùng tên" in told.says


def test_names_are_read_in_a_story_and_words_of_kin_are_not_names():
    assert names_in("Chị H'Lan Niê kể: anh Y Blô Êban đánh. Bà Nguyễn Thị Hoa thấy.") == [
        "hlan nie",
        "y blo eban",
        "nguyen thi hoa",
    ]
    assert names_in("Tối qua H'Lan chạy sang nhà.") == ["hlan"]
    assert names_in("chồng đánh vợ") == []
