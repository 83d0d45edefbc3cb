"""Every page × every role, against one table."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from maiam.contexts.cases.rules.papers import FileFormat, FormKind
from maiam.platform.access import Permission, Role
from maiam.platform.access.policy import POWERS
from tests.access.table import (
    ANSWERS_OR_WATCHES_RIGHTS,
    ANY_OF_REPORTS,
    DECIDES_OR_CARRIES,
    EITHER_SIDE_OF_REFERRALS,
    PAGES,
    PUBLIC,
    REACHES_SOMEBODY,
    SIGNED_IN,
    SOME_RECOMMENDATION,
)

# Sign-in is the library's own; the API has its table in test_every_endpoint.
ELSEWHERE = ("tai-khoan/", "api/")

pytestmark = pytest.mark.django_db
_A_FORM = [uuid4(), FormKind.CONTACT_NOTICE, FileFormat.PDF]


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if str(pattern.pattern).startswith(ELSEWHERE):
            continue
        if isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}"
        elif isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)


def _address(name: str) -> str:
    """The page's address, with the id of something that does not exist."""
    by_kind = [uuid4(), "M_A_STOP"]
    for arguments in ([], [uuid4()], [uuid4(), uuid4()], [1], [1, 1], ["pdf"], [uuid4(), "pdf"], _A_FORM, by_kind):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return reverse(name, args=[uuid4(), uuid4(), "trang"])


def test_every_page_has_its_row():
    assert set(_names(get_resolver())) == set(PAGES)


@pytest.mark.parametrize("name", [name for name, power in PAGES.items() if power == PUBLIC])
def test_the_public_opens_public_pages(name):
    assert Client().get(_address(name)).status_code in {200, 404}


@pytest.mark.parametrize("name", [name for name, power in PAGES.items() if power != PUBLIC])
def test_strangers_are_asked_who_they_are(name):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(_address(name))

        assert answer.status_code == 302, method
        assert answer["Location"].startswith("/tai-khoan/")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_its_powers_allow_and_nothing_else(role, seat, commune, client_for, village):
    where = (
        {"commune": None}
        if role.startswith(("province", "inspector", "administrator", "trainer", "hotline"))
        else {"commune": commune}
    )
    client = client_for(seat(role, "Người Thử", **where, village=village if role is Role.VILLAGE_HEAD else None))
    wrong = {}
    for name, power in PAGES.items():
        status = client.get(_address(name)).status_code
        if not _is_right(role, power, status):
            wrong[name] = status

    assert wrong == {}


def _is_right(role: Role, power: Permission | str, status: int) -> bool:
    """Allowed: the page, a detour, the other method, or nothing there (ids are made up). Else: refused."""
    if power in {ANY_OF_REPORTS, EITHER_SIDE_OF_REFERRALS, SOME_RECOMMENDATION}:
        return status in {403, 404}
    if power == ANSWERS_OR_WATCHES_RIGHTS:
        is_theirs = bool({Permission.VIEW_RIGHTS, Permission.WATCH_RIGHTS} & POWERS[role])
        return status in ({200, 404} if is_theirs else {403})
    if power == REACHES_SOMEBODY:
        may = POWERS[role] & {Permission.KEEP_CONTACT_RULES, Permission.VIEW_REPORTER}
        return status in ({404} if may else {403})
    if power == DECIDES_OR_CARRIES:
        may = POWERS[role] & {Permission.DECIDE_MEASURES, Permission.CARRY_MEASURES}
        return status in ({404} if may else {403})
    if power in {PUBLIC, SIGNED_IN} or power in POWERS[role]:
        return status in {200, 302, 404, 405}
    return status in {403, 404, 405}
