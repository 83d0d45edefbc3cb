"""Who owes the first duty when a report arrives, Law 13/2022/QH15 Arts 19-20; Decree 76 Art. 9."""

from typing import Final

from maiam.core.law.codes.reports import receiving_addresses, report_channels
from maiam.core.law.limits import TimeLimit, time_limit

# Where a report arrives decides the first duty: to act, or to tell the chairman of the commune who must act.
_FIRST_DUTIES: Final = {
    "commune_pc": "REPORT_CHAIR_ACT",
    "police_border": "REPORT_POLICE_NOTIFY",
    "school": "REPORT_OTHERS_NOTIFY",
    "village_head": "REPORT_OTHERS_NOTIFY",
    "front_board_head": "REPORT_OTHERS_NOTIFY",
    "commune_organisation_head": "REPORT_OTHERS_NOTIFY",
    "national_hotline": "HOTLINE_NOTIFY",
}

CHAIR_ACT: Final = time_limit("REPORT_CHAIR_ACT")


def first_duty(receiving_address_code: str) -> TimeLimit:
    """Return the duty that starts when a report reaches this address. Raises `KeyError` for another code."""
    return time_limit(_FIRST_DUTIES[receiving_addresses()[receiving_address_code].code])


def must_tell_chairman(receiving_address_code: str) -> bool:
    """Every address but the commune's own passes the report on to its chairman."""
    return first_duty(receiving_address_code) is not CHAIR_ACT


def is_statutory_channel(channel_code: str) -> bool:
    """Tell whether a report came in a form the law names. Raises `KeyError` for an unknown channel."""
    return report_channels()[channel_code].statutory
