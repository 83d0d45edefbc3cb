"""Every night the words of the search are counted anew."""

from datetime import datetime

from maiam.contexts.families import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("40 1 * * *")
def tidy_words(now: datetime) -> None:
    services.tidy_words(actor=Actor.system("nightly count of words"), now=now)
