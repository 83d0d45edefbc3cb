"""What is to be put right in the register: what a village head asks for, and people who stand there twice."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from maiam.contexts.changes import queries as changes
from maiam.contexts.changes import services as asking
from maiam.contexts.changes.rules import Asker, Kind, Shown
from maiam.contexts.changes.services import Asked
from maiam.contexts.families import services as families
from maiam.contexts.families.models import Household, Person
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.contexts.linkage import services as linkage
from maiam.contexts.linkage.models import CandidatePair
from maiam.contexts.places.models import Unit
from maiam.core.text import VIETNAM, PartialDate
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo import lives
from maiam.web.demo.offices import seated

# One of the home is written down again: as another list has her, with a slip, and as a brother nobody should merge.
AGAIN = "NGUYEN THI SUONG"
SLIPPED, BROTHER = "Lê Thị Ngọc", "Điểu Minh Tú"
HOMES = CODE_HERE, CODE_THERE = "H-TT-07", "H-TT-08"
LIVED_THERE_SINCE = datetime(2020, 1, 1, tzinfo=VIETNAM).date()


def village_head_asks(commune: Unit, now: datetime) -> None:
    """Six requests of the village head: three that wait, one asked back, one taken in part, one refused."""
    desk = _Desk(commune, now)
    desk.asks(
        Kind.FACTS, lives.GRANDMOTHER, {"other_names": "Mí Lơi", "birth": [1950, None, None, False]},
        days_ago=2, why="Bà nói sinh năm Canh Dần. Cả bon gọi bà là Mí Lơi.",
    )  # fmt: skip
    desk.asks(
        Kind.FACTS, lives.SON, {"full_name": "Điểu K'Lơi Bu", "phone": "+84900000431"}, days_ago=1,
        why="Ông đổi số điện thoại, và muốn ghi đủ tên.", asker=Asker.PERSON, shown=Shown.IDENTITY_CARD,
    )  # fmt: skip
    born = desk.day(12)
    newborn = {"full_name": "Phạm Brư An", "sex": Sex.MALE, "role": MemberRole.GRANDCHILD, "on": born.isoformat()}
    desk.asks(
        Kind.NEW_MEMBER, None, newborn | {"birth": [born.year, born.month, born.day, False]}, days_ago=3,
        home=lives.HIS_HOME, why="Cháu sinh ở trạm y tế, chưa làm giấy khai sinh.",
    )  # fmt: skip
    left = {"home": "", "on": desk.day(15).isoformat()}
    back = desk.asks(Kind.MOVED_OUT, lives.HUSBAND, left, days_ago=6)
    part = desk.asks(Kind.FACTS, lives.DAUGHTER, {"phone": "+84900000432", "ethnicity": "Kinh"}, days_ago=9)
    headed = {"role": MemberRole.HEAD, "on": desk.day(20).isoformat()}
    refused = desk.asks(Kind.ROLE, lives.HUSBAND, headed, days_ago=14)
    desk.asks_back(back, "Anh Tài đi làm xa một thời gian hay chuyển hẳn?")
    desk.answers(part, {"phone"}, "Số điện thoại đã sửa. Dân tộc của chị theo giấy khai sinh là M'Nông.")
    desk.answers(refused, (), "Gia đình chưa đề nghị đổi chủ hộ. Nhờ bác nhắn anh chị đến xã làm giấy.")


class _Desk:
    """The village head asks about a home, the officer answers."""

    def __init__(self, commune: Unit, now: datetime) -> None:
        self.commune, self.now = commune, now
        self.head, self.officer = (seated(role, commune, now) for role in (Role.VILLAGE_HEAD, Role.CULTURE_OFFICER))

    def asks(
        self,
        kind: Kind,
        who: str | None,
        values: dict[str, Any],
        *,
        days_ago: int,
        home: str = "",
        **more: Any,
    ) -> UUID:
        with acting(self.head):
            people = Person.objects.visible_to(self.head).filter(commune=self.commune, full_name=who)
            homes = Household.objects.visible_to(self.head).filter(commune=self.commune, code=home)
            asked = Asked(
                kind=kind,
                values=values,
                person_id=people.order_by("id")[0].id if who else None,
                household_id=homes.get().id if home else None,
                **more,
            )
            at = self.now - timedelta(days=days_ago)
            return asking.ask_change(actor=self.head, asked=asked, now=at).id

    def asks_back(self, request_id: UUID, words: str) -> None:
        with acting(self.officer):
            asking.ask_back(actor=self.officer, request_id=request_id, words=words, now=self.now)

    def answers(self, request_id: UUID, accepted: Collection[str], words: str) -> None:
        with acting(self.officer):
            seen = changes.change(self.officer, request_id, self.now).seen
            asking.decide_change(
                actor=self.officer, request_id=request_id, accepted=accepted, words=words, seen=seen, now=self.now
            )

    def day(self, days_ago: int) -> Any:
        return (self.now - timedelta(days=days_ago)).astimezone(VIETNAM).date()


def people_stand_twice(house: Actor, commune: Unit, neighbour: Unit, now: datetime) -> None:
    """Let people be written down again from another list, here and next door; then search, and judge two pairs."""
    _write_again(commune, now)
    _write_again_next_door(neighbour, now)
    linkage.find_doubles(actor=house, now=now)
    officer = seated(Role.CULTURE_OFFICER, commune, now)
    with acting(officer):
        same, other = _pair(officer, SLIPPED), _pair(officer, BROTHER)
        if same:
            kept = same.one_id if same.one.full_name != SLIPPED else same.other_id
            linkage.merge_pair(actor=officer, pair_id=same.id, kept_id=kept, choices={}, now=now)
        if other:
            linkage.tell_pair_apart(actor=officer, pair_id=other.id, now=now)


def _write_again(commune: Unit, now: datetime) -> None:
    _write(
        commune, CODE_HERE, now,
        ("Nguyễn Văn Thuần", MemberRole.HEAD, Sex.MALE, PartialDate(1955), ""),
        (AGAIN, MemberRole.CHILD, Sex.FEMALE, PartialDate(1982, 3, 9), "+84900000422"),
        (SLIPPED, MemberRole.OTHER, Sex.FEMALE, PartialDate(1964), ""),
        (BROTHER, MemberRole.OTHER, Sex.MALE, PartialDate(2008, 11, 20), ""),
    )  # fmt: skip


def _write_again_next_door(neighbour: Unit, now: datetime) -> None:
    told = (lives.HUSBAND, MemberRole.HEAD, Sex.MALE, PartialDate(1995, 6, 8), "+84900000424")
    _write(neighbour, CODE_THERE, now, told)


def _write(commune: Unit, code: str, now: datetime, *members: tuple[str, MemberRole, Sex, PartialDate, str]) -> None:
    officer = seated(Role.CULTURE_OFFICER, commune, now)
    people = [
        NewMember(
            facts=PersonFacts(full_name=name, commune_id=commune.id, sex=sex, birth=birth, phone=phone),
            role=role,
            starts_on=LIVED_THERE_SINCE,
        )
        for name, role, sex, birth, phone in members
    ]
    page = NewHousehold(commune_id=commune.id, code=code, members=people)
    with acting(officer):
        families.register_whole_household(actor=officer, page=page, now=now - timedelta(days=5))


def _pair(officer: Actor, name: str) -> CandidatePair | None:
    """The likeliest open pair of this commune that one of this name is in."""
    pairs = CandidatePair.objects.visible_to(officer).select_related("one", "other").order_by("-match_weight")
    here = pairs.filter(one_commune_id__in=officer.commune_ids, other_commune_id__in=officer.commune_ids)
    return next((row for row in here if name in {row.one.full_name, row.other.full_name}), None)
