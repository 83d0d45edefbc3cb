"""The worker opens, checks and writes lists one after another; what has lain long enough is emptied."""

from collections.abc import Iterator
from datetime import datetime

from maiam.contexts.imports import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every, every_in_steps


@every_in_steps("* * * * * */2")
def work_on_next(now: datetime) -> Iterator[object]:
    return services.work_on_next_list(actor=Actor.system("imports"), now=now)


@every("20 * * * *")
def forget(now: datetime) -> None:
    services.forget_lists(actor=Actor.system("imports"), now=now)
