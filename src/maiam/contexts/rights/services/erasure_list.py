"""The list of erased people, kept beside the backups: a restored backup knows nothing of what came after it.

One line each: the id, the moment, a signature, so that nobody erases by writing a line. It is only ever added to.
"""

import os
from collections.abc import Sequence
from datetime import datetime

from maiam.contexts.rights.queries.erased import line_of, list_file
from maiam.platform.access import Actor, Permission


def keep_on_list(*, actor: Actor, person_ids: Sequence[str], now: datetime) -> None:
    """Add these people to the list; a line that is there already does no harm."""
    actor.require(Permission.CARRY_ERASURE)
    path = list_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a") as file:
        file.writelines(f"{line_of(person_id, now)}\n" for person_id in person_ids)
        file.flush()
        os.fsync(file.fileno())
