"""What is compared, in which steps of likeness, and which records are compared at all. In the library's own words.

Every step is plain SQL that DuckDB and Spark understand alike, or one of the library's functions that both have.
"""

from dataclasses import dataclass

import splink.comparison_level_library as cll
from splink import block_on
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_level_creator import ComparisonLevelCreator

YEARS_AHEAD_OR_BEHIND = 2


@dataclass(frozen=True)
class Level:
    """One step of likeness. `says` is told to those who judge a pair; an unknown says nothing and weighs nothing."""

    name: str
    says: str
    sql: ComparisonLevelCreator
    is_unknown: bool = False
    # The rarer the shared value, the more it weighs.
    is_rarer_better: bool = False


@dataclass(frozen=True)
class Comparison:
    """Levels from the likest down. `rarity` names the column whose frequencies adjust the weight."""

    name: str
    levels: tuple[Level, ...]
    rarity: str | None = None


def _sql(condition: str) -> ComparisonLevelCreator:
    return cll.CustomLevel(condition)


def _same(column: str) -> ComparisonLevelCreator:
    return _sql(f"{column}_l = {column}_r")


def _unknown(column: str) -> Level:
    return Level("unknown", "", cll.NullLevel(column), is_unknown=True)


def _near(column: str, most: int) -> ComparisonLevelCreator:
    return cll.DamerauLevenshteinLevel(column, most)


def _ends(long: str, short: str) -> str:
    """One text begins or ends with the other."""
    return f"{long} LIKE concat('%', {short}) OR {long} LIKE concat({short}, '%')"


_ELSE = cll.ElseLevel()
_COMMUNE = "(commune_l = commune_r OR commune_l = commune_or_r OR commune_or_l = commune_r)"
_GIVEN = "(given_l = given_r OR given_sound_l = given_sound_r OR words_l = words_r)"
_HOUSE = f"(household_l = household_r OR (head_l = head_r AND {_COMMUNE}))"
_VAGUE = "(birth_is_vague_l OR birth_is_vague_r)"

GIVEN = Comparison(
    "given",
    (
        Level("empty", "", _sql("given_l = '' OR given_r = ''"), is_unknown=True),
        Level("same", "tên giống hệt nhau", _same("given_toned"), is_rarer_better=True),
        Level(
            "without_marks",
            "tên giống nhau, một bên không dấu",
            _sql("given_l = given_r AND NOT (is_marked_l AND is_marked_r)"),
            is_rarer_better=True,
        ),
        Level("other_marks", "tên chỉ khác dấu", _same("given"), is_rarer_better=True),
        Level("other_order", "các chữ trong họ tên giống nhau, khác thứ tự", _same("words")),
        Level("same_sound", "tên đọc gần như nhau", _same("given_sound"), is_rarer_better=True),
        Level("one_slip", "tên khác nhau một chữ cái", cll.And(_near("given", 1), _sql("length(given_l) > 2"))),
        Level("alike", "tên na ná nhau", cll.JaroWinklerLevel("given", 0.88)),
        Level("other", "tên khác nhau", _ELSE),
    ),
    rarity="given",
)
MIDDLE = Comparison(
    "middle",
    (
        Level("none", "", _sql("middle_l = '' AND middle_r = ''"), is_unknown=True),
        Level("same", "chữ đệm giống nhau", _same("middle_toned"), is_rarer_better=True),
        Level("other_marks", "chữ đệm chỉ khác dấu", _same("middle"), is_rarer_better=True),
        # An empty text is the end of any other.
        Level(
            "left_out",
            "một bên thiếu chữ đệm",
            _sql(f"{_ends('middle_l', 'middle_r')} OR {_ends('middle_r', 'middle_l')}"),
        ),
        Level("one_slip", "chữ đệm khác một chữ cái", _near("middle", 1)),
        Level("other", "chữ đệm khác nhau", _ELSE),
    ),
    rarity="middle",
)
SURNAME = Comparison(
    "surname",
    (
        Level("empty", "", _sql("surname_l = '' OR surname_r = ''"), is_unknown=True),
        Level("same", "cùng họ", _same("surname"), is_rarer_better=True),
        Level("one_slip", "họ khác một chữ cái", _near("surname", 1)),
        Level("other", "khác họ", _ELSE),
    ),
    rarity="surname",
)
BIRTH = Comparison(
    "birth",
    (
        _unknown("birth_year"),
        Level("same", "cùng ngày sinh", _sql(f"birth_l = birth_r AND NOT {_VAGUE}")),
        Level("same_filler", "cùng ghi sinh ngày 1 tháng 1 năm ấy", _same("birth")),
        Level(
            "swapped",
            "ngày và tháng sinh đảo nhau",
            _sql("birth_l = birth_swapped_r"),
        ),
        Level(
            "same_year_vague", "cùng năm sinh, một bên chỉ ghi năm", _sql(f"birth_year_l = birth_year_r AND {_VAGUE}")
        ),
        Level(
            "day_or_month",
            "cùng năm sinh, khác ngày hoặc tháng",
            _sql("birth_year_l = birth_year_r AND (birth_month_l = birth_month_r OR birth_day_l = birth_day_r)"),
        ),
        Level(
            "year_slip",
            "cùng ngày tháng sinh, năm lệch 1, 2 hoặc 10",
            _sql(
                "birth_month_l = birth_month_r AND birth_day_l = birth_day_r"
                f" AND abs(birth_year_l - birth_year_r) IN (1, 2, 10) AND NOT {_VAGUE}"
            ),
        ),
        Level("same_year", "cùng năm sinh, khác ngày tháng", _same("birth_year")),
        Level(
            "near_year_vague",
            "năm sinh lệch một năm, chỉ ghi năm",
            _sql(f"abs(birth_year_l - birth_year_r) = 1 AND {_VAGUE}"),
        ),
        Level("near_year", "năm sinh gần nhau", _sql(f"abs(birth_year_l - birth_year_r) <= {YEARS_AHEAD_OR_BEHIND}")),
        Level("other", "ngày sinh khác nhau", _ELSE),
    ),
)
SEX = Comparison(
    "sex",
    (_unknown("sex"), Level("same", "cùng giới tính", _same("sex")), Level("other", "khác giới tính", _ELSE)),
)


def _number(column: str, word: str) -> Comparison:
    return Comparison(
        column,
        (
            _unknown(column),
            Level("same", f"cùng {word}", _same(column)),
            Level("one_slip", f"{word} chỉ khác một chữ số", _near(column, 1)),
            Level("other", f"{word} khác nhau", _ELSE),
        ),
    )


ID12 = _number("id12", "số định danh 12 số")
ID9 = _number("id9", "số chứng minh 9 số")
# Numbers that only their keyed hashes stand for, as the register seals them: alike or not, nothing between.
NUMBER_KEY = Comparison(
    "number_key",
    (
        _unknown("number_key"),
        Level("same", "cùng số định danh", _same("number_key")),
        Level("other", "số định danh khác nhau", _ELSE),
    ),
)
PHONE = Comparison(
    "phone",
    (
        _unknown("phone"),
        Level("same", "cùng số điện thoại", _same("phone"), is_rarer_better=True),
        Level("one_slip", "số điện thoại chỉ khác một chữ số", _near("phone", 1)),
        Level("other", "số điện thoại khác nhau", _ELSE),
    ),
    rarity="phone",
)
HOME = Comparison(
    "home",
    (
        Level("household_and_given", "cùng một hộ", _sql(f"household_l = household_r AND {_GIVEN}")),
        Level(
            "twins",
            "cùng một nhà, cùng ngày sinh, tên khác nhau",
            _sql(f"birth_l = birth_r AND {_HOUSE} AND NOT {_GIVEN}"),
        ),
        Level("household", "cùng một hộ, tên khác nhau", _same("household")),
        Level("head_and_given", "cùng chủ hộ, cùng xã", _sql(f"head_l = head_r AND {_COMMUNE} AND {_GIVEN}")),
        Level("head", "cùng chủ hộ, tên khác nhau", _sql(f"head_l = head_r AND {_COMMUNE}")),
        Level("head_elsewhere", "chủ hộ cùng tên, khác xã", _same("head")),
        Level("head_alike", "chủ hộ tên na ná, cùng xã", cll.And(_near("head", 2), _sql(_COMMUNE))),
        Level("commune", "cùng xã", _sql(_COMMUNE)),
        Level("no_commune", "", _sql("commune_l IS NULL OR commune_r IS NULL"), is_unknown=True),
        Level("elsewhere", "khác xã", _ELSE),
    ),
)
ETHNIC = Comparison(
    "ethnic",
    (
        _unknown("ethnic"),
        Level("same_few", "cùng dân tộc", _sql("ethnic_l = ethnic_r AND ethnic_l <> 'kinh'")),
        Level("same", "cùng dân tộc Kinh", _same("ethnic")),
        Level("other", "khác dân tộc", _ELSE),
    ),
)
COMPARISONS = (GIVEN, MIDDLE, SURNAME, BIRTH, SEX, ID12, ID9, NUMBER_KEY, PHONE, HOME, ETHNIC)

# Two records are compared when one of these says so. Each is narrow, so that there are few more of them than records.
BLOCKING_RULES: tuple[BlockingRuleCreator, ...] = (
    block_on("id12"),
    block_on("id9"),
    block_on("number_key"),
    block_on("phone"),
    block_on("birth", "given"),
    block_on("birth", "surname", "commune"),
    block_on("words", "birth_year"),
    block_on("words", "commune"),
    block_on("given", "birth_year", "commune"),
    block_on("given_sound", "birth_year", "surname", "middle"),
    block_on("head", "given"),
    block_on("head", "birth_year"),
    block_on("household", "birth_year"),
    block_on("household", "given"),
)
