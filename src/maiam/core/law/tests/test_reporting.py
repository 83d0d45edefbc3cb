import pytest

from maiam.core.law.codes import receiving_addresses
from maiam.core.law.reporting import CHAIR_ACT, first_duty, is_statutory_channel, must_tell_chairman


@pytest.mark.parametrize(
    ("address", "duty"),
    [
        ("commune_pc", "REPORT_CHAIR_ACT"),
        ("police_border", "REPORT_POLICE_NOTIFY"),
        ("school", "REPORT_OTHERS_NOTIFY"),
        ("village_head", "REPORT_OTHERS_NOTIFY"),
        ("front_board_head", "REPORT_OTHERS_NOTIFY"),
        ("commune_organisation_head", "REPORT_OTHERS_NOTIFY"),
        ("national_hotline", "HOTLINE_NOTIFY"),
    ],
)
def test_each_address_has_its_first_duty(address, duty):
    assert first_duty(address).code == duty


def test_every_address_of_the_law_has_a_first_duty_and_it_is_at_once():
    assert all(first_duty(code).is_immediate for code in receiving_addresses())


def test_all_but_the_commune_tell_its_chairman():
    assert not must_tell_chairman("commune_pc")
    assert all(must_tell_chairman(code) for code in receiving_addresses() if code != "commune_pc")
    assert CHAIR_ACT.article == "khoản 3 Điều 20 Luật 13/2022/QH15"


def test_a_trusted_address_is_no_receiving_address():
    with pytest.raises(KeyError):
        first_duty("trusted_address")


@pytest.mark.parametrize(
    ("channel", "statutory"),
    [("phone_call", True), ("text_message", True), ("letter", True), ("in_person", True), ("mass_media", False)],
)
def test_the_forms_of_reporting_the_law_names(channel, statutory):
    assert is_statutory_channel(channel) is statutory


def test_an_unknown_channel_is_refused():
    with pytest.raises(KeyError):
        is_statutory_channel("pigeon")
