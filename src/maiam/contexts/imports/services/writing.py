"""Writes what was decided into the register, part by part, as the one who decided; and takes all of it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.families import services as families
from maiam.contexts.families.events import register_filled
from maiam.contexts.families.services import HomeOfList, NewHousehold, NewMember, PersonFacts, Written
from maiam.contexts.imports.models import ImportedList, ListPart
from maiam.contexts.imports.rules import Decision, FoundPerson, State, counted, short_code
from maiam.contexts.imports.services.judging import Judge
from maiam.contexts.imports.services.pieces import Parts
from maiam.platform import audit
from maiam.platform.access import Actor, acting
from maiam.platform.columns import Listed
from maiam.platform.errors import DomainError, ForbiddenError

_NOT_IN_POST = "Người nhận danh sách không còn giữ chức vụ này. Người đang giữ chức vụ bấm “Đưa vào sổ” lần nữa."


def write_parts(*, actor: Actor, list_id: UUID, now: datetime) -> Iterator[object]:
    """Write part after part, each whole or not at all. Killed, it goes on with the first not written."""
    row = _held(list_id)
    officer = _officer(row, now)
    if officer is None:
        row.state, row.refusal = State.CHECKED, _NOT_IN_POST
        row.save(update_fields=["state", "refusal"])
        audit.record(actor, "imports.list.stopped", row, at=now, reason=_NOT_IN_POST)
        return
    brought = _brought(list_id)
    while part := _next_part(list_id):
        row = _held(list_id)
        with acting(officer):
            scribe, judge = _Scribe(officer, row, now), Judge(officer, row, brought)
            decisions = judge.decides_again(part)
            scribe.writes([one for one in decisions if judge.wants(one)])
            if scribe.has_refusals or counted(decisions) != part.counts:
                Parts(row).keeps(part.number, decisions)
        written = scribe.written
        brought.update(written.person_ids)
        ListPart.objects.filter(id=part.id).update(
            household_ids=Listed(written.household_ids), person_ids=Listed(written.person_ids), taken_at=now
        )
        row.households_added += len(written.household_ids)
        row.people_added += len(written.person_ids)
        row.rows_done, row.stumbles = row.rows_done + 1, 0
        row.save(update_fields=["households_added", "people_added", "rows_done", "stumbles"])
        yield row
    row = _held(list_id)
    row.state, row.done_at, row.touched_at = State.DONE, now, now
    row.save(update_fields=["state", "done_at", "touched_at"])
    audit.record(officer, "imports.list.written", row, at=now)
    register_filled.send(ImportedList, commune_ids=[row.commune_id], actor=officer, now=now)


def take_back(*, actor: Actor, list_id: UUID, now: datetime) -> Iterator[object]:
    """Take everything back at once: all of it, or, where something leads to it by now, nothing."""
    row = _held(list_id)
    officer = _officer(row, now)
    parts = ListPart.objects.filter(imported=row, taken_at__isnull=False)
    written = Written()
    for household_ids, person_ids in parts.values_list("household_ids", "person_ids"):
        written.household_ids += household_ids
        written.person_ids += person_ids
    try:
        if officer is None:
            raise ForbiddenError("imports.file.imported")
        with transaction.atomic(), acting(officer):
            families.take_homes_back(actor=officer, written=written, now=now)
    except ForbiddenError:
        row.state, row.refusal = State.DONE, _NOT_IN_POST
    except DomainError as refusal:
        row.state, row.refusal = State.DONE, str(refusal)
    else:
        parts.update(household_ids=[], person_ids=[])
        row.state, row.undone_at, row.touched_at = State.UNDONE, now, now
    row.save(update_fields=["state", "refusal", "undone_at", "touched_at"])
    audit.record(officer or actor, "imports.list.undone", row, at=now, reason=row.refusal)
    yield row


@dataclass
class _Scribe:
    """Turns decisions into households of the register."""

    officer: Actor
    row: ImportedList
    now: datetime
    written: Written = field(default_factory=Written)
    has_refusals: bool = False

    def writes(self, decisions: Sequence[Decision]) -> None:
        """Write all homes at once; where one of them is refused, each by itself, so that one does not stop many."""
        together = _by_household(decisions)
        homes = [self._home(told) for told in together]
        if not homes:
            return
        try:
            self._write(homes)
        except DomainError:
            for home, told in zip(homes, together, strict=True):
                self._write_alone(home, told)

    def _write(self, homes: list[HomeOfList]) -> None:
        written = families.register_homes(actor=self.officer, homes=homes, now=self.now)
        self.written.household_ids += written.household_ids
        self.written.person_ids += written.person_ids

    def _write_alone(self, home: HomeOfList, told: list[Decision]) -> None:
        try:
            self._write([home])
        except DomainError as refusal:
            self.has_refusals = True
            for one in told:
                one.refuse(str(refusal))
            audit.record(self.officer, "imports.home.refused", self.row, at=self.now, reason=str(refusal)[:200])

    def _home(self, told: list[Decision]) -> HomeOfList:
        home = told[0].home
        page = NewHousehold(
            commune_id=self.row.commune_id,
            village_id=home.village_id,
            code=home.code or f"{short_code(self.row.id)}-{home.serial:04d}",
            address=home.address,
            members=[self._member(one, decision.home.village_id) for decision in told for one in decision.new_people],
        )
        return HomeOfList(page=page, into_id=told[0].household_id)

    @cached_property
    def _since(self) -> date:
        """The day the list tells of."""
        return self.row.read_as.listed_on or timezone.localdate(self.now)

    def _member(self, one: FoundPerson, village_id: int | None) -> NewMember:
        facts = PersonFacts(
            full_name=one.full_name,
            commune_id=self.row.commune_id,
            village_id=village_id,
            other_names=one.other_names,
            sex=one.sex,
            birth=one.birth,
            ethnicity=one.ethnicity,
            phone=one.phone,
            identity_number=one.identity_number,
            former_number=one.former_number,
        )
        starts_on = max(self._since, one.birth.earliest) if one.birth else self._since
        return NewMember(facts=facts, role=one.role, starts_on=starts_on, residence=one.residence)


def _by_household(decisions: Sequence[Decision]) -> list[list[Decision]]:
    """Homes of one household together: a code may come again further down the list."""
    together: dict[object, list[Decision]] = {}
    for one in decisions:
        key = one.household_id or one.home.code or one.home.serial
        together.setdefault(key, []).append(one)
    return list(together.values())


def _brought(list_id: UUID) -> set[UUID]:
    """Whom this list has brought in already, before the worker was stopped."""
    parts = ListPart.objects.filter(imported_id=list_id, taken_at__isnull=False)
    return {person_id for ids in parts.values_list("person_ids", flat=True) for person_id in ids}


def _next_part(list_id: UUID) -> ListPart | None:
    parts = ListPart.objects.select_for_update(of=("self",)).filter(imported_id=list_id, taken_at__isnull=True)
    return parts.exclude(sealed=b"").order_by("number").first()


def _held(list_id: UUID) -> ImportedList:
    return ImportedList.objects.select_for_update(of=("self",)).select_related("commune").get(id=list_id)


def _officer(row: ImportedList, now: datetime) -> Actor | None:
    """Who decided, as they may act at this moment."""
    if row.by_account_id is None:
        return accounts.machine_again(row.by_name, post_id=row.by_post_id, now=now)
    return accounts.actor_again(account_id=row.by_account_id, post_id=row.by_post_id, now=now)
