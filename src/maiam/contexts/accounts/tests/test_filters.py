"""A filter belongs to whoever saved it: by name, per list, opened again with one click."""

import pytest

from maiam.contexts.accounts import queries, services
from maiam.contexts.accounts.models import SavedFilter
from maiam.contexts.accounts.rules import MOST_FILTERS, filter_kept
from maiam.platform.access import acting
from maiam.platform.errors import NotFoundError

pytestmark = pytest.mark.django_db


def save(actor, now, name="Đang theo dõi", query="status=watch"):
    with acting(actor):
        return services.save_filter(actor=actor, page="cases:list", name=name, query=query, now=now)


@pytest.mark.parametrize(
    ("query", "kept"),
    [("page=3", ""), ("status=&text=", ""), ("text=12&page=2&status=new", "status=new&text=12"), ("a" * 400, "")],
)
def test_only_what_was_filled_in_is_kept(query, kept):
    assert filter_kept(query) == kept


def test_a_filter_is_its_savers_alone(lan, chairwoman, now):
    row = save(lan, now)

    with acting(lan):
        assert [(one.name, one.is_on) for one in queries.saved_filters(lan, "cases:list", "status=watch")] == [
            ("Đang theo dõi", True)
        ]
        assert queries.saved_filters(lan, "reports:list", "") == []
    with acting(chairwoman):
        assert queries.saved_filters(chairwoman, "cases:list", "") == []
        with pytest.raises(NotFoundError):
            services.remove_filter(actor=chairwoman, filter_id=row.id, now=now)


def test_the_same_name_again_is_the_newer_filter(lan, now):
    save(lan, now)
    save(lan, now, query="status=new")

    with acting(lan):
        assert [one.query for one in queries.saved_filters(lan, "cases:list", "")] == ["status=new"]


def test_too_many_nothing_and_nameless_are_refused(lan, now):
    with pytest.raises(services.NothingFilteredError):
        save(lan, now, query="page=2")
    with pytest.raises(services.FilterNameMissingError):
        save(lan, now, name=" ")
    for number in range(MOST_FILTERS):
        save(lan, now, name=str(number))
    with pytest.raises(services.TooManyFiltersError):
        save(lan, now, name="một nữa")


def test_the_list_offers_opens_and_lets_go(lan, client_for):
    client = client_for(lan)
    saved = client.post(
        "/nguoi-dung/bo-loc/luu/", {"page": "cases:list", "name": "Việc tuần này", "query": "status=new&page=2"}
    )
    assert saved["Location"] == "/vu-viec/?status=new"
    assert "Việc tuần này" in client.get("/vu-viec/").content.decode()
    assert (
        client.post("/nguoi-dung/bo-loc/luu/", {"page": "audit:trail", "name": "x", "query": "a=b"}).status_code == 404
    )
    nameless = client.post("/nguoi-dung/bo-loc/luu/", {"page": "reports:list", "query": "state=open"}, follow=True)
    assert "Đặt cho bộ lọc một tên" in nameless.content.decode()
    row = SavedFilter.objects.get()
    client.post(f"/nguoi-dung/bo-loc/{row.id}/bo/")
    assert "Việc tuần này" not in client.get("/vu-viec/").content.decode().replace("Đã bỏ bộ lọc “Việc tuần này”", "")
