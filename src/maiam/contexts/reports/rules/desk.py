"""Whoever takes a report at a desk: by which channel and at which address of Art. 19 it usually reaches them."""

from dataclasses import dataclass

from maiam.platform.access.policy import Role


@dataclass(frozen=True)
class Intake:
    channel: str
    receiving_address: str


_OF_COMMITTEE = Intake("in_person", "commune_pc")
_USUAL = {
    Role.VILLAGE_HEAD: Intake("in_person", "village_head"),
    Role.HOTLINE_OPERATOR: Intake("phone_call", "national_hotline"),
    Role.COMMUNE_POLICE: Intake("in_person", "police_border"),
    Role.WOMEN_UNION: Intake("in_person", "commune_organisation_head"),
    Role.HEALTH_STATION: Intake("referral_health", "commune_pc"),
    Role.TEAM_LEADER: Intake("own_detection", "commune_pc"),
    Role.TEAM_MEMBER: Intake("own_detection", "commune_pc"),
}


def usual_intake(role: Role | None) -> Intake:
    """Where reports usually reach a post of this role; the form may say otherwise."""
    return _USUAL.get(role, _OF_COMMITTEE) if role else _OF_COMMITTEE


def is_own_address(role: Role | None, receiving_address: str) -> bool:
    """The post is the address itself and owes its first duty; writing down what reached another does not."""
    return usual_intake(role).receiving_address == receiving_address
