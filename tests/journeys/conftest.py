"""Browsers for the journeys: a phone and a desk, both of which fail a test on any error they hear of."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.journeys.people import Official
from tests.journeys.server import Site

# Playwright keeps an event loop in this thread; the ORM is used beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 900}
QUIET = ["disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real site with a small fictional commune, web server and worker running."""
    running = Site(state=tmp_path_factory.mktemp("site"))
    running.create()
    running.start_web()
    running.start_worker()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    chromium = os.environ.get("MAIAM_CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": [f"--{switch}" for switch in QUIET]}


@pytest.fixture
def open_browser(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a given size; at the end no console error may have been heard."""
    contexts: list[BrowserContext] = []
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A refusal (4xx) is part of some stories; the browser reports it as a failed load.
        if message.type == "error" and "Failed to load resource" not in message.text:
            heard.append(message.text)

    def open_page(size: dict[str, int], **options: object) -> Page:
        context = browser.new_context(viewport=size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: heard.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture
def phone(open_browser: Callable[..., Page]) -> Page:
    return open_browser(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(open_browser: Callable[..., Page]) -> Page:
    return open_browser(DESK)


@pytest.fixture
def at_work(open_browser: Callable[..., Page], site: Site) -> Callable[..., Official]:
    """Sign someone in, on a desk or a phone; `kind` is what they do beside what every official does."""

    def sign_in(name: str, size: dict[str, int] = DESK, *, kind: type[Official] = Official) -> Official:
        person = kind(open_browser(size), site)
        person.signs_in(name)
        return person

    return sign_in
