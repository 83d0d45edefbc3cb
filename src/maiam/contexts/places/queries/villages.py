"""The villages inside a commune."""

from maiam.contexts.places.models import Village


def villages_of(commune_id: int) -> list[Village]:
    """The villages of a commune that stand today."""
    return list(Village.objects.filter(commune_id=commune_id, valid_to__isnull=True).order_by("folded_name", "id"))


def village(village_id: int) -> Village | None:
    return Village.objects.select_related("commune").filter(id=village_id).first()
