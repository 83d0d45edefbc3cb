"""Sealing the trail by itself."""

from datetime import datetime

from maiam.platform.audit import chain
from maiam.platform.jobs.queue import every


@every("* * * * * */2")
def seal_trail(now: datetime) -> None:
    chain.seal(now=now)
