"""A referral that nobody answers in time does not fade: it lapses, and the duty comes back."""

from datetime import datetime

from maiam.contexts.support import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * *")
def lapse(now: datetime) -> None:
    services.lapse_referrals(actor=Actor.system("referrals"), now=now)
