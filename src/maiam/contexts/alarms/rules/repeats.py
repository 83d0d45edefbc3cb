"""The four repeats: the same person, the same home, somebody new beside the same aggressor, the same village."""

from collections.abc import Iterator, Sequence

from maiam.contexts.alarms.rules.found import Alarm, Kind, Link
from maiam.contexts.alarms.rules.intake import Intake, Past, Someone
from maiam.contexts.cases.rules.incidents import PROTECTED_ROLES, Injury, PartyRole, Weapon
from maiam.core.law.codes.house import AlarmLimits

_NAME_ONLY = " Mới chỉ trùng tên trong lời kể: hãy hỏi để biết có phải cùng một người."
_INJURY_RANKS = {injury: rank for rank, injury in enumerate(Injury) if injury is not Injury.UNKNOWN}
_ARMED = frozenset(Weapon) - {Weapon.UNKNOWN, Weapon.NONE}


def same_person(intake: Intake, pasts: Sequence[Past], limits: AlarmLimits) -> Iterator[Alarm]:
    """Somebody the report names was hurt before, within the window of repeats."""
    for someone in intake.named:
        if someone.role is PartyRole.AGGRESSOR:
            continue
        seen = [past for past in pasts if someone.id in past.protected and intake.is_within(past, limits.repeat_days)]
        if seen:
            says = f"{someone.in_words} là người bị bạo lực trong {_counted(intake, seen, limits)}."
            yield _alarm(Kind.SAME_PERSON, someone, says, seen)


def new_partner(intake: Intake, pasts: Sequence[Past], limits: AlarmLimits) -> Iterator[Alarm]:
    """Somebody the report names was named before as having hurt a person whom this report does not name."""
    for someone in intake.named:
        if someone.role in PROTECTED_ROLES:
            continue
        seen = [
            past
            for past in pasts
            if someone.id in past.accused
            and past.protected - intake.ids
            and intake.is_within(past, limits.perpetrator_days)
        ]
        if seen:
            others = {party.name: None for past in seen for party in past.parties if party.person_id in past.protected}
            latest = min(intake.days_since(past) for past in seen)
            says = (
                f"{someone.in_words} được ghi là người có hành vi bạo lực trong {len(seen)} sự việc trước, "
                f"với người khác ({', '.join(others)}); gần nhất {_ago(latest)}."
            )
            yield _alarm(Kind.NEW_PARTNER, someone, says, seen)


def same_household(intake: Intake, pasts: Sequence[Past], limits: AlarmLimits) -> Iterator[Alarm]:
    """Somebody who lives with a person the report names was in an incident before, without that person."""
    told: set[frozenset[Past]] = set()
    for someone in intake.named:
        home = intake.lives_with.get(someone.id, frozenset()) - intake.ids
        seen = [
            past
            for past in pasts
            if not past.involves(someone.id)
            and any(past.involves(other) for other in home)
            and intake.is_within(past, limits.repeat_days)
        ]
        if seen and frozenset(seen) not in told:
            told.add(frozenset(seen))
            says = f"Người sống cùng nhà với {someone.in_words} có trong {_counted(intake, seen, limits)}."
            yield _alarm(Kind.SAME_HOUSEHOLD, someone, says, seen)


def near_repeat(intake: Intake, pasts: Sequence[Past], limits: AlarmLimits) -> Iterator[Alarm]:
    """Something happened in the same village within days; told by the narrowest band that holds the latest."""
    if intake.village_id is None:
        return
    seen = [
        past for past in pasts if past.village_id == intake.village_id and intake.is_within(past, max(limits.near_days))
    ]
    if not seen:
        return
    latest = min(intake.days_since(past) for past in seen)
    band = min(days for days in limits.near_days if latest <= days)
    counted = sum(intake.is_within(past, band) for past in seen)
    says = f"Trong {intake.village} có {counted} sự việc trong {band} ngày trước tin này, gần nhất {_ago(latest)}."
    yield Alarm(Kind.NEAR_REPEAT, str(intake.village_id), says, _evidence(seen), _links(seen))


def escalation(intake: Intake, pasts: Sequence[Past], limits: AlarmLimits) -> Iterator[Alarm]:
    """It gets worse: a weapon where there was none before, or injuries that grow from one incident to the next."""
    for someone in intake.named:
        seen = sorted(
            (past for past in pasts if past.involves(someone.id) and intake.is_within(past, limits.repeat_days)),
            key=lambda past: past.at,
        )
        says = _grows(intake, seen)
        if says:
            yield _alarm(Kind.ESCALATION, someone, f"Về {someone.in_words}: {says}", seen)


def _grows(intake: Intake, seen: Sequence[Past]) -> str:
    ranks = [_INJURY_RANKS[past.injury] for past in seen if past.injury in _INJURY_RANKS]
    if seen and intake.has_weapon and not any(past.weapon in _ARMED for past in seen):
        return "tin này có vũ khí hoặc vật nguy hiểm, các lần trước không ghi có."
    if len(ranks) > 1 and ranks[-1] > ranks[0]:
        return "thương tích lần sau nặng hơn lần trước."
    if any(past.weapon in _ARMED for past in seen):
        return "lần trước đã có vũ khí hoặc vật nguy hiểm."
    return ""


def repeats(intake: Intake, pasts: Sequence[Past], limits: AlarmLimits) -> list[Alarm]:
    """Every repeat that the records of before show."""
    finders = (same_person, new_partner, same_household, near_repeat, escalation)
    return [alarm for find in finders for alarm in find(intake, pasts, limits)]


def _counted(intake: Intake, seen: Sequence[Past], limits: AlarmLimits) -> str:
    latest = min(intake.days_since(past) for past in seen)
    return f"{len(seen)} sự việc trong {limits.repeat_days} ngày trước tin này, gần nhất {_ago(latest)}"


def _ago(days: int) -> str:
    return f"cách {days} ngày" if days else "cùng ngày"


def _alarm(kind: Kind, someone: Someone, says: str, seen: Sequence[Past]) -> Alarm:
    said = says if someone.is_certain else says + _NAME_ONLY
    return Alarm(kind, str(someone.id), said, _evidence(seen), _links(seen), someone.is_certain)


def _evidence(seen: Sequence[Past]) -> tuple[str, ...]:
    return tuple(str(past.id) for past in seen)


def _links(seen: Sequence[Past]) -> tuple[Link, ...]:
    """One link for each case, the newest first."""
    newest = sorted(seen, key=lambda past: past.at, reverse=True)
    opened = {past.case_id: f"{past.case_code}, {past.when}" for past in reversed(newest) if past.case_id}
    return tuple(Link(label, "cases:detail", case_id) for case_id, label in reversed(opened.items()))
