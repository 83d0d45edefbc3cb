"""How a report may arrive: where, through what, from whom."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from maiam.core.law.codes.house import numbers_shown
from maiam.core.law.codes.reading import Labelled, by_code, read


class ReceivingAddress(Labelled):
    """One of the addresses of Art. 19(1), with its first duty of Art. 20."""

    letter: str
    first_duty: str
    limit: Literal["immediate"]


class OtherContact(Labelled):
    """A number printed on leaflets that is not an address of Art. 19."""

    number: str | None


class ReportChannel(Labelled):
    """How a report came in; only some ways are forms of Art. 19(2) or of another text."""

    statutory: bool
    legal: str | None


class ReporterType(Labelled):
    """Who reports."""


@cache
def receiving_addresses() -> Mapping[str, ReceivingAddress]:
    return by_code(ReceivingAddress, read("receiving_addresses")["items"], "receiving_addresses.yaml")


@cache
def other_contacts() -> Mapping[str, OtherContact]:
    return by_code(OtherContact, read("receiving_addresses")["other_contacts"], "receiving_addresses.yaml")


@cache
def numbers_to_call() -> tuple[OtherContact, ...]:
    """The numbers the public pages show, in the province's order."""
    contacts = other_contacts()
    return tuple(contacts[code] for code in numbers_shown())


@cache
def report_channels() -> Mapping[str, ReportChannel]:
    return by_code(ReportChannel, read("report_channels")["items"], "report_channels.yaml")


@cache
def reporter_types() -> Mapping[str, ReporterType]:
    return by_code(ReporterType, read("report_channels")["reporter_types"], "report_channels.yaml")
