"""The demonstration's door opens with one press, and does not exist in production."""

import pytest
from django.urls import reverse

from maiam.contexts.accounts.rules import WHAT_ROLES_DO
from maiam.platform.access import Role
from maiam.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True


def test_one_press_signs_in_as_lan_and_opens_her_day(visitor, lan, account_of):
    answer = visitor.post(reverse("accounts:demo"), {"account": account_of(lan).username})

    assert answer.url == reverse("home")
    assert visitor.get(reverse("home")).url == reverse("duties:today")


def test_each_account_says_what_its_post_does(visitor, lan, chairwoman):
    page = visitor.get(reverse("accounts:demo")).content.decode()

    assert "Nguyễn Thị Lan" in page
    assert WHAT_ROLES_DO[Role.COMMUNE_CHAIRMAN] in page


def test_every_role_is_explained():
    assert set(WHAT_ROLES_DO) == set(Role)


def test_the_press_is_in_the_trail(visitor, lan, account_of):
    visitor.post(reverse("accounts:demo"), {"account": account_of(lan).username})

    assert AuditEntry.objects.filter(action="accounts.session.opened", subject_id=str(lan.account_id)).count() == 1


def test_who_has_no_password_proves_who_they_are_with_one_more_press(visitor, lan, account_of):
    lans, back = account_of(lan), reverse("cases:break_glass")
    lans.set_unusable_password()
    lans.save()
    visitor.post(reverse("accounts:demo"), {"account": lans.username})

    asked = visitor.get(reverse("account_reauthenticate"), {"next": back}, follow=True)
    answer = visitor.post(reverse("accounts:demo"), {"account": lans.username, "next": back})

    assert [line.account for line in asked.context["lines"]] == [lans]
    assert answer.url == back
    assert visitor.get(back).status_code == 200


def test_the_press_leads_nowhere_outside(visitor, lan, account_of):
    answer = visitor.post(
        reverse("accounts:demo"), {"account": account_of(lan).username, "next": "https://example.org/"}
    )

    assert answer.url == reverse("home")


def test_a_name_nobody_has_opens_nothing(visitor):
    assert visitor.post(reverse("accounts:demo"), {"account": "không ai"}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_in_production_there_is_no_such_page(visitor, settings, lan, account_of, method):
    settings.DEMO = False

    answer = getattr(visitor, method)(reverse("accounts:demo"), {"account": account_of(lan).username})

    assert answer.status_code == 404
    assert "_auth_user_id" not in visitor.session
