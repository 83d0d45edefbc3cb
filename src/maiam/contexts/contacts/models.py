"""Rules of safe contact, the messages held against them, each attempt, and the demonstration's own outbox."""

import json
from datetime import date
from typing import ClassVar

from django.db import connection, models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.contacts.rules.messages import Result, State
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit, Village
from maiam.platform import vault
from maiam.platform.access import (
    Access,
    Anywhere,
    Both,
    Grant,
    Holds,
    InPlace,
    OfPost,
    Permission,
    Protection,
    RowRule,
    ScopedModel,
    ScopedQuerySet,
    Through,
)

_HOUSE = Grant(Permission.KEEP_HOUSE, Anywhere())
_OF_REPORTER = Holds("recipient_kind", RecipientKind.REPORTER)


def _kept(rule: RowRule) -> tuple[Grant, ...]:
    """Whoever keeps rules reaches these rows; those about a reporter only when they may know reporters besides."""
    keep = Permission.KEEP_CONTACT_RULES
    return (
        Grant(keep, Both(rule, Holds("recipient_kind", RecipientKind.PERSON))),
        Grant(keep, Both(rule, _OF_REPORTER), besides=Permission.VIEW_REPORTER),
    )


_HERE = _kept(InPlace("commune", "village"))
_OWN = _kept(OfPost("by_post"))
# A desk that may know reporters, and keeps no rules, tells the reporter of its own report itself.
_IN_HAND = (
    *_kept(OfPost("owner_post")),
    Grant(Permission.VIEW_REPORTER, Both(OfPost("owner_post"), _OF_REPORTER)),
)
_TRIED = tuple(Grant(power, Through("message")) for power in (Permission.KEEP_CONTACT_RULES, Permission.VIEW_REPORTER))


class About(ScopedModel):
    """Whom a row is about, and the record, of whose matter it is a part."""

    recipient_kind = models.CharField(max_length=10)
    recipient_id = models.UUIDField()
    record_kind = models.CharField(max_length=40)
    record_id = models.UUIDField()
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    by_name = models.CharField(max_length=120)

    class Meta:
        abstract = True

    @property
    def recipient(self) -> Recipient:
        return Recipient(RecipientKind(self.recipient_kind), self.recipient_id)

    @property
    def record(self) -> Subject:
        return Subject(self.record_kind, self.record_id)


class ContactRuleQuerySet(ScopedQuerySet["ContactRule"]):
    """The versions of people's rules."""

    def hold(self, recipient: Recipient) -> None:
        """Let a change of a person's rule and a sending to them wait for each other, until the transaction ends."""
        key = f"contacts:{recipient.kind}:{recipient.id}"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])

    def next_version(self, recipient: Recipient) -> int:
        """The number of the next version, counting those out of the writer's sight."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT contacts_next_version(%s, %s)", [recipient.kind, recipient.id])
            return int(cursor.fetchone()[0])


class ContactRule(About):
    """One version of a person's rule, sealed whole; the newest is in force, the earlier ones stay as they were."""

    protection = Protection.P4
    append_only: ClassVar = True
    access = Access(
        read=(*_HERE, *_OWN, _HOUSE),
        add=(
            *_HERE,
            _HOUSE,
            Grant(Permission.FILE_REPORT, Anywhere()),
            Grant(Permission.TAKE_REPORT, Anywhere()),
        ),
        matter="record_id",
    )

    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    ask_again_on = models.DateField()
    recorded_at = models.DateTimeField()

    objects: ClassVar = ContactRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient_kind", "recipient_id", "version"], name="contact_rule_version_once"
            ),
            models.CheckConstraint(
                name="contact_rule_recipient_known", condition=Q(recipient_kind__in=list(RecipientKind))
            ),
        ]

    def __str__(self) -> str:
        return f"rule of {self.recipient_kind} {self.recipient_id}"

    def lay_down(self, rule: SafeRule) -> None:
        self.sealed = vault.seal(json.dumps(rule.as_values()), place=self._place)

    @property
    def rule(self) -> SafeRule:
        return SafeRule.of(json.loads(vault.unseal(self.sealed, place=self._place)))

    def holds_on(self, day: date) -> bool:
        return day <= self.ask_again_on

    @property
    def _place(self) -> str:
        return f"contacts_contactrule:{self.id}"


class Message(About):
    """Something a person is to be told, until it left, was told by a colleague, or need not be told any more."""

    protection = Protection.P4
    access = Access(
        read=(*_HERE, *_OWN, *_IN_HAND, _HOUSE),
        add=(*_HERE, *_OWN, _HOUSE),
        change=(*_HERE, *_OWN, *_IN_HAND, _HOUSE),
        matter="record_id",
    )

    purpose = models.CharField(max_length=14)
    way = models.CharField(max_length=8)
    key = models.CharField(max_length=120)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    # A receipt's code, until it has left; then what was written, word for word.
    code_sealed = models.BinaryField(null=True, blank=True)
    text_sealed = models.BinaryField(null=True, blank=True)
    asked_at = models.DateTimeField()
    worth_until = models.DateTimeField()
    state = models.CharField(max_length=10, default=State.WAITING)
    refusal = models.CharField(max_length=20, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state=State.WAITING), name="message_to_leave"),
            models.Index(fields=["recipient_kind", "recipient_id", "-asked_at"], name="message_of_person"),
            models.Index(fields=["commune", "-asked_at"], name="message_of_commune"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["recipient_kind", "recipient_id", "key"], name="message_asked_once"),
            models.CheckConstraint(name="message_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(name="message_purpose_known", condition=Q(purpose__in=list(Purpose))),
            models.CheckConstraint(name="message_way_known", condition=Q(way__in=list(Way))),
            models.CheckConstraint(name="message_worth_something", condition=Q(worth_until__gt=F("asked_at"))),
            models.CheckConstraint(
                name="message_waits_for_a_moment",
                condition=~Q(state=State.WAITING) | Q(next_try_at__isnull=False, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("contacts.message", self.id)

    @property
    def place_id(self) -> int:
        """The commune it belongs to; where it has none yet, that of the post that has it, or its province."""
        post = self.owner_post or self.by_post
        places = [self.commune_id, *([post.commune_id, post.province_id] if post else [])]
        place = next((one for one in places if one), None)
        if place is None:
            raise LookupError(f"{self} belongs nowhere")
        return int(place)

    @property
    def code(self) -> str:
        return vault.unseal(self.code_sealed, place=f"contacts_message.code:{self.id}") if self.code_sealed else ""

    @property
    def text(self) -> str:
        return vault.unseal(self.text_sealed, place=f"contacts_message.text:{self.id}") if self.text_sealed else ""

    def carry(self, code: str) -> None:
        self.code_sealed = vault.seal(code, place=f"contacts_message.code:{self.id}") if code else None

    def write(self, text: str) -> None:
        self.text_sealed = vault.seal(text, place=f"contacts_message.text:{self.id}")


class Attempt(ScopedModel):
    """One time somebody or some machine tried: under which version of the rule, and how it went."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(
        read=(*_TRIED, _HOUSE),
        add=(*_TRIED, _HOUSE),
    )

    message = models.ForeignKey(Message, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    way = models.CharField(max_length=8)
    result = models.CharField(max_length=12)
    refusal = models.CharField(max_length=20, blank=True)
    rule = models.ForeignKey(ContactRule, models.PROTECT, related_name="+", null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    words_sealed = models.BinaryField(null=True, blank=True)
    by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["message", "at", "id"], name="attempt_of_message")]
        constraints = [
            models.CheckConstraint(name="attempt_result_known", condition=Q(result__in=list(Result))),
            models.CheckConstraint(name="attempt_not_ahead", condition=Q(at__lte=F("recorded_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.result} of {self.message_id}"

    def tell(self, words: str) -> None:
        self.words_sealed = vault.seal(words, place=f"contacts_attempt.words:{self.id}") if words else None

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=f"contacts_attempt.words:{self.id}") if self.words_sealed else ""


class DemoMessage(ScopedModel):
    """What a demonstration would have sent: it stays in this table, and no machine outside hears of it."""

    protection = Protection.P4
    append_only: ClassVar = True
    access = Access(read=(_HOUSE,), add=(_HOUSE,))

    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8)
    sealed = models.BinaryField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"demonstration of {self.message_id}"

    def keep(self, number: str, text: str) -> None:
        self.sealed = vault.seal(json.dumps([number, text]), place=f"contacts_demomessage:{self.id}")

    @property
    def number_and_text(self) -> tuple[str, str]:
        number, text = json.loads(vault.unseal(self.sealed, place=f"contacts_demomessage:{self.id}"))
        return number, text
