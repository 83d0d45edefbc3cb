"""From an approved request to the register's own acts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.changes.queries.current import facts_of, open_stay
from maiam.contexts.changes.queries.words import birth_of
from maiam.contexts.changes.rules import Kind, Values
from maiam.contexts.families import queries as registered
from maiam.contexts.families import services as families
from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import PersonFacts
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError


class NoHomeError(DomainError):
    code = "changes.no_home"
    message = "Người này hiện không ở hộ nào trong sổ."


class DayNotPossibleError(DomainError):
    code = "changes.day_not_possible"
    message = "Ngày này trước ngày người đó vào hộ. Hãy hỏi lại ngày đúng."


def apply(*, actor: Actor, request: ChangeRequest, accepted: frozenset[str], now: datetime) -> None:
    """Write what was accepted, by the register's own services.

    Raises `NoHomeError`, `DayNotPossibleError` and whatever those refuse.
    """
    write = {
        Kind.FACTS: _correct,
        Kind.MOVED_IN: _move_in,
        Kind.MOVED_OUT: _move_out,
        Kind.ROLE: _change_role,
        Kind.DEATH: _record_death,
        Kind.NEW_MEMBER: _add_new,
    }[Kind(request.kind)]
    write(actor, request, {name: request.proposed[name] for name in accepted}, now)


def _correct(actor: Actor, request: ChangeRequest, values: Values, now: datetime) -> None:
    person = Person.objects.find(actor, request.person_id)
    number = request.number if "identity_number" in values else ""
    facts = _facts(facts_of(person) | dict(values), commune_id=person.commune_id, number=number)
    families.correct_person(actor=actor, person_id=person.id, facts=facts, now=now)


def _facts(values: Values, *, commune_id: int, number: str = "") -> PersonFacts:
    return PersonFacts(
        commune_id=commune_id,
        village_id=values.get("village_id"),
        full_name=values["full_name"],
        other_names=values.get("other_names", ""),
        sex=Sex(values["sex"]),
        birth=birth_of(values.get("birth")),
        ethnicity=values.get("ethnicity", ""),
        phone=values.get("phone", ""),
        identity_number=number,
    )


def _move_out(actor: Actor, request: ChangeRequest, values: Values, now: datetime) -> None:
    stay = _stay(actor, request)
    families.move_out(
        actor=actor,
        household_id=stay.household_id,
        person_ids=[stay.person_id],
        on=_not_before(stay, date.fromisoformat(values["on"])),
        next_head_id=_next_head(actor, stay, now),
        now=now,
    )


def _move_in(actor: Actor, request: ChangeRequest, values: Values, now: datetime) -> None:
    if request.household_id is None or request.person_id is None:
        raise NoHomeError
    stay = open_stay(actor, request.person_id)
    families.move_in(
        actor=actor,
        household_id=request.household_id,
        who=request.person_id,
        role=_role(values, stay),
        on=date.fromisoformat(values["on"]),
        next_head_id=_next_head(actor, stay, now) if stay else None,
        now=now,
    )


def _change_role(actor: Actor, request: ChangeRequest, values: Values, now: datetime) -> None:
    stay, on = _stay(actor, request), date.fromisoformat(values["on"])
    if values["role"] == MemberRole.HEAD:
        families.change_head(
            actor=actor, household_id=stay.household_id, person_id=stay.person_id, on=_not_before(stay, on), now=now
        )
        return
    families.change_stay(
        actor=actor, membership_id=stay.id, role=MemberRole(values["role"]), on=_not_before(stay, on), now=now
    )


def _record_death(actor: Actor, request: ChangeRequest, values: Values, now: datetime) -> None:
    died_on = date.fromisoformat(values["died_on"])
    person = Person.objects.find(actor, request.person_id)
    stay = open_stay(actor, person.id)
    next_head_id = _next_head(actor, stay, now) if stay else None
    families.record_death(actor=actor, person_id=person.id, died_on=died_on, next_head_id=next_head_id, now=now)


def _add_new(actor: Actor, request: ChangeRequest, values: Values, now: datetime) -> None:
    known = dict(values) | {"village_id": request.village_id}
    new = families.register_person(actor=actor, facts=_facts(known, commune_id=request.commune_id), now=now)
    _add(actor, {"household_id": request.household_id, "person_id": new.id}, values, now)


def _stay(actor: Actor, request: ChangeRequest) -> HouseholdMembership:
    stay = open_stay(actor, request.person_id) if request.person_id else None
    if stay is None:
        raise NoHomeError
    return stay


def _role(values: Values, stay: HouseholdMembership | None) -> MemberRole:
    """The role asked for; a request leaves out what is as before."""
    return MemberRole(values.get("role") or (stay.role if stay else MemberRole.OTHER))


def _next_head(actor: Actor, stay: HouseholdMembership, now: datetime) -> UUID | None:
    """Who the rule proposes to follow a head who leaves; the officer may change it after."""
    return registered.proposed_head(actor, stay.household_id, [stay.person_id], now.date())


def _add(actor: Actor, ids: dict[str, Any], values: Values, now: datetime) -> None:
    families.add_member(
        actor=actor, **ids, role=MemberRole(values["role"]), starts_on=date.fromisoformat(values["on"]), now=now
    )


def _not_before(stay: HouseholdMembership, on: date) -> date:
    if on < stay.starts_on:
        raise DayNotPossibleError
    return on
