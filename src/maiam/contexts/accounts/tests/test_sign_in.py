"""Nobody acts before both factors; wrong tries are slowed; other sessions end when the lock is changed."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from maiam.contexts.accounts.rules import are_two_factors
from maiam.contexts.accounts.tests.conftest import PASSWORD
from maiam.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

HOME = "/ban-lam-viec/"
FACTORS = "/tai-khoan/lop-thu-hai/"


def acts(client: Client) -> bool:
    """Whether the desk opens for this visitor."""
    return client.get("/nguoi-dung/toi/").status_code == 200


# --- both factors


def test_a_password_alone_opens_nothing(visitor, lan_with_app, type_password):
    answer = type_password(lan_with_app.username)

    assert answer.url.startswith("/tai-khoan/lop-thu-hai/nhap-ma/")
    assert not acts(visitor)


def test_password_and_code_open_the_desk(lan_with_app, sign_in):
    client = sign_in(lan_with_app)

    assert acts(client)
    assert client.get(HOME).url == reverse("duties:today")


def test_the_sign_in_is_in_the_trail(lan_with_app, sign_in):
    sign_in(lan_with_app)

    assert AuditEntry.objects.filter(action="accounts.session.opened", subject_id=str(lan_with_app.id)).count() == 1


def test_a_code_is_good_once(lan_with_app, type_password, code):
    shown, second = code(), Client()
    for client in (Client(), second):
        type_password(lan_with_app.username, client=client)
        client.post(f"{FACTORS}nhap-ma/", {"code": shown})

    assert not acts(second)


def test_a_wrong_code_is_refused_in_our_words(visitor, lan_with_app, type_password):
    type_password(lan_with_app.username)

    answer = visitor.post(f"{FACTORS}nhap-ma/", {"code": "000000"})

    assert "Mã chưa đúng" in answer.content.decode()
    assert not acts(visitor)


def test_a_recovery_code_stands_in_for_the_app_once(lan_with_app, type_password):
    codes = Authenticator.objects.get(user=lan_with_app, type="recovery_codes").wrap().get_unused_codes()
    first, second = Client(), Client()
    for client in (first, second):
        type_password(lan_with_app.username, client=client)
        client.post(f"{FACTORS}nhap-ma/", {"code": codes[0]})

    assert acts(first)
    assert not acts(second)


def test_a_passkey_is_both_factors_by_itself():
    assert are_two_factors([{"method": "mfa", "type": "webauthn", "passwordless": True}])


def test_a_code_without_a_password_is_one_factor():
    assert not are_two_factors([{"method": "mfa", "type": "totp"}])


def test_asking_the_same_password_twice_is_one_factor():
    assert not are_two_factors([{"method": "password"}, {"method": "password", "reauthenticated": True}])


def test_the_apps_secret_lies_sealed(lan_with_app, secret):
    stored = Authenticator.objects.get(user=lan_with_app, type="totp").data["secret"]

    assert secret not in stored


# --- the first second factor


def test_without_a_second_factor_every_page_leads_to_setting_one_up(visitor, lan_with_password, type_password):
    answer = type_password(lan_with_password.username)
    assert answer.url == HOME

    for page in (HOME, reverse("cases:list"), "/nguoi-dung/toi/"):
        assert visitor.get(page).url.startswith(FACTORS), page
    assert "hãy thêm một lớp bảo vệ" in visitor.get(FACTORS).content.decode()


def test_adding_an_app_lets_her_in_without_signing_in_again(visitor, lan_with_password, type_password, commits_at_once):
    type_password(lan_with_password.username)
    page = visitor.get(f"{FACTORS}ung-dung/them/")
    shown = _code_of(page.context["form"].secret)

    answer = visitor.post(f"{FACTORS}ung-dung/them/", {"code": shown})

    assert answer.url == f"{FACTORS}ma-du-phong/"
    assert visitor.get(answer.url).status_code == 200
    assert acts(visitor)


def test_a_wrong_code_adds_no_app(visitor, lan_with_password, type_password):
    type_password(lan_with_password.username)
    visitor.get(f"{FACTORS}ung-dung/them/")

    visitor.post(f"{FACTORS}ung-dung/them/", {"code": "000000"})

    assert not Authenticator.objects.filter(user=lan_with_password).exists()
    assert not acts(visitor)


def test_the_only_second_factor_cannot_be_taken_away(lan_with_app, sign_in):
    client = sign_in(lan_with_app)

    answer = client.post(f"{FACTORS}ung-dung/bo/")

    assert "duy nhất" in answer.content.decode()
    assert Authenticator.objects.filter(user=lan_with_app, type="totp").exists()


def test_the_only_key_cannot_be_taken_away(lan_with_app, sign_in):
    client = sign_in(lan_with_app)
    Authenticator.objects.filter(user=lan_with_app, type="totp").delete()
    key = Authenticator.objects.create(user=lan_with_app, type="webauthn", data={"name": "Khóa"})

    answer = client.post(f"{FACTORS}khoa/{key.pk}/bo/")

    assert answer.status_code == 409
    assert Authenticator.objects.filter(pk=key.pk).exists()


def _code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


# --- slowed, never locked out for good


def test_after_five_wrong_passwords_the_right_one_must_wait(visitor, lan_with_app, type_password):
    for _ in range(5):
        type_password(lan_with_app.username, "sai-mật-khẩu-rồi-nhé")

    answer = type_password(lan_with_app.username)

    assert "Hãy đợi 5 phút" in answer.content.decode()
    assert "_auth_user_id" not in visitor.session


def test_wrong_tries_on_one_name_slow_nobody_else(lan_with_app, binh, account_of, type_password):
    other = account_of(binh)
    other.set_password(PASSWORD)
    other.save()
    for _ in range(6):
        type_password(lan_with_app.username, "sai-mật-khẩu-rồi-nhé")

    assert type_password(other.username).status_code == 302


def test_a_stranger_guessing_does_not_keep_her_out_of_her_own_computer(lan_with_app, sign_in, type_password):
    own, stranger = sign_in(lan_with_app, Client()), Client()
    own.post("/tai-khoan/dang-xuat/")
    for _ in range(6):
        type_password(lan_with_app.username, "sai-mật-khẩu-rồi-nhé", client=stranger)

    assert type_password(lan_with_app.username, client=own).status_code == 302
    assert type_password(lan_with_app.username, client=stranger).status_code == 200


def test_even_a_known_computer_gets_five_tries(lan_with_app, sign_in, type_password):
    own = sign_in(lan_with_app, Client())
    own.post("/tai-khoan/dang-xuat/")
    for _ in range(5):
        type_password(lan_with_app.username, "sai-mật-khẩu-rồi-nhé", client=own)

    assert type_password(lan_with_app.username, client=own).status_code == 200


def test_a_forged_header_gives_no_new_tries(lan_with_app, type_password):
    for number in range(5):
        type_password(lan_with_app.username, "sai-mật-khẩu-rồi-nhé", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")

    assert type_password(lan_with_app.username, HTTP_X_FORWARDED_FOR="10.9.9.9").status_code == 200


def test_five_wrong_codes_must_wait_too(visitor, lan_with_app, type_password, code):
    type_password(lan_with_app.username)
    for _ in range(5):
        visitor.post(f"{FACTORS}nhap-ma/", {"code": "000000"})

    answer = visitor.post(f"{FACTORS}nhap-ma/", {"code": code()})

    assert "Hãy đợi 5 phút" in answer.content.decode()


def test_an_unknown_name_and_a_wrong_password_sound_the_same(lan_with_app, type_password):
    unknown = type_password("không-ai-cả")
    wrong = type_password(lan_with_app.username, "sai-mật-khẩu-rồi-nhé")

    for answer in (unknown, wrong):
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.content.decode()


def test_a_wrong_password_is_in_the_trail_without_what_was_typed(lan_with_app, type_password):
    type_password(lan_with_app.username, "sai-mật-khẩu-rồi-nhé")

    entry = AuditEntry.objects.get(action="accounts.sign_in.refused")
    assert entry.subject_id == str(lan_with_app.id)
    assert "sai" not in f"{entry.fields}{entry.reason}"


def test_who_no_longer_works_here_cannot_sign_in(visitor, lan_with_app, type_password):
    lan_with_app.is_active = False
    lan_with_app.save()

    type_password(lan_with_app.username)

    assert "_auth_user_id" not in visitor.session


# --- other sessions


def test_her_sessions_are_listed_and_the_others_end_on_request(lan_with_app, sign_in):
    here, there = sign_in(lan_with_app, Client()), sign_in(lan_with_app, Client())
    assert here.get("/tai-khoan/cac-phien/").content.decode().count("máy khác</td>") == 1

    here.post("/tai-khoan/cac-phien/")

    assert acts(here)
    assert not acts(there)


def test_a_new_password_ends_every_other_session(lan_with_app, sign_in):
    here, there = sign_in(lan_with_app, Client()), sign_in(lan_with_app, Client())
    new = "bến-nước-cây-đa-sân-đình"

    here.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert acts(here)
    assert not acts(there)
    assert AuditEntry.objects.filter(action="accounts.password.changed").count() == 1


def test_a_changed_factor_ends_every_other_session(lan_with_app, sign_in, commits_at_once):
    here, there = sign_in(lan_with_app, Client()), sign_in(lan_with_app, Client())

    here.post(f"{FACTORS}ma-du-phong/moi/")

    assert acts(here)
    assert not acts(there)


@pytest.mark.parametrize("weak", ["ngắn", "password1234", "123456789012"])
def test_a_weak_password_is_refused_by_its_field(lan_with_app, sign_in, weak):
    client = sign_in(lan_with_app)

    answer = client.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})

    assert answer.status_code == 200
    assert answer.context["form"].errors["password1"]


def test_the_session_gets_a_new_number_at_sign_in(visitor, lan_with_app, sign_in):
    visitor.get("/tai-khoan/dang-nhap/")
    visitor.session.save()
    before = visitor.session.session_key

    sign_in(lan_with_app)

    assert visitor.session.session_key != before
