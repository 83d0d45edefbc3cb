"""Marriage and divorce: what two people, and their families, become to each other; who moves where."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.models import FamilyEvent, HouseholdMembership, Kinship, Person
from maiam.contexts.families.queries.kin import kin_of, relations_to, spouse_of
from maiam.contexts.families.rules import (
    ENDED_BY_DIVORCE,
    GAINED_BY_MARRIAGE,
    ROLE_OF_SPOUSE,
    ROLES_BY_MARRIAGE,
    TOO_CLOSE,
    EventKind,
    MemberRole,
    Part,
    Sex,
    spouse_relations,
)
from maiam.contexts.families.services.chronicle import Chronicle, When
from maiam.contexts.families.services.homes import Home, PersonDeadError
from maiam.contexts.families.services.kinship import OwnKinError
from maiam.contexts.families.services.moves import Mover
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

# What a marriage takes the place of.
_BEFORE_MARRIAGE = frozenset({"ex_spouse", "cohabitant"})
_BEFORE_IN_LAW = frozenset({"ex_spouse_relative", "cohabitant_relative"})


class AlreadyMarriedError(DomainError):
    code = "families.already_married"
    message = "Theo sổ, một trong hai người đang có vợ hoặc chồng. Hãy ghi ly hôn hoặc ghi mất trước."
    field = "other"


class SexesNotFitError(DomainError):
    code = "families.sexes_not_fit"
    message = "Kết hôn theo luật là giữa một nam và một nữ. Hãy xem lại giới tính ghi trong sổ."
    field = "other"


class NotMarriedError(DomainError):
    code = "families.not_married"
    message = "Theo sổ, hai người này không phải vợ chồng."
    field = "other"


class TooCloseError(DomainError):
    code = "families.too_close"
    message = "Theo sổ, hai người này có họ gần. Hãy xem lại quan hệ đã ghi."
    field = "other"


@transaction.atomic
def record_marriage(
    *,
    actor: Actor,
    one_id: UUID,
    other_id: UUID,
    married_on: date,
    now: datetime,
    household_id: UUID | None = None,
    next_head_id: UUID | None = None,
    note: str = "",
) -> FamilyEvent:
    """Record a marriage; with `household_id`, the home of one where they live together from that day.

    Raises `AlreadyMarriedError`, `SexesNotFitError`, `TooCloseError`, `OwnKinError`, `PersonDeadError`,
    `NextHeadNeededError`, `NotYetError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    one, other = _couple(actor, one_id, other_id)
    relations = spouse_relations(Sex(one.sex), Sex(other.sex))
    if one.died_on or other.died_on:
        raise PersonDeadError
    if relations is None:
        raise SexesNotFitError
    if spouse_of(actor, one.id) or spouse_of(actor, other.id):
        raise AlreadyMarriedError
    if TOO_CLOSE.intersection(relations_to(actor, one.id, [other.id]).values()):
        raise TooCloseError

    home = Home.lock(actor, household_id) if household_id else _home_of(actor, one)
    when = When(married_on, now)
    chronicle = Chronicle.begin(actor, EventKind.MARRIAGE, when, home.household if home else one, note=note)
    for person in (one, other):
        chronicle.concerns(person.id, Part.SPOUSE)
    _end_links(chronicle, one.id, other.id, _BEFORE_MARRIAGE)
    chronicle.relates(one.id, other.id, relations[1])
    for person, spouse in ((one, other), (other, one)):
        _gain_in_laws(chronicle, person, spouse)
    if household_id and home:
        _live_together(chronicle, home, (one, other), next_head_id)
    return chronicle.closes()


@transaction.atomic
def record_divorce(
    *,
    actor: Actor,
    one_id: UUID,
    other_id: UUID,
    divorced_on: date,
    now: datetime,
    leaver_id: UUID | None = None,
    next_head_id: UUID | None = None,
    note: str = "",
) -> FamilyEvent:
    """Record a divorce; `leaver_id` is the one of the two who leaves the household on that day.

    Raises `NotMarriedError`, `NextHeadNeededError`, `TooEarlyError`, `NotYetError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    one, other = _couple(actor, one_id, other_id)
    marriage = spouse_of(actor, one.id)
    if marriage is None or marriage.relative_id != other.id:
        raise NotMarriedError
    leaver = next((person for person in (one, other) if person.id == leaver_id), one)
    home = _home_of(actor, leaver)

    when = When(divorced_on, now)
    chronicle = Chronicle.begin(actor, EventKind.DIVORCE, when, home.household if home else one, note=note)
    for person in (one, other):
        chronicle.concerns(person.id, Part.SPOUSE)
    chronicle.unrelates(marriage)
    chronicle.relates(one.id, other.id, "ex_spouse")
    for person, spouse in ((one, other), (other, one)):
        _lose_in_laws(chronicle, person, spouse)
    if home and leaver_id:
        home.loses(chronicle, [leaver.id], next_head_id, Part.SPOUSE)
    elif home and home.has(one.id) and home.has(other.id):
        _live_apart(chronicle, home, (one, other))
    return chronicle.closes()


def _couple(actor: Actor, one_id: UUID, other_id: UUID) -> tuple[Person, Person]:
    """Both held, always in one order."""
    if one_id == other_id:
        raise OwnKinError
    held = {
        person_id: Person.objects.select_for_update(of=("self",)).find(actor, person_id)
        for person_id in sorted((one_id, other_id))
    }
    return held[one_id], held[other_id]


def _home_of(actor: Actor, person: Person) -> Home | None:
    stays = HouseholdMembership.objects.visible_to(actor).open().filter(person=person)
    stay = stays.order_by("-is_permanent", "-starts_on", "id").first()
    return Home.lock(actor, stay.household_id) if stay else None


# --- kin


def _gain_in_laws(chronicle: Chronicle, person: Person, spouse: Person) -> None:
    gained = {
        link.relative_id: GAINED_BY_MARRIAGE[link.relation]
        for link in kin_of(chronicle.actor, spouse.id)
        if link.relation in GAINED_BY_MARRIAGE and link.relative_id != person.id
    }
    known = relations_to(chronicle.actor, person.id, gained)
    for relative_id, relation in gained.items():
        if known.get(relative_id) in _BEFORE_IN_LAW:
            _end_links(chronicle, person.id, relative_id, _BEFORE_IN_LAW)
        elif relative_id in known:
            continue
        chronicle.relates(person.id, relative_id, relation)


def _lose_in_laws(chronicle: Chronicle, person: Person, spouse: Person) -> None:
    through_spouse = {
        (link.relative_id, GAINED_BY_MARRIAGE[link.relation])
        for link in kin_of(chronicle.actor, spouse.id)
        if link.relation in GAINED_BY_MARRIAGE
    }
    for link in kin_of(chronicle.actor, person.id):
        if link.relation in ENDED_BY_DIVORCE and (link.relative_id, link.relation) in through_spouse:
            chronicle.unrelates(link)
            chronicle.relates(person.id, link.relative_id, "ex_spouse_relative")


def _end_links(chronicle: Chronicle, person_id: UUID, relative_id: UUID, relations: frozenset[str]) -> None:
    links = Kinship.objects.visible_to(chronicle.actor).open()
    for link in links.filter(person_id=person_id, relative_id=relative_id, relation__in=relations):
        chronicle.unrelates(link)


# --- homes


def _live_together(chronicle: Chronicle, home: Home, couple: tuple[Person, Person], next_head_id: UUID | None) -> None:
    one, other = couple if home.has(couple[0].id) else couple[::-1]
    role = ROLE_OF_SPOUSE.get(MemberRole(home.stay_of(one.id).role), MemberRole.OTHER)
    if not home.has(other.id):
        Mover(chronicle, other).leaves_permanent_home(next_head_id)
        home.receives(chronicle, other, role)
    elif role is not MemberRole.OTHER and home.stay_of(other.id).role != MemberRole.HEAD:
        chronicle.continues(home.stay_of(other.id), role)


def _live_apart(chronicle: Chronicle, home: Home, couple: tuple[Person, Person]) -> None:
    """Who stays on was a member by the marriage only, so that they are one of the others now."""
    for person, spouse in (couple, couple[::-1]):
        stay, other = home.stay_of(person.id), home.stay_of(spouse.id)
        if ROLES_BY_MARRIAGE.get(MemberRole(stay.role)) == other.role:
            chronicle.continues(stay, MemberRole.OTHER)
