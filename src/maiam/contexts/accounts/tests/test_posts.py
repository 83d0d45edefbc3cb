"""Powers come from a post, from its first moment to its last second; machines' keys go with it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts import queries, services
from maiam.contexts.accounts.models import Account, ApiToken, Organisation, Post, PostHolding
from maiam.contexts.accounts.services import EndsBeforeItBeganError, PostTakenError
from maiam.platform.access import Role
from maiam.platform.access.policy import POWERS
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Pages read the clock themselves, so these stories happen today."""
    return timezone.now()


@pytest.fixture
def second_post(lan, commune, province) -> Post:
    """Lan also leads the response team."""
    organisation = Organisation.objects.create(name="Đội phản ứng nhanh", kind="team", commune=commune)
    post = Post.objects.create(
        role=Role.TEAM_LEADER, title="Đội trưởng", organisation=organisation, province=province, commune=commune
    )
    PostHolding.objects.create(account_id=lan.account_id, post=post, starts_at=timezone.now() - timedelta(days=9))
    return post


def holding_of(actor) -> PostHolding:
    return PostHolding.objects.get(account_id=actor.account_id, post_id=actor.post_id)


# --- from the first moment to the last second


def test_the_second_after_the_end_the_next_click_is_refused(administrator, lan, client_for, now):
    client = client_for(lan)
    assert client.get("/nguoi-dung/toi/").status_code == 200

    services.end_post(actor=administrator, holding_id=holding_of(lan).id, ends_at=now, now=now)

    assert client.get("/nguoi-dung/toi/").url.startswith("/tai-khoan/chua-co-chuc-vu/")


def test_up_to_the_last_second_the_post_is_held(administrator, lan, now):
    end = now + timedelta(hours=1)
    services.end_post(actor=administrator, holding_id=holding_of(lan).id, ends_at=end, now=now)
    post = Post.objects.get(id=lan.post_id)

    assert queries.holders_of(post, end - timedelta(seconds=1))
    assert not queries.holders_of(post, end)


def test_without_a_post_a_page_says_so_instead_of_asking_for_the_password_again(administrator, lan, client_for, now):
    client = client_for(lan)
    services.end_post(actor=administrator, holding_id=holding_of(lan).id, ends_at=now, now=now)

    page = client.get("/ban-lam-viec/", follow=True)

    assert "không giữ chức vụ nào" in page.content.decode()


def test_a_post_has_one_holder_at_a_time(administrator, lan, binh, now):
    with pytest.raises(PostTakenError):
        services.give_post(
            actor=administrator,
            account=Account.objects.get(id=binh.account_id),
            post=Post.objects.get(id=lan.post_id),
            starts_at=now,
            now=now,
        )


def test_a_stand_in_holds_it_beside_the_one_who_is_away(administrator, lan, binh, now):
    post = Post.objects.get(id=lan.post_id)
    stand_in = Account.objects.get(id=binh.account_id)
    services.give_post(actor=administrator, account=stand_in, post=post, starts_at=now, now=now, is_stand_in=True)

    assert [account.id for account in queries.holders_of(post, now)] == [lan.account_id, binh.account_id]


def test_a_time_in_a_post_cannot_end_before_it_began(administrator, lan, now):
    with pytest.raises(EndsBeforeItBeganError):
        services.end_post(
            actor=administrator, holding_id=holding_of(lan).id, ends_at=now - timedelta(days=9999), now=now
        )


# --- choosing among one's posts


def test_she_chooses_in_which_post_she_acts(lan, second_post, client_for):
    client = client_for(lan)

    client.post("/nguoi-dung/toi/", {"post": second_post.id})

    assert client.get("/nguoi-dung/toi/").wsgi_request.actor.powers == POWERS[Role.TEAM_LEADER]
    assert AuditEntry.objects.filter(action="accounts.post.chosen").count() == 1


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "²"])
def test_an_unreadable_choice_changes_nothing(lan, client_for, typed):
    assert client_for(lan).post("/nguoi-dung/toi/", {"post": typed}).status_code == 404


def test_nobody_chooses_a_post_of_someone_else(lan, binh, client_for):
    assert client_for(lan).post("/nguoi-dung/toi/", {"post": binh.post_id}).status_code == 404


# --- machines


@pytest.fixture
def token(police_chief, now) -> str:
    return services.make_token(actor=police_chief, name="Trực ban", lasts_days=90, now=now)


def call(token: str) -> int:
    return Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/duties").status_code


def test_a_key_stands_for_the_post_of_whoever_made_it(token, police_chief, now):
    actor = queries.actor_of_token(token, now=now)

    assert (actor.post_id, actor.powers) == (police_chief.post_id, police_chief.powers)


def test_a_key_is_shown_once_and_kept_as_a_hash(client_for, police_chief):
    client = client_for(police_chief)

    page = client.post("/nguoi-dung/ma-ket-noi/", {"name": "Trực ban", "lasts_days": "90"}).content.decode()

    assert "maiam_" in page
    assert "maiam_" not in client.get("/nguoi-dung/ma-ket-noi/").content.decode()
    assert "maiam_" not in ApiToken.objects.get().digest


def test_after_its_last_day_a_key_opens_nothing(token, now):
    last = now + timedelta(days=90)

    assert queries.actor_of_token(token, now=last - timedelta(seconds=1))
    assert queries.actor_of_token(token, now=last) is None


def test_a_revoked_key_is_refused_at_once(token, police_chief, client_for, now):
    client_for(police_chief).post(f"/nguoi-dung/ma-ket-noi/{ApiToken.objects.get().id}/thu-hoi/")

    assert queries.actor_of_token(token, now=timezone.now()) is None
    assert AuditEntry.objects.filter(action="accounts.token.revoked").count() == 1


def test_a_key_dies_when_its_maker_leaves_the_post(token, administrator, police_chief, now):
    services.end_post(actor=administrator, holding_id=holding_of(police_chief).id, ends_at=now, now=now)

    assert queries.actor_of_token(token, now=now) is None


def test_the_administrator_revokes_any_key_but_makes_none(token, administrator, now):
    with pytest.raises(ForbiddenError):
        services.make_token(actor=administrator, name="x", lasts_days=90, now=now)

    services.revoke_token(actor=administrator, token_id=ApiToken.objects.get().id, now=now)

    assert queries.actor_of_token(token, now=now) is None


def test_another_post_cannot_revoke_it(token, operator, now):
    with pytest.raises(NotFoundError):
        services.revoke_token(actor=operator, token_id=ApiToken.objects.get().id, now=now)


def test_unknown_expired_and_revoked_keys_look_alike(token, police_chief, now):
    ApiToken.objects.update(expires_at=now - timedelta(days=1))
    answers = {call(token), call("maiam_unknown")}

    assert answers == {401}
