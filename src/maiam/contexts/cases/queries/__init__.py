"""Everything that is read, one noun a file; each scoped to the actor."""

from maiam.contexts.cases.queries.cases import (
    CaseDetail,
    CaseFilter,
    CaseLine,
    Step,
    case_detail,
    case_of_incident,
    case_of_report,
    case_summary,
    cases_page,
    risk_facts,
)
from maiam.contexts.cases.queries.documents import (
    NoOrderError,
    NoSupervisorError,
    OpenedDocument,
    document,
    form_to_fill,
)
from maiam.contexts.cases.queries.incidents import IncidentDetail, NearIncident, incidents_near, reports_of_case
from maiam.contexts.cases.queries.measure_detail import MeasureDetail, measure_detail
from maiam.contexts.cases.queries.measures import (
    AwaitingDecision,
    MeasureLine,
    awaiting_decision,
    measures_in_force,
    measures_over,
)
from maiam.contexts.cases.queries.pairs import Pair, pairs_of_case
from maiam.contexts.cases.queries.people import KnownPerson, known_people, residence_of

__all__ = [
    "AwaitingDecision",
    "CaseDetail",
    "CaseFilter",
    "CaseLine",
    "IncidentDetail",
    "KnownPerson",
    "MeasureDetail",
    "MeasureLine",
    "NearIncident",
    "NoOrderError",
    "NoSupervisorError",
    "OpenedDocument",
    "Pair",
    "Step",
    "awaiting_decision",
    "case_detail",
    "case_of_incident",
    "case_of_report",
    "case_summary",
    "cases_page",
    "document",
    "form_to_fill",
    "incidents_near",
    "known_people",
    "measure_detail",
    "measures_in_force",
    "measures_over",
    "pairs_of_case",
    "reports_of_case",
    "residence_of",
    "risk_facts",
]
