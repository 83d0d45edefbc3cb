"""The demonstration shows a request about one's own data in every state, and a system that is told."""

import pytest

from maiam.contexts.families import services as families
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.rights.models import RightsRequest
from maiam.contexts.rights.rules import State
from maiam.contexts.webhooks.models import Delivery, Subscription
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo import asked

pytestmark = pytest.mark.django_db


def test_every_state_is_shown(lan, chairwoman, commune, now):
    with acting(lan):
        for number in range(8):
            facts = PersonFacts(
                full_name=f"Người Mẫu {number}", commune_id=commune.id, birth=PartialDate(1960 + number)
            )
            families.register_person(actor=lan, facts=facts, now=now)

    with acting(Actor.system("demonstration")):
        asked.ask_in_every_state(commune, now)

    assert set(RightsRequest.objects.values_list("state", flat=True)) == set(State)


def test_one_system_waits_to_be_told(seat, now):
    seat(Role.ADMINISTRATOR, "Bùi Văn Quân")

    with acting(Actor.system("demonstration")):
        asked.tell_one_system(now)

    assert Subscription.objects.get().paused_at == now
    assert Delivery.objects.count() == 1
