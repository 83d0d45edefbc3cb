"""What people asked about their own data, one request in each state; and one system of the province that is told."""

from datetime import datetime, timedelta
from functools import partial

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.families.models import Person
from maiam.contexts.places.models import Unit
from maiam.contexts.rights import queries, services
from maiam.contexts.rights.models import RightsRequest
from maiam.contexts.rights.rules import Ground, Right, Shown, Told
from maiam.contexts.webhooks import services as webhooks
from maiam.contexts.webhooks.rules import EventType
from maiam.platform.access import Actor, Role, acting

# Nobody answers there: the names of `.example` belong to no one.
RECEIVER = "https://kho-du-lieu.example/nhan-tin"
_LOOKED_AT = 60
_ERASURE_TAKEN = "Đã nhận. Xã xem có việc gì phải giữ thông tin lại không, rồi trình Chủ tịch."


def ask_in_every_state(commune: Unit, now: datetime) -> None:
    """Let seven people of a commune ask, each request a step further than the one before."""
    officer = _sits(accounts.post_for(Role.CULTURE_OFFICER, commune_id=commune.id), now)
    chairman = _sits(accounts.post_for(Role.COMMUNE_CHAIRMAN, commune_id=commune.id), now)
    if officer is None or chairman is None:
        return
    with acting(officer):
        people = iter(_free_people(officer, commune))
        asks = partial(_ask, officer, now=now)
        asks(next(people), Right.SEE, days_ago=1)
        _answer_first(officer, asks(next(people), Right.CORRECT, days_ago=4), now)
        _give_a_copy(officer, asks(next(people), Right.SEE, days_ago=6), now)
        _refuse(officer, asks(next(people), Right.ERASE, days_ago=9), now)
        taken_back = asks(next(people), Right.RESTRICT, days_ago=5)
        services.take_back(actor=officer, request_id=taken_back.id, words="Bà ấy nghĩ lại.", now=now)
        waiting, agreed = (asks(next(people), Right.ERASE, days_ago=days) for days in (3, 8))
        for row, days_ago in ((waiting, 3), (agreed, 8)):
            services.answer_first(
                actor=officer,
                request_id=row.id,
                words=_ERASURE_TAKEN,
                now=now - timedelta(days=days_ago),
                told=Told.HERE,
            )
            services.propose_erasure(actor=officer, request_id=row.id, words="Đã chuyển đi tỉnh khác.", now=now)
    with acting(chairman):
        services.decide_erasure(actor=chairman, request_id=agreed.id, agrees=True, reason="", now=now)


def have_one_erased(house: Actor, now: datetime) -> None:
    """Let the house carry out what the chairman agreed to, as its job would within seconds."""
    services.carry_next_erasure(actor=house, now=now)


def tell_one_system(now: datetime) -> None:
    """Let the administrator add a system, and pause it: nobody answers there."""
    administrator = _sits(Post.objects.filter(role=Role.ADMINISTRATOR).order_by("id").first(), now)
    if administrator is None:
        return
    wanted = webhooks.Wanted(name="Kho dữ liệu dùng chung của tỉnh (mẫu)", url=RECEIVER, event_types=_WANTED)
    with acting(administrator):
        row, _ = webhooks.subscribe(actor=administrator, wanted=wanted, now=now)
        webhooks.pause(actor=administrator, subscription_id=row.id, now=now)
        webhooks.send_test(actor=administrator, subscription_id=row.id, now=now)


_WANTED = (EventType.PERSON_CREATED, EventType.PERSON_CHANGED, EventType.HOUSEHOLD_CHANGED)


def _sits(post: Post | None, now: datetime) -> Actor | None:
    holder = next(iter(accounts.holders_of(post, now)), None) if post else None
    return accounts.actor_in_post(holder, post, now) if holder and post else None


def _free_people(officer: Actor, commune: Unit) -> list[Person]:
    """People no file and no open matter names, so that each may ask for anything."""
    grown = Person.objects.visible_to(officer).filter(
        commune=commune, birth_year__lte=1990, died_on__isnull=True, merged_into__isnull=True
    )
    near = grown.order_by("sort_key", "id")[:_LOOKED_AT]
    return [person for person in near if not queries.holds_on(officer, person.id)]


def _ask(officer: Actor, person: Person, right: Right, *, days_ago: int, now: datetime) -> RightsRequest:
    asked = services.Asked(
        person_id=person.id,
        right=right,
        shown=Shown.IDENTITY_CARD,
        words="Đến tận nơi hỏi, có thẻ căn cước.",
    )
    return services.ask(actor=officer, asked=asked, now=now - timedelta(days=days_ago))


def _answer_first(officer: Actor, row: RightsRequest, now: datetime) -> None:
    words = "Đã nhận. Mời bà mang giấy khai sinh đến để sửa năm sinh."
    services.answer_first(actor=officer, request_id=row.id, words=words, now=now - timedelta(days=3))


def _give_a_copy(officer: Actor, row: RightsRequest, now: datetime) -> None:
    services.make_copy(actor=officer, request_id=row.id, now=now)
    services.finish(actor=officer, request_id=row.id, words="Đã trao tận tay.", now=now, told=Told.HERE)


def _refuse(officer: Actor, row: RightsRequest, now: datetime) -> None:
    words = "Thông tin về hộ khẩu phải giữ theo luật. Ông vẫn có quyền sửa nếu sai."
    services.refuse(actor=officer, request_id=row.id, ground=Ground.KEPT_BY_LAW, words=words, now=now)
