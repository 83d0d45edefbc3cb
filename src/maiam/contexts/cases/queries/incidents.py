"""Incidents: those of a case, and those a new report may be about."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from maiam.contexts.cases.models import Case, Incident, IncidentAct, IncidentParty, IncidentRelation, IncidentReport
from maiam.contexts.cases.rules.incidents import (
    ANSWER_LABELS,
    INJURY_LABELS,
    PARTY_ROLE_LABELS,
    REPORT_RELATION_LABELS,
    VERIFICATION_LABELS,
    WEAPON_LABELS,
    Answer,
    Injury,
    PartyRole,
    Precision,
    ReportRelation,
    Verification,
    Weapon,
    next_verifications,
)
from maiam.core.law.codes import kinds, relations
from maiam.core.law.regimes import Regime, acts_under, citation_of
from maiam.core.text import VIETNAM, write_date, write_datetime
from maiam.platform.access import Actor, Permission

NEAR_DAYS = 60
MOST_NEAR = 20


@dataclass(frozen=True)
class PartyLine:
    """A person in an incident, without address: the page may be read with somebody beside the reader."""

    person_id: UUID
    name: str
    role: PartyRole
    role_label: str
    was_child: bool | None
    relation_labels: list[str]


@dataclass(frozen=True)
class ActLine:
    label: str
    article: str


@dataclass(frozen=True)
class ReportLink:
    report_id: UUID
    relation_label: str
    told_at: datetime
    linked_at: datetime


@dataclass(frozen=True)
class IncidentDetail:
    """One incident, opened."""

    incident: Incident
    when: str
    acts: list[ActLine]
    kind_labels: list[str]
    injury_label: str
    weapon_label: str
    alcohol_label: str
    children_label: str
    verification_label: str
    next_verifications: list[tuple[Verification, str]]
    parties: list[PartyLine]
    reports: list[ReportLink]

    @property
    def id(self) -> UUID:
        return self.incident.id

    def child_of(self, person_id: UUID) -> bool | None:
        """Was this party a child? None where unknown; False for somebody who is no party."""
        return next((party.was_child for party in self.parties if party.person_id == person_id), False)


def incidents_of(actor: Actor, case: Case) -> list[IncidentDetail]:
    """The incidents of a case, newest first."""
    rows = list(Incident.objects.visible_to(actor).filter(case_links__case=case).order_by("-occurred_at", "-id"))
    acts = defaultdict(list)
    for act in IncidentAct.objects.filter(incident__in=rows).order_by("code"):
        acts[act.incident_id].append(act.code)
    parties = _parties(rows)
    links = defaultdict(list)
    for link in IncidentReport.objects.filter(incident__in=rows).select_related("report").order_by("linked_at"):
        links[link.incident_id].append(link)
    return [_detail(row, acts[row.id], parties[row.id], links[row.id]) for row in rows]


def reports_of_case(actor: Actor, case: Case) -> list[ReportLink]:
    """The reports that told of the incidents of a case, oldest first."""
    links = IncidentReport.objects.visible_to(actor).filter(incident__case_links__case=case)
    return [_link(link) for link in links.select_related("report").order_by("report__told_at", "id")]


@dataclass(frozen=True)
class NearIncident:
    """A known incident a report may be about: when, where, who."""

    id: UUID
    when: str
    village: str
    kind_labels: list[str]
    names: list[str]

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.when, self.village, *self.names) if part)


def incidents_near(actor: Actor, *, commune_id: int, village_id: int | None, now: datetime) -> list[NearIncident]:
    """Incidents of the last weeks in the same commune; those of the same village first."""
    actor.require(Permission.VIEW_CASES)
    rows = (
        Incident.objects.visible_to(actor)
        .filter(commune_id=commune_id, occurred_at__gte=now - timedelta(days=NEAR_DAYS))
        .select_related("village")
        .order_by("-occurred_at", "-id")[:MOST_NEAR]
    )
    found = sorted(rows, key=lambda row: row.village_id != village_id)
    names = defaultdict(list)
    for party in IncidentParty.objects.filter(incident__in=found).order_by("id"):
        names[party.incident_id].append(party.name)
    return [
        NearIncident(row.id, when_of(row), row.village.name if row.village else "", _kind_labels(row), names[row.id])
        for row in found
    ]


def when_of(incident: Incident) -> str:
    """Write the time of an incident as exactly as it is known, and no more."""
    written = _when(incident)
    return f"khoảng {written}" if incident.is_approximate else written


def _when(incident: Incident) -> str:
    local = incident.occurred_at.astimezone(VIETNAM)
    match Precision(incident.precision):
        case Precision.MOMENT:
            return write_datetime(local)
        case Precision.DAY:
            return write_date(local)
        case Precision.MONTH:
            return f"tháng {local:%m/%Y}"
        case Precision.YEAR:
            return f"năm {local.year}"


def _kind_labels(incident: Incident) -> list[str]:
    return [kinds()[code].vi for code in incident.kinds]


def _parties(incidents: list[Incident]) -> dict[UUID, list[PartyLine]]:
    """Parties by incident; to each protected person, what each perpetrator is to them."""
    told = defaultdict(list)
    for relation in IncidentRelation.objects.filter(incident__in=incidents).select_related("perpetrator"):
        label = relations()[relation.relation].vi
        told[relation.victim_id].append(f"{relation.perpetrator.name}: {label.lower()}")
    lines = defaultdict(list)
    order = {role: place for place, role in enumerate(PartyRole)}
    parties = IncidentParty.objects.filter(incident__in=incidents)
    for party in sorted(parties, key=lambda party: (order[PartyRole(party.role)], str(party.id))):
        role = PartyRole(party.role)
        line = PartyLine(party.person_id, party.name, role, PARTY_ROLE_LABELS[role], party.was_child, told[party.id])
        lines[party.incident_id].append(line)
    return lines


def _detail(
    incident: Incident, acts: list[str], parties: list[PartyLine], links: list[IncidentReport]
) -> IncidentDetail:
    regime, verification = Regime(incident.regime), Verification(incident.verification)
    listed = acts_under(regime)
    return IncidentDetail(
        incident=incident,
        when=when_of(incident),
        acts=[ActLine(listed[code].vi, citation_of(listed[code], regime)) for code in acts],
        kind_labels=_kind_labels(incident),
        injury_label=INJURY_LABELS[Injury(incident.injury)],
        weapon_label=WEAPON_LABELS[Weapon(incident.weapon)],
        alcohol_label=ANSWER_LABELS[Answer(incident.alcohol)],
        children_label=ANSWER_LABELS[Answer(incident.children_present)],
        verification_label=VERIFICATION_LABELS[verification],
        next_verifications=[(step, VERIFICATION_LABELS[step]) for step in next_verifications(verification)],
        parties=parties,
        reports=[_link(link) for link in links],
    )


def _link(link: IncidentReport) -> ReportLink:
    label = REPORT_RELATION_LABELS[ReportRelation(link.relation)]
    return ReportLink(link.report_id, label, link.report.told_at, link.linked_at)
