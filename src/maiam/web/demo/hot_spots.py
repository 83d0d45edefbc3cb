"""Two places where more was told than usual: one this week, one months ago that has cooled since."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from maiam.contexts.hotspots import services
from maiam.contexts.hotspots.models import Alert, HotSpot
from maiam.contexts.hotspots.rules.alerts import EventKind, Verdict
from maiam.contexts.hotspots.rules.files import ActionKind
from maiam.contexts.places.models import Unit
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.ends import Year
from maiam.web.demo.offices import seated

HOT_AGO, HOT_DAYS, HOT_REPORTS = 80, 6, 9
NOW_DAYS, NOW_REPORTS = 5, 8
# Days after the place was hot on which the province looked again.
MORNINGS_AFTER = (1, 2, 8, 30, 60)
NOTICED_LATER = 5
HEARD_OF, GONE_THERE = 3, 5


def was_hot(commune: Unit, random: Random, now: datetime) -> None:
    """Nine homes within six days, months ago."""
    began = now - timedelta(days=HOT_AGO)
    ends = (("new", "no_contact") * HOT_REPORTS)[:HOT_REPORTS]
    Year(commune, random, now, asking_in_ten=1).happens_at(_moments(random, began, HOT_DAYS, HOT_REPORTS), ends)


def is_hot(commune: Unit, random: Random, now: datetime) -> None:
    """Eight homes within the last days; nobody has concluded anything yet."""
    began = now - timedelta(days=NOW_DAYS + 1)
    ends = ("open",) * NOW_REPORTS
    Year(commune, random, now).happens_at(_moments(random, began, NOW_DAYS, NOW_REPORTS), ends)


def _moments(random: Random, began: datetime, days: int, how_many: int) -> list[datetime]:
    """Spread over the days, some on each, so that neither the first nor the last is empty."""
    each = days / how_many
    return [began + timedelta(days=each * (number + random.random())) for number in range(how_many)]


def mornings(house: Actor, main: Unit, neighbour: Unit, now: datetime) -> None:
    """The province looks: then, while the place cooled, and this morning."""
    cooled = now - timedelta(days=HOT_AGO - HOT_DAYS)
    first, *others = (cooled + timedelta(days=days) for days in MORNINGS_AFTER)
    _look(house, first)
    hot_spot = _open(neighbour, first)
    _work(hot_spot, neighbour, first)
    for morning in others:
        _look(house, morning)
    _review(hot_spot, neighbour, others[-1])
    _look(house, now)
    _know_of_a_campaign(main, now)


def _look(house: Actor, morning: datetime) -> None:
    services.ask_morning_runs(actor=house, now=morning)
    for _ in services.carry_runs(actor=house, now=morning):
        pass


def _open(commune: Unit, at: datetime) -> HotSpot:
    """The analyst opens the file of the alert; the officer had noticed by himself days later."""
    alert = Alert.objects.filter(communes__contains=[commune.id]).order_by("raised_on")[0]
    analyst, officer = seated(Role.PROVINCE_ANALYST, commune, at), seated(Role.CULTURE_OFFICER, commune, at)
    with acting(analyst):
        services.judge_alert(
            actor=analyst,
            alert_id=alert.id,
            verdict=Verdict.CONFIRMED,
            noticed_on=_day(at + timedelta(days=NOTICED_LATER)),
            words="Đã xem lại từng hồ sơ cùng xã: nhiều hộ trong một thôn, sau mùa thu hoạch.",
            now=at + timedelta(days=NOTICED_LATER + 1),
        )
        return services.open_file(
            actor=analyst,
            alert_id=alert.id,
            title=f"{commune.name}: số vụ tăng sau mùa thu hoạch",
            communes=[],
            owner_post=officer.post_id or 0,
            now=at,
        )


def _work(hot_spot: HotSpot, commune: Unit, at: datetime) -> None:
    officer = seated(Role.CULTURE_OFFICER, commune, at)
    with acting(officer):
        for kind, what, days, note in _actions():
            action = services.add_action(
                actor=officer,
                file_id=hot_spot.id,
                kind=kind,
                what=what,
                owner_post=officer.post_id or 0,
                due_on=_day(at + timedelta(days=days + 2)),
                now=at,
            )
            done = at + timedelta(days=days)
            services.finish_action(actor=officer, action_id=action.id, done_on=_day(done), note=note, now=done)


def _actions() -> Iterator[tuple[ActionKind, str, int, str]]:
    yield (
        ActionKind.VISITS,
        "Đến từng hộ trong các hồ sơ, gặp riêng từng người",
        HEARD_OF,
        "Đã gặp đủ, hai hộ cần hỗ trợ thêm.",
    )
    yield (
        ActionKind.CAMPAIGN,
        "Họp thôn buổi tối, nói về rượu và tiền mùa vụ",
        GONE_THERE,
        "Gần 60 người dự; phát thẻ số điện thoại báo tin.",
    )


def _review(hot_spot: HotSpot, commune: Unit, at: datetime) -> None:
    officer = seated(Role.CULTURE_OFFICER, commune, at)
    with acting(officer):
        services.hold_review(
            actor=officer, file_id=hot_spot.id, words="Tin báo về mức thường ngày. Theo dõi thêm một vụ mùa.", now=at
        )


def _know_of_a_campaign(commune: Unit, now: datetime) -> None:
    officer = seated(Role.CULTURE_OFFICER, commune, now)
    with acting(officer):
        services.note_event(
            actor=officer,
            kind=EventKind.CAMPAIGN,
            communes=[commune.id],
            first_day=_day(now - timedelta(days=12)),
            last_day=_day(now - timedelta(days=10)),
            words="Loa phát thanh xã nói về Luật Phòng, chống bạo lực gia đình",
            now=now,
        )


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
