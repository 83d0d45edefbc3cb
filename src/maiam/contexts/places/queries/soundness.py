"""Whether the units in the database still agree with each other, after a load or an import."""

from django.db.models import F, Q, QuerySet

from maiam.contexts.places.models import Boundary, Unit, Village
from maiam.contexts.places.rules import MERGED_ON, Level

MOST_NAMED = 20


def faults() -> dict[str, list[str]]:
    """What does not fit, by its kind, with the units that show it; empty lists where all is well."""
    today = Unit.objects.filter(valid_to__isnull=True)
    communes = today.filter(level=Level.COMMUNE)
    found: dict[str, QuerySet[Unit] | QuerySet[Village]] = {
        "communes and districts without a unit above them": Unit.objects.exclude(level=Level.PROVINCE).filter(
            Q(parent__isnull=True) | Q(province__isnull=True)
        ),
        "units that outlived the one above them": Unit.objects.filter(
            Q(parent__valid_to__lt=F("valid_to")) | Q(valid_to__isnull=True, parent__valid_to__isnull=False)
        ),
        "communes of 30 June 2025 without a successor": Unit.objects.filter(
            level=Level.COMMUNE, valid_to=MERGED_ON, successions__isnull=True
        ),
        "communes of today that came from nowhere": communes.filter(predecessions__isnull=True),
        "communes of today without a position": communes.filter(Q(latitude__isnull=True) | Q(longitude__isnull=True)),
        "villages that outlived their commune": Village.objects.filter(
            valid_to__isnull=True, commune__valid_to__isnull=False
        ),
    }
    return {kind: [str(row) for row in rows.order_by("id")[:MOST_NAMED]] for kind, rows in found.items()}


def communes_without_boundary() -> int:
    """How many communes of today the map still draws as approximate cells."""
    drawn = Boundary.objects.filter(unit__level=Level.COMMUNE, unit__valid_to__isnull=True).count()
    return Unit.objects.filter(level=Level.COMMUNE, valid_to__isnull=True).count() - drawn
