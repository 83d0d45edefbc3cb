"""Whom a report may be about: those chosen, those of its incident, or like names in its words; and their homes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maiam.contexts.alarms.rules.intake import Someone
from maiam.contexts.alarms.rules.names import bears, names_in
from maiam.contexts.cases.models import IncidentParty
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.contexts.families import queries as families
from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.rules import CHILD_BELOW
from maiam.contexts.reports.models import Report
from maiam.core.law.codes.house import alarms as limits
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor

Named = Mapping[UUID, PartyRole | None]


@dataclass(frozen=True)
class Homes:
    """With whom each person lives on the day, and the children among them."""

    lives_with: Mapping[UUID, frozenset[UUID]]
    children: Mapping[UUID, frozenset[UUID]]


def whom(actor: Actor, report: Report, chosen: Named, now: datetime) -> list[Someone]:
    """The people chosen; else those of the incident the report told of; else who bears a name in its words."""
    named: dict[UUID, PartyRole | None] = dict(chosen) or _of_its_incident(actor, report)
    if named:
        today = families.current_person_ids(actor, named)
        roles = {today[person_id]: role for person_id, role in named.items()}
        rows = Person.objects.visible_to(actor).in_bulk(list(roles))
        return [Someone(row.id, row.full_name, row.birth_year, roles[row.id]) for row in rows.values()]
    return _candidates(actor, report, now)


def _of_its_incident(actor: Actor, report: Report) -> dict[UUID, PartyRole | None]:
    parties = IncidentParty.objects.visible_to(actor).filter(incident__report_links__report=report)
    return {party.person_id: PartyRole(party.role) for party in parties}


def _candidates(actor: Actor, report: Report, now: datetime) -> list[Someone]:
    """People of the report's commune whose name stands in its words; a name too many bear is nobody's."""
    names = names_in(f"{report.story}\n{report.place_as_given}")
    if not names or report.commune_id is None:
        return []
    hits = families.persons_named(actor, names, commune_id=report.commune_id, now=now)
    found: dict[UUID, Someone] = {}
    for name in names:
        bearers = [hit for hit in hits if bears(hit.full_name, name)]
        if report.village_id and any(hit.village_id == report.village_id for hit in bearers):
            bearers = [hit for hit in bearers if hit.village_id == report.village_id]
        if len(bearers) <= limits().namesakes_most:
            found |= {hit.id: Someone(hit.id, hit.full_name, hit.birth_year, is_certain=False) for hit in bearers}
    return list(found.values())


def other_ids(actor: Actor, people: list[Someone], homes: Homes) -> dict[UUID, UUID]:
    """Every id these people and those they live with were ever known under, with the one of today."""
    today = {someone.id for someone in people}.union(*homes.lives_with.values())
    merged = Person.objects.visible_to(actor).filter(merged_into_id__in=today)
    return {person_id: person_id for person_id in today} | dict(merged.values_list("id", "merged_into_id"))


def homes_of(actor: Actor, people: list[Someone], on: date) -> Homes:
    """The households these people belong to on a day, with everybody in them."""
    stays = HouseholdMembership.objects.visible_to(actor).on(on)
    own = list(stays.filter(person_id__in=[someone.id for someone in people]).values_list("person_id", "household_id"))
    members = defaultdict(set)
    children = set()
    for stay in stays.filter(household_id__in={home for _, home in own}).select_related("person"):
        members[stay.household_id].add(stay.person_id)
        birth = stay.person.birth
        if birth is not None and birth.age_on(on) < CHILD_BELOW and stay.person.died_on is None:
            children.add(stay.person_id)
    lives_with: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    for person_id, home in own:
        lives_with[person_id] |= frozenset(members[home]) - {person_id}
    return Homes(lives_with, {person_id: others & children for person_id, others in lives_with.items()})


def day_of(report: Report) -> date:
    return report.told_at.astimezone(VIETNAM).date()
