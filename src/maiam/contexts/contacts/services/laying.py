"""Lay down how a person may be reached. A new version each time; what was said before stays."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.models import ContactRule
from maiam.contexts.contacts.queries.rules import names_near, number_owner, rule_in_force
from maiam.contexts.contacts.rules.safe_rule import BY_PHONE, WRITTEN, Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.contacts.rules.verdicts import REFUSAL_LABELS, NumberOwner, Refusal, is_near
from maiam.contexts.contacts.rules.words import is_unsafe
from maiam.contexts.contacts.services.door import HOUSE
from maiam.contexts.duties.rules import Subject
from maiam.core.law.codes.house import contacts as limits
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import DomainError


class NumberMissingError(DomainError):
    code = "contacts.number_missing"
    message = "Ghi số điện thoại để nhắn, để gọi."
    field = "phone"


class NumberNotSafeError(DomainError):
    code = "contacts.number_not_safe"
    message = "Không dùng được số này. Hỏi người ấy một số khác, hoặc hẹn gặp trực tiếp."
    field = "phone"


class AddressMissingError(DomainError):
    code = "contacts.address_missing"
    message = "Ghi nơi nhận thư an toàn."
    field = "letter_to"


class ThroughAggressorError(DomainError):
    code = "contacts.through_aggressor"
    message = "Người này là người có hành vi bạo lực trong vụ việc. Không báo qua người này."
    field = "through_whom"


class WordsNotSafeError(DomainError):
    code = "contacts.words_not_safe"
    message = "Lời nhắn này để lộ chuyện, tên người hoặc đường dẫn. Chọn lời như của người quen, của cửa hàng."
    field = "cover_words"


@transaction.atomic
def lay_down_rule(*, actor: Actor, to: Addressed, rule: SafeRule, now: datetime) -> ContactRule:
    """Keep a new version of a person's rule, after asking them.

    Raises `NumberMissingError`, `NumberNotSafeError`, `AddressMissingError`, `ThroughAggressorError`,
    `WordsNotSafeError`.
    """
    actor.require(Permission.KEEP_CONTACT_RULES)
    rule = _with_numbers_forbidden_elsewhere(actor, to.recipient, rule)
    _check(to.recipient, rule)
    row = ContactRule(commune_id=to.commune_id, village_id=to.village_id)
    return _keep(actor, row, recipient=to.recipient, record=to.record, rule=rule, now=now)


@transaction.atomic
def keep_answers(
    *, actor: Actor, report: Subject, rule: SafeRule, commune_id: int | None, village_id: int | None, now: datetime
) -> ContactRule:
    """Keep what somebody answered while telling us. Nothing told is refused here; the door looks at each sending."""
    row = ContactRule(commune_id=commune_id, village_id=village_id)
    recipient = Recipient(RecipientKind.REPORTER, report.id)
    return _keep(actor, row, recipient=recipient, record=report, rule=rule, now=now)


@transaction.atomic
def carry_rule_over(*, actor: Actor, to: Addressed, now: datetime) -> None:
    """Let a rule go where its record went, as it was said: who answers there reads what the door holds to."""
    with acting(HOUSE):
        ContactRule.objects.hold(to.recipient)
        said = rule_in_force(HOUSE, to.recipient)
        if said is None or said.commune_id == to.commune_id:
            return
        row = ContactRule(
            recipient_kind=said.recipient_kind,
            recipient_id=said.recipient_id,
            record_kind=to.record.kind,
            record_id=to.record.id,
            commune_id=to.commune_id,
            village_id=to.village_id,
            by_post_id=said.by_post_id,
            by_name=said.by_name,
            version=ContactRule.objects.next_version(to.recipient),
            ask_again_on=said.ask_again_on,
            recorded_at=said.recorded_at,
        )
        row.lay_down(said.rule)
        row.save(force_insert=True)
    audit.record(actor, "contacts.rule.carried_over", row, at=now)


def _with_numbers_forbidden_elsewhere(actor: Actor, recipient: Recipient, rule: SafeRule) -> SafeRule:
    """Whoever writes does not see what the person forbade elsewhere, so cannot have asked them to take it back."""
    with acting(HOUSE):
        newest = rule_in_force(HOUSE, recipient)
    own = rule_in_force(actor, recipient)
    if newest is None or (own is not None and own.id == newest.id):
        return rule
    return replace(rule, never_phones=tuple(sorted({*rule.never_phones, *newest.rule.never_phones})))


def _check(recipient: Recipient, rule: SafeRule) -> None:
    near = names_near(recipient)
    if rule.ways & BY_PHONE:
        _check_number(recipient, rule)
    if Way.LETTER in rule.ways and not rule.letter_to:
        raise AddressMissingError
    if is_near(rule.through_whom, [name for name, is_accused in near if is_accused]):
        raise ThroughAggressorError
    if rule.cover_words and rule.ways & WRITTEN and is_unsafe(rule.cover_words, names=[name for name, _ in near]):
        raise WordsNotSafeError


def _check_number(recipient: Recipient, rule: SafeRule) -> None:
    if not rule.phone:
        raise NumberMissingError
    if rule.phone in rule.never_phones:
        raise NumberNotSafeError(f"{REFUSAL_LABELS[Refusal.FORBIDDEN_NUMBER]}.")
    owner = number_owner(recipient, rule.phone)
    if owner is not NumberOwner.NOBODY_NEAR:
        raise NumberNotSafeError


def _keep(
    actor: Actor, row: ContactRule, *, recipient: Recipient, record: Subject, rule: SafeRule, now: datetime
) -> ContactRule:
    ContactRule.objects.hold(recipient)
    row.recipient_kind, row.recipient_id = recipient.kind, recipient.id
    row.record_kind, row.record_id = record.kind, record.id
    row.by_post_id, row.by_name = actor.post_id, actor.name
    row.version, row.recorded_at = ContactRule.objects.next_version(recipient), now
    row.ask_again_on = (now + timedelta(days=limits().ask_again_days)).astimezone(VIETNAM).date()
    row.lay_down(rule)
    row.save(force_insert=True)
    audit.record(actor, "contacts.rule.laid_down", row, at=now)
    return row
