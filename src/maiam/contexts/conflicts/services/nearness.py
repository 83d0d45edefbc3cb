"""Bring the setting of how near is too near into the database, where circles are drawn."""

from datetime import datetime

from django.db import connection, transaction

from maiam.contexts.conflicts.models import KinStep, NearnessSetting
from maiam.core.law.codes.conflicts import nearness
from maiam.platform.access import Actor, Permission


@transaction.atomic
def set_nearness(*, actor: Actor, now: datetime) -> bool:  # noqa: ARG001 - a list as it stands has no moment
    """Write conflicts.yaml to its tables; where it changed, draw every circle anew. Return whether it had."""
    actor.require(Permission.KEEP_HOUSE)
    wanted = nearness()
    steps = {(step.relation, step.degree, step.marriages) for step in wanted.steps}
    limits = (wanted.degree, wanted.in_laws, wanted.same_household)
    had_steps = set(KinStep.objects.values_list("relation", "degree", "marriages"))
    if had_steps == steps and list(NearnessSetting.objects.values_list(*_LIMITS)) == [limits]:
        return False
    KinStep.objects.all().delete()
    KinStep.objects.bulk_create(KinStep(relation=relation, degree=far, marriages=many) for relation, far, many in steps)
    NearnessSetting.objects.update_or_create(id=1, defaults=dict(zip(_LIMITS, limits, strict=True)))
    _draw_everything()
    return True


_LIMITS = ("degree", "in_laws", "same_household")


def _draw_everything() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.draw_all_circles()")
