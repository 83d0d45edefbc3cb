"""A person's rule as it stands, and what each way would be answered at this moment."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from maiam.contexts.conflicts import queries as conflicts
from maiam.contexts.contacts.models import ContactRule
from maiam.contexts.contacts.rules.safe_rule import WAY_LABELS, Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.contacts.rules.verdicts import NumberOwner, Standing, Verdict, judge
from maiam.contexts.contacts.rules.words import Purpose, compose
from maiam.contexts.duties.rules import Subject
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import NotFoundError

SHOWN = 20
HOUSE = Actor.system("contacts")


@dataclass(frozen=True)
class DoorLine:
    """One way, and what the door says to it now."""

    way: Way
    label: str
    verdict: Verdict
    is_allowed_at_all: bool


@dataclass(frozen=True)
class VersionLine:
    version: int
    recorded_at: datetime
    by_name: str


@dataclass(frozen=True)
class Guidance:
    """How one person may be reached now: the rule, what each way is answered, and the versions before."""

    row_id: UUID | None
    rule: SafeRule | None
    ask_again_on: date | None
    is_out_of_date: bool
    is_open_now: bool
    doors: list[DoorLine]
    versions: list[VersionLine]
    # Laid down where the actor does not reach: it binds here too; who asked, where and when stays there.
    is_from_elsewhere: bool = False
    tells_words: bool = True

    @property
    def allows_calls(self) -> bool:
        """May somebody call at all, in some hour?"""
        return any(door.way is Way.CALL and door.is_allowed_at_all for door in self.doors)

    @property
    def allowed(self) -> list[DoorLine]:
        return [door for door in self.doors if door.verdict.is_allowed]


def rule_in_force(actor: Actor, recipient: Recipient) -> ContactRule | None:
    """The newest version of a person's rule within the actor's reach."""
    return _versions(actor, recipient).order_by("-version").first()


def has_rule(actor: Actor, recipient: Recipient) -> bool:
    """Has this person, within the actor's reach, said anything about being reached?"""
    return _versions(actor, recipient).exists()


def standing(actor: Actor, recipient: Recipient) -> tuple[ContactRule | None, Standing]:
    """The rule in force and all that bears on it: asked by the house at the moment of sending."""
    row = rule_in_force(actor, recipient)
    return row, _standing(recipient, row)


def guidance(actor: Actor, recipient: Recipient, record: Subject, now: datetime) -> Guidance:
    """How this person may be reached, for whoever keeps rules and reached a record that means them.

    The newest rule binds, whoever laid it down: one out of the actor's sight is told as far as it takes not to
    endanger the person (docs/decisions/safe-contact.md). Each reading stands in the trail.
    """
    actor.require(Permission.KEEP_CONTACT_RULES)
    if not may_know(actor, recipient):
        raise NotFoundError
    audit.record_read(actor, "contacts.rule.read", (record.kind, str(record.id)), at=now)
    rows = list(_versions(actor, recipient).order_by("-version")[:SHOWN])
    with acting(HOUSE):
        row, known = standing(HOUSE, recipient)
    is_from_elsewhere = row is not None and row.id not in {one.id for one in rows}
    is_closed = row is not None and is_from_elsewhere and conflicts.is_closed_to(actor, row.record_id)
    if is_from_elsewhere and known.rule:
        known = replace(known, rule=replace(known.rule, letter_to=""))
    return Guidance(
        row_id=row.id if row and not is_from_elsewhere else None,
        rule=_shown(known, is_from_elsewhere=is_from_elsewhere, is_closed=is_closed),
        ask_again_on=None if is_from_elsewhere else known.ask_again_on,
        is_out_of_date=bool(row and not row.holds_on(now.astimezone(VIETNAM).date())),
        is_open_now=bool(known.rule and known.rule.is_open(now)),
        doors=[_door(way, known, now) for way in Way],
        versions=[VersionLine(one.version, one.recorded_at, one.by_name) for one in rows],
        is_from_elsewhere=is_from_elsewhere,
        tells_words=not is_closed,
    )


def _shown(known: Standing, *, is_from_elsewhere: bool, is_closed: bool) -> SafeRule | None:
    if known.rule is None or not is_from_elsewhere:
        return known.rule
    return known.rule.for_others(tells_words=not is_closed)


def guidance_if_kept(actor: Actor, recipient: Recipient, record: Subject, now: datetime) -> Guidance | None:
    """The same, or nothing for whoever keeps no rules: they go by what the door says."""
    return guidance(actor, recipient, record, now) if actor.can(Permission.KEEP_CONTACT_RULES) else None


def require_to_reach(actor: Actor, recipient: Recipient) -> None:
    """A person of the register is reached by whoever keeps rules, a reporter by whoever may know reporters."""
    is_reporter = recipient.kind is RecipientKind.REPORTER
    actor.require(Permission.VIEW_REPORTER if is_reporter else Permission.KEEP_CONTACT_RULES)


def require_to_tell(actor: Actor) -> None:
    """Whoever may reach somebody may tell them; whom, the row decides."""
    actor.require_one(Permission.KEEP_CONTACT_RULES, Permission.VIEW_REPORTER)


def may_know(actor: Actor, recipient: Recipient) -> bool:
    """Who told a report, and how they are reached, is known to whoever may know reporters."""
    return recipient.kind is not RecipientKind.REPORTER or actor.can(Permission.VIEW_REPORTER)


def _door(way: Way, known: Standing, now: datetime) -> DoorLine:
    text = compose(Purpose.CALL_BACK, cover_words=known.rule.cover_words) if known.rule else ""
    is_allowed_at_all = bool(known.rule and way in known.rule.ways)
    return DoorLine(way, WAY_LABELS[way], judge(way, known, at=now, text=text), is_allowed_at_all)


def _versions(actor: Actor, recipient: Recipient) -> QuerySet[ContactRule]:
    return ContactRule.objects.visible_to(actor).filter(recipient_kind=recipient.kind, recipient_id=recipient.id)


def _standing(recipient: Recipient, row: ContactRule | None) -> Standing:
    rule = row.rule if row else None
    near = names_near(recipient)
    return Standing(
        rule=rule,
        ask_again_on=row.ask_again_on if row else None,
        number_owner=number_owner(recipient, rule.phone if rule else ""),
        accused_names=tuple(name for name, is_accused in near if is_accused),
        names=tuple(name for name, _ in near),
    )


def number_owner(recipient: Recipient, phone: str) -> NumberOwner:
    """Whose this number is in the register: the aggressor's, their household's, or nobody's who matters here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT contacts_number_owner(%s, %s, %s)", [recipient.kind, recipient.id, phone])
        return NumberOwner(cursor.fetchone()[0])


def names_near(recipient: Recipient) -> list[tuple[str, bool]]:
    """The whole names no message may hold, and which of them are of people who did harm."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name, is_accused FROM contacts_names_near(%s, %s)", [recipient.kind, recipient.id])
        return [(str(name), bool(is_accused)) for name, is_accused in cursor.fetchall()]
