"""Pairs as the officer sees them: her own commune's people whole, of another commune's only that they are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.rules import MEMBER_ROLE_LABELS, SEX_LABELS, MemberRole, Sex
from maiam.contexts.linkage.models import CandidatePair
from maiam.contexts.linkage.rules import STATE_COLOURS, STATE_LABELS, State, Why, whys
from maiam.core.text import PartialDate, fold, write_date, write_phone
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

PAGE_SIZE = 20
REASONS_IN_LINE = 3


@dataclass(frozen=True)
class PairLine:
    """One waiting pair: the names in reach, and where somebody out of reach is registered."""

    id: UUID
    names: tuple[str, str]
    places: tuple[str, str]
    why: list[Why]
    is_put_off: bool
    is_asked_again: bool


@dataclass(frozen=True)
class Queue:
    lines: list[PairLine]
    page: "Page[CandidatePair]"


@dataclass(frozen=True)
class FactRow:
    """One fact of both people beside each other. `field` names the choice a merge takes; None where there is none."""

    label: str
    one: str
    other: str
    field: str | None

    @property
    def differs(self) -> bool:
        return self.one != self.other

    @property
    def is_choice(self) -> bool:
        return self.differs and self.field is not None

    @property
    def suggested(self) -> str:
        """Which side to begin with: the one that says something, else the first."""
        return "other" if self.other and not self.one else "one"


@dataclass(frozen=True)
class PairPage:
    pair: CandidatePair
    one: Person | None
    other: Person | None
    elsewhere: str
    facts: list[FactRow]
    why: list[Why]
    next_id: UUID | None
    state_label: str
    state_colour: str

    @property
    def can_merge(self) -> bool:
        return self.one is not None and self.other is not None and self.pair.state == State.OPEN

    @property
    def seen(self) -> Person:
        """The person the actor may see, when it is one of two."""
        person = self.one or self.other
        if person is None:
            raise LookupError(self.pair.id)
        return person


def queue(actor: Actor, *, page: str, is_open: bool = True) -> Queue:
    """Pairs that wait, the likeliest first and those put off last; or those that were judged, the latest first."""
    actor.require(Permission.JUDGE_DOUBLES)
    shown = Paginator(_waiting(actor) if is_open else _judged(actor), PAGE_SIZE).get_page(page)
    people = _people(actor, [person for pair in shown for person in (pair.one_id, pair.other_id)])
    return Queue([_line(pair, people) for pair in shown], shown)


def pair(actor: Actor, pair_id: UUID, now: datetime) -> PairPage:
    """Open one pair: both people are read, as far as they are in reach."""
    actor.require(Permission.JUDGE_DOUBLES)
    row = CandidatePair.objects.select_related("one_commune", "other_commune").find(actor, pair_id)
    people = _people(actor, [row.one_id, row.other_id])
    one, other = people.get(row.one_id), people.get(row.other_id)
    for person in filter(None, (one, other)):
        audit.record_read(actor, "linkage.pair.opened", person, at=now)
    state = State(row.state)
    return PairPage(
        pair=row,
        one=one,
        other=other,
        elsewhere=(row.one_commune if one is None else row.other_commune).name,
        facts=list(_facts(actor, one, other)) if one and other else [],
        why=whys(row.reasons),
        next_id=_waiting(actor).exclude(id=row.id).values_list("id", flat=True).first(),
        state_label=STATE_LABELS[state],
        state_colour=STATE_COLOURS.get(state, "grey"),
    )


def _waiting(actor: Actor) -> QuerySet[CandidatePair]:
    pairs = CandidatePair.objects.visible_to(actor).filter(state=State.OPEN)
    pairs = pairs.select_related("one_commune", "other_commune")
    return pairs.order_by(F("put_off_at").asc(nulls_first=True), "-match_weight", "id")


def _judged(actor: Actor) -> QuerySet[CandidatePair]:
    pairs = CandidatePair.objects.visible_to(actor).filter(judged_at__isnull=False).exclude(state=State.OPEN)
    return pairs.select_related("one_commune", "other_commune").order_by("-judged_at", "id")


def _people(actor: Actor, ids: list[UUID]) -> dict[UUID, Person]:
    return Person.objects.visible_to(actor).select_related("commune", "village").in_bulk(ids)


def _line(row: CandidatePair, people: dict[UUID, Person]) -> PairLine:
    sides = ((people.get(row.one_id), row.one_commune.name), (people.get(row.other_id), row.other_commune.name))
    return PairLine(
        id=row.id,
        names=_both(*(person.full_name if person else f"một người ở {commune}" for person, commune in sides)),
        places=_both(*(_place(person) if person else commune for person, commune in sides)),
        why=[why for why in whys(row.reasons) if why.is_for][:REASONS_IN_LINE],
        is_put_off=row.put_off_at is not None,
        is_asked_again=row.judged_at is not None,
    )


def _both(one: str, other: str) -> tuple[str, str]:
    return one, other


def _place(person: Person) -> str:
    return f"{person.village.name}, {person.commune.name}" if person.village else person.commune.name


def _facts(actor: Actor, one: Person, other: Person) -> Iterator[FactRow]:
    yield FactRow("Họ và tên", one.full_name, other.full_name, "full_name")
    yield FactRow("Tên khác", one.other_names, other.other_names, "other_names")
    yield FactRow("Giới tính", SEX_LABELS[Sex(one.sex)], SEX_LABELS[Sex(other.sex)], "sex")
    yield FactRow("Ngày sinh", _birth(one), _birth(other), "birth")
    yield FactRow("Ngày mất", _day(one), _day(other), "died_on")
    yield FactRow("Dân tộc", *_alike(one.ethnicity, other.ethnicity), "ethnicity")
    yield FactRow("Điện thoại", write_phone(one.phone), write_phone(other.phone), "phone")
    yield FactRow("Số định danh", *_numbers(one, other), "identity_number")
    yield FactRow("Nơi ở", _place(one), _place(other), "place")
    yield FactRow("Trong hộ", _home(actor, one), _home(actor, other), "home")


def _alike(one: str, other: str) -> tuple[str, str]:
    """Two spellings of one word need no choice."""
    return (one, one) if fold(one) == fold(other) else (one, other)


def _numbers(one: Person, other: Person) -> tuple[str, str]:
    """The numbers stay sealed; whether they are one number can be told."""
    told = ("Đã có, được niêm phong" if person.identity_number_index else "" for person in (one, other))
    if one.identity_number_index and other.identity_number_index:
        is_one = one.identity_number_index == other.identity_number_index
        return ("Cùng một số",) * 2 if is_one else ("Số thứ nhất, niêm phong", "Số thứ hai, niêm phong")
    return _both(*told)


def _birth(person: Person) -> str:
    birth = person.birth
    return write_date(PartialDate(birth.year, birth.month, birth.day, birth.is_approximate)) if birth else ""


def _day(person: Person) -> str:
    return write_date(person.died_on) if person.died_on else ""


def _home(actor: Actor, person: Person) -> str:
    stays = HouseholdMembership.objects.visible_to(actor).filter(person=person, ends_on__isnull=True)
    stay = stays.select_related("household").order_by("-is_permanent", "-starts_on", "id").first()
    return f"Hộ {stay.household.code}, {MEMBER_ROLE_LABELS[MemberRole(stay.role)].lower()}" if stay else ""
