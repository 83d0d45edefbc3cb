"""Everything that is read, one noun a file; each scoped to the actor."""

from maiam.contexts.measures.queries.conditions import (
    competent_commune,
    condition_table,
    findings,
    findings_before,
    protector_of,
)
from maiam.contexts.measures.queries.files import FileLine, FilePage, file_page, perpetrator_files
from maiam.contexts.measures.queries.measures import (
    KindChoice,
    MeasureDetail,
    MeasureLine,
    MeasuresPage,
    Waiting,
    court_orders_broken,
    kind_choice,
    live_in_case,
    measure_detail,
    measure_line,
    measures_of_case,
    refuge,
    waiting_for_me,
)
from maiam.contexts.measures.queries.papers import (
    OpenedPaper,
    PaperLine,
    PaperPage,
    issued_paper,
    paper_line,
    paper_page,
    paper_to_fill,
)
from maiam.contexts.measures.queries.timeline import Timeline, timeline_of_case

__all__ = [
    "FileLine",
    "FilePage",
    "KindChoice",
    "MeasureDetail",
    "MeasureLine",
    "MeasuresPage",
    "OpenedPaper",
    "PaperLine",
    "PaperPage",
    "Timeline",
    "Waiting",
    "competent_commune",
    "condition_table",
    "court_orders_broken",
    "file_page",
    "findings",
    "findings_before",
    "issued_paper",
    "kind_choice",
    "live_in_case",
    "measure_detail",
    "measure_line",
    "measures_of_case",
    "paper_line",
    "paper_page",
    "paper_to_fill",
    "perpetrator_files",
    "protector_of",
    "refuge",
    "timeline_of_case",
    "waiting_for_me",
]
