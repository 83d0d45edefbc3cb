"""The list of words people may be found by: kept by the database itself, and put right every night."""

from datetime import datetime

from django.db import connection, transaction

from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def tidy_words(*, actor: Actor, now: datetime) -> None:
    """Learn and let go what two writers at the same moment may have hidden from each other; count bearers anew."""
    actor.require(Permission.EDIT_FAMILIES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT families_tidy_words()")
    audit.record(actor, "families.words.tidied", ("families.word", ""), at=now)
