"""Copies a register into the tables of families, as fast as the server takes it, in the very form the services give."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from bench.register.places import VILLAGES_IN_COMMUNE, village_name
from bench.register.store import SEED, people
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.core.text import fold, sort_key
from maiam.platform import vault

# A register in use holds few doubles; a linkage test holds many.
SHARE_OF_DOUBLES = 0.02
FOUNDED_AT = "2026-11-01T01:00:00Z"
_FOUNDED_MS = 1_793_494_800_000
_LIVED_THERE_SINCE = "2020-01-01"
_TABLES = ("families_household", "families_person", "families_householdmembership")
_SEXES = {"F": "female", "M": "male", "": "unknown"}


def load(raw: psycopg.Connection, size: int, *, seed: int = SEED, share_of_doubles: float = SHARE_OF_DOUBLES) -> None:
    """Fill the tables of families on this connection's search path: `size` people, their households and stays.

    The connection is the owner's and commits by itself; the places must be loaded. Every id is the same each time.
    """
    with raw.transaction(), _bare_tables(raw):
        before = 0
        file = pq.ParquetFile(people(size, seed=seed, share_of_doubles=share_of_doubles))
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number)
            _copy_province(raw, rows, before, np.random.default_rng((seed, number)))
            before += rows.num_rows
    raw.execute(f"ANALYZE {', '.join(_TABLES)}")


@contextmanager
def _bare_tables(raw: psycopg.Connection) -> Iterator[None]:
    """Lift what costs a copy most: row security, which refuses COPY, checks across rows, and indexes. Then restore it.

    Checked or built all at once afterwards, they take a tenth of the time they take row by row.
    """
    constraints = raw.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x')",
        [list(_TABLES)],
    ).fetchall()
    indexes = raw.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique AND NOT indisexclusion",
        [list(_TABLES)],
    ).fetchall()
    for table in _TABLES:
        raw.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    for table, name, _ in constraints:
        raw.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for index, _ in indexes:
        raw.execute(f"DROP INDEX {index}")
    yield
    for _, definition in indexes:
        raw.execute(definition)
    for table, name, definition in constraints:
        raw.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for table in _TABLES:
        raw.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _copy_province(raw: psycopg.Connection, rows: pa.Table, before: int, rng: np.random.Generator) -> None:
    units = dict(
        raw.execute("SELECT code, id FROM places_unit WHERE level = 'commune' AND valid_to IS NULL").fetchall()
    )
    codes = pc.dictionary_encode(rows["commune_of_today"].combine_chunks())
    communes = np.array([units[code] for code in codes.dictionary.to_pylist()])
    villages, names = _villages(raw, communes)
    commune = codes.indices.to_numpy()
    village = commune * VILLAGES_IN_COMMUNE + rows["village"].to_numpy()
    place = {"commune_id": pa.array(communes[commune]), "village_id": pa.array(villages[village])}
    ids = _ids(rng, before, rows.num_rows)
    households = pc.dictionary_encode(rows["household"].combine_chunks())
    firsts = pa.array(np.unique(households.indices.to_numpy(), return_index=True)[1])
    house_ids = _ids(rng, before, len(firsts))
    _copy(raw, "families_household", _households(house_ids, households.dictionary, pa.table(place).take(firsts)))
    _copy(raw, "families_person", _persons(ids, rows, place, names.take(pa.array(village))))
    stays = _stays(_ids(rng, before, rows.num_rows), house_ids.take(households.indices), ids, rows)
    _copy(raw, "families_householdmembership", stays)


def _villages(raw: psycopg.Connection, communes: np.ndarray) -> tuple[np.ndarray, pa.Array]:
    """The villages of these communes, by commune and number: ids, and names as they are folded for the search."""
    names = [village_name(number) for number in range(VILLAGES_IN_COMMUNE)]
    with raw.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO places_village (commune_id, kind, name, folded_name) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [
                (int(commune), "bon" if name.startswith("Bon") else "thon", name, fold(name))
                for commune in communes
                for name in names
            ],
        )
    found = raw.execute(
        "SELECT commune_id, folded_name, id FROM places_village WHERE valid_to IS NULL AND commune_id = ANY(%s)",
        [communes.tolist()],
    ).fetchall()
    ids = {(commune, name): village for commune, name, village in found}
    known = [ids[int(commune), fold(name)] for commune in communes for name in names]
    return np.array(known), pa.array([fold(name) for _ in communes for name in names])


def _households(ids: pa.Array, codes: pa.Array, place: pa.Table) -> pa.Table:
    count = len(ids)
    return pa.table(
        {
            "id": ids,
            "commune_id": place["commune_id"],
            "village_id": place["village_id"],
            "code": codes,
            "address": pa.repeat("", count),
            "registered_at": pa.repeat(FOUNDED_AT, count),
        }
    )


def _persons(ids: pa.Array, rows: pa.Table, place: dict[str, pa.Array], village: pa.Array) -> pa.Table:
    count = len(ids)
    name = pc.dictionary_encode(rows["full_name"].combine_chunks())
    words, order = name.dictionary.to_pylist(), name.indices
    blank = pa.repeat("", count)
    searched = pc.binary_join_element_wise(
        blank, pa.array([fold(word) for word in words]).take(order), blank, village, " "
    )
    numbers = [one or other for one, other in zip(rows["id12"].to_pylist(), rows["id9"].to_pylist(), strict=True)]
    phone = rows["phone"]
    return pa.table(
        {
            "id": ids,
            **place,
            "full_name": rows["full_name"],
            "other_names": blank,
            "search_text": searched,
            "sort_key": pa.array([_sort_key(word) for word in words]).take(order),
            "sex": pa.array([_SEXES[sex] for sex in rows["sex"].to_pylist()]),
            "birth_year": rows["birth_year"],
            "birth_month": rows["birth_month"],
            "birth_day": rows["birth_day"],
            "birth_is_approximate": pa.repeat(False, count),
            "ethnicity": rows["ethnic"],
            "phone": pc.if_else(
                pc.equal(phone, ""), "", pc.binary_join_element_wise("+84", pc.utf8_slice_codeunits(phone, 1), "")
            ),
            "identity_number_sealed": _sealed(ids, numbers),
            "identity_number_index": pa.array(
                [vault.index(number, field=NUMBER_FIELD) if number else "" for number in numbers]
            ),
            "registered_at": pa.repeat(FOUNDED_AT, count),
        }
    )


_sort_key = lru_cache(maxsize=1_000_000)(sort_key)


def _sealed(ids: pa.Array, numbers: list[str]) -> pa.Array:
    """Sealed as PostgreSQL reads bytes: `\\x` and hexadecimal digits; nothing where there is no number."""
    return pa.array(
        [
            rf"\x{vault.seal(number, place=f'{NUMBER_FIELD}:{row_id}').hex()}" if number else None
            for number, row_id in zip(numbers, ids.to_pylist(), strict=True)
        ],
        pa.string(),
    )


def _stays(ids: pa.Array, households: pa.Array, persons: pa.Array, rows: pa.Table) -> pa.Table:
    born = rows["birth_year"].fill_null(1900)
    newborn_since = pc.binary_join_element_wise(pc.cast(born, pa.string()), pa.scalar("12-31"), "-")
    since = pc.if_else(pc.greater_equal(born, 2020), newborn_since, _LIVED_THERE_SINCE)
    return pa.table(
        {
            "id": ids,
            "household_id": households,
            "person_id": persons,
            "role": rows["role"],
            "starts_on": pc.if_else(pc.equal(born, 2026), "2026-10-31", since),
            "is_permanent": pa.repeat(True, len(ids)),
        }
    )


def _copy(raw: psycopg.Connection, table: str, rows: pa.Table) -> None:
    columns = ", ".join(f'"{name}"' for name in rows.column_names)
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '')") as copy:
        for batch in rows.to_batches(max_chunksize=50_000):
            page = io.BytesIO()
            # An empty text is quoted and so not NULL.
            pa.csv.write_csv(batch, page, pa.csv.WriteOptions(include_header=False, quoting_style="needed"))
            copy.write(page.getvalue())


def _ids(rng: np.random.Generator, before: int, count: int) -> pa.Array:
    """Identifiers like ours (UUID version 7), born one after another on the day the register was founded."""
    raw = rng.integers(0, 256, (count, 16), dtype=np.uint8)
    born = _FOUNDED_MS + (before + np.arange(count)) // 100
    for place in range(6):
        raw[:, place] = (born >> (8 * (5 - place))) & 0xFF
    raw[:, 6] = 0x70 | raw[:, 6] & 0x0F
    raw[:, 8] = 0x80 | raw[:, 8] & 0x3F
    digits = raw.tobytes().hex()
    return pa.array(
        f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}"
        for one in (digits[start : start + 32] for start in range(0, len(digits), 32))
    )
