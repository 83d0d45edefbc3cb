"""Homes told of again, for those who may open their cases: the nearest visit first."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maiam.contexts.hotspots.models import HomeRepeat
from maiam.core.text import VIETNAM, write_percent
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class HomeLine:
    """One home: which case to open, how often, and by when somebody should go."""

    row: HomeRepeat
    today: date

    @property
    def case_code(self) -> str:
        return self.row.case.code if self.row.case else ""

    @property
    def owner(self) -> str:
        return self.row.owner_post.title if self.row.owner_post else ""

    @property
    def chance(self) -> str:
        return write_percent(self.row.chance, places=0)

    @property
    def is_late(self) -> bool:
        return not self.row.is_visited and self.row.due_on < self.today

    @property
    def warnings(self) -> list[str]:
        told = [
            (self.row.comes_closer, "các lần báo gần nhau hơn"),
            (self.row.grows_graver, "lần sau nghiêm trọng hơn"),
        ]
        return [says for is_so, says in told if is_so]


def home_repeats(actor: Actor, now: datetime, *, is_own: bool) -> list[HomeLine]:
    """The homes on the list; with `is_own` only those of the actor's own post. The read is on the trail."""
    actor.require(Permission.VIEW_CASES)
    audit.record_read(actor, "hotspots.homes.read", ("hotspots.homerepeat", "list"), at=now)
    today = now.astimezone(VIETNAM).date()
    rows = HomeRepeat.objects.visible_to(actor).filter(is_listed=True)
    if is_own:
        rows = rows.filter(owner_post_id=actor.post_id)
    lines = [HomeLine(row, today) for row in rows.select_related("case", "owner_post", "commune")]
    return sorted(lines, key=lambda line: (line.row.is_visited, line.row.due_on, -line.row.chance, str(line.row.id)))


def home_repeat(actor: Actor, home_id: UUID, today: date) -> HomeLine:
    """One home of the list. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_CASES)
    return HomeLine(HomeRepeat.objects.select_related("case", "owner_post", "commune").find(actor, home_id), today)
