import pytest

from maiam.core.law import codes
from maiam.core.law.codes import reading
from maiam.core.law.codes.reading import Labelled, ListError, Row, by_code, read
from maiam.core.law.codes.violence import Act

LISTS = [
    codes.acts, codes.kinds, codes.prohibited_conduct, codes.measures, codes.other_interventions, codes.relations,
    codes.priority_groups, codes.receiving_addresses, codes.other_contacts, codes.report_channels,
    codes.reporter_types, codes.actors, codes.support_establishments, codes.forms, codes.deadlines,
    codes.data_groups, codes.report_tables, codes.procedures,
]  # fmt: skip
ROW = {"code": "x", "vi": "X", "en": "X", "confirmed": True, "source": ["SEED"]}


@pytest.mark.parametrize("rows", LISTS)
def test_every_list_is_read_and_says_what_was_confirmed(rows):
    assert rows()
    assert all(row.code == code and row.confirmed in {True, False, "partial"} for code, row in rows().items())


@pytest.mark.parametrize("rows", LISTS)
def test_every_list_is_read_once_and_cannot_be_changed(rows):
    assert rows() is rows()
    with pytest.raises(TypeError):
        rows()["new"] = None
    with pytest.raises(ValueError, match="frozen"):
        next(iter(rows().values())).code = "other"


def test_the_lists_hold_what_the_law_counts():
    assert (len(codes.acts()), len(codes.kinds()), len(codes.data_groups())) == (16, 4, 16)
    assert {address.letter for address in codes.receiving_addresses().values()} == set("abcdđe")
    assert {measure.letter for measure in codes.measures().values()} == set("abcdđeghik")


def test_an_act_keeps_its_kinds_and_says_they_are_ours():
    act = codes.acts()["ACT_I"]

    assert act.kinds == ("sexual", "physical", "mental")
    assert codes.classification_confirmed() is False
    assert codes.acts()["ACT_L"].ex_spouse == "partial"


def test_what_was_compared_in_part_is_not_confirmed():
    assert codes.acts()["ACT_A"].is_confirmed
    assert not codes.acts()["ACT_N"].is_confirmed
    assert not codes.measures()["M_D_SHELTER"].is_confirmed


def test_every_relation_read_twice_is_itself():
    relations = codes.relations()
    twice = {code: relations[row.inverse].inverse for code, row in relations.items()}

    assert all(code == back for code, back in twice.items())


def test_the_numbers_on_the_public_page_come_from_the_list():
    assert [contact.number for contact in codes.numbers_to_call()] == ["113", "111", "18001768"]


def test_no_neutral_indicator_is_scored():
    neutral = [row for row in codes.indicators().values() if row.direction == "neutral"]

    assert neutral
    assert not [row for row in neutral if row.use == "scored" or row.target is not None]


def test_a_source_has_its_title_and_address():
    assert codes.sources()["SEED"].title.startswith("Seed text: Plan 195")


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ([ROW | {"colour": "red"}], "colour"),
        ([ROW, ROW], "stands there twice"),
        ([ROW | {"source": ["HEARSAY"]}], "HEARSAY"),
        ([ROW | {"confirmed": "maybe"}], "confirmed"),
        ([{"code": "x"}], "vi"),
    ],
)
def test_a_broken_list_fails_loudly_and_names_the_fault(raw, fault):
    with pytest.raises(ListError, match=fault):
        by_code(Labelled, raw, "some.yaml")


def test_a_row_without_its_code_is_refused():
    with pytest.raises(ListError, match="code"):
        by_code(Row, [{"confirmed": True}], "some.yaml")


def test_an_act_needs_all_its_parts():
    with pytest.raises(ListError, match="kind_main"):
        by_code(Act, [ROW], "acts.yaml")


@pytest.fixture
def own_list(tmp_path, monkeypatch):
    """Write a list of one's own, and read it past the cache."""

    def write_and_read(text):
        (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(reading, "LISTS", tmp_path)
        return read.__wrapped__("own")

    return write_and_read


def test_a_key_that_stands_twice_is_refused(own_list):
    with pytest.raises(ListError, match="limit"):
        own_list("limit: 12\nunit: hour\nlimit: 24\n")


def test_a_key_named_no_is_a_word_and_not_false(own_list):
    assert own_list("{no: 1, on: yes, off: true}") == {"no": 1, "on": "yes", "off": True}


def test_a_list_makes_nothing_but_plain_values(own_list):
    with pytest.raises(Exception, match="could not determine a constructor"):
        own_list("!!python/object/apply:os.system ['true']")
