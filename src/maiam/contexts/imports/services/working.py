"""The long work on lists, step by step; each step is a transaction of its own, and finds done what was done.

The house opens and looks. It writes as the one who said “take it”, with the powers and the reach they have now.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.rules import BUSY, State
from maiam.contexts.imports.services.looking import check_rows, look_inside, mark_copy
from maiam.contexts.imports.services.writing import take_back, write_parts
from maiam.platform.access import Actor, Permission

MOST_STUMBLES = 5
_GAVE_UP = "Máy gặp lỗi với tệp này nhiều lần. Hãy thử lưu lại tệp dạng .xlsx rồi gửi; nếu vẫn vậy, báo người quản trị."
# Where a list goes back to when the work on it does not come through.
_BACK_TO = {
    State.UPLOADED: State.REFUSED,
    State.CHECKING: State.COLUMNS,
    State.TAKING: State.CHECKED,
    State.UNDOING: State.DONE,
}
_WORK: dict[State, Callable[..., Iterator[object]]] = {
    State.UPLOADED: look_inside,
    State.CHECKING: check_rows,
    State.TAKING: write_parts,
    State.UNDOING: take_back,
    State.CHECKED: mark_copy,
}


def work_on_next_list(*, actor: Actor, now: datetime) -> Iterator[object]:
    """Work on the list that has waited longest, to the end of what it waits for; yield after every step."""
    actor.require(Permission.KEEP_HOUSE)
    row = _next()
    if row is None:
        return
    if row.stumbles >= MOST_STUMBLES:
        row.state, row.refusal = _BACK_TO.get(State(row.state), State(row.state)), _GAVE_UP
        row.marked_at = row.marked_at or now
        row.save(update_fields=["state", "refusal", "marked_at"])
        return
    row.stumbles += 1
    row.save(update_fields=["stumbles"])
    yield row
    yield from _WORK[State(row.state)](actor=actor, list_id=row.id, now=now)


def _next() -> ImportedList | None:
    lists = ImportedList.objects.select_for_update(of=("self",), skip_locked=True).order_by("touched_at", "id")
    busy = lists.filter(state__in=BUSY).first()
    return busy or lists.filter(state=State.CHECKED, marked_at__isnull=True).first()
