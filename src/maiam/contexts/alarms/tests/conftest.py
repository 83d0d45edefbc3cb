"""The home of the case tests, a second woman and a sister in the same home; and reports that come in after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from maiam.contexts.alarms import queries
from maiam.contexts.alarms.queries import AlarmPage
from maiam.contexts.cases.tests.conftest import *  # noqa: F403 - the same home, the same story
from maiam.contexts.families import services as families
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.draft import ReportDraft, Reporter
from maiam.platform.access import acting


@pytest.fixture
def told(desk, village_head, commune, village, now) -> Callable[..., UUID]:
    """Another report reaches the commune, ten days after the first unless said otherwise."""

    def tell(story: str = "Nghe tiếng la hét.", *, after_days: float = 10, phone: str = "", **changes: object) -> UUID:
        draft = ReportDraft(
            channel="in_person",
            receiving_address="village_head",
            entry_key=f"{story} {after_days} {phone}",
            story=story,
            commune_id=commune.id,
            village_id=village.id,
            reporter=Reporter(type_code="neighbour", phone=phone) if phone else Reporter(),
        )
        at = now + timedelta(days=after_days)
        with acting(village_head):
            return reports.file_report(actor=village_head, draft=replace(draft, **changes), now=at).report_id

    return tell


@pytest.fixture
def alarms(now) -> Callable[..., AlarmPage]:
    """What an actor learns of before a report, twenty days later."""

    def ask(actor, report_id, chosen=None) -> AlarmPage:
        with acting(actor):
            return queries.alarms_of(actor, report_id, chosen or {}, now + timedelta(days=20))

    return ask


@pytest.fixture
def home_of(lan, commune, village, now) -> Callable[..., None]:
    """Let people of the register live in one household."""

    def live(head: UUID, *others: UUID) -> None:
        with acting(lan):
            home = families.register_household(
                actor=lan, commune_id=commune.id, village_id=village.id, code=f"H{head.hex[:6]}", now=now
            )
            for person, role in [(head, MemberRole.HEAD), *((other, MemberRole.OTHER) for other in others)]:
                families.add_member(
                    actor=lan,
                    household_id=home.id,
                    person_id=person,
                    role=role,
                    starts_on=date(2020, 1, 1),
                    now=now,
                )

    return live
