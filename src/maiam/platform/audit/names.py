"""Who an actor of the trail is: whoever keeps accounts says it, as the trail itself knows only numbers."""

from collections.abc import Callable, Iterable

Namer = Callable[[set[int]], dict[int, str]]

# The kinds of actor that are no person.
KINDS = {"public": "Người dân", "system": "Hệ thống", "machine": "Hệ thống khác"}
_OFFICIAL = "official:"

_namers: list[Namer] = []


def name_officials_by(namer: Namer) -> None:
    """Let `namer` tell full names by account number; called once, when the house opens."""
    _namers.append(namer)


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The name of each actor (`official:7`, `system:clock`) that has one."""
    asked = set(actors)
    numbers = {int(actor.removeprefix(_OFFICIAL)) for actor in asked if actor.removeprefix(_OFFICIAL).isdigit()}
    known = {number: name for namer in _namers for number, name in namer(numbers).items()}
    names = {f"{_OFFICIAL}{number}": name for number, name in known.items()}
    return names | {actor: KINDS[kind] for actor in asked if (kind := actor.partition(":")[0]) in KINDS}
