"""A household while an event is being written: locked, its members at hand, its head kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.queries.kin import relations_to
from maiam.contexts.families.rules import Candidate, MemberRole, Part, Residence, role_under
from maiam.contexts.families.services.chronicle import Chronicle, HouseholdGoneError
from maiam.contexts.places import queries as places
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError, NotFoundError


class NextHeadNeededError(DomainError):
    code = "families.next_head_needed"
    message = "Người này là chủ hộ. Hãy chọn chủ hộ tiếp theo."
    field = "next_head"


class NextHeadNotFitError(DomainError):
    code = "families.next_head_not_fit"
    message = "Chủ hộ phải là người từ đủ 18 tuổi, ở lại trong hộ."
    field = "next_head"


class FirstIsHeadError(DomainError):
    code = "families.first_is_head"
    message = "Hộ chưa có ai. Người lớn đầu tiên vào hộ là chủ hộ."
    field = "role"


class PersonDeadError(DomainError):
    code = "families.person_dead"
    message = "Sổ ghi người này đã mất. Hãy xem lại."


class VillageNotHereError(DomainError):
    code = "families.village_not_here"
    message = "Thôn này không thuộc xã của hộ."
    field = "village_id"


@dataclass
class Home:
    """One household under the pen. Its stays are those that are open."""

    actor: Actor
    household: Household
    stays: list[HouseholdMembership]

    @classmethod
    def lock(cls, actor: Actor, household_id: UUID) -> "Home":
        """Hold a household against other hands. Raises `HouseholdGoneError`; `NotFoundError`."""
        household = Household.objects.select_for_update(of=("self",)).find(actor, household_id)
        if household.dissolved_on:
            raise HouseholdGoneError
        return cls(actor, household, cls._open_stays(actor, household))

    @classmethod
    def lock_all(cls, actor: Actor, household_ids: Iterable[UUID]) -> list["Home"]:
        """Hold several, always in one order, so that two hands never wait for each other."""
        return [cls.lock(actor, household_id) for household_id in sorted(set(household_ids))]

    @staticmethod
    def _open_stays(actor: Actor, household: Household) -> list[HouseholdMembership]:
        stays = HouseholdMembership.objects.visible_to(actor).open().filter(household=household)
        return list(stays.select_related("person", "household").order_by("starts_on", "id"))

    # --- who is there

    @property
    def head(self) -> HouseholdMembership | None:
        return next((stay for stay in self.stays if stay.role == MemberRole.HEAD), None)

    @property
    def people(self) -> list[Person]:
        return [stay.person for stay in self.stays]

    def has(self, person_id: UUID | None) -> bool:
        return any(stay.person_id == person_id for stay in self.stays)

    def stay_of(self, person_id: UUID) -> HouseholdMembership:
        """Raise `NotFoundError` for someone who does not live here."""
        stay = next((stay for stay in self.stays if stay.person_id == person_id), None)
        if stay is None:
            raise NotFoundError
        return stay

    def check_village(self, village_id: int | None) -> None:
        """Raise `VillageNotHereError` for a village of another commune."""
        if village_id not in {None, *(village.id for village in places.villages_of(self.household.commune_id))}:
            raise VillageNotHereError

    # --- coming and going

    def loses(self, chronicle: Chronicle, leavers: Collection[UUID], next_head_id: UUID | None, part: Part) -> None:
        """End the stays of those who leave or die; the next head follows at once, and an empty household is no more.

        Raises `NextHeadNeededError`, `NextHeadNotFitError`, `TooEarlyError`; `NotFoundError`.
        """
        leaving = [self.stay_of(person_id) for person_id in leavers]
        staying = [stay for stay in self.stays if stay not in leaving]
        head = self._successor(chronicle, staying, next_head_id) if self.head in leaving else None
        for stay in leaving:
            chronicle.concerns(stay.person_id, part)
            chronicle.ends(stay)
        if head:
            self._follow(chronicle, head, [stay for stay in staying if stay is not head])
        if not staying:
            chronicle.dissolves(self.household)
        self.stays = self._open_stays(self.actor, self.household)

    def receives(
        self, chronicle: Chronicle, person: Person, role: MemberRole, residence: Residence = Residence.PERMANENT
    ) -> HouseholdMembership:
        """Let a person live here. Raises `FirstIsHeadError`, `AlreadyHasHeadError`, `AlreadyHasHomeError`."""
        if person.died_on:
            raise PersonDeadError
        stay = chronicle.opens(self.household, person.id, role, residence)
        if residence.is_permanent:
            chronicle.settles([person], self.household)
        is_first_adult = not self.stays and _candidate(stay, person).is_adult_on(chronicle.on)
        if is_first_adult and role != MemberRole.HEAD:
            raise FirstIsHeadError
        self.stays.append(stay)
        return stay

    # --- the head

    def changes_head(self, chronicle: Chronicle, person_id: UUID) -> None:
        """Make a member the head; the roles of all others are told from the new head."""
        old, new = self.head, self._fit_head(chronicle, self.stays, person_id)
        if old:
            chronicle.concerns(old.person_id, Part.OLD_HEAD)
        if new is not old:
            self._follow(chronicle, new, [stay for stay in self.stays if stay is not new])
        self.stays = self._open_stays(self.actor, self.household)

    def _successor(
        self, chronicle: Chronicle, staying: list[HouseholdMembership], next_head_id: UUID | None
    ) -> HouseholdMembership | None:
        if not any(_candidate(stay, stay.person).is_adult_on(chronicle.on) for stay in staying):
            return None
        if next_head_id is None:
            raise NextHeadNeededError
        return self._fit_head(chronicle, staying, next_head_id)

    @staticmethod
    def _fit_head(chronicle: Chronicle, staying: list[HouseholdMembership], person_id: UUID) -> HouseholdMembership:
        stay = next((stay for stay in staying if stay.person_id == person_id), None)
        if stay is None or not _candidate(stay, stay.person).is_adult_on(chronicle.on):
            raise NextHeadNotFitError
        return stay

    def _follow(self, chronicle: Chronicle, new: HouseholdMembership, others: list[HouseholdMembership]) -> None:
        """Tell every role from the new head. The old head goes first: the database lets no two stand together."""
        was = MemberRole(new.role)
        known = relations_to(self.actor, new.person_id, [stay.person_id for stay in others])
        chronicle.concerns(new.person_id, Part.NEW_HEAD)
        for stay in sorted(others, key=lambda stay: stay.role != MemberRole.HEAD):
            role = role_under(was, MemberRole(stay.role), known.get(stay.person_id))
            if role != stay.role:
                chronicle.continues(stay, role)
        chronicle.continues(new, MemberRole.HEAD)


def _candidate(stay: HouseholdMembership, person: Person) -> Candidate:
    return Candidate(person.id, MemberRole(stay.role), person.birth, Residence(stay.residence))
