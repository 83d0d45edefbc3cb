"""Every page of sign-in speaks Vietnamese, obeys the content security policy, and nothing unused is mounted."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import NoReverseMatch, reverse

from maiam.contexts.accounts.tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

SIGN_IN = "/tai-khoan/"
FACTORS = "/tai-khoan/lop-thu-hai/"

# Words an English sentence can hardly do without, and no Vietnamese one has.
ENGLISH = re.compile(
    r"\b(the|your|you|please|password|sign in|sign out|code|codes|key|keys|is|are|not|with|and|or|enter|this|confirm|"
    r"activate|authenticator|recovery|session|sessions|current|username|required|remove|edit|add)\b",
    re.IGNORECASE,
)
OUR_OWN_NAMES = re.compile(r"Mái Ấm|API|JavaScript|PIN")

# What a security key never says.
NO_KEYS = (
    "", "{}", "[]", "null", "1", '"x"', "không phải khóa", '{"id": 1}', '{"response": {}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"userHandle": "!"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "YQ", "authenticatorData": "YQ", '
    '"signature": "YQ", "userHandle": "YQ", "attestationObject": "YQ"}}',
)  # fmt: skip


@pytest.fixture
def signed_in(lan_with_app, sign_in) -> Client:
    return sign_in(lan_with_app)


def read(answer) -> str:
    """What a person reads or hears on the page: its text, and the words in its attributes."""
    page = answer.content.decode()
    page = re.sub(r"<(script|style|code|kbd)\b.*?</\1>", " ", page, flags=re.DOTALL)
    spoken = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', page)
    text = re.sub(r"<[^>]+>", " ", page)
    return OUR_OWN_NAMES.sub("", " ".join([text, *spoken]))


def is_vietnamese(answer) -> bool:
    found = ENGLISH.findall(read(answer))
    assert not found, found
    return True


def obeys_the_policy(answer) -> bool:
    """No script, style or handler of its own in the page; blocks of data are no script."""
    page = answer.content.decode()
    inline = [
        tag for tag in re.findall(r"<script\b[^>]*>", page) if "src=" not in tag and "application/json" not in tag
    ]
    assert not inline, inline
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", page)
    return True


# --- before sign-in


@pytest.mark.parametrize("address", [f"{SIGN_IN}dang-nhap/", f"{SIGN_IN}ngung-dung/", "/nguoi-dung/thiet-lap/"])
def test_pages_before_sign_in(visitor, address):
    answer = visitor.get(address)

    assert answer.status_code == 200
    assert is_vietnamese(answer)
    assert obeys_the_policy(answer)


@pytest.mark.parametrize(
    "address",
    [
        f"{SIGN_IN}mat-khau/",
        f"{SIGN_IN}xac-nhan/",
        f"{SIGN_IN}cac-phien/",
        f"{SIGN_IN}chua-co-chuc-vu/",
        FACTORS,
        f"{FACTORS}xac-nhan/",
        f"{FACTORS}khoa/",
        f"{FACTORS}khoa/them/",
        f"{FACTORS}khoa/1/ten/",
        f"{FACTORS}khoa/1/bo/",
        f"{FACTORS}khoa/xac-nhan/",
        f"{FACTORS}nhap-ma/",
        f"{FACTORS}ung-dung/them/",
        f"{FACTORS}ung-dung/bo/",
        f"{FACTORS}ma-du-phong/",
        f"{FACTORS}ma-du-phong/moi/",
    ],
)
def test_strangers_are_led_to_sign_in_from_every_other_page(visitor, address):
    assert visitor.get(address).url.startswith(f"{SIGN_IN}dang-nhap/")


def test_an_empty_form_says_by_each_field_what_is_missing(visitor):
    answer = visitor.post(f"{SIGN_IN}dang-nhap/", {})

    assert "Hãy điền “Tên đăng nhập”." in answer.content.decode()
    assert "Hãy điền “Mật khẩu”." in answer.content.decode()
    assert is_vietnamese(answer)


def test_the_page_for_the_code(visitor, lan_with_app, type_password):
    type_password(lan_with_app.username)

    for answer in (visitor.get(f"{FACTORS}nhap-ma/"), visitor.post(f"{FACTORS}nhap-ma/", {"code": ""})):
        assert answer.status_code == 200
        assert is_vietnamese(answer)
        assert obeys_the_policy(answer)


def test_a_key_that_makes_no_sense_is_refused_in_our_words(visitor, lan_with_app, type_password):
    type_password(lan_with_app.username)

    for typed in NO_KEYS:
        answer = visitor.post(f"{FACTORS}nhap-ma/", {"credential": typed})
        assert answer.status_code == 200
        assert is_vietnamese(answer)


@pytest.mark.parametrize("typed", NO_KEYS)
def test_a_passkey_that_makes_no_sense_leads_back_to_sign_in(visitor, typed):
    answer = visitor.post(f"{FACTORS}khoa/dang-nhap/", {"credential": typed}, follow=True)

    assert answer.redirect_chain[-1][0] == f"{SIGN_IN}dang-nhap/"
    assert is_vietnamese(answer)


@pytest.mark.parametrize("typed", NO_KEYS)
def test_a_key_that_makes_no_sense_is_not_added(signed_in, lan_with_app, typed):
    answer = signed_in.post(f"{FACTORS}khoa/them/", {"name": "x", "credential": typed})

    assert answer.status_code == 200
    assert is_vietnamese(answer)
    assert not Authenticator.objects.filter(user=lan_with_app, type="webauthn").exists()


def test_too_many_tries_from_one_computer_are_told_in_our_words(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    answers = [visitor.post(f"{SIGN_IN}dang-nhap/", {}) for _ in range(2)]

    assert answers[-1].status_code == 429
    assert is_vietnamese(answers[-1])


# --- after sign-in


def test_setting_up_the_first_factor(visitor, lan_with_password, type_password):
    type_password(lan_with_password.username)

    for page in (FACTORS, f"{FACTORS}ung-dung/them/", f"{FACTORS}khoa/them/", f"{FACTORS}khoa/"):
        answer = visitor.get(page)
        assert answer.status_code == 200, page
        assert is_vietnamese(answer)
        assert obeys_the_policy(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/nguoi-dung/toi/",
        f"{SIGN_IN}dang-xuat/",
        f"{SIGN_IN}mat-khau/",
        f"{SIGN_IN}xac-nhan/",
        f"{SIGN_IN}cac-phien/",
        f"{SIGN_IN}chua-co-chuc-vu/",
        FACTORS,
        f"{FACTORS}xac-nhan/",
        f"{FACTORS}khoa/",
        f"{FACTORS}khoa/them/",
        f"{FACTORS}ung-dung/bo/",
        f"{FACTORS}ma-du-phong/",
        f"{FACTORS}ma-du-phong/moi/",
    ],
)
def test_pages_of_ones_own_account(signed_in, address):
    answer = signed_in.get(address)

    assert answer.status_code == 200
    assert is_vietnamese(answer)
    assert obeys_the_policy(answer)


def test_pages_of_one_key(signed_in, lan_with_app):
    key = Authenticator.objects.create(user=lan_with_app, type="webauthn", data={"name": "Khóa bạc"})

    for page in (f"{FACTORS}khoa/{key.pk}/ten/", f"{FACTORS}khoa/{key.pk}/bo/", f"{FACTORS}khoa/"):
        answer = signed_in.get(page)
        assert "Khóa bạc" in answer.content.decode()
        assert is_vietnamese(answer)


def test_a_key_is_renamed(signed_in, lan_with_app):
    key = Authenticator.objects.create(user=lan_with_app, type="webauthn", data={"name": "Khóa bạc"})

    signed_in.post(f"{FACTORS}khoa/{key.pk}/ten/", {"name": "Khóa vàng"})

    assert Authenticator.objects.get(pk=key.pk).wrap().name == "Khóa vàng"


def test_nobody_touches_a_key_of_someone_else(signed_in, binh, account_of):
    key = Authenticator.objects.create(user=account_of(binh), type="webauthn", data={"name": "Khóa"})

    for what in ("ten", "bo"):
        assert signed_in.get(f"{FACTORS}khoa/{key.pk}/{what}/").status_code == 404


def test_what_the_pages_say_after_a_change(signed_in):
    new = "bến-nước-cây-đa-sân-đình"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    answer = signed_in.post(f"{SIGN_IN}mat-khau/", form, follow=True)

    assert "Đã đổi mật khẩu." in answer.content.decode()
    assert is_vietnamese(answer)


def test_two_different_new_passwords_are_refused_in_our_words(signed_in):
    form = {"oldpassword": "sai", "password1": "bến-nước-cây-đa-sân-đình", "password2": "khác-hẳn-rồi-đấy-nhé"}

    answer = signed_in.post(f"{SIGN_IN}mat-khau/", form)

    assert set(answer.context["form"].errors) == {"oldpassword", "password2"}
    assert is_vietnamese(answer)


def test_signing_out_ends_the_session(signed_in):
    signed_in.post(f"{SIGN_IN}dang-xuat/")

    assert signed_in.get("/nguoi-dung/toi/").status_code == 302


def test_the_administrators_pages(administrator, client_for, lan):
    client = client_for(administrator)
    one = f"/nguoi-dung/{lan.account_id}/"

    for page in ("/nguoi-dung/", "/nguoi-dung/them/", "/nguoi-dung/ma-ket-noi/tat-ca/", one, f"{one}giao-chuc-vu/"):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert obeys_the_policy(answer)


# --- what is not there


@pytest.mark.parametrize(
    "path", ["signup/", "dang-ky/", "email/", "confirm-email/", "password/reset/", "login/", "login/code/", "2fa/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_there_is_no_sign_up_no_mail_and_no_reset_by_mail(visitor, path, method):
    assert getattr(visitor, method)(f"{SIGN_IN}{path}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_their_names_are_not_known_either(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
