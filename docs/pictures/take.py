"""Take the README's pictures from a running demonstration: `python docs/pictures/take.py http://localhost:8000`."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1180, "height": 640}
QUIET = ["disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"]
# file, account of the demonstration (none: the public), page, size
PICTURES = (
    ("public.png", "", "/", PHONE),
    ("chairwoman.png", "hoa", "/bien-phap/cho-quyet-dinh/", PHONE),
    ("today.png", "lan", "/viec/", DESK),
    ("province.png", "mai", "/tinh/", DESK),
    ("hot-spots.png", "mai", "/diem-nong/ban-do/", DESK),
)


def main(address: str) -> None:
    with sync_playwright() as playwright:
        chromium = os.environ.get("MAIAM_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=[f"--{switch}" for switch in QUIET])
        for file, account, path, size in PICTURES:
            page = _page(browser, size)
            if account:
                _sign_in(page, address, account)
            page.goto(address + path)
            page.wait_for_timeout(6_000 if file in {"province.png", "hot-spots.png"} else 500)
            page.screenshot(path=HERE / file)
        browser.close()


def _page(browser: Browser, size: dict[str, int]) -> Page:
    return browser.new_context(viewport=size, locale="vi-VN").new_page()  # type: ignore[arg-type]


def _sign_in(page: Page, address: str, account: str) -> None:
    page.goto(f"{address}/nguoi-dung/dung-thu/")
    page.locator(f'form:has(input[value="{account}"]) button').first.click()


if __name__ == "__main__":
    main(sys.argv[1])
