"""Where messages may go, how they are signed, when they are sent again."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from maiam.contexts.webhooks import rules
from maiam.contexts.webhooks.rules import TOLD, AddressRefusedError, is_public, is_signed, read_target, signature

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
BODY = b'{"type":"person.changed"}'


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "https://", "https://u:p@example.org/", "https://a b/",
        "https://example.org/#x", "https://example.org:99999/", "https://10.0.0.1/", "https://192.168.1.4/",
        "https://169.254.169.254/latest/meta-data", "https://[::1]/", "https://[fd00::1]/", "https://0.0.0.0/",
        "https://[::ffff:127.0.0.1]/", "https://127.0.0.1/", "https://100.64.0.1/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_only_https_on_the_open_network(url):
    with pytest.raises(AddressRefusedError):
        read_target(url, loopback=False)


def test_an_open_address_is_taken_apart():
    target = read_target("https://kho.lamdong.gov.vn/nhan?x=1", loopback=False)

    assert (target.host, target.port, target.path) == ("kho.lamdong.gov.vn", 443, "/nhan?x=1")


def test_a_demonstration_speaks_to_this_machine_and_no_other():
    assert read_target("http://127.0.0.1:8001/", loopback=True).port == 8001
    for url in ("http://10.0.0.1/", "http://example.org/", "https://192.168.0.1/"):
        with pytest.raises(AddressRefusedError):
            read_target(url, loopback=True)
    assert not is_public(ip_address("10.0.0.1"), loopback=True)


def test_a_signature_fits_its_body_its_secret_and_its_moment():
    header = signature(BODY, secrets=["a"], at=NOW)

    assert is_signed(header, BODY, secret="a", now=NOW)
    assert not is_signed(header, BODY + b" ", secret="a", now=NOW)
    assert not is_signed(header, BODY, secret="b", now=NOW)


@pytest.mark.parametrize(("late", "fits"), [(timedelta(0), True), (timedelta(seconds=1), False)])
def test_what_was_caught_on_the_way_is_of_no_use_later(late, fits):
    header = signature(BODY, secrets=["a"], at=NOW)

    assert is_signed(header, BODY, secret="a", now=NOW + rules.REPLAY_WINDOW + late) is fits


def test_both_secrets_sign_while_they_change_over():
    header = signature(BODY, secrets=["new", "old"], at=NOW)

    assert is_signed(header, BODY, secret="new", now=NOW)
    assert is_signed(header, BODY, secret="old", now=NOW)


@pytest.mark.parametrize("header", ["", "t=", "t=abc,v1=00", "v1=00", "t=1,t=2,v1=00", ",,,"])
def test_a_header_of_nonsense_is_refused_without_a_fuss(header):
    assert not is_signed(header, BODY, secret="a", now=NOW)


def test_waits_grow_and_end():
    waits = [rules.next_attempt_at(attempts, NOW) for attempts in range(1, rules.MOST_ATTEMPTS + 1)]

    assert waits[:3] == [NOW + timedelta(seconds=seconds) for seconds in (10, 40, 160)]
    assert waits[-1] is None
    assert all(wait - NOW <= timedelta(hours=4) for wait in waits[:-1])


def test_nothing_of_violence_is_ever_told():
    assert all(action.startswith("families.") for action in TOLD)
    assert not any("restrict" in action or "kinship" in action for action in TOLD)
