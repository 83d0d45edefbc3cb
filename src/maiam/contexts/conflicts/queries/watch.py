"""What the inspector sees: what is closed to whom and why, who came upon it, seals, and every breaking of the glass."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from maiam.contexts.accounts.models import Account
from maiam.contexts.conflicts.models import Alarm, Official
from maiam.contexts.conflicts.rules import (
    EMERGENCY_LABELS,
    FINDING_LABELS,
    PROBE_LABELS,
    REASON_LABELS,
    WHY_LABELS,
    Emergency,
    Finding,
    Probe,
    Reason,
    Why,
)
from maiam.platform.access import Actor, Permission
from maiam.platform.access.models import Admission, Block, Declared, Glass, Seal
from maiam.platform.errors import NotFoundError

LONGEST_LIST = 200
REVIEW_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class BlockLine:
    name: str
    matter: str
    reason: str
    since: datetime


@dataclass(frozen=True)
class AlarmLine:
    name: str
    matter: str
    probe: str
    at: datetime


@dataclass(frozen=True)
class DeclaredLine:
    id: UUID
    name: str
    about: str
    why: str
    words: str
    by_name: str
    declared_at: datetime


@dataclass(frozen=True)
class SealLine:
    id: UUID
    matter: str
    by_name: str
    reason: str
    sealed_at: datetime
    names: list[str]


@dataclass(frozen=True)
class GlassLine:
    """One breaking of the glass, with what was said for it and what a reviewer found."""

    id: UUID
    label: str
    name: str
    why: str
    words: str
    opened_at: datetime
    until: datetime
    ended_at: datetime | None
    finding: str
    finding_words: str
    reviewed_by: str

    @property
    def is_reviewed(self) -> bool:
        return bool(self.finding)

    @property
    def review_due_at(self) -> datetime:
        return self.opened_at + REVIEW_WITHIN


@dataclass(frozen=True)
class Usage:
    """How often one person broke the glass."""

    name: str
    times: int
    unjustified: int


@dataclass(frozen=True)
class Watch:
    blocks: list[BlockLine]
    alarms: list[AlarmLine]
    declared: list[DeclaredLine]
    seals: list[SealLine]
    glasses: list[GlassLine]
    usage: list[Usage]


def watch(actor: Actor) -> Watch:
    """Everything the inspector looks after, newest first."""
    actor.require(Permission.WATCH_CONFLICTS)
    return Watch(_blocks(actor), _alarms(actor), _declared(actor), _seals(actor), glasses(actor), _usage(actor))


def glasses(actor: Actor) -> list[GlassLine]:
    """Every breaking of the glass, those nobody reviewed first."""
    actor.require(Permission.WATCH_CONFLICTS)
    rows = [_glass(row) for row in Glass.objects.visible_to(actor).order_by("-opened_at", "id")[:LONGEST_LIST]]
    return sorted(rows, key=lambda row: row.is_reviewed)


def glass(actor: Actor, glass_id: UUID) -> GlassLine:
    """One breaking of the glass. Raises `NotFoundError`."""
    actor.require(Permission.WATCH_CONFLICTS)
    return _glass(Glass.objects.find(actor, glass_id))


def open_glass(actor: Actor, now: datetime) -> Glass | None:
    """The glass the actor broke and has not closed; the house reads it for the banner on their pages."""
    running = Glass.objects.filter(account_id__in=actor.people, ended_at__isnull=True, opened_at__lte=now)
    return running.filter(until__gte=now).order_by("-opened_at").first()


def official_of(actor: Actor, account_id: int) -> tuple[Account, Official | None]:
    """An account and what is recorded of whom it is. Raises `NotFoundError`."""
    actor.require(Permission.MANAGE_ACCOUNTS)
    account = Account.objects.filter(id=account_id).first()
    if account is None:
        raise NotFoundError
    return account, Official.objects.visible_to(actor).filter(account=account).first()


def people_of_house(actor: Actor) -> list[tuple[int, str]]:
    """Whoever may sign in, for the inspector to choose from."""
    actor.require(Permission.WATCH_CONFLICTS)
    rows = Account.objects.filter(is_active=True).order_by("sort_key", "id")
    return [(row.id, f"{row.full_name} ({row.username})") for row in rows]


def _blocks(actor: Actor) -> list[BlockLine]:
    rows = Block.objects.visible_to(actor).filter(ended_at__isnull=True).order_by("-since", "id")[:LONGEST_LIST]
    names = _names(row.account_id for row in rows)
    return [
        BlockLine(names[row.account_id], short(row.matter_id), REASON_LABELS[Reason(row.reason)], row.since)
        for row in rows
    ]


def _alarms(actor: Actor) -> list[AlarmLine]:
    rows = Alarm.objects.visible_to(actor).order_by("-at", "id")[:LONGEST_LIST]
    return [AlarmLine(row.by_name, short(row.matter_id), PROBE_LABELS[Probe(row.probe)], row.at) for row in rows]


def _declared(actor: Actor) -> list[DeclaredLine]:
    rows = Declared.objects.visible_to(actor).filter(lifted_at__isnull=True).order_by("-declared_at", "id")
    names = _names(row.account_id for row in rows)
    return [
        DeclaredLine(
            id=row.id,
            name=names[row.account_id],
            about="một người trong sổ" if row.person_id else f"hồ sơ {short(row.row_id)}",
            why=WHY_LABELS[Why(row.why)],
            words=row.words,
            by_name=row.by_name,
            declared_at=row.declared_at,
        )
        for row in rows[:LONGEST_LIST]
    ]


def _seals(actor: Actor) -> list[SealLine]:
    rows = list(Seal.objects.visible_to(actor).filter(lifted_at__isnull=True).order_by("-sealed_at", "id"))
    listed = list(Admission.objects.visible_to(actor).filter(seal__in=rows, ended_at__isnull=True))
    names = _names(row.account_id for row in listed)
    return [
        SealLine(
            id=row.id,
            matter=short(row.matter_id),
            by_name=row.by_name,
            reason=row.reason,
            sealed_at=row.sealed_at,
            names=sorted(names[one.account_id] for one in listed if one.seal_id == row.id),
        )
        for row in rows
    ]


def _usage(actor: Actor) -> list[Usage]:
    rows = Glass.objects.visible_to(actor).values("account_id", "by_name", "finding").annotate(times=Count("id"))
    times: Counter[tuple[int, str]] = Counter()
    bad: Counter[tuple[int, str]] = Counter()
    for row in rows:
        person = (row["account_id"], row["by_name"])
        times[person] += row["times"]
        bad[person] += row["times"] if row["finding"] == Finding.UNJUSTIFIED else 0
    return [Usage(person[1], many, bad[person]) for person, many in times.most_common()]


def _glass(row: Glass) -> GlassLine:
    return GlassLine(
        id=row.id,
        label=row.label,
        name=row.by_name,
        why=EMERGENCY_LABELS[Emergency(row.why)],
        words=row.words,
        opened_at=row.opened_at,
        until=row.until,
        ended_at=row.ended_at,
        finding=FINDING_LABELS[Finding(row.finding)] if row.finding else "",
        finding_words=row.finding_words,
        reviewed_by=row.reviewed_by_name,
    )


def _names(account_ids: Iterable[int]) -> dict[int, str]:
    return {row.id: row.full_name for row in Account.objects.filter(id__in=set(account_ids))}


def short(matter_id: UUID | None) -> str:
    """A matter's mark on a page: enough to tell two apart, nothing to look it up by."""
    return matter_id.hex[-6:] if matter_id else ""
