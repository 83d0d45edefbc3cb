"""A home that was told of twice this year, and four reports of today that each may be a part of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.rules.incidents import Answer, Injury, PartyRole, Weapon
from maiam.contexts.cases.services import Account as Told
from maiam.contexts.cases.services import People
from maiam.contexts.families import services as families
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.places.rules import VillageKind
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.draft import Happening, InDanger, ReportDraft, Sign
from maiam.core.text import VIETNAM, PartialDate
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.offices import seated

WIFE, HUSBAND, MOTHER, CHILD = "H'Djuan Kpă", "Y Thông Kpă", "H'Ruê Kpă", "H'Mi Kpă"
HOME = "H-BK-12"


@dataclass(frozen=True)
class Before:
    """A time the home was told of before."""

    ago: timedelta
    story: str
    act: str
    injury: Injury


TIMES_BEFORE = (
    Before(timedelta(days=95), "Chồng đi nhậu về, chửi vợ, bắt ra khỏi nhà giữa đêm.", "ACT_B", Injury.NONE),
    Before(timedelta(days=12), "Chồng đi nhậu về, xô ngã vợ, chửi bới cả đêm.", "ACT_A", Injury.UNTREATED),
)
# One for each repeat: the same person with a weapon, the same home, the aggressor alone, only the village.
STORIES = (
    (f"Lại nghe chị {WIFE} kêu cứu, anh ấy cầm dao.", (Sign.WEAPON,)),
    (f"Bà {MOTHER} bị con trai đuổi ra khỏi nhà giữa đêm.", ()),
    (f"Người tên {HUSBAND} đánh một cô ở quán cà phê, hai người mới về sống chung.", ()),
    ("Nghe tiếng đập đồ và tiếng phụ nữ khóc ở cuối đường, không rõ nhà ai.", ()),
)


def happen(commune: Unit, now: datetime) -> None:
    """Let the home be told of, then let the four reports come in."""
    bon = next(village for village in places.villages_of(commune.id) if village.kind == VillageKind.BON)
    officer = seated(Role.CULTURE_OFFICER, commune, now)
    with acting(officer):
        home = _home(officer, bon, now - timedelta(days=200))
        for before in TIMES_BEFORE:
            _open(officer, bon, home, before, at=now - before.ago)
        for number, (story, signs) in enumerate(STORIES):
            at = now - timedelta(minutes=50 - 10 * number)
            reports.file_report(actor=officer, draft=_draft(bon, story, signs), now=at)


def _home(officer: Actor, bon: Village, at: datetime) -> dict[str, UUID]:
    born = {HUSBAND: (1988, Sex.MALE), WIFE: (1991, Sex.FEMALE), MOTHER: (1958, Sex.FEMALE), CHILD: (2018, Sex.FEMALE)}
    home = families.register_household(actor=officer, commune_id=bon.commune_id, village_id=bon.id, code=HOME, now=at)
    roles = (MemberRole.HEAD, MemberRole.SPOUSE, MemberRole.PARENT, MemberRole.CHILD)
    people = {}
    for (name, (year, sex)), role in zip(born.items(), roles, strict=True):
        facts = PersonFacts(
            full_name=name, commune_id=bon.commune_id, village_id=bon.id, sex=sex, birth=PartialDate(year)
        )
        people[name] = families.register_person(actor=officer, facts=facts, now=at).id
        families.add_member(
            actor=officer,
            household_id=home.id,
            person_id=people[name],
            role=role,
            starts_on=date(2019, 1, 1),
            now=at,
        )
    return people


def _open(officer: Actor, bon: Village, home: dict[str, UUID], before: Before, *, at: datetime) -> None:
    day = at.astimezone(VIETNAM)
    told = Told(
        occurred_on=PartialDate(day.year, day.month, day.day),
        occurred_time=None,
        acts=(before.act,),
        story=before.story,
        village_id=bon.id,
        injury=before.injury,
        weapon=Weapon.NONE,
        children_present=Answer.UNKNOWN,
    )
    people = People(
        roles={home[WIFE]: PartyRole.VICTIM, home[HUSBAND]: PartyRole.AGGRESSOR},
        relations={(home[HUSBAND], home[WIFE]): "husband"},
    )
    report_id = reports.file_report(actor=officer, draft=_draft(bon, before.story, ()), now=at).report_id
    cases.open_from_report(
        actor=officer, report_id=report_id, account=told, people=people, reason="Sự việc mới.", now=at
    )


def _draft(bon: Village, story: str, signs: tuple[Sign, ...]) -> ReportDraft:
    return ReportDraft(
        channel="phone_call",
        receiving_address="commune_pc",
        entry_key=f"told again: {story}",
        story=story,
        signs=signs,
        happening=Happening.NOW if signs else Happening.UNKNOWN,
        in_danger=(InDanger.SOMEONE,),
        commune_id=bon.commune_id,
        village_id=bon.id,
    )
