"""Hot spots on screen: alerts, the map, homes told of again, files, runs, and how good the rules are."""

from maiam.contexts.hotspots.views.alerts import alert, alerts, judge, note_event
from maiam.contexts.hotspots.views.files import (
    add_action,
    close_file,
    file,
    files,
    finish_action,
    open_file,
    review,
)
from maiam.contexts.hotspots.views.homes import homes, visit
from maiam.contexts.hotspots.views.maps import map_shapes, province_map
from maiam.contexts.hotspots.views.runs import ask_run, evaluation, replay, run, runs, thresholds

__all__ = [
    "add_action",
    "alert",
    "alerts",
    "ask_run",
    "close_file",
    "evaluation",
    "file",
    "files",
    "finish_action",
    "homes",
    "judge",
    "map_shapes",
    "note_event",
    "open_file",
    "province_map",
    "replay",
    "review",
    "run",
    "runs",
    "thresholds",
    "visit",
]
