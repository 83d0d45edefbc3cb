"""Everything that is read, one noun a file; each scoped to the actor."""

from maiam.contexts.cases.queries.addressed import codes_of, person_addressed
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
from maiam.contexts.cases.queries.closing import closing_conditions, opened_last_at
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
from maiam.contexts.cases.queries.moves import MovePage, communes_to_move_to, move_page
from maiam.contexts.cases.queries.named import is_named, who_harmed
from maiam.contexts.cases.queries.pairs import Pair, pairs_of_case
from maiam.contexts.cases.queries.people import (
    KnownPerson,
    is_child_case,
    known_people,
    residence_of,
)
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.queries.register import RegisterPage, paper_register
from maiam.contexts.cases.queries.speakers import Speaker, is_perpetrator_named, speakers_for
from maiam.contexts.cases.queries.timeline import Fact, timeline
from maiam.contexts.cases.queries.told import ToldIncident, incidents_told

__all__ = [
    "AwaitingDecision",
    "CaseDetail",
    "CaseFilter",
    "CaseLine",
    "Fact",
    "IncidentDetail",
    "KnownPerson",
    "MeasureDetail",
    "MeasureLine",
    "MovePage",
    "NearIncident",
    "NoOrderError",
    "NoSupervisorError",
    "OpenedDocument",
    "Pair",
    "RegisterPage",
    "Speaker",
    "Step",
    "ToldIncident",
    "answering_post",
    "awaiting_decision",
    "case_detail",
    "case_of_incident",
    "case_of_report",
    "case_summary",
    "cases_page",
    "closing_conditions",
    "codes_of",
    "communes_to_move_to",
    "document",
    "form_to_fill",
    "incidents_near",
    "incidents_told",
    "is_child_case",
    "is_named",
    "is_perpetrator_named",
    "known_people",
    "measure_detail",
    "measures_in_force",
    "measures_over",
    "move_page",
    "opened_last_at",
    "pairs_of_case",
    "paper_register",
    "person_addressed",
    "reports_of_case",
    "residence_of",
    "risk_facts",
    "speakers_for",
    "timeline",
    "who_harmed",
]
