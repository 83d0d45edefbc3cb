"""What the alerts of a province were worth, and what other thresholds would have told of the same mornings."""

from dataclasses import dataclass
from datetime import date, timedelta

from maiam.contexts.hotspots.models import Alert, Run, RunPart
from maiam.contexts.hotspots.queries.alerts import alerts_of_province
from maiam.contexts.hotspots.queries.reach import own_province_id, unit_names
from maiam.contexts.hotspots.queries.thresholds import thresholds_of
from maiam.contexts.hotspots.rules.alerts import TIER_LABELS, Answers, Found, Tier, Verdict, findings
from maiam.contexts.hotspots.rules.detect import Plain, Stage
from maiam.contexts.hotspots.rules.runs import State
from maiam.contexts.hotspots.rules.thresholds import Thresholds
from maiam.contexts.hotspots.rules.weighing import Judged, Past, Worth, played, worth
from maiam.core.science.suppression import SMALLEST_SHOWN
from maiam.platform.access import Actor, Permission

PREVIEW_DAYS = 180


@dataclass(frozen=True)
class Weighed:
    """The worth of all alerts and of each colour; each alert with what became of it."""

    by_colour: list[tuple[str, Worth]]
    alerts: list[tuple[Alert, Judged]]


def weighed(actor: Actor) -> Weighed:
    """The alerts of the actor's province, weighed."""
    rows = [(row, _judged(row)) for row in alerts_of_province(actor)]
    colours = [(TIER_LABELS[tier], worth([one for _, one in rows if one.tier is tier])) for tier in Tier]
    return Weighed([*colours, ("Tất cả", worth([one for _, one in rows]))], rows)


def _judged(row: Alert) -> Judged:
    return Judged(Tier(row.tier), Verdict(row.verdict), row.raised_on, row.noticed_on)


@dataclass(frozen=True)
class Preview:
    """The same mornings by the thresholds in force, and by others."""

    days: int
    now: Past
    then: Past
    only_then: list[tuple[date, str, str]]
    only_now: list[tuple[date, str, str]]


def preview(actor: Actor, wanted: Thresholds, today: date) -> Preview:
    """What other thresholds would have told of the last half year's runs; nothing is computed anew."""
    actor.require(Permission.SET_HOT_SPOTS)
    province_id = own_province_id(actor)
    runs = Run.objects.visible_to(actor).filter(
        province_id=province_id, state=State.DONE, day__gte=today - timedelta(days=PREVIEW_DAYS)
    )
    parts = _parts(actor, list(runs.order_by("day", "asked_at", "id")))
    in_force = thresholds_of(actor, province_id)
    now, then = (played(_mornings(parts, limits), limits) for limits in (in_force, wanted))
    places = {(centre) for past in (now, then) for _, centre, _ in past.places}
    names = unit_names(places)
    return Preview(PREVIEW_DAYS, now, then, _only(then, now, names), _only(now, then, names))


def _parts(actor: Actor, runs: list[Run]) -> list[tuple[Run, dict[str, Plain]]]:
    """The answers of the last run of each day."""
    by_day = {run.day: run for run in runs}
    needed = (Stage.READ, Stage.SCAN, Stage.UNITS)
    rows = RunPart.objects.visible_to(actor).filter(run__in=by_day.values(), stage__in=(*needed, Stage.GRAVE))
    answers: dict[object, dict[str, Plain]] = {}
    for row in rows:
        answers.setdefault(row.run_id, {})[row.stage] = row.answer
    told = {run.id: answers.get(run.id, {}) for run in by_day.values()}
    return [(run, told[run.id]) for run in by_day.values() if all(stage in told[run.id] for stage in needed)]


def _mornings(parts: list[tuple[Run, dict[str, Plain]]], limits: Thresholds) -> list[tuple[date, list[Found]]]:
    return [(run.day, _found(told, limits)) for run, told in parts]


def _found(told: dict[str, Plain], limits: Thresholds) -> list[Found]:
    read, grave = told[Stage.READ], told.get(Stage.GRAVE)
    answers = Answers(
        scan=_blurred_all(told[Stage.SCAN], "clusters"),
        units=_blurred_all(told[Stage.UNITS], "found"),
        grave=None if grave is None else _blurred_all(grave, "clusters"),
    )
    return findings(date.fromisoformat(read["start"]), answers, limits, days=read["days"])


def _blurred_all(answer: Plain, name: str) -> Plain:
    return answer | {name: [_blurred(one) for one in answer.get(name, ())]}


def _blurred(one: Plain) -> Plain:
    """A count too small to be told weighs as the largest of them: trying thresholds tells nobody which it is."""
    few = SMALLEST_SHOWN - 1
    return one | {name: max(one[name], few) if one[name] else 0 for name in ("observed", "homes")}


def _only(here: Past, there: Past, names: dict[int, str]) -> list[tuple[date, str, str]]:
    """What one tells and the other never does of that place."""
    known = {centre for _, centre, _ in there.places}
    return [(day, names.get(centre, ""), TIER_LABELS[tier]) for day, centre, tier in here.places if centre not in known]
