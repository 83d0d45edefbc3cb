"""The tables of the context, one noun a file."""

from maiam.contexts.cases.models.carrying_out import Breach, PermittedContact, Supervision, Supervisor
from maiam.contexts.cases.models.cases import Case, CaseIncident, CaseStep, HouseholdMatter, PerpetratorFile
from maiam.contexts.cases.models.incidents import (
    Incident,
    IncidentAct,
    IncidentParty,
    IncidentRelation,
    IncidentReport,
)
from maiam.contexts.cases.models.moves import CaseMove
from maiam.contexts.cases.models.no_contact import NoContact
from maiam.contexts.cases.models.papers import (
    Delivery,
    EntryRevocation,
    IssuedPaper,
    NumberRegister,
    OfficialDocument,
    PaperFromAbove,
    RegisterEntry,
)
from maiam.contexts.cases.models.requests import Cancellation, NoContactRequest

__all__ = [
    "Breach",
    "Cancellation",
    "Case",
    "CaseIncident",
    "CaseMove",
    "CaseStep",
    "Delivery",
    "EntryRevocation",
    "HouseholdMatter",
    "Incident",
    "IncidentAct",
    "IncidentParty",
    "IncidentRelation",
    "IncidentReport",
    "IssuedPaper",
    "NoContact",
    "NoContactRequest",
    "NumberRegister",
    "OfficialDocument",
    "PaperFromAbove",
    "PermittedContact",
    "PerpetratorFile",
    "RegisterEntry",
    "Supervision",
    "Supervisor",
]
