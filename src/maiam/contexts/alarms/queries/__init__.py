"""The alarms of a report, as one actor may know them."""

from maiam.contexts.alarms.queries.alarms import AlarmPage, Aside, alarms_of
from maiam.contexts.alarms.rules.found import Alarm

__all__ = ["Alarm", "AlarmPage", "Aside", "alarms_of"]
