"""A person with a password of their own, an app that makes codes, and a browser that nobody has signed in yet."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from maiam.contexts.accounts.models import Account

PASSWORD = "mưa-rừng-chuông-nồi-đất"


@pytest.fixture(autouse=True)
def fresh_counters():
    """The counters of tries outlive a test's transaction in no other test."""
    cache.clear()


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """Hashing a password takes long by design; these tests are not about that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def commits_at_once(monkeypatch):
    """Sign-in pages stand in no transaction of ours, so what waits for a commit happens within the request."""
    monkeypatch.setattr(transaction, "on_commit", lambda work, **_: work())


@pytest.fixture
def account_of():
    return lambda actor: Account.objects.get(id=actor.account_id)


@pytest.fixture
def lan_with_password(lan, account_of) -> Account:
    account = account_of(lan)
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def secret() -> str:
    return generate_totp_secret()


@pytest.fixture
def lan_with_app(lan_with_password, secret) -> Account:
    """Lan with a password and an app that makes codes."""
    TOTP.activate(lan_with_password, secret)
    RecoveryCodes.activate(lan_with_password)
    return lan_with_password


@pytest.fixture
def code(secret):
    """What the app shows at this moment."""
    return lambda: format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def type_password(visitor):
    def send(username: str, password: str = PASSWORD, client: Client | None = None, **extra):
        return (client or visitor).post("/tai-khoan/dang-nhap/", {"login": username, "password": password}, **extra)

    return send


@pytest.fixture
def sign_in(type_password, visitor, code):
    """Sign in with password and code; return the visitor."""

    def send(account: Account, client: Client | None = None) -> Client:
        client = client or visitor
        type_password(account.username, client=client)
        # A code is good once: two sign-ins within its half minute would need two.
        cache.clear()
        client.post("/tai-khoan/lop-thu-hai/nhap-ma/", {"code": code()})
        return client

    return send


def factors_of(account: Account) -> int:
    return Authenticator.objects.filter(user=account).count()
