"""Kinds of organisations, and what a session must show before it may act. Pure."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    COMMUNE_PC = "commune_pc"
    COMMUNE_POLICE = "commune_police"
    HEALTH_STATION = "health_station"
    WOMEN_UNION = "women_union"
    VILLAGE = "village"
    TEAM = "team"
    TRUSTED_ADDRESS = "trusted_address"
    HOTLINE = "hotline"
    PROVINCE_PC = "province_pc"
    DEPARTMENT = "department"
    INSPECTORATE = "inspectorate"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.value) for kind in cls]
