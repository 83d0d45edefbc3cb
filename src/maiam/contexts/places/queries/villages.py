"""The villages inside a commune."""

from collections.abc import Collection

from maiam.contexts.places.models import Village


def villages_of(commune_id: int) -> list[Village]:
    """The villages of a commune that stand today."""
    return list(Village.objects.filter(commune_id=commune_id, valid_to__isnull=True).order_by("folded_name", "id"))


def villages_with_history(commune_id: int) -> list[Village]:
    """The same, each with the names it had before."""
    return list(
        Village.objects.filter(commune_id=commune_id, valid_to__isnull=True)
        .prefetch_related("former_names")
        .order_by("folded_name", "id")
    )


def ended_villages_of(commune_id: int) -> list[Village]:
    """The villages of a commune that were merged or dissolved, the latest first."""
    ended = Village.objects.filter(commune_id=commune_id, valid_to__isnull=False)
    return list(ended.select_related("merged_into").order_by("-valid_to", "folded_name", "id"))


def village(village_id: int) -> Village | None:
    return Village.objects.select_related("commune").filter(id=village_id).first()


def names_of_village(village_id: int) -> list[str]:
    """What a village is called, then what it was called before."""
    village = Village.objects.prefetch_related("former_names").filter(id=village_id).first()
    return [village.name, *(former.name for former in village.former_names.all())] if village else []


def village_points(commune_ids: Collection[int]) -> dict[int, tuple[float, float]]:
    """Longitude and latitude of each village of these communes whose place is known, ended ones too."""
    rows = Village.objects.filter(commune_id__in=commune_ids, latitude__isnull=False, longitude__isnull=False)
    return {
        village: (x, y)
        for village, x, y in rows.values_list("id", "longitude", "latitude")
        if x is not None and y is not None
    }
