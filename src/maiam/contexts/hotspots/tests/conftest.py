"""A province in which people tell as they usually do, and a commune in which of late they tell more."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest

from maiam.contexts.hotspots import services
from maiam.contexts.hotspots.models import Alert, Run
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.reports.models import Report
from maiam.platform.access import Actor, acting

HOUSE = Actor.system("test")


@pytest.fixture
def tell(commune) -> Callable[..., list[Report]]:
    """Let reports be told in a commune on days ago; each from another home unless they are told alike."""

    def make(
        now: datetime,
        days_ago: list[float],
        *,
        at: Unit = commune,
        village: Village | None = None,
        alike: str = "",
        signs: Sequence[str] = (),
    ) -> list[Report]:
        rows = [
            Report(
                channel="phone_call",
                receiving_address="commune_pc",
                told_at=now - timedelta(days=days),
                received_at=now - timedelta(days=days),
                story_sealed=b"",
                place_sealed=b"",
                likeness=alike or uuid4().hex,
                signs=list(signs),
                commune=at,
                village=village,
            )
            for days in days_ago
        ]
        return Report.objects.bulk_create(rows)

    return make


@pytest.fixture
def usual(province, tell, now) -> None:
    """A year in which some thirty communes tell now and then, each at its own rate."""
    rng = np.random.default_rng(195)
    communes = list(Unit.objects.filter(province=province, level="commune", valid_to__isnull=True).order_by("id"))
    for unit in communes[:30]:
        how_many = int(rng.poisson(rng.gamma(2.0, 4.0)))
        tell(now, [float(day) for day in rng.uniform(1.0, 392.0, how_many)], at=unit)
    tell(now, [392.4, 380.0, 300.0, 220.0, 150.0, 90.0, 60.0])


@pytest.fixture
def outbreak(usual, tell, now) -> list[Report]:
    """Seven homes within five days, in a commune that tells seven times a year."""
    return tell(now, [1.2, 1.6, 2.1, 2.8, 3.3, 4.1, 5.0])


@pytest.fixture
def run_at(province) -> Callable[..., Run]:
    """Ask for the morning's run and carry it to its end."""

    def go(now: datetime) -> Run:
        with acting(HOUSE):
            services.ask_morning_runs(actor=HOUSE, now=now)
            for _ in services.carry_runs(actor=HOUSE, now=now):
                pass
            return Run.objects.filter(province=province).order_by("-day", "-asked_at")[0]

    return go


@pytest.fixture
def alert(outbreak, lan, mai, run_at, now, commune) -> Alert:
    """What the outbreak became this morning."""
    run_at(now)
    return Alert.objects.get(communes__contains=[commune.id])
