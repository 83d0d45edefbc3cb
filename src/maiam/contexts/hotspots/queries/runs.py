"""Runs of the actor's province: the newest, one opened with its stages, and whether it was done again."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from maiam.contexts.hotspots.models import Replay, Run, RunPart
from maiam.contexts.hotspots.queries.reach import own_province_id, unit_names
from maiam.contexts.hotspots.rules.detect import STAGE_LABELS, Plain, Stage
from maiam.contexts.hotspots.rules.runs import OPEN, STAGES, State
from maiam.contexts.hotspots.rules.thresholds import Thresholds
from maiam.contexts.hotspots.rules.words import threshold_words
from maiam.core.science.suppression import SMALLEST_SHOWN
from maiam.core.text import write_number
from maiam.platform.access import Actor, Permission

MOST_RUNS = 30
CLEAR = 0.05


@dataclass(frozen=True)
class StageLine:
    """One stage: done in so many seconds, being worked on, or still to come."""

    label: str
    seconds: float | None
    says: str
    is_now: bool

    @property
    def took(self) -> str:
        return "—" if self.seconds is None else write_number(round(self.seconds, 2))


@dataclass(frozen=True)
class NearTable:
    """How many times more pairs of events lie near each other than chance gives, where it is clear."""

    columns: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class RunPage:
    """A run opened."""

    run: Run
    stages: list[StageLine]
    replays: list[Replay]
    parts: dict[Stage, Plain]

    @property
    def state_label(self) -> str:
        return self.run.state_label

    @property
    def state_colour(self) -> str:
        return self.run.state_colour

    @property
    def is_moving(self) -> bool:
        """Whether there is something to wait for: a stage, or a replay."""
        return self.run.state in OPEN or any(replay.done_at is None for replay in self.replays)

    @property
    def done(self) -> int:
        return sum(stage.seconds is not None for stage in self.stages)

    @property
    def proofs(self) -> list[tuple[str, str]]:
        """What makes the run the same whenever it is done again."""
        limits = self.run.settings.get("limits", {})
        rows = [
            ("Dấu số liệu", self.run.fingerprint),
            ("Phiên bản cách tính", self.run.code_version),
            ("Số lần thử ngẫu nhiên", write_number(limits.get("replicates", 0))),
            ("Xét nhiều nhất", f"{limits.get('max_days', 0)} ngày liền"),
        ]
        return [(label, value) for label, value in rows if value]

    @property
    def near(self) -> NearTable | None:
        told = self.parts.get(Stage.NEAR)
        if told is None or "pairs" not in told:
            return None
        columns = [f"{low}–{high} ngày" for low, high in (("0", "7"), ("7", "14"), ("14", "28"))]
        places = ("cùng nhà", "dưới 2 km", "2–5 km", "5–10 km")
        rows = [
            [_times(*cell) for cell in zip(*row, strict=True)]
            for row in zip(told["pairs"], told["expected"], told["p"], strict=True)
        ]
        return NearTable(columns, list(zip(places, rows, strict=True)))

    @property
    def rules(self) -> list[tuple[str, str]]:
        return threshold_words(Thresholds.of(self.run.settings["thresholds"])) if self.run.settings else []

    @property
    def can_replay(self) -> bool:
        return self.run.state == State.DONE and all(replay.done_at for replay in self.replays)


def _times(pairs: int, expected: float, p: float) -> str:
    """A ratio where it is clear of chance and rests on enough pairs to name nobody."""
    if p > CLEAR or pairs < SMALLEST_SHOWN or expected <= 0:
        return "—"
    return f"{write_number(round(pairs / expected, 1))} lần"


def runs(actor: Actor) -> list[Run]:
    """The newest runs of the actor's province."""
    actor.require(Permission.WATCH_HOT_SPOTS)
    rows = Run.objects.visible_to(actor).filter(province_id=own_province_id(actor))
    return list(rows.order_by("-asked_at", "-id")[:MOST_RUNS])


def newest_run(actor: Actor) -> Run | None:
    """The run the pages tell of: the last that is done."""
    actor.require(Permission.WATCH_HOT_SPOTS)
    rows = Run.objects.visible_to(actor).filter(province_id=own_province_id(actor), state=State.DONE)
    return rows.order_by("-day", "-asked_at", "-id").first()


def run_page(actor: Actor, run_id: UUID) -> RunPage:
    """One run with its stages. Raises `NotFoundError`."""
    actor.require(Permission.WATCH_HOT_SPOTS)
    run = Run.objects.select_related("province").find(actor, run_id)
    parts = {Stage(part.stage): part for part in RunPart.objects.visible_to(actor).filter(run=run)}
    return RunPage(
        run=run,
        stages=[_stage(run, stage, parts.get(stage)) for stage in STAGES],
        replays=list(Replay.objects.visible_to(actor).filter(run=run).order_by("-asked_at", "-id")),
        parts={stage: part.answer for stage, part in parts.items()},
    )


def _stage(run: Run, stage: Stage, part: RunPart | None) -> StageLine:
    is_now = part is None and run.state in OPEN and run.stage == stage
    return StageLine(STAGE_LABELS[stage], part.seconds if part else None, _says(stage, part), is_now)


def _says(stage: Stage, part: RunPart | None) -> str:
    """What a stage found, in a few words and without a count of cases."""
    if part is None:
        return ""
    answer = part.answer
    counts: dict[Stage, Callable[[], str]] = {
        Stage.READ: lambda: f"{write_number(answer['units'])} xã, {write_number(answer['days'])} ngày",
        Stage.SCAN: lambda: f"{write_number(len(answer['clusters']))} cụm được xem xét",
        Stage.GRAVE: lambda: str(answer.get("why_not", f"{write_number(len(answer['clusters']))} cụm được xem xét")),
        Stage.LOCAL: lambda: f"{write_number(len(answer['ends']))} kỳ",
        Stage.UNITS: lambda: f"{write_number(len(answer['found']))} xã khác thường",
        Stage.NEAR: lambda: str(answer.get("why_not", "đã so từng cặp vụ")),
        Stage.SILENT: lambda: f"{write_number(len(answer['found']))} xã im lặng",
        Stage.ALERTS: lambda: f"{write_number(len(answer['found']))} cảnh báo có dấu hiệu",
    }
    return counts[stage]()


@dataclass(frozen=True)
class SilentLine:
    """A commune nobody was told of for long, though elsewhere some would be."""

    name: str
    days: int
    usual: float


def silent_communes(actor: Actor) -> list[SilentLine]:
    """The silent communes of the newest run, those furthest from the usual first."""
    run = newest_run(actor)
    part = RunPart.objects.visible_to(actor).filter(run=run, stage=Stage.SILENT).first() if run else None
    if part is None:
        return []
    names = unit_names([row["id"] for row in part.answer["found"]])
    return [SilentLine(names.get(row["id"], ""), row["days"], row["usual"]) for row in part.answer["found"]]
