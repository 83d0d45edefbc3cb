"""The administrator adds people and gives posts, and never learns a password."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from maiam.contexts.accounts import services
from maiam.contexts.accounts.models import Account, Organisation, Post, PostHolding, SetUpCode
from maiam.contexts.accounts.services import (
    AlreadySetUpError,
    CodeNotValidError,
    NotAskedError,
    SamePersonError,
    UsernameTakenError,
)
from maiam.contexts.accounts.tests.conftest import PASSWORD
from maiam.platform.access import Actor, Role
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError

pytestmark = pytest.mark.django_db

HOUSE = Actor.system("account set-up")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def second_administrator(seat) -> Actor:
    return seat(Role.ADMINISTRATOR, "Cao Thị Sen")


@pytest.fixture
def newcomer(administrator, now) -> Account:
    return services.create_account(actor=administrator, username="y.blo", full_name="Y Blô Êban", now=now)


def set_up(code: str, now, username: str = "y.blo") -> Account:
    return services.set_up_account(actor=HOUSE, username=username, code=code, password=PASSWORD, now=now)


# --- the list


def test_people_are_listed_by_given_name(administrator, client_for, lan, binh, hung):
    page = client_for(administrator).get("/nguoi-dung/").content.decode()

    assert page.index("Lê Văn Bình") < page.index("Phạm Văn Hùng") < page.index("Nguyễn Thị Lan")


def test_the_administrator_adds_a_person(administrator, client_for):
    answer = client_for(administrator).post(
        "/nguoi-dung/them/", {"full_name": "  Y Blô   Êban ", "username": "y.blo", "phone": ""}
    )

    account = Account.objects.get(username="y.blo")
    assert answer.url == f"/nguoi-dung/{account.id}/"
    assert account.full_name == "Y Blô Êban"
    assert not account.has_usable_password()
    assert AuditEntry.objects.filter(action="accounts.account.created").count() == 1


@pytest.mark.parametrize("typed", ["", "Có Dấu", "a", "x" * 61, "lan nguyen"])
def test_an_unusable_name_is_refused_by_its_field_and_nothing_typed_is_lost(administrator, client_for, typed):
    answer = client_for(administrator).post("/nguoi-dung/them/", {"full_name": "Y Blô Êban", "username": typed})

    assert answer.context["form"].errors["username"]
    assert "Y Blô Êban" in answer.content.decode()
    assert not Account.objects.filter(full_name="Y Blô Êban").exists()


def test_a_name_in_use_is_refused_in_capitals_too(administrator, newcomer, now):
    with pytest.raises(UsernameTakenError):
        services.create_account(actor=administrator, username="Y.BLO", full_name="Người Khác", now=now)


def test_a_post_is_found_and_given(administrator, client_for, newcomer, lan, now):
    client = client_for(administrator)
    services.end_post(actor=administrator, holding_id=_holding(lan).id, ends_at=now, now=now)
    found = client.get(f"/nguoi-dung/{newcomer.id}/giao-chuc-vu/", {"q": "Nguyễn Thị Lan"}).content.decode()
    address = f"/nguoi-dung/{newcomer.id}/giao-chuc-vu/{lan.post_id}/"
    assert address in found

    client.post(address, {"starts_at_date": "01/01/2027", "starts_at_time": "08:00"})

    assert PostHolding.objects.get(account=newcomer).post_id == lan.post_id


def test_a_taken_post_is_refused_in_the_form(administrator, client_for, newcomer, lan):
    answer = client_for(administrator).post(
        f"/nguoi-dung/{newcomer.id}/giao-chuc-vu/{lan.post_id}/",
        {"starts_at_date": "01/01/2027", "starts_at_time": "08:00"},
    )

    assert "đang có người giữ" in answer.content.decode()


def test_the_administrator_ends_a_post(administrator, client_for, lan):
    client_for(administrator).post(
        f"/nguoi-dung/giu-chuc-vu/{_holding(lan).id}/ket-thuc/",
        {"ends_at_date": "31/12/2026", "ends_at_time": "17:00"},
    )

    assert _holding(lan).ends_at is not None
    assert AuditEntry.objects.filter(action="accounts.post.ended").count() == 1


def test_people_are_found_without_marks(administrator, client_for, lan, binh):
    page = client_for(administrator).get("/nguoi-dung/", {"q": "binh le"}).content.decode()

    assert "Lê Văn Bình" in page
    assert "Nguyễn Thị Lan" not in page


def test_a_post_of_a_commune_is_added_found_and_belongs_to_its_body(administrator, client_for, newcomer, commune):
    client = client_for(administrator)
    client.post(
        f"/nguoi-dung/chuc-vu/them/{commune.id}/",
        {"role": "commune_chairman", "title": "Phó Chủ tịch UBND xã", "organisation_name": "UBND xã Đắk Mil"},
    )

    found = client.get(f"/nguoi-dung/{newcomer.id}/giao-chuc-vu/", {"q": "pho chu tich dak mil"}).content.decode()
    post = Post.objects.get(title="Phó Chủ tịch UBND xã")
    assert f"/giao-chuc-vu/{post.id}/" in found
    assert (post.commune_id, post.organisation.kind, post.organisation.commune_id) == (
        commune.id,
        "commune_pc",
        commune.id,
    )


def test_two_posts_of_one_body_share_it(administrator, commune, now):
    seat = {"actor": administrator, "organisation_name": "UBND xã", "province_id": commune.province_id, "now": now}
    for role in (Role.COMMUNE_CHAIRMAN, Role.CULTURE_OFFICER):
        services.open_seat(role=role, title=str(role), commune_id=commune.id, **seat)

    assert Organisation.objects.filter(name="UBND xã").count() == 1


def test_a_village_heads_post_needs_a_village_and_no_other_does(administrator, client_for, commune, village):
    client = client_for(administrator)
    form = {"title": "Trưởng bon", "organisation_name": "Bon Bu Đăk"}
    address = f"/nguoi-dung/chuc-vu/them/{commune.id}/"

    for wrong in ({"role": "village_head"}, {"role": "commune_police", "village": village.id}):
        assert client.post(address, form | wrong).context["form"].errors["village"]
    assert client.post(address, form | {"role": "village_head", "village": village.id}).status_code == 302


def test_a_province_has_no_village_heads(administrator, client_for):
    answer = client_for(administrator).post(
        "/nguoi-dung/chuc-vu/them/tinh/", {"role": "village_head", "title": "x", "organisation_name": "y"}
    )

    assert answer.context["form"].errors["role"]


def test_a_commune_that_is_no_more_gets_no_post(administrator, client_for):
    assert client_for(administrator).get("/nguoi-dung/chuc-vu/them/999999999/").status_code == 404


def _holding(actor) -> PostHolding:
    return PostHolding.objects.get(account_id=actor.account_id)


# --- the first password


def test_a_newcomer_sets_a_password_nobody_else_has_seen(administrator, newcomer, client_for, visitor):
    page = client_for(administrator).post(f"/nguoi-dung/{newcomer.id}/ma-thiet-lap/")
    code = page.context["code"]

    answer = visitor.post(
        "/nguoi-dung/thiet-lap/", {"username": "y.blo", "code": code, "password1": PASSWORD, "password2": PASSWORD}
    )

    assert answer.url == "/tai-khoan/dang-nhap/"
    newcomer.refresh_from_db()
    assert newcomer.check_password(PASSWORD)
    assert code not in client_for(administrator).get(f"/nguoi-dung/{newcomer.id}/").content.decode()


def test_the_code_is_kept_as_a_hash_with_a_key(administrator, newcomer, now):
    code = services.make_set_up_code(actor=administrator, account_id=newcomer.id, now=now)

    assert code.replace(" ", "") not in SetUpCode.objects.get().digest


def test_a_code_works_with_or_without_spaces_and_once(administrator, newcomer, now):
    code = services.make_set_up_code(actor=administrator, account_id=newcomer.id, now=now)
    set_up(code.replace(" ", "-"), now)

    with pytest.raises(CodeNotValidError):
        set_up(code, now)


def test_after_72_hours_a_code_opens_nothing(administrator, newcomer, now):
    code = services.make_set_up_code(actor=administrator, account_id=newcomer.id, now=now)

    with pytest.raises(CodeNotValidError):
        set_up(code, now + timedelta(hours=72))

    assert set_up(code, now + timedelta(hours=72) - timedelta(seconds=1))


def test_a_new_code_ends_the_one_before(administrator, newcomer, now):
    first = services.make_set_up_code(actor=administrator, account_id=newcomer.id, now=now)
    services.make_set_up_code(actor=administrator, account_id=newcomer.id, now=now)

    with pytest.raises(CodeNotValidError):
        set_up(first, now)


def test_a_code_fits_no_other_name(administrator, newcomer, lan, account_of, now):
    code = services.make_set_up_code(actor=administrator, account_id=newcomer.id, now=now)

    with pytest.raises(CodeNotValidError):
        set_up(code, now, username=account_of(lan).username)


def test_guessing_codes_is_slowed(visitor, newcomer):
    typed = {"username": "y.blo", "code": "0" * 16, "password1": PASSWORD, "password2": PASSWORD}
    answers = [visitor.post("/nguoi-dung/thiet-lap/", typed).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_a_weak_or_mistyped_first_password_is_refused(visitor):
    answer = visitor.post(
        "/nguoi-dung/thiet-lap/",
        {"username": "y.blo", "code": "0" * 16, "password1": "12345", "password2": "54321"},
    )

    assert set(answer.context["form"].errors) == {"password1", "password2"}


def test_only_the_administrator_hands_out_codes(lan, newcomer, now):
    with pytest.raises(ForbiddenError):
        services.make_set_up_code(actor=lan, account_id=newcomer.id, now=now)


def test_the_first_administrator_is_appointed_from_the_machine_itself(capsys, visitor):
    call_command("accounts_appoint_administrator", "quan", "Bùi Văn Quản")
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", capsys.readouterr().out).group()

    visitor.post(
        "/nguoi-dung/thiet-lap/", {"username": "quan", "code": code, "password1": PASSWORD, "password2": PASSWORD}
    )

    account = Account.objects.get(username="quan")
    assert account.check_password(PASSWORD)
    assert account.holdings.get().post.role == Role.ADMINISTRATOR


def test_a_name_in_use_is_not_appointed(newcomer):
    with pytest.raises(CommandError, match="đã có người dùng"):
        call_command("accounts_appoint_administrator", "y.blo", "Người Khác")


# --- let in again, by two


def test_who_set_up_their_account_is_not_reopened_by_one_administrator(administrator, lan_with_app, now):
    with pytest.raises(AlreadySetUpError):
        services.make_set_up_code(actor=administrator, account_id=lan_with_app.id, now=now)


def test_nobody_confirms_what_they_asked_themselves(administrator, lan_with_app, now):
    services.ask_reset(actor=administrator, account_id=lan_with_app.id, reason="mất máy", now=now)

    with pytest.raises(SamePersonError):
        services.confirm_reset(actor=administrator, account_id=lan_with_app.id, now=now)


def test_the_database_too_refuses_one_person_for_both(administrator, lan_with_app, now):
    services.ask_reset(actor=administrator, account_id=lan_with_app.id, reason="mất máy", now=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        SetUpCode.objects.update(made_by_id=administrator.account_id)


def test_nothing_is_confirmed_that_nobody_asked(second_administrator, lan_with_app, now):
    with pytest.raises(NotAskedError):
        services.confirm_reset(actor=second_administrator, account_id=lan_with_app.id, now=now)


def test_two_administrators_let_her_in_again_and_the_old_lock_opens_no_more(
    administrator, second_administrator, lan_with_app, sign_in, now
):
    old = sign_in(lan_with_app)
    services.ask_reset(actor=administrator, account_id=lan_with_app.id, reason="mất máy", now=now)
    code = services.confirm_reset(actor=second_administrator, account_id=lan_with_app.id, now=now)
    assert old.get("/nguoi-dung/toi/").status_code == 200

    set_up(code, now, username=lan_with_app.username)

    assert old.get("/nguoi-dung/toi/").status_code == 302
    assert not Authenticator.objects.filter(user=lan_with_app).exists()
    trail = AuditEntry.objects.filter(subject_id=str(lan_with_app.id)).values_list("action", flat=True)
    assert {"accounts.reset.asked", "accounts.reset.confirmed", "accounts.account.set_up"} <= set(trail)


def test_the_two_meet_on_the_persons_page(administrator, second_administrator, lan_with_app, client_for):
    client_for(administrator).post(f"/nguoi-dung/{lan_with_app.id}/mo-lai/", {"reason": "mất máy"})
    page = client_for(second_administrator).get(f"/nguoi-dung/{lan_with_app.id}/").content.decode()
    assert "đề nghị mở lại" in page

    answer = client_for(second_administrator).post(f"/nguoi-dung/{lan_with_app.id}/mo-lai/xac-nhan/")

    assert answer.context["code"]


def test_a_stolen_phone_is_signed_out_everywhere(administrator, client_for, lan_with_app, sign_in):
    stolen = sign_in(lan_with_app)

    client_for(administrator).post(f"/nguoi-dung/{lan_with_app.id}/dang-xuat/")

    assert stolen.get("/nguoi-dung/toi/").status_code == 302
