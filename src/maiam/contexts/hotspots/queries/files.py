"""The files of hot spots, what is to be done at each, and what was measured."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maiam.contexts.hotspots.models import Action, HotSpot, Measure, Review
from maiam.contexts.hotspots.queries.reach import unit_names
from maiam.contexts.hotspots.rules.files import BESIDE_LABELS, COOLED_LABELS, Beside, Cooled
from maiam.core.science.suppression import SMALLEST_SHOWN, is_small
from maiam.core.text import write_date, write_datetime, write_number
from maiam.platform.access import Actor, Permission

_COLOURS = {Cooled.YES: "green", Cooled.FALLING: "blue", Cooled.NO: "red", Cooled.TOO_EARLY: "grey"}


@dataclass(frozen=True)
class FileLine:
    """One file on the list."""

    row: HotSpot
    places: list[str]
    newest: Measure | None
    todo: int

    @property
    def cooled(self) -> Cooled:
        return Cooled(self.newest.answer) if self.newest else Cooled.TOO_EARLY

    @property
    def cooled_label(self) -> str:
        return COOLED_LABELS[self.cooled]

    @property
    def colour(self) -> str:
        return _COLOURS[self.cooled]


@dataclass(frozen=True)
class Answer:
    """The measured answer to "has it cooled?", in words a commune reads; small counts hidden."""

    measure: Measure

    @property
    def label(self) -> str:
        return self.measure.answer_label

    @property
    def colour(self) -> str:
        return _COLOURS[Cooled(self.measure.answer)]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Where, before, after."""
        told = self.measure.measured
        rows = [
            ("Số ngày", *map(write_number, told["days"])),
            ("Tại điểm nóng", *map(_shown, told["inside"])),
            ("Mức bình thường ở đây", *(write_number(round(one, 1)) for one in told["usual"])),
            ("Các xã giáp ranh", *map(_shown, told["beside"])),
        ]
        if self.held_against is not Beside.USUAL:
            rows.append((f"{write_number(len(told['alike_communes']))} xã để so", *map(_shown, told["alike"])))
        return [(place, before, after) for place, before, after in rows]

    @property
    def held_against(self) -> Beside:
        return Beside(self.measure.measured["held_against"])

    @property
    def compared(self) -> str:
        return BESIDE_LABELS[self.held_against]

    @property
    def change(self) -> str:
        """How the place changed against communes like it, with the interval."""
        return _in_words(self.measure.measured["change"])

    @property
    def level(self) -> str:
        return _in_words(self.measure.measured["level"])


def _shown(count: int) -> str:
    return f"dưới {SMALLEST_SHOWN}" if is_small(count) else write_number(count)


def _in_words(bounds: list[float | None]) -> str:
    value, low, high = bounds
    if value is None:
        return "chưa tính được"
    top = "không giới hạn" if high is None else write_number(round(high, 2))
    return f"{write_number(round(value, 2))} lần (khoảng tin cậy 95%: {write_number(round(low or 0, 2))} đến {top})"


@dataclass(frozen=True)
class FilePage:
    """A file opened."""

    line: FileLine
    actions: list[Action]
    reviews: list[Review]
    answer: Answer | None
    alike: list[str]

    @property
    def row(self) -> HotSpot:
        return self.line.row

    @property
    def state_colour(self) -> str:
        return "blue" if self.row.is_open else "grey"

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [
            ("Nơi", ", ".join(self.line.places)),
            ("Những ngày nóng", f"{write_date(self.row.first_day)} – {write_date(self.row.last_day)}"),
            ("Phụ trách", self.row.owner_post.title),
            ("Mở hồ sơ", f"{self.row.opened_by_name}, {write_datetime(self.row.opened_at)}"),
        ]


def hot_spot_files(actor: Actor) -> list[FileLine]:
    """Every file of the actor's place, open ones first, the newest first."""
    actor.require(Permission.VIEW_HOT_SPOTS)
    rows = list(HotSpot.objects.visible_to(actor).select_related("owner_post").order_by("closed_at", "-opened_at"))
    rows.sort(key=lambda row: not row.is_open)
    return _lines(actor, rows)


def _lines(actor: Actor, rows: list[HotSpot]) -> list[FileLine]:
    names = unit_names({commune for row in rows for commune in row.communes})
    measures = Measure.objects.visible_to(actor).filter(hot_spot__in=rows).order_by("day", "id")
    newest = {measure.hot_spot_id: measure for measure in measures}
    todo: dict[UUID, int] = {}
    for action in Action.objects.visible_to(actor).filter(hot_spot__in=rows, done_on__isnull=True):
        todo[action.hot_spot_id] = todo.get(action.hot_spot_id, 0) + 1
    return [
        FileLine(row, sorted(names.get(one, "") for one in row.communes), newest.get(row.id), todo.get(row.id, 0))
        for row in rows
    ]


def file_page(actor: Actor, file_id: UUID) -> FilePage:
    """One file with everything in it. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_HOT_SPOTS)
    row = HotSpot.objects.select_related("owner_post", "alert").find(actor, file_id)
    (line,) = _lines(actor, [row])
    actions = Action.objects.visible_to(actor).filter(hot_spot=row).select_related("owner_post")
    reviews = Review.objects.visible_to(actor).filter(hot_spot=row)
    answer = Answer(line.newest) if line.newest else None
    is_few = answer is not None and answer.held_against is Beside.ALIKE
    alike: list[int] = answer.measure.measured["alike_communes"] if answer and is_few else []
    return FilePage(
        line=line,
        actions=list(actions.order_by("done_on", "due_on", "id")),
        reviews=list(reviews.order_by("-at", "-id")),
        answer=answer,
        alike=sorted(unit_names(alike).values()),
    )


def action_to_finish(actor: Actor, action_id: UUID) -> Action:
    """One task. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_HOT_SPOTS)
    return Action.objects.select_related("hot_spot", "owner_post").find(actor, action_id)


@dataclass(frozen=True)
class TaskLine:
    """Something the actor's own post is to do."""

    action: Action
    today: date

    @property
    def is_late(self) -> bool:
        return self.action.due_on < self.today


def own_tasks(actor: Actor, today: date) -> list[TaskLine]:
    """What the actor's post still has to do at hot spots, the nearest end first."""
    actor.require(Permission.VIEW_HOT_SPOTS)
    rows = Action.objects.visible_to(actor).filter(owner_post_id=actor.post_id, done_on__isnull=True)
    return [TaskLine(row, today) for row in rows.select_related("hot_spot").order_by("due_on", "id")]
