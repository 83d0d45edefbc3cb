"""The people every test knows: their names say what they may do.

Each fixture is an Actor in a real post: Lan (officer), the chairwoman, the police chief, the village head and
Hùng (response team) in one commune of former Đắk Nông; Bình (officer) in another commune must see nothing of
theirs; Mai (analyst) sees the province's counts.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Account, Organisation, Post, PostHolding
from maiam.contexts.places.models import Unit, Village
from maiam.core.text.names import sort_key
from maiam.platform.access import Actor, Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
IN_OFFICE_SINCE = datetime(2025, 7, 1, tzinfo=UTC)
LAM_DONG = "68"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def province(db) -> Unit:
    return Unit.objects.get(level="province", code=LAM_DONG, valid_to__isnull=True)


@pytest.fixture
def commune(province: Unit) -> Unit:
    """Where the story happens: Đắk Mil."""
    return Unit.objects.get(parent=province, name="Xã Đắk Mil", valid_to__isnull=True)


@pytest.fixture
def elsewhere(province: Unit) -> Unit:
    """Another commune, whose officer must see nothing of it."""
    return Unit.objects.get(parent=province, name="Xã Đắk Wil", valid_to__isnull=True)


@pytest.fixture
def village(commune: Unit) -> Village:
    return Village.objects.create(commune=commune, name="Bon Bu Đăk", folded_name="bon bu dak", kind="bon")


@pytest.fixture
def seat(province: Unit) -> Callable[..., Actor]:
    """Put a person in a post, and return who acts there."""

    def sit(role: Role, full_name: str, *, commune: Unit | None = None, village: Village | None = None) -> Actor:
        organisation = Organisation.objects.create(name=f"Cơ quan của {full_name}", kind="commune_pc", commune=commune)
        post = Post.objects.create(
            role=role, title=f"{role}", organisation=organisation, province=province, commune=commune, village=village
        )
        account = Account.objects.create(
            username=f"{role}-{post.id}", full_name=full_name, sort_key=sort_key(full_name)
        )
        PostHolding.objects.create(account=account, post=post, starts_at=IN_OFFICE_SINCE)
        return accounts.actor_in_post(account, post, NOW)

    return sit


@pytest.fixture
def lan(seat, commune) -> Actor:
    return seat(Role.CULTURE_OFFICER, "Nguyễn Thị Lan", commune=commune)


@pytest.fixture
def chairwoman(seat, commune) -> Actor:
    return seat(Role.COMMUNE_CHAIRMAN, "H' Hoa Niê", commune=commune)


@pytest.fixture
def police_chief(seat, commune) -> Actor:
    return seat(Role.COMMUNE_POLICE, "Trần Văn Dũng", commune=commune)


@pytest.fixture
def village_head(seat, commune, village) -> Actor:
    return seat(Role.VILLAGE_HEAD, "Điểu K'Rang", commune=commune, village=village)


@pytest.fixture
def hung(seat, commune) -> Actor:
    return seat(Role.TEAM_LEADER, "Phạm Văn Hùng", commune=commune)


@pytest.fixture
def binh(seat, elsewhere) -> Actor:
    return seat(Role.CULTURE_OFFICER, "Lê Văn Bình", commune=elsewhere)


@pytest.fixture
def mai(seat) -> Actor:
    return seat(Role.PROVINCE_ANALYST, "Đặng Thị Mai")


@pytest.fixture
def province_leader(seat) -> Actor:
    return seat(Role.PROVINCE_LEADER, "Vũ Thị Hạnh")


@pytest.fixture
def operator(seat) -> Actor:
    return seat(Role.HOTLINE_OPERATOR, "Hoàng Thị Nga")


@pytest.fixture
def inspector(seat) -> Actor:
    return seat(Role.INSPECTOR, "Ngô Văn Tín")


@pytest.fixture
def administrator(seat) -> Actor:
    return seat(Role.ADMINISTRATOR, "Bùi Văn Quản")


@pytest.fixture
def client_for() -> Callable[[Actor], Client]:
    """A browser in which this person has signed in, with both factors, in this post."""

    def sign_in(actor: Actor) -> Client:
        client = Client(enforce_csrf_checks=False)
        client.force_login(Account.objects.get(id=actor.account_id))
        session = client.session
        accounts.mark_signed_in(session, post_id=actor.post_id)
        session.save()
        return client

    return sign_in
