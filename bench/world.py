"""A fictional corner of a province, large: five communes of 20,000 people each, from a seed, by COPY.

Seats and villages are made by the services, as an administrator would; what there is much of is copied in,
in the very form the services give it (`_check_form` compares).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from random import Random

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.duties import rules as duties
from maiam.contexts.duties.models import Obligation
from maiam.contexts.families import services as families
from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.reports.models import Report
from maiam.contexts.reports.rules.draft import Happening, Mode
from maiam.contexts.reports.rules.states import Outcome, State
from maiam.core.law.limits import time_limit
from maiam.core.text import fold, sort_key
from maiam.platform import vault
from maiam.platform.access import Actor, Role, acting
from maiam.platform.audit import chain, trail
from maiam.platform.audit.models import AuditEntry
from maiam.platform.ids import new_id
from maiam.web.demo import people, register
from maiam.web.demo.names import full_name, kin
from maiam.web.demo.tellings import TELLINGS

SEED = 195
COMMUNES = 5
PERSONS = 100_000
REPORTS = 20_000
AUDIT_ENTRIES = 50_000
SHARE_OPEN = 0.02
FOUNDED_AT = datetime(2026, 11, 1, 1, tzinfo=UTC)
LIVED_THERE_SINCE = date(2020, 1, 1)
YEAR_SECONDS = 365 * 24 * 3600
# Each report brings its chairman's clock, and on average one later of a case and one of a measure.
LATER_CLOCKS = (
    ("cases.no_contact", "BAN_DECIDE", Role.COMMUNE_CHAIRMAN),
    ("cases.case", "CHILD_PLAN", Role.CULTURE_OFFICER),
)


def officer() -> Actor:
    """The officer whose lists are timed: she reaches one commune."""
    return _actor(Role.CULTURE_OFFICER, _communes()[0])


def chairman() -> Actor:
    """Who agrees to what leaves that commune."""
    return _actor(Role.COMMUNE_CHAIRMAN, _communes()[0])


def operator() -> Actor:
    """The hotline's operator, for whose post a machine files reports."""
    return _actor(Role.HOTLINE_OPERATOR, None)


def commune_ids() -> list[int]:
    return [commune.id for commune in _communes()]


def make() -> None:
    """Fill an empty, migrated database that already knows the places of Vietnam."""
    random, house = Random(SEED), Actor.system("bench")
    with acting(house):
        people.seat_province(house, places.provinces_of_today().get(code=settings.PROVINCE_CODE))
        for commune in _communes():
            register.add_villages(house, commune, random, FOUNDED_AT)
            people.seat_other_commune(house, commune, is_neighbour=False)
    homes = [home for commune in _communes() for home in _homes(commune, random)]
    _copy(Household, [home.household for home in homes])
    _copy(Person, [person for home in homes for person in home.persons])
    _copy(HouseholdMembership, [row for home in homes for row in home.memberships])
    _check_form(house)
    reports = [_report(commune, random) for commune in _communes() for _ in range(REPORTS // COMMUNES)]
    _copy(Report, reports)
    _copy(Obligation, [clock for report in reports for clock in _clocks(report, random)])
    _write_trail(house, reports)


# --- people


@dataclass(frozen=True)
class Home:
    household: Household
    persons: list[Person]

    @property
    def memberships(self) -> Iterator[HouseholdMembership]:
        for number, person in enumerate(self.persons):
            role = MemberRole.HEAD if number == 0 else MemberRole.CHILD
            yield HouseholdMembership(
                household_id=self.household.id,
                person_id=person.id,
                role=role,
                starts_on=LIVED_THERE_SINCE,
                recorded_at=FOUNDED_AT,
            )


def _homes(commune: Unit, random: Random) -> list[Home]:
    villages, homes, left = places.villages_of(commune.id), [], PERSONS // COMMUNES
    while left:
        village, size = random.choice(villages), min(random.randint(2, 6), left)
        code = f"{commune.code}-{len(homes) + 1:05d}"
        household = Household(commune_id=commune.id, village_id=village.id, code=code, registered_at=FOUNDED_AT)
        homes.append(Home(household, [_person(village, random) for _ in range(size)]))
        left -= size
    return homes


def _person(village: Village, random: Random) -> Person:
    of, is_woman = kin(random), random.random() < 0.5
    name = full_name(random, of, is_woman=is_woman)
    return Person(
        commune_id=village.commune_id,
        village_id=village.id,
        full_name=name,
        search_text=f" {_fold(name)}  {_fold(village.name)}",
        sort_key=_sort_key(name),
        sex=Sex.FEMALE if is_woman else Sex.MALE,
        birth_year=random.randint(1930, 2025),
        ethnicity=of.people,
        phone=f"+8490{random.randint(0, 9_999_999):07d}" if random.random() < 0.5 else "",
        registered_at=FOUNDED_AT,
    )


_fold, _sort_key = lru_cache(fold), lru_cache(maxsize=100_000)(sort_key)


def _check_form(house: Actor) -> None:
    """What was copied in must look as if registered: the search depends on it."""
    copied = Person.objects.all()[0]
    facts = families.PersonFacts(
        full_name=copied.full_name, commune_id=copied.commune_id, village_id=copied.village_id, sex=Sex(copied.sex)
    )
    with acting(house):
        registered = families.register_person(actor=house, facts=facts, now=FOUNDED_AT)
        transaction.set_rollback(True)
    if (copied.search_text, copied.sort_key) != (registered.search_text, registered.sort_key):
        raise AssertionError(
            f"{copied.search_text!r} was copied in, {registered.search_text!r} is what the register writes"
        )


# --- reports and clocks


def _report(commune: Unit, random: Random) -> Report:
    told_at = FOUNDED_AT - timedelta(seconds=random.randrange(YEAR_SECONDS))
    taker = _post(Role.CULTURE_OFFICER, commune)
    telling, report_id, is_open = random.choice(TELLINGS), new_id(), random.random() < SHARE_OPEN
    return Report(
        id=report_id,
        channel="phone_call",
        receiving_address="commune_pc",
        told_at=told_at,
        received_at=told_at,
        taken_by_post=taker,
        story_sealed=vault.seal(telling.story, place=f"reports_report.story:{report_id}"),
        place_sealed=vault.seal("", place=f"reports_report.place:{report_id}"),
        kinds=list(telling.kinds),
        happening=Happening.NOT_NOW,
        in_danger=list(telling.in_danger),
        mode=Mode.ANONYMOUS,
        likeness=vault.index(str(report_id), field="reports.report.likeness"),
        commune=commune,
        village=random.choice(_villages(commune)),
        owner_post=taker,
        state=State.RECEIVED if is_open else State.ANSWERED,
        outcome=None if is_open else random.choice(list(Outcome)),
        opened_at=None if is_open else told_at,
    )


def _clocks(report: Report, random: Random) -> Iterator[Obligation]:
    yield _clock(report, "REPORT_CHAIR_ACT", report.owner_post, is_running=report.is_open)
    for kind, rule, role in LATER_CLOCKS:
        clock = _clock(report, rule, _post(role, report.commune), is_running=random.random() < SHARE_OPEN / 2)
        clock.subject_kind, clock.subject_id = kind, new_id()
        yield clock


def _clock(report: Report, rule: str, owner: Post, *, is_running: bool) -> Obligation:
    moments = duties.schedule(time_limit(rule), report.told_at)
    return Obligation(
        rule=rule,
        subject_kind="reports.report",
        subject_id=report.id,
        what="Tin báo mới: xử lý hoặc phân công",
        commune_id=report.commune_id,
        owner_post=owner,
        started_at=report.told_at,
        due_at=moments.due_at,
        late_after=moments.late_after,
        next_step_at=moments.next_after(0) if is_running else None,
        state=duties.State.RUNNING if is_running else duties.State.MET,
        closed_at=None if is_running else moments.due_at,
        proof="" if is_running else "reports.triagedecision",
    )


# --- the trail


def _write_trail(house: Actor, reports: list[Report]) -> None:
    """Entries as `audit.record` writes them, sealed into their chain."""
    _copy(AuditEntry, [_entry(house, reports[number % REPORTS]) for number in range(AUDIT_ENTRIES)])
    with acting(house):
        while chain.seal(now=FOUNDED_AT):
            pass


def _entry(house: Actor, report: Report) -> AuditEntry:
    entry = AuditEntry(
        at=report.told_at,
        actor=f"{house.kind}:{house.name}",
        action="reports.report.read",
        subject_type="reports.report",
        subject_id=str(report.id),
        request_id=str(new_id()),
    )
    entry.mac = trail.mac_of(entry)
    return entry


# --- copying in


def _copy(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """COPY rows into the model's table. Under row-level security there is no COPY, so the owner lifts it meanwhile."""
    table, fields = model._meta.db_table, model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                values = [(field, getattr(row, field.attname)) for field in fields]
                copy.write_row([field.get_db_prep_save(value, connection) for field, value in values])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


# --- who and where


def _actor(role: Role, commune: Unit | None) -> Actor:
    post, now = _post(role, commune), timezone.now()
    return accounts.actor_in_post(accounts.holders_of(post, now)[0], post, now)


@lru_cache
def _post(role: Role, commune: Unit | None) -> Post:
    province = places.provinces_of_today().get(code=settings.PROVINCE_CODE)
    post = accounts.post_for(role, commune_id=commune.id) if commune else accounts.province_post(role, province.id)
    if post is None:
        raise LookupError(f"No seat of {role}.")
    return post


@lru_cache
def _communes() -> tuple[Unit, ...]:
    province = places.provinces_of_today().get(code=settings.PROVINCE_CODE)
    today = Unit.objects.filter(province=province, level="commune", kind="xa", valid_to__isnull=True)
    return tuple(today.order_by("code")[:COMMUNES])


@lru_cache
def _villages(commune: Unit) -> list[Village]:
    return list(places.villages_of(commune.id))
