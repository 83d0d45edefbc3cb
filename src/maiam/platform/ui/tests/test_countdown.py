"""A page that stays open counts on in the words the server would say at that moment."""

import json
import subprocess
from datetime import UTC, datetime, timedelta

from django.conf import settings

from launcher.environment import node
from maiam.platform.ui.time_left import time_left, turns, words_for_script

SCRIPT = settings.ROOT / "frontend" / "src" / "scripts" / "countdown.js"
STARTED = datetime(2026, 11, 23, tzinfo=UTC)
LENGTHS = (timedelta(hours=1), timedelta(hours=12), timedelta(days=3), timedelta(days=60))
ASK = """
import { timeLeft } from "%s";
const { clocks, words } = JSON.parse(process.argv[1]);
console.log(JSON.stringify(clocks.map(([due, moments, now]) => timeLeft(due, moments, now, words))));
"""


def test_the_page_says_what_the_server_would_say():
    moments = [
        (STARTED + length, STARTED + length * tenths / 10 + timedelta(seconds=seconds))
        for length in LENGTHS
        for tenths in range(15)
        for seconds in (-1, 0, 1, 59)
    ]

    said = _said_by_the_page([(due, turns(due, STARTED), now) for due, now in moments])

    for (due, now), on_page in zip(moments, said, strict=True):
        expected = time_left(due, STARTED, now)
        assert (on_page["level"], on_page["words"]) == (expected.level, expected.words), (due, now)


def _said_by_the_page(clocks):
    asked = [
        (_ms(due), {"soonAfter": turn.soon_after.isoformat(), "urgentAfter": turn.urgent_after.isoformat()}, _ms(now))
        for due, turn, now in clocks
    ]
    asking = json.dumps({"clocks": asked, "words": json.loads(words_for_script())})
    command = [node(), "--input-type=module", "-e", ASK % SCRIPT.as_uri(), asking]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
