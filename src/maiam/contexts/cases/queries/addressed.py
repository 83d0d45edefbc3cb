"""The protected person of a case, as the door of safe contact knows them."""

from collections.abc import Collection
from uuid import UUID

from maiam.contexts.cases.models import Case, IncidentReport
from maiam.contexts.contacts import queries as contacts
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule
from maiam.contexts.reports.rules.draft import InDanger
from maiam.platform.access import Actor, Permission


def person_addressed(actor: Actor, case_id: UUID) -> Addressed:
    """Whom this case protects, with what they may have answered in a report before. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_CASES)
    case = Case.objects.find(actor, case_id)
    return addressed_of(case, told_before=_told_before(actor, case))


def addressed_of(case: Case, *, told_before: SafeRule | None = None) -> Addressed:
    return Addressed(
        recipient=Recipient(RecipientKind.PERSON, case.person_id),
        record=case.subject,
        label=case.person_name,
        code=case.code,
        commune_id=case.commune_id,
        village_id=case.village_id,
        owner_post_id=case.responsible_post_id,
        told_before=told_before,
    )


def codes_of(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    """The codes of these cases, as far as the actor reaches them."""
    return {row.id: row.code for row in Case.objects.visible_to(actor).filter(id__in=ids)}


def _told_before(actor: Actor, case: Case) -> SafeRule | None:
    """The newest answers of somebody who told us they were themselves in danger, in the reports of this case."""
    links = IncidentReport.objects.visible_to(actor).filter(
        incident__case_links__case=case, report__in_danger__contains=[InDanger.ME.value]
    )
    rows = [
        contacts.rule_in_force(actor, Recipient(RecipientKind.REPORTER, report_id))
        for report_id in links.order_by("-linked_at", "-id").values_list("report_id", flat=True)
    ]
    return next((row.rule for row in rows if row), None)
