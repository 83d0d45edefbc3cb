"""The columns that records are compared by, made of a table as it was typed. What cannot be read is empty, not guessed.

Everything that needs letters is done here, once per distinct value; so both engines compare the same plain columns.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from maiam.core.science.linkage.births import birth_columns
from maiam.core.science.linkage.names import NameParts, take_apart
from maiam.core.text import NotReadError, fold, read_identity_number, read_phone
from maiam.core.text.identity_numbers import birth_year, sex_and_century

Communes = Mapping[str, Sequence[str]]

NO_COMMUNES: Communes = {}
# Read at a glance, being most of what there is; the readers of core.text take the rest.
_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}")
_MOBILE = re.compile(r"0[35789][0-9]{8}")


def evidence(records: pa.Table, *, today: date, communes: Communes = NO_COMMUNES) -> pa.Table:
    """Return one row of comparable columns per record, in the order of `record_id`.

    Parameters
    ----------
    records : table
        `record_id` and `full_name`; any of the other columns of `./maiam link`, as text, empty where unknown;
        `number_key` where only keyed hashes of identity numbers are at hand.
    today : date
        No birth is later.
    communes : mapping
        From a commune as it may be written (`68:24631`, `68:xa dak plao`) to the codes of today it may mean.
    """
    told = {name: _column(records, name) for name in TOLD}
    words, names = _names(told["full_name"], told["head_name"])
    rows = pa.table(
        {
            "record_id": told["record_id"],
            **names,
            **birth_columns(told["dob_text"], today),
            **_numbers(told["id12"], told["id9"]),
            "number_key": _each(_column(records, "number_key"), lambda key: key or None),
            "sex": _each(told["sex"], _sex),
            "phone": _each(told["phone"], _phone),
            "ethnic": _each(told["ethnic"], lambda text: fold(text) or None),
            **_places(told, communes),
            "household": _households(told),
            "head": _heads(told, words, names["words"]),
        }
    )
    return _filled_by_numbers(rows).sort_by("record_id")


TOLD = (
    "record_id", "full_name", "dob_text", "sex", "id12", "id9", "phone", "ethnic", "commune_code", "commune_text",
    "province_code", "head_name", "household", "role",
)  # fmt: skip


def _column(records: pa.Table, name: str) -> pa.Array:
    """A column as text, empty where the table has none."""
    if name not in records.column_names:
        return pa.nulls(records.num_rows, pa.string()).fill_null("")
    column = records[name].cast(pa.string()).fill_null("")
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _each(column: pa.Array, read: Callable[[str], Any], kind: pa.DataType | None = None) -> pa.Array:
    """Read each distinct value once."""
    coded = pc.dictionary_encode(column)
    return pa.array([read(text) for text in coded.dictionary.to_pylist()], kind or pa.string()).take(coded.indices)


# --- names


def _names(full_name: pa.Array, head_name: pa.Array) -> tuple[pa.Array, dict[str, pa.Array]]:
    """The words of the head's name, and the parts of each person's own; most heads are persons of the table too."""
    coded = pc.dictionary_encode(pa.concat_arrays([full_name, head_name]))
    parts = [take_apart(name) for name in coded.dictionary.to_pylist()]
    own, of_head = coded.indices[: len(full_name)], coded.indices[len(full_name) :]
    columns = {name: pa.array([getattr(part, name) for part in parts]) for name in NameParts.__dataclass_fields__}
    return columns["words"].take(of_head), {name: column.take(own) for name, column in columns.items()}


def _heads(told: dict[str, pa.Array], of_head: pa.Array, own: pa.Array) -> pa.Array:
    """The head of the household, for those who are not the head themselves."""
    says_nothing = pc.or_(pc.equal(of_head, ""), pc.equal(of_head, own))
    return pc.if_else(pc.or_(says_nothing, pc.equal(told["role"], "head")), pa.scalar(None, pa.string()), of_head)


# --- numbers


def _numbers(id12: pa.Array, id9: pa.Array) -> dict[str, pa.Array]:
    """Numbers by their length, whichever column they stood in."""
    first, second = _each(id12, _digits), _each(id9, _digits)
    return {f"id{length}": pc.coalesce(_of_length(first, length), _of_length(second, length)) for length in (12, 9)}


def _digits(text: str) -> str | None:
    if _NUMBER.fullmatch(text):
        return text
    try:
        return read_identity_number(text).digits if text else None
    except NotReadError:
        return None


def _of_length(number: pa.Array, length: int) -> pa.Array:
    fits = pc.equal(pc.utf8_length(number), length)
    return pc.if_else(pc.fill_null(fits, fill_value=False), number, pa.scalar(None, pa.string()))


def _filled_by_numbers(rows: pa.Table) -> pa.Table:
    """Where birth or sex is unknown, the number of 12 digits says the year and the sex it was issued for."""
    year = _each(rows["id12"].combine_chunks(), lambda number: birth_year(number) if number else None, pa.int32())
    sex = _each(rows["id12"].combine_chunks(), lambda number: _issued_sex(number) if number else None)
    for name, known in (("birth_year", year), ("sex", sex)):
        rows = rows.set_column(rows.column_names.index(name), name, pc.coalesce(rows[name], known))
    return rows


def _issued_sex(number: str) -> str:
    return "F" if sex_and_century(number)[0] == "female" else "M"


@lru_cache(maxsize=1000)
def _sex(text: str) -> str | None:
    return {"f": "F", "nu": "F", "female": "F", "m": "M", "nam": "M", "male": "M"}.get(fold(text))


def _phone(text: str) -> str | None:
    if _MOBILE.fullmatch(text):
        return f"+84{text[1:]}"
    try:
        return read_phone(text) if text else None
    except NotReadError:
        return None


# --- places


def _places(told: dict[str, pa.Array], communes: Communes) -> dict[str, pa.Array]:
    """The commune of today; where an old one was split, the first two it may mean."""
    spelled = pc.binary_join_element_wise(told["province_code"], told["commune_code"], told["commune_text"], "\t")
    coded = pc.dictionary_encode(spelled)
    meant = [commune_of(*text.split("\t"), communes=communes) for text in coded.dictionary.to_pylist()]
    return {
        "commune": pa.array([codes[0] if codes else None for codes in meant], pa.string()).take(coded.indices),
        "commune_or": pa.array([codes[1] if len(codes) > 1 else None for codes in meant], pa.string()).take(
            coded.indices
        ),
    }


def commune_of(province: str, code: str, text: str, *, communes: Communes) -> Sequence[str]:
    """The codes of today a commune may mean: by its code, else by its name of today or of before."""
    return communes.get(f"{province}:{code}") or communes.get(f"{province}:{fold(text)}") or ([code] if code else [])


def _households(told: dict[str, pa.Array]) -> pa.Array:
    """A household's number means something only within the place that gave it."""
    place = pc.binary_join_element_wise(told["province_code"], told["household"], "/")
    return pc.if_else(pc.equal(told["household"], ""), pa.scalar(None, pa.string()), place)
