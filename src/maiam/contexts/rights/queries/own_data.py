"""What the register holds about one person, and nothing about anyone else: what they are shown when they ask.

No relative's name, no note an officer wrote, nothing of a report or a case. That last is left out for everybody, with
the same sentence, so that a copy says nothing of whether there is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maiam.contexts.changes import queries as changes
from maiam.contexts.families import queries as families
from maiam.contexts.families.models import EarlierValue, Person
from maiam.contexts.families.queries import PersonPage
from maiam.contexts.families.rules import SEX_LABELS, Sex
from maiam.core.text import PartialDate, write_date, write_phone
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

NOT_HERE = (
    "Bản sao này chỉ có thông tin trong sổ hộ gia đình về chính người yêu cầu. Tin báo và hồ sơ vụ việc, dù có hay"
    " không, không bao giờ nằm trong bản sao; muốn biết thêm, hãy hỏi riêng công chức văn hóa - xã hội."
)
_EARLIER_LABELS = {
    "full_name": "Họ và tên",
    "other_names": "Tên khác",
    "sex": "Giới tính",
    "birth_year": "Năm sinh",
    "birth_month": "Tháng sinh",
    "birth_day": "Ngày sinh",
    "ethnicity": "Dân tộc",
    "phone": "Điện thoại",
}


@dataclass(frozen=True)
class OwnFact:
    """One thing held: of what kind, what it says, since when it is known."""

    section: str
    label: str
    value: str


def own_data(actor: Actor, person_id: UUID, now: datetime) -> list[OwnFact]:
    """Everything of the register that is this person's own. Reading it, and their number, is in the trail."""
    actor.require(Permission.ANSWER_RIGHTS)
    page = families.person(actor, person_id, now)
    return [
        *_who(actor, page, now),
        *_homes(page),
        *_kin(page),
        *_events(page),
        *_earlier(page.earlier),
        *_asked(actor, page.person.id),
    ]


def _who(actor: Actor, page: PersonPage, now: datetime) -> Iterator[OwnFact]:
    person, section = page.person, "Thông tin cá nhân"
    birth = person.birth
    known = PartialDate(birth.year, birth.month, birth.day, birth.is_approximate) if birth else None
    told = {
        "Họ và tên": person.full_name,
        "Tên khác": person.other_names,
        "Giới tính": SEX_LABELS[Sex(person.sex)],
        "Ngày sinh": write_date(known) if known else "",
        "Dân tộc": person.ethnicity,
        "Điện thoại": write_phone(person.phone) if person.phone else "",
        "Nơi ở": ", ".join(str(place) for place in (person.village, person.commune) if place),
        "Ngày mất": write_date(person.died_on) if person.died_on else "",
        "Vào sổ ngày": write_date(person.registered_at.date()),
        "Đang hạn chế sử dụng từ": write_date(person.restricted_at.date()) if person.restricted_at else "",
    }
    yield from (OwnFact(section, label, value) for label, value in told.items() if value)
    for number in _numbers(actor, person, now):
        yield OwnFact(section, "Số định danh, số CMND", number)


def _numbers(actor: Actor, person: Person, now: datetime) -> list[str]:
    try:
        return families.identity_numbers(actor, person.id, now)
    except NotFoundError:
        return []


def _homes(page: PersonPage) -> Iterator[OwnFact]:
    for home in page.homes:
        where = f"{home.role_label}, {home.residence_label.lower()}, {_span(home.starts_on, home.ends_on)}"
        yield OwnFact("Các hộ đã ở", f"Hộ {home.household.code}", where)


def _kin(page: PersonPage) -> Iterator[OwnFact]:
    """That a relation is written, not of whom: the relative's name is theirs."""
    for link in [*page.kin, *page.former_kin]:
        ended = f"đã hết từ {write_date(link.ended_on)}" if link.ended_on else "đang ghi"
        yield OwnFact("Quan hệ gia đình", link.relation_label, f"{ended}; tên người thân không in ở đây")


def _events(page: PersonPage) -> Iterator[OwnFact]:
    for event in page.events:
        revoked = " (đã hủy)" if event.revoked_at else ""
        yield OwnFact("Sự kiện hộ tịch", event.label + revoked, write_date(event.happened_on))


def _earlier(rows: list[EarlierValue]) -> Iterator[OwnFact]:
    for row in rows:
        for name, value in row.values.items():
            if name in _EARLIER_LABELS and value not in (None, ""):
                said = SEX_LABELS[Sex(value)] if name == "sex" else str(value)
                label = f"{_EARLIER_LABELS[name]}, trước ngày {write_date(row.changed_at.date())}"
                yield OwnFact("Thông tin trước khi sửa", label, said)


def _asked(actor: Actor, person_id: UUID) -> Iterator[OwnFact]:
    for one in families.all_ids_of(actor, person_id):
        for row in changes.changes_about(actor, one):
            yield OwnFact("Đề nghị sửa sổ", f"{row.kind_label}, {write_date(row.asked_at.date())}", row.state_label)


def _span(starts_on: date, ends_on: date | None) -> str:
    until = f" đến {write_date(ends_on)}" if ends_on else ""
    return f"từ {write_date(starts_on)}{until}"
