"""A commune's officer, and the worker beside her."""

from collections.abc import Callable, Iterator

import pytest

from maiam.contexts.imports import services
from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.services import Confirmed, PageAs
from maiam.platform.access import Actor, acting

_HOUSE = Actor.system("imports")


@pytest.fixture
def work(now) -> Callable[[], None]:
    """Let the worker do everything that waits, each step in a transaction of its own."""

    def do() -> None:
        for _ in range(20):
            steps = services.work_on_next_list(actor=_HOUSE, now=now)
            if not list(_stepping(steps)):
                return

    return do


def _stepping(steps: Iterator[object]) -> Iterator[object]:
    end = object()
    while True:
        with acting(_HOUSE):
            step = next(steps, end)
        if step is end:
            return
        yield step


@pytest.fixture
def bring(lan, now, work) -> Callable[..., ImportedList]:
    """Bring a file and let it be opened."""

    def bring_in(content: bytes, name: str = "ds.xlsx", by: Actor = lan) -> ImportedList:
        with acting(by):
            row = services.bring_list(actor=by, file_name=name, content=content, now=now)
        work()
        row.refresh_from_db()
        return row

    return bring_in


@pytest.fixture
def check(lan, bring, now, work) -> Callable[..., ImportedList]:
    """Bring a file, take the guessed columns as they are, and let every row be looked at."""

    def bring_and_check(content: bytes, name: str = "ds.xlsx", by: Actor = lan) -> ImportedList:
        row = bring(content, name, by)
        layout = row.read_as
        pages = {page.page: PageAs(page.is_taken, page.columns, page.village) for page in layout.pages}
        confirmed = Confirmed(pages, layout.listed_on, layout.first_january_is_filler)
        with acting(by):
            services.confirm_columns(actor=by, list_id=row.id, confirmed=confirmed, now=now)
        work()
        row.refresh_from_db()
        return row

    return bring_and_check


@pytest.fixture
def take(lan, now, work) -> Callable[..., ImportedList]:
    """Say "take it" and let it be written."""

    def take_in(row: ImportedList, *, takes_all: bool = True, by: Actor = lan) -> ImportedList:
        with acting(by):
            services.take_list(actor=by, list_id=row.id, takes_all=takes_all, now=now)
        work()
        row.refresh_from_db()
        return row

    return take_in
