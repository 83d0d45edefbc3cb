"""The lists of a commune, the latest first; and one of them as its page shows it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.imports.models import ImportedList, KnownWord, ListPart
from maiam.contexts.imports.rules import KIND_LABELS, SEVERITY_LABELS, Kind, Severity, State, can_undo
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

SHOWN = 100


@dataclass(frozen=True)
class OneList:
    """A list as its page shows it. `found` tells, by gravity, how often each kind of problem was met."""

    row: ImportedList
    counts: Counter[str]
    found: list[tuple[Severity, str, int, list[tuple[str, int]]]]
    percent: int
    may_undo: bool
    twin: ImportedList | None

    @property
    def open_questions(self) -> int:
        return self.counts[Severity.QUESTION]

    @property
    def is_empty(self) -> bool:
        return self.counts["new"] == 0


def imported_lists(actor: Actor) -> list[ImportedList]:
    """The lists within the actor's reach."""
    actor.require(Permission.IMPORT_FAMILIES)
    return list(ImportedList.objects.visible_to(actor).order_by("-uploaded_at", "-id")[:SHOWN])


def imported_list(actor: Actor, list_id: UUID) -> ImportedList:
    """One list. Raises `NotFoundError`."""
    actor.require(Permission.IMPORT_FAMILIES)
    return ImportedList.objects.select_related("commune").find(actor, list_id)


def one_list(actor: Actor, list_id: UUID, now: datetime) -> OneList:
    """One list with what was found in it. Raises `NotFoundError`."""
    row = imported_list(actor, list_id)
    counts: Counter[str] = Counter()
    for part in ListPart.objects.visible_to(actor).filter(imported=row).values_list("counts", flat=True):
        counts.update(part)
    percent = min(99, 100 * row.rows_done // row.rows_before) if row.rows_before else 0
    return OneList(
        row=row,
        counts=counts,
        found=_found(counts),
        percent=percent if row.is_busy else 100,
        may_undo=row.state == State.DONE and can_undo(row.done_at, now) and row.people_added > 0,
        twin=twin_of(actor, row),
    )


def _found(counts: Counter[str]) -> list[tuple[Severity, str, int, list[tuple[str, int]]]]:
    return [
        (
            severity,
            label,
            counts[severity],
            [(KIND_LABELS[kind], counts[f"{severity}.{kind}"]) for kind in Kind if counts[f"{severity}.{kind}"]],
        )
        for severity, label in SEVERITY_LABELS.items()
        if counts[severity]
    ]


def twin_of(actor: Actor, row: ImportedList) -> ImportedList | None:
    """The very same file, brought before and written."""
    twins = ImportedList.objects.visible_to(actor).filter(fingerprint=row.fingerprint, state=State.DONE)
    return twins.filter(commune_id=row.commune_id).exclude(id=row.id).order_by("-done_at").first()


def known_words(actor: Actor, commune_id: int, kind: str) -> dict[str, str]:
    """What words of lists mean in this commune, as confirmed before."""
    actor.require(Permission.IMPORT_FAMILIES)
    words = KnownWord.objects.visible_to(actor).filter(commune_id=commune_id, kind=kind)
    return dict(words.values_list("word", "meaning"))


def own_commune(actor: Actor) -> int:
    """The commune whose lists the actor brings. Raises `NotFoundError` where there is not exactly one."""
    actor.require(Permission.IMPORT_FAMILIES)
    if len(actor.commune_ids) != 1:
        raise NotFoundError
    return actor.commune_ids[0]
