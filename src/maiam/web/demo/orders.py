"""No-contact orders of the demonstration: asked for, decided in time or late, refused, carried out, broken, ended."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import NoContact
from maiam.contexts.cases.rules.no_contact import Addressee, BreachKind, DeliveryMethod, RequestChannel
from maiam.contexts.cases.services import Assigned, BreachFacts, CancellationRequest, Handover, Order, Request
from maiam.contexts.duties import services as duties
from maiam.contexts.places.models import Unit
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import CancelGround, Requester
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.dice import deck
from maiam.web.demo.homes import Hurt
from maiam.web.demo.names import full_name, kin
from maiam.web.demo.offices import seated
from maiam.web.demo.stories import Matter

# How requests go; "life_threat" is the order nobody had to ask for.
FATES = {
    "in_time": 2, "late": 1, "refused": 1, "refused_late": 1, "breached": 1, "cancelled": 1, "kept": 1, "life_threat": 1,
}  # fmt: skip
LATE = frozenset({"late", "refused_late"})
LATE_HOURS = 15
BREACHES = {
    BreachKind.CAME_NEAR: "Đứng ngay cổng nhà mẹ vợ, cách chừng hai chục mét, gọi tên.",
    BreachKind.REMOTE: "Gọi điện dọa nhiều lần trong đêm.",
}
REFUSAL = "Hai bên đã ở riêng, không còn nguy cơ trước mắt; đã giao Công an xã theo dõi."
REASON = "Có hành vi gây tổn hại sức khỏe, người bị bạo lực đề nghị được bảo vệ."
LIFE_THREAT = "Dùng dao đe dọa giết trước mặt con; tính mạng bị đe dọa."


class Orders:
    """One commune's chairman, officers and police, and the orders they make and carry out."""

    def __init__(self, commune: Unit, random: Random, now: datetime) -> None:
        self.commune, self.random, self.now = commune, random, now
        self.fates = deck(random, FATES)

    def happen(self, case_id: UUID, matter: Matter, at: datetime) -> None:
        """Let one request go its way to its end; two people have one such story at most."""
        with acting(self._seated(Role.CULTURE_OFFICER, at)):
            if NoContact.objects.of_pair(matter.pair.hurt.id, matter.pair.hurts.id).exists():
                return
        fate = next(self.fates)
        if fate == "life_threat":
            measure = self._orders_unasked(case_id, matter, at)
            self._carries_out(measure, at, fate)
            return
        measure = self.asks(case_id, matter, at)
        decided_at = at + timedelta(hours=LATE_HOURS if fate in LATE else self.random.randint(1, 10))
        if fate in LATE:
            self._ladder(decided_at)
        if fate.startswith("refused"):
            self._refuses(measure, decided_at)
        else:
            self.decides(measure, decided_at, term=self._term())
            self._carries_out(measure, decided_at, fate)

    def asks(self, case_id: UUID, matter: Matter, at: datetime) -> NoContact:
        """The one who was hurt asks; for a child, the mother."""
        officer, is_child = self._seated(Role.CULTURE_OFFICER, at), matter.telling.hurt is Hurt.CHILD
        request = Request(
            perpetrator_id=matter.pair.hurts.id,
            requester=Requester.GUARDIAN if is_child else Requester.VICTIM,
            requester_name=matter.home.wife.full_name if is_child else matter.pair.hurt.full_name,
            channel=self.random.choice(list(RequestChannel)),
            asked_at=at,
            told="Tôi sợ, xin cho tôi được yên mấy hôm.",
        )
        with acting(officer):
            return cases.request_no_contact(actor=officer, case_id=case_id, request=request, now=at)

    def decides(self, measure: NoContact, at: datetime, *, term: timedelta = law.TERM.duration) -> None:
        """The chairman signs."""
        chairman, order = self._seated(Role.COMMUNE_CHAIRMAN, at), self._order(at, REASON, term)
        with acting(chairman):
            cases.decide_no_contact(actor=chairman, measure_id=measure.id, order=order, now=at)

    def serves(self, measure: NoContact, signed_at: datetime, *, to: tuple[Addressee, ...] = tuple(Addressee)) -> None:
        """Hand the order to its addressees, ten minutes each."""
        officer = self._seated(Role.CULTURE_OFFICER, signed_at)
        for number, addressee in enumerate(to, start=1):
            at = signed_at + timedelta(minutes=10 * number)
            refuses = addressee is Addressee.PERPETRATOR and self.random.random() < 0.2
            method = DeliveryMethod.REFUSED_TO_SIGN if refuses else DeliveryMethod.IN_PERSON
            handover = Handover(addressee=addressee, method=method, delivered_at=at)
            with acting(officer):
                cases.record_delivery(actor=officer, measure_id=measure.id, handover=handover, now=at)

    def supervises(self, measure: NoContact, at: datetime) -> None:
        """The police name who watches over it, and bring both sides to know it."""
        police, met_at = self._seated(Role.COMMUNE_POLICE, at), at + timedelta(minutes=40)
        watcher = Assigned(full_name(self.random, kin(self.random), is_woman=False), "Trưởng thôn")
        plan = "Mỗi ngày ghé hai lần; gọi cho Công an xã khi có việc."
        with acting(police):
            cases.assign_supervisors(actor=police, measure_id=measure.id, supervisors=[watcher], now=at)
            cases.record_supervision_meeting(actor=police, measure_id=measure.id, met_at=met_at, plan=plan, now=met_at)

    def _orders_unasked(self, case_id: UUID, matter: Matter, at: datetime) -> NoContact:
        chairman = self._seated(Role.COMMUNE_CHAIRMAN, at)
        with acting(chairman):
            return cases.order_on_life_threat(
                actor=chairman,
                case_id=case_id,
                perpetrator_id=matter.pair.hurts.id,
                order=self._order(at, LIFE_THREAT, self._term()),
                now=at,
            )

    def _order(self, at: datetime, reason: str, term: timedelta) -> Order:
        residence = f"{self.commune.name}, tỉnh Lâm Đồng"
        return Order(ends_at=at.replace(second=0, microsecond=0) + term, reason=reason, perpetrator_residence=residence)

    def _term(self) -> timedelta:
        """As long as the law allows, or a third of it."""
        return law.TERM.duration if self.random.random() < 0.6 else law.TERM.duration / 3

    def _refuses(self, measure: NoContact, at: datetime) -> None:
        chairman = self._seated(Role.COMMUNE_CHAIRMAN, at)
        with acting(chairman):
            cases.refuse_no_contact(actor=chairman, measure_id=measure.id, reason=REFUSAL, now=at)

    def _carries_out(self, measure: NoContact, signed_at: datetime, fate: str) -> None:
        """Serve it and watch over it; some are broken, some cancelled, and each ends at its time."""
        self.serves(measure, signed_at)
        self.supervises(measure, signed_at + timedelta(minutes=self.random.choice((50, 70, 150))))
        if fate == "breached":
            self._is_broken(measure, signed_at + timedelta(hours=8))
        if fate in {"cancelled", "kept"}:
            answer = self._grants_its_end if fate == "cancelled" else self._keeps_it
            self.asks_to_end(measure, signed_at + timedelta(hours=6))
            answer(measure, signed_at + timedelta(hours=10))
        over_at = signed_at + law.TERM.duration
        if over_at <= self.now:
            house = Actor.system("demonstration")
            with acting(house):
                cases.end_measures(actor=house, now=over_at)

    def _is_broken(self, measure: NoContact, at: datetime) -> None:
        police, kind = self._seated(Role.COMMUNE_POLICE, at), self.random.choice(list(BREACHES))
        breach = BreachFacts(kind=kind, occurred_at=at, told=BREACHES[kind])
        with acting(police):
            cases.record_breach(actor=police, measure_id=measure.id, breach=breach, now=at + timedelta(minutes=30))

    def asks_to_end(self, measure: NoContact, at: datetime) -> None:
        """Who asked for it asks for its end."""
        officer = self._seated(Role.CULTURE_OFFICER, at)
        request = CancellationRequest(
            ground=CancelGround.REQUESTER_ASKS,
            requester=Requester.VICTIM,
            requester_name=measure.victim_name,
            asked_at=at,
            told="Anh ấy đã hứa trước họ hàng, tôi xin thôi.",
        )
        with acting(officer):
            cases.request_cancellation(actor=officer, measure_id=measure.id, request=request, now=at)

    def _grants_its_end(self, measure: NoContact, at: datetime) -> None:
        chairman, reason = self._seated(Role.COMMUNE_CHAIRMAN, at), "Người đã đề nghị xin hủy, đã gặp riêng để hỏi."
        ground = CancelGround.REQUESTER_ASKS
        with acting(chairman):
            cases.cancel_no_contact(actor=chairman, measure_id=measure.id, ground=ground, reason=reason, now=at)

    def _keeps_it(self, measure: NoContact, at: datetime) -> None:
        chairman, reason = self._seated(Role.COMMUNE_CHAIRMAN, at), "Gặp riêng, chị nói bị ép xin hủy; giữ nguyên."
        with acting(chairman):
            cases.decline_cancellation(actor=chairman, measure_id=measure.id, reason=reason, now=at)

    def _ladder(self, at: datetime) -> None:
        house = Actor.system("demonstration")
        with acting(house):
            duties.escalate(actor=house, now=at)

    def _seated(self, role: Role, at: datetime) -> Actor:
        return seated(role, self.commune, at)
