"""What of each class is over its time, and what holds it all the same. Asked by the house."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from maiam.contexts.changes import queries as changes
from maiam.contexts.duties import queries as duties
from maiam.contexts.families import queries as families
from maiam.contexts.retention.rules import Hold, Kind
from maiam.contexts.rights import queries as rights
from maiam.contexts.surveys import queries as surveys
from maiam.core.law.retention import Old
from maiam.platform.access import Actor, Permission

_FINDERS: dict[Kind, Callable[..., Iterator[Old]]] = {
    Kind.PERSON_REST: partial(families.gone_before, at_work=True),
    Kind.PERSON_ERASE: families.gone_before,
    Kind.CHANGE_ENDED: changes.ended_before,
    Kind.RIGHTS_ENDED: rights.ended_before,
    Kind.SURVEY_DRAFT: surveys.drafts_left_before,
}
_SUBJECTS = {Kind.CHANGE_ENDED: "changes.request", Kind.RIGHTS_ENDED: "rights.request"}


def over_time(actor: Actor, kind: Kind, before: datetime, *, among: Collection[UUID] | None = None) -> Iterator[Old]:
    """What of a class began before this moment and is still whole, the oldest first; read some at a time."""
    actor.require(Permission.KEEP_HOUSE)
    return _FINDERS[kind](actor, before, among=among)


def held_by(actor: Actor, kind: Kind, rows: Collection[Old]) -> dict[UUID, Hold]:
    """What must stay: a case, change, request about the person, or a duty about the thing itself is open."""
    actor.require(Permission.KEEP_HOUSE)
    at_work = duties.running_subjects(actor, _SUBJECTS[kind]) if kind in _SUBJECTS else set()
    held = {row.id: Hold.OPEN_DUTY for row in rows if row.id in at_work}
    for row in rows:
        if row.person_id and row.id not in held and (holds := rights.holds_on(actor, row.person_id)):
            held[row.id] = Hold(holds[0])
    return held
