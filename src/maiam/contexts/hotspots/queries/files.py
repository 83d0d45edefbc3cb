"""The files of hot spots, what is to be done at each, and what was measured."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maiam.contexts.hotspots.models import Action, HotSpot, Measure, Review
from maiam.contexts.hotspots.queries.reach import opens_records, unit_names
from maiam.contexts.hotspots.rules.files import BESIDE_LABELS, COOLED_LABELS, Beside, Cooled
from maiam.contexts.hotspots.rules.telling import Pair, ToldMeasure, shown_pair, told_measure
from maiam.contexts.reports import queries as reports
from maiam.core.text import write_date, write_datetime, write_number
from maiam.platform.access import Actor, Permission

NOT_SHOWN = "không hiện"
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
    """The measured answer to "has it cooled?", in words a commune reads; counts as far as the reader may know them."""

    measure: Measure
    told: ToldMeasure

    @property
    def label(self) -> str:
        return self.measure.answer_label

    @property
    def colour(self) -> str:
        return _COLOURS[Cooled(self.measure.answer)]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Where, before, after."""
        measured = self.measure.measured
        rows = [
            ("Số ngày", *map(write_number, measured["days"])),
            ("Tại điểm nóng", *map(_shown, self.told.inside)),
            ("Mức bình thường ở đây", *(write_number(round(one, 1)) for one in measured["usual"])),
            ("Các xã giáp ranh", *map(_shown, self.told.beside)),
        ]
        if self.held_against is not Beside.USUAL:
            rows.append((f"{write_number(len(measured['alike_communes']))} xã để so", *map(_shown, self.told.alike)))
        return [(place, before, after) for place, before, after in rows]

    @property
    def held_against(self) -> Beside:
        return Beside(self.measure.measured["held_against"])

    @property
    def compared(self) -> str:
        return BESIDE_LABELS[self.held_against]

    @property
    def change(self) -> str:
        """How the place changed against communes like it, with the interval; empty where it would tell a count."""
        return _in_words(self.measure.measured["change"]) if self.told.shows_change else ""

    @property
    def level(self) -> str:
        return _in_words(self.measure.measured["level"]) if self.told.shows_level else ""

    @property
    def is_held_back(self) -> bool:
        return not (self.change and self.level)


def _shown(count: int | None) -> str:
    return NOT_SHOWN if count is None else write_number(count)


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
    answer = Answer(line.newest, _told(actor, row, line.newest.measured)) if line.newest else None
    is_few = answer is not None and answer.held_against is Beside.ALIKE
    alike: list[int] = answer.measure.measured["alike_communes"] if answer and is_few else []
    return FilePage(
        line=line,
        actions=list(actions.order_by("done_on", "due_on", "id")),
        reviews=list(reviews.order_by("-at", "-id")),
        answer=answer,
        alike=sorted(unit_names(alike).values()),
    )


def _told(actor: Actor, row: HotSpot, measured: dict[str, Any]) -> ToldMeasure:
    counts: tuple[int, int] = measured["inside"][0], measured["inside"][1]
    inside = _inside(actor, row, counts, measured.get("events"))
    beside, alike = ((one[0], one[1]) for one in (measured["beside"], measured["alike"]))
    if Beside(measured["held_against"]) is Beside.USUAL:
        alike = 0, 0
    return told_measure(inside, beside, alike, is_exact=inside == counts)


def _inside(actor: Actor, row: HotSpot, counts: tuple[int, int], events: list[list[str]] | None) -> Pair:
    """The counts of the place itself: of who opens its records as many as they open, less what is closed to them.

    Of who opens some of them, none: the rest would be told by what is left. Where communes and days were chosen by
    hand, only who opens the records is told: two files that differ a little would tell the difference.
    """
    own = opens_records(actor, row.communes)
    if own >= set(row.communes) and actor.village_ids is None and events is not None:
        before, after = (reports.how_many_open(actor, [UUID(one) for one in ids]) for ids in events)
        return before, after
    return (None, None) if own or row.alert_id is None else shown_pair(counts)


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
