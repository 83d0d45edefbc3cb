"""Several hands press at once, each on a real connection: one decision is made, the others are told so."""

import re
import threading
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tests.journeys.server import Site

pytestmark = pytest.mark.journey

HANDS = 6
ORDER = {"term": "3", "reason": "Đã đánh và đe dọa", "perpetrator_residence": "Xã Đắk Mil, tỉnh Lâm Đồng"}
REFUSAL = {"reason": "Không đủ căn cứ."}


class Browser:
    """Just enough of a browser to sign in, open a page and send its form."""

    def __init__(self, site: Site, username: str) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.send("/nguoi-dung/dung-thu/", {"account": username})

    def open(self, path: str) -> str:
        with self.opener.open(self.site.url + path, timeout=60) as answer:
            return answer.read().decode()

    def send(self, path: str, fields: dict[str, str]) -> tuple[str, str]:
        """Send the form of a page; return where that led and what stands there."""
        return self.send_later(path, fields)()

    def send_later(self, path: str, fields: dict[str, str]):
        """Open the page now, send its form when told to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.open(path))[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token} | fields).encode()

        def send() -> tuple[str, str]:
            with self.opener.open(self.site.url + path, body, timeout=60) as answer:
                return urllib.parse.urlsplit(answer.url).path, answer.read().decode()

        return send


@pytest.fixture
def waiting(site: Site) -> list[str]:
    """The pages of requests that wait for the chairwoman; Lan writes down some more first."""
    lan = Browser(site, "lan")
    case_pages = re.findall(r'href="(/vu-viec/[0-9a-f-]{36}/)"', lan.open("/vu-viec/"))
    for case_page in case_pages[:4]:
        form = f"{case_page}cam-tiep-xuc/de-nghi/"
        chosen = re.search(r'name="perpetrator_id"\s+type="radio"\s+value="([^"]+)"', lan.open(form))
        if chosen:
            asked = re.findall(r'name="asked_at_(date|time)" value="([^"]+)"', lan.open(form))
            when = {f"asked_at_{part}": value for part, value in asked}
            lan.send(
                form,
                {"perpetrator_id": chosen[1], "requester": "victim", "channel": "phone", "told": "Sợ bị đánh."} | when,
            )
    listed = Browser(site, "hoa").open("/bien-phap/cho-quyet-dinh/")
    return re.findall(r'href="(/vu-viec/cam-tiep-xuc/[0-9a-f-]{36}/)quyet-dinh/"', listed)


def _press_together(deeds: list) -> list[tuple[str, str]]:
    """Do all deeds at the same moment, each on its own thread."""
    start, answers = threading.Barrier(len(deeds)), []

    def do(deed) -> None:
        start.wait()
        answers.append(deed())

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_request_gets_one_answer_however_many_press_at_once(site: Site, waiting: list[str]) -> None:
    hands = [Browser(site, "hoa") for _ in range(HANDS)]

    assert waiting
    for measure in waiting:
        deeds = [
            hand.send_later(f"{measure}quyet-dinh/", ORDER)
            if number % 2
            else hand.send_later(f"{measure}tra-loi/", REFUSAL)
            for number, hand in enumerate(hands)
        ]

        answers = _press_together(deeds)

        done = [path for path, _ in answers if path == measure]
        told = [page for path, page in answers if path != measure]
        assert len(done) == 1
        assert all("đã được quyết định hoặc đã trả lời" in page for page in told)
        assert hands[0].open(measure).count('id="document-') == 1
