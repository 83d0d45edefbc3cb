"""Requests about one's own data, what is a person's own, what stands against an erasure, the list of the erased."""

from maiam.contexts.rights.queries.erased import ForgedLineError, erased_people, list_file, proofs_not_listed
from maiam.contexts.rights.queries.holds import holds_on
from maiam.contexts.rights.queries.own_data import NOT_HERE, OwnFact, own_data
from maiam.contexts.rights.queries.proofs import is_genuine
from maiam.contexts.rights.queries.requests import (
    RequestLine,
    RequestPage,
    copy,
    copy_bytes,
    ended_before,
    names_of,
    person,
    request,
    requests,
)

__all__ = [
    "NOT_HERE",
    "ForgedLineError",
    "OwnFact",
    "RequestLine",
    "RequestPage",
    "copy",
    "copy_bytes",
    "ended_before",
    "erased_people",
    "holds_on",
    "is_genuine",
    "list_file",
    "names_of",
    "own_data",
    "person",
    "proofs_not_listed",
    "request",
    "requests",
]
