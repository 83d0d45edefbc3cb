"""What stands around the answers of a household: its people on the day, what was answered before."""

from datetime import datetime
from uuid import UUID

from maiam.contexts.families import queries as families
from maiam.contexts.families.models import Household
from maiam.contexts.families.queries import MemberLine
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.surveys.models import Round, Sheet
from maiam.contexts.surveys.rules.answering import Person, Setting
from maiam.contexts.surveys.rules.generations import Member, told_by_register
from maiam.contexts.surveys.rules.rounds import SheetKind
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import ForbiddenError


def own_post(actor: Actor) -> int:
    """The post that collects: a person's or a machine's. Raises `ForbiddenError` where there is none."""
    if actor.post_id is None:
        raise ForbiddenError(Permission.COLLECT_ANSWERS)
    return actor.post_id


def members_of(actor: Actor, household: Household, at: datetime) -> list[MemberLine]:
    """Who lives in the household on that day, the head first."""
    day = at.astimezone(VIETNAM).date()
    lines = families.members_on(actor, [household.id], day).get(household.id, [])
    return [line for line in lines if line.person.died_on is None or line.person.died_on > day]


def setting_of(actor: Actor, household: Household, at: datetime) -> Setting:
    return setting_from(members_of(actor, household, at), at)


def setting_from(lines: list[MemberLine], at: datetime) -> Setting:
    people = [Person(str(line.person.id), line.age, line.person.sex) for line in lines]
    members = [Member(MemberRole(line.membership.role), Sex(line.person.sex), line.age) for line in lines]
    return Setting(people, told_by_register(members), at.astimezone(VIETNAM).date())


def current_sheet(actor: Actor, round_id: UUID, household_id: UUID) -> Sheet | None:
    """The sheet of a household that counts in a round."""
    rows = Sheet.objects.visible_to(actor).filter(round_id=round_id, household_id=household_id, is_current=True)
    return rows.select_related("version").first()


def previous_sheet(actor: Actor, row: Round, household_id: UUID) -> Sheet | None:
    """The last sheet with answers of a household in a round that ended before this one began."""
    sheets = Sheet.objects.visible_to(actor).filter(
        household_id=household_id, is_current=True, round__closed_at__isnull=False
    )
    before = sheets.exclude(kind=SheetKind.NOT_MET).exclude(round_id=row.id)
    if row.started_at:
        before = before.filter(round__closed_at__lte=row.started_at)
    return before.select_related("version").order_by("-round__closed_at", "-id").first()
