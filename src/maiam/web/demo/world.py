"""The demonstration, step by step: each step is one transaction, remembered, so that a start cut short goes on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from django.conf import settings

from maiam.contexts.accounts.models import Account
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.contexts.places.rules import Level, VillageKind
from maiam.platform.access import Actor, acting
from maiam.platform.errors import DomainError
from maiam.web.demo import (
    asked,
    chronicles,
    hot_spots,
    lists,
    lives,
    oddities,
    people,
    put_right,
    reaching,
    register,
    rounds,
    today,
    told_again,
    too_near,
)
from maiam.web.demo.ends import Year
from maiam.web.models import DemoStep

SEED = 195
HOUSEHOLDS = 3_000
MAIN, NEIGHBOUR = "Xã Đắk Mil", "Xã Đắk Wil"
ROUND_ENDED = {MAIN, NEIGHBOUR, "Phường Bắc Gia Nghĩa"}
LAST_STEP = "the clocks so far"
FOUNDED_AT = datetime(2025, 11, 1, 1, tzinfo=UTC)
# Of the province that was joined to Lâm Đồng, and of its communes.
LAST_DAY = date(2025, 6, 30)
REPORTS_IN_MAIN, REPORTS_ELSEWHERE = 48, (0, 2, 3, 4, 4, 5, 6, 9)
# Below this, only the main commune and its neighbour are filled: tests need no more.
SMALL_WORLD = 1_000


class NotADemonstrationError(DomainError):
    code = "demo.refused"
    message = "Dữ liệu mẫu không được nạp vào hệ thống thật."


@dataclass(frozen=True)
class Step:
    name: str
    do: Callable[[Actor, Random], None]


def build(*, households: int, say: Callable[[str], None], now: datetime) -> int:
    """Take every step not taken yet; return how many were. Raises `NotADemonstrationError`.

    A world that was told to its end stays as it is: a step that newer code knows would come after all that follows it.
    """
    done = set(DemoStep.objects.values_list("name", flat=True))
    if not settings.DEMO or (not done and Account.objects.exists()):
        raise NotADemonstrationError
    if LAST_STEP in done:
        return 0
    wanted = [step for step in _steps(households, now) if step.name not in done]
    house = Actor.system("demonstration")
    for number, step in enumerate(wanted, start=1):
        say(f"{number}/{len(wanted)} {step.name}")
        with acting(house):
            step.do(house, Random(f"{SEED}:{step.name}"))
            DemoStep.objects.create(name=step.name)
    return len(wanted)


def _steps(households: int, now: datetime) -> Iterator[Step]:
    everywhere = communes(is_small=households < SMALL_WORLD)
    main = everywhere[0]
    yield Step("province", lambda house, _: people.seat_province(house, places.province_of(main)))
    for commune in everywhere:
        yield Step(f"villages of {commune.name}", _villages(commune))
    for commune in everywhere:
        yield Step(f"posts of {commune.name}", _posts(commune))
    for commune, how_many in _shares(everywhere, households):
        yield Step(f"households of {commune.name}", _households(commune, how_many))
    for commune in everywhere:
        yield Step(f"a year of the register of {commune.name}", _register_year(commune, now))
    for commune in everywhere:
        yield Step(f"a year in {commune.name}", _year(commune, now))
    yield Step("what went wrong", lambda _, random: oddities.go_wrong(main, random, now))
    yield Step("questions of the province", lambda _, _random: rounds.publish_questions(main, now))
    for commune in (one for one in everywhere if one.name in ROUND_ENDED):
        yield Step(f"a round of collection that ended in {commune.name}", _ended_round(commune, now))
    yield Step("a round of collection that runs", lambda _, random: rounds.Collectors(main, random).run_a_round(now))
    yield Step("what people ask of their own data", lambda _house, _: asked.ask_in_every_state(main, now))
    # Whoever is erased is looked for in lists not read yet, which are emptied: so before one waits.
    yield Step("an erasure two people agreed to", lambda house, _: asked.have_one_erased(house, now))
    yield Step("a list that waits", lambda _house, _: lists.bring_one(main, now))
    yield Step("a system that is told", lambda _house, _: asked.tell_one_system(now))
    for commune in everywhere:
        yield Step(f"notices read in {commune.name}", _reading(commune, now))
    yield Step("what is due today", lambda _, random: today.Desk(main, random, now).fills())
    yield Step("how people are reached", lambda _house, _: reaching.happen(main, now))
    yield Step("too near", lambda house, _: too_near.happen(house, main, now))
    yield Step("told again", lambda _house, _: told_again.happen(main, now))
    yield Step("a year in two homes", lambda _house, _: lives.happen(main, now))
    yield Step("what a village head asks for", lambda _house, _: put_right.village_head_asks(main, now))
    (neighbour,) = (commune for commune in everywhere if commune.name == NEIGHBOUR)
    yield Step("people who stand twice", lambda house, _: put_right.people_stand_twice(house, main, neighbour, now))
    yield Step("a matter that went up", lambda house, _: too_near.go_up(house, neighbour, now))
    yield Step("a place that was hot", lambda _, random: hot_spots.was_hot(neighbour, random, now))
    yield Step("a place that is hot", lambda _, random: hot_spots.is_hot(main, random, now))
    yield Step("mornings of the province", lambda house, _: hot_spots.mornings(house, main, neighbour, now))
    yield Step(LAST_STEP, lambda house, _: today.let_clocks_run(house, now))


def _villages(commune: Unit) -> Callable[[Actor, Random], None]:
    return lambda house, random: register.add_villages(house, commune, random, FOUNDED_AT)


def _reading(commune: Unit, now: datetime) -> Callable[[Actor, Random], None]:
    return lambda _house, _random: today.read_what_they_were_told(commune, now)


def _posts(commune: Unit) -> Callable[[Actor, Random], None]:
    def seat(house: Actor, _random: Random) -> None:
        if commune.name == MAIN:
            (bon, *_) = (village for village in places.villages_of(commune.id) if village.kind == VillageKind.BON)
            people.seat_main_commune(house, commune, bon)
        else:
            people.seat_other_commune(house, commune, is_neighbour=commune.name == NEIGHBOUR)

    return seat


def _households(commune: Unit, how_many: int) -> Callable[[Actor, Random], None]:
    return lambda house, random: register.Clerk(house, commune, random, FOUNDED_AT).adds_households(how_many)


def _register_year(commune: Unit, now: datetime) -> Callable[[Actor, Random], None]:
    """Three times the usual where it is looked at closer: fewer than five of a kind are shown nowhere."""
    times = 3 if commune.name in ROUND_ENDED else 1
    return lambda _, random: chronicles.Chronicler(commune, random, now).happens(times=times)


def _ended_round(commune: Unit, now: datetime) -> Callable[[Actor, Random], None]:
    return lambda _, random: rounds.Collectors(commune, random).end_a_round(now)


def _year(commune: Unit, now: datetime) -> Callable[[Actor, Random], None]:
    """More happens where the demonstration looks closer; elsewhere a few in some communes, none in others."""

    def happen(_: Actor, random: Random) -> None:
        if commune.name == MAIN:
            Year(commune, random, now, asking_in_ten=7).happens(REPORTS_IN_MAIN)
        else:
            Year(commune, random, now, asking_in_ten=1).happens(random.choice(REPORTS_ELSEWHERE))

    return happen


def communes(*, is_small: bool) -> list[Unit]:
    """The communes of today that Đắk Nông's became, by name; of a small world, two of them.

    The main one comes first: the sign-in page offers the first seat of each role.
    """
    dak_nong = Unit.objects.get(level=Level.PROVINCE, name="Tỉnh Đắk Nông")
    became = {unit.id: unit for old in places.communes_of(dak_nong, LAST_DAY) for unit in places.units_it_became(old)}
    communes = sorted(became.values(), key=lambda unit: (unit.name != MAIN, unit.name))
    return [unit for unit in communes if unit.name in {MAIN, NEIGHBOUR}] if is_small else communes


def _shares(communes: list[Unit], households: int) -> list[tuple[Unit, int]]:
    """Households by commune, in proportion to its people."""
    people_of = {commune.id: commune.population or 10_000 for commune in communes}
    whole = sum(people_of.values())
    return [(commune, max(round(households * people_of[commune.id] / whole), 1)) for commune in communes]
