"""Whether the files of violence name a person, for who must keep or give away what is held about them."""

from collections.abc import Collection
from uuid import UUID

from maiam.contexts.cases.models import Case, IncidentParty, IncidentRelation, NoContact, PerpetratorFile
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.platform.access import Actor, Permission


def is_named(actor: Actor, person_ids: Collection[UUID]) -> bool:
    """Some incident, case, order or file within reach names one of these ids."""
    actor.require(Permission.VIEW_CASES)
    return (
        IncidentParty.objects.visible_to(actor).filter(person_id__in=person_ids).exists()
        or Case.objects.visible_to(actor).filter(person_id__in=person_ids).exists()
        or PerpetratorFile.objects.visible_to(actor).filter(person_id__in=person_ids).exists()
        or NoContact.objects.visible_to(actor).filter(victim_id__in=person_ids).exists()
        or NoContact.objects.visible_to(actor).filter(perpetrator_id__in=person_ids).exists()
    )


def who_harmed(actor: Actor, whom_ids: Collection[UUID]) -> dict[UUID, str]:
    """Whom the incidents name as having harmed one of these ids, with the name written then.

    An incident tells without a relation too: whoever was the aggressor where they were not.
    """
    actor.require(Permission.VIEW_CASES)
    bore = IncidentParty.objects.visible_to(actor).filter(person_id__in=whom_ids).exclude(role=PartyRole.AGGRESSOR)
    did = IncidentParty.objects.visible_to(actor).filter(
        role=PartyRole.AGGRESSOR, incident_id__in=bore.values("incident_id")
    )
    related = IncidentRelation.objects.visible_to(actor).filter(victim__person_id__in=whom_ids)
    harmed = did | IncidentParty.objects.visible_to(actor).filter(id__in=related.values("perpetrator_id"))
    return dict(harmed.values_list("person_id", "name"))
