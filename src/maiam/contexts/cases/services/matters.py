"""Tie the cases of one home, so that nobody helps the mother and forgets the child."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.models import Case, HouseholdMatter
from maiam.contexts.families.models import HouseholdMembership
from maiam.platform.access import Actor


def tie_cases(*, actor: Actor, cases: Sequence[Case], people: Sequence[UUID], now: datetime) -> HouseholdMatter:
    """Put these cases under one matter: that of the home where there is one, the oldest where there are several."""
    commune_id = cases[0].commune_id
    homes = HouseholdMembership.objects.visible_to(actor).filter(person_id__in=people, ends_on__isnull=True)
    housemates = HouseholdMembership.objects.visible_to(actor).filter(
        household__in=homes.values("household"), ends_on__isnull=True
    )
    known = Case.objects.filter(commune_id=commune_id, matter__isnull=False)
    of_home = known.filter(person_id__in=housemates.values("person_id")) | known.filter(id__in=[c.id for c in cases])
    oldest = HouseholdMatter.objects.filter(cases__in=of_home).order_by("opened_at", "id").first()
    matter = oldest or HouseholdMatter(commune_id=commune_id, opened_at=now)
    if oldest is None:
        matter.save(force_insert=True)
    parted = HouseholdMatter.objects.filter(cases__in=cases).exclude(id=matter.id)
    together = Case.objects.filter(matter__in=parted) | Case.objects.filter(id__in=[case.id for case in cases])
    for case in together.distinct():
        case.matter = matter
        case.save(update_fields=["matter"])
    return matter
