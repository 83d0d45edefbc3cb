"""Runs, alerts, the map, homes told of again, files of hot spots: as each may see them."""

from maiam.contexts.hotspots.queries.alerts import AlertLine, AlertPage, alert_page, alerts, open_alert
from maiam.contexts.hotspots.queries.evaluation import Preview, Weighed, preview, weighed
from maiam.contexts.hotspots.queries.files import (
    FileLine,
    FilePage,
    action_to_finish,
    file_page,
    hot_spot_files,
    own_tasks,
)
from maiam.contexts.hotspots.queries.homes import HomeLine, home_repeat, home_repeats
from maiam.contexts.hotspots.queries.maps import Picture, map_of, picture
from maiam.contexts.hotspots.queries.reach import communes_to_choose, own_province_id, posts_for_files
from maiam.contexts.hotspots.queries.rows import snapshot
from maiam.contexts.hotspots.queries.runs import RunPage, newest_run, run_page, runs, silent_communes
from maiam.contexts.hotspots.queries.thresholds import thresholds_before, thresholds_of

__all__ = [
    "AlertLine",
    "AlertPage",
    "FileLine",
    "FilePage",
    "HomeLine",
    "Picture",
    "Preview",
    "RunPage",
    "Weighed",
    "action_to_finish",
    "alert_page",
    "alerts",
    "communes_to_choose",
    "file_page",
    "home_repeat",
    "home_repeats",
    "hot_spot_files",
    "map_of",
    "newest_run",
    "open_alert",
    "own_province_id",
    "own_tasks",
    "picture",
    "posts_for_files",
    "preview",
    "run_page",
    "runs",
    "silent_communes",
    "snapshot",
    "thresholds_before",
    "thresholds_of",
    "weighed",
]
