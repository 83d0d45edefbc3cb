"""A value of the register in the words people read."""

from collections.abc import Callable
from datetime import date

from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.changes.rules import FIELD_LABELS, Difference, Value, Values
from maiam.contexts.families.rules import MEMBER_ROLE_LABELS, SEX_LABELS, MemberRole, Sex
from maiam.contexts.places import queries as places
from maiam.core.text import PartialDate, write_date, write_phone
from maiam.platform.access import Actor, Permission

NOTHING = "chưa có"
# A home is left, not forgotten.
NO_LONGER = {"home": "không còn ở hộ này"}
SEALED = "có, được niêm phong"


def differences(actor: Actor, request: ChangeRequest, now: Values) -> list[Difference]:
    """Each value asked for beside what it was and is. A number is shown to those who may open numbers."""
    number = request.number if actor.can(Permission.VIEW_IDENTITY_NUMBER) else ""
    asked = sorted(request.proposed.items(), key=lambda item: list(FIELD_LABELS).index(item[0]))
    return [
        Difference(
            name=name,
            label=FIELD_LABELS[name],
            before=in_words(name, request.base.get(name)),
            now=in_words(name, now.get(name, request.base.get(name))),
            after=number if name == "identity_number" and number else _asked_in_words(name, value),
        )
        for name, value in asked
    ]


def _asked_in_words(name: str, value: Value) -> str:
    return NO_LONGER[name] if value == "" and name in NO_LONGER else in_words(name, value)


def in_words(name: str, value: Value) -> str:
    if value in (None, "", []):
        return NOTHING
    write = _WRITERS.get(name, str)
    return str(write(value))


def birth_of(value: Value) -> PartialDate | None:
    return PartialDate(*value) if value else None


def _village(village_id: int) -> str:
    village = places.village(village_id)
    return village.name if village else NOTHING


_WRITERS: dict[str, Callable[[Value], object]] = {
    "sex": lambda value: SEX_LABELS[Sex(value)],
    "birth": birth_of,
    "phone": write_phone,
    "village_id": _village,
    "identity_number": lambda _: SEALED,
    "role": lambda value: MEMBER_ROLE_LABELS[MemberRole(value)],
    "on": lambda value: write_date(date.fromisoformat(value)),
    "died_on": lambda value: write_date(date.fromisoformat(value)),
}
