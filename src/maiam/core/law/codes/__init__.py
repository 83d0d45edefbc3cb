"""The lists of law, typed and checked at first use: one function a list, each row by its code.

A row keeps its sources and whether it was compared with the original text (`confirmed`).
"""

from maiam.core.law.codes.deadlines import Deadline, deadlines
from maiam.core.law.codes.house import Told, at_once_tolerance, escalation_ladder
from maiam.core.law.codes.indicators import Indicator, indicators
from maiam.core.law.codes.measures import (
    Measure,
    NoContactMeasure,
    OtherIntervention,
    measures,
    no_contact_by_commune,
    other_interventions,
)
from maiam.core.law.codes.paper_templates import (
    PaperTemplate,
    forms_not_made_here,
    never_on_paper,
    paper_facts,
    paper_templates,
    templates_for,
)
from maiam.core.law.codes.papers import DataGroup, Form, ReportTable, data_groups, forms, report_tables
from maiam.core.law.codes.people import (
    ActorInLaw,
    PriorityGroup,
    Relation,
    SupportEstablishment,
    actors,
    priority_groups,
    relations,
    support_establishments,
)
from maiam.core.law.codes.procedures import Ask, Choice, Procedure, choice_lists, label_of, procedures
from maiam.core.law.codes.reading import Confirmed, Labelled, ListError, Row
from maiam.core.law.codes.reports import (
    OtherContact,
    ReceivingAddress,
    ReportChannel,
    ReporterType,
    numbers_to_call,
    other_contacts,
    receiving_addresses,
    report_channels,
    reporter_types,
)
from maiam.core.law.codes.sources import Source, sources
from maiam.core.law.codes.violence import (
    Act,
    Kind,
    ProhibitedConduct,
    acts,
    classification_confirmed,
    kinds,
    prohibited_conduct,
)

__all__ = [
    "Act",
    "ActorInLaw",
    "Ask",
    "Choice",
    "Confirmed",
    "DataGroup",
    "Deadline",
    "Form",
    "Indicator",
    "Kind",
    "Labelled",
    "ListError",
    "Measure",
    "NoContactMeasure",
    "OtherContact",
    "OtherIntervention",
    "PaperTemplate",
    "PriorityGroup",
    "Procedure",
    "ProhibitedConduct",
    "ReceivingAddress",
    "Relation",
    "ReportChannel",
    "ReportTable",
    "ReporterType",
    "Row",
    "Source",
    "SupportEstablishment",
    "Told",
    "actors",
    "acts",
    "at_once_tolerance",
    "choice_lists",
    "classification_confirmed",
    "data_groups",
    "deadlines",
    "escalation_ladder",
    "forms",
    "forms_not_made_here",
    "indicators",
    "kinds",
    "label_of",
    "measures",
    "never_on_paper",
    "no_contact_by_commune",
    "numbers_to_call",
    "other_contacts",
    "other_interventions",
    "paper_facts",
    "paper_templates",
    "priority_groups",
    "procedures",
    "prohibited_conduct",
    "receiving_addresses",
    "relations",
    "report_channels",
    "report_tables",
    "reporter_types",
    "sources",
    "support_establishments",
    "templates_for",
]
