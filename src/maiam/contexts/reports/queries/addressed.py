"""Whoever told us, as the door of safe contact knows them."""

from collections.abc import Collection
from uuid import UUID

from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.reports.models import Report
from maiam.contexts.reports.rules.draft import ContactWay, SafeContact
from maiam.core.text import write_datetime
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

_WAYS = {ContactWay.CALL: Way.CALL, ContactWay.MESSAGE: Way.SMS}


def reporter_addressed(actor: Actor, report_id: UUID) -> Addressed:
    """Who told this report. Raises `NotFoundError`, also to whoever may not know who told it."""
    if not actor.can(Permission.VIEW_REPORTER):
        raise NotFoundError
    return addressed_of(Report.objects.find(actor, report_id))


def addressed_of(report: Report) -> Addressed:
    return Addressed(
        recipient=Recipient(RecipientKind.REPORTER, report.id),
        record=report.subject,
        label="người báo tin",
        code="Tin báo",
        commune_id=report.commune_id,
        village_id=report.village_id,
        owner_post_id=report.owner_post_id,
    )


def names_of(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    """These reports by the moment they were received, as far as the actor reaches them."""
    return {
        row.id: f"Tin báo lúc {write_datetime(row.received_at)}"
        for row in Report.objects.visible_to(actor).filter(id__in=ids)
    }


def rule_of(contact: SafeContact) -> SafeRule:
    """What was answered while telling, as a rule."""
    return SafeRule(
        ways=frozenset({_WAYS[contact.way]}),
        phone=contact.phone,
        starts=contact.starts,
        ends=contact.ends,
        cover_words=contact.cover_words,
        must_not_pick_up=contact.must_not_pick_up,
    )
