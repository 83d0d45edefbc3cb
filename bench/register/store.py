"""The rows of a register, kept as Parquet in the user's cache: a file per size, seed, share of doubles and recipe."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from bench.register import doubles, homes, places
from launcher.steps import fingerprint

SEED = 195
# Of every hundred rows of a linkage test twenty are doubles: so were the registers of the reference figures.
SHARE_OF_DOUBLES = 0.20
# A province's people: more are made as further provinces, one after another, so that memory stays flat.
MOST_IN_PROVINCE = 650_000
# The columns of `./maiam link`, in its order.
LINKAGE_COLUMNS = (
    "record_id", "source", "full_name", "dob_text", "sex", "id12", "id9", "phone", "ethnic", "commune_code",
    "commune_text", "province_code", "head_name", "household", "role",
)  # fmt: skip
_RECIPE = [Path(file.__file__) for file in (doubles, homes, places, homes.names, doubles.slips)] + [
    Path(__file__),
    Path(homes.names.__file__).with_suffix(".yaml"),
]


def people(size: int, *, seed: int = SEED, share_of_doubles: float = SHARE_OF_DOUBLES, harshness: float = 1.0) -> Path:
    """Return the Parquet file of a register of `size` rows; make it first where it is not there yet.

    Rows are in the order of their communes within each province; `record_id` says nothing about who is who. `person` is
    the truth, `is_double` marks the later of the rows of one person; `village` counts the villages of a commune from 0.
    `harshness` multiplies the chance of every slip: at 1 the plain model does as well as in the reference figures.
    """
    name = f"register-{size}-{seed}-{share_of_doubles:g}-{harshness:g}-{fingerprint(_RECIPE)[:12]}"
    kept = _cache() / f"{name}.parquet"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        _write(fresh, size, seed, (share_of_doubles, harshness))
        fresh.rename(kept)
    return kept


def linkage_file(size: int, *, seed: int = SEED, harshness: float = 1.0) -> Path:
    """The same rows as the CSV that `./maiam link` reads, its rows shuffled."""
    source = people(size, seed=seed, harshness=harshness)
    file = source.with_suffix(".csv")
    if not file.exists():
        rows = pq.read_table(source, columns=list(LINKAGE_COLUMNS))
        order = np.random.default_rng(seed).permutation(rows.num_rows)
        fresh = file.with_suffix(f".{os.getpid()}")
        pa.csv.write_csv(rows.take(pa.array(order)), fresh)
        fresh.rename(file)
    return file


def true_pairs(size: int, *, seed: int = SEED, harshness: float = 1.0) -> pa.Table:
    """Every pair of rows that are one person: `record_id_l < record_id_r`."""
    known = pq.read_table(people(size, seed=seed, harshness=harshness), columns=["record_id", "person"])
    pairs = known.join(known, "person", join_type="inner", right_suffix="_r")
    pairs = pairs.rename_columns(["record_id_l", "person", "record_id_r"])
    pairs = pairs.filter(pc.less(pairs["record_id_l"], pairs["record_id_r"]))
    return pairs.select(["record_id_l", "record_id_r"]).sort_by(
        [("record_id_l", "ascending"), ("record_id_r", "ascending")]
    )


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "maiam" / "bench"


def _write(file: Path, size: int, seed: int, planted: tuple[float, float]) -> None:
    writer, before = None, 0
    for rows in _provinces(size, seed, *planted):
        rows = _numbered(rows, before)  # noqa: PLW2901 - the numbers of all provinces run on
        writer = writer or pq.ParquetWriter(file, rows.schema)
        writer.write_table(rows)
        before += rows.num_rows
    if writer:
        writer.close()


def _provinces(size: int, seed: int, share_of_doubles: float, harshness: float) -> Iterator[pa.Table]:
    """The rows of one province after another, each from a seed of its own."""
    left, seeds = size, np.random.SeedSequence(seed)
    for number in count():
        if not left:
            return
        mine = min(left, MOST_IN_PROVINCE)
        province = places.province(places.PROVINCES[number % len(places.PROVINCES)])
        rng = np.random.default_rng(seeds.spawn(1)[0])
        planted = round(mine * share_of_doubles)
        rows = doubles.with_doubles(rng, homes.people_of(rng, province, mine - planted), planted, harshness=harshness)
        yield _as_written(rng, rows, province)
        left -= mine


def _as_written(rng: np.random.Generator, rows: pa.Table, province: places.Province) -> pa.Table:
    """Add what a file says in words: the day of birth, the commune by its name of today or of before."""
    size = rows.num_rows
    commune = rows["commune"].to_numpy()
    old = [names[draw % len(names)] for names, draw in zip(
        (province.old_names[number] for number in commune), rng.integers(0, 1 << 30, size).tolist(), strict=True
    )]  # fmt: skip
    is_old = pa.array(rng.random(size) < np.where(rows["is_double"].to_numpy(), 0.45, 0.15))
    where = pc.if_else(is_old, pa.array(old), province.commune_names.take(pa.array(commune)))
    without_code = pc.and_(is_old, pa.array(rng.random(size) < 0.6))
    code = pc.if_else(without_code, pa.scalar(""), province.commune_codes.take(pa.array(commune)))
    added = {
        "dob_text": _dates(rows, is_iso=pa.array(rng.random(size) < 0.5)),
        "commune_code": code,
        "commune_of_today": province.commune_codes.take(pa.array(commune)),
        "commune_text": where,
        "province_code": pa.repeat(province.code, size),
    }
    for name, values in added.items():
        rows = rows.append_column(name, values)
    return rows.drop_columns(["commune"]).combine_chunks()


def _dates(rows: pa.Table, is_iso: pa.Array) -> pa.Array:
    """`1984-12-25`, `25/12/1984` or `1984`; nothing where nothing is known."""
    year = pc.cast(rows["birth_year"], pa.string())
    month, day = (pc.utf8_lpad(pc.cast(rows[f"birth_{part}"], pa.string()), 2, "0") for part in ("month", "day"))
    iso = pc.binary_join_element_wise(year, month, day, "-")
    local = pc.binary_join_element_wise(day, month, year, "/")
    return pc.coalesce(pc.if_else(is_iso, iso, local), year, pa.scalar(""))


def _numbered(rows: pa.Table, before: int) -> pa.Table:
    """Give record ids that do not tell doubles from originals, and households and people numbers of their own."""
    size = rows.num_rows
    order = np.random.default_rng(before + size).permutation(size) + before
    record_id = pc.binary_join_element_wise(
        pa.repeat("R", size), pc.utf8_lpad(pc.cast(pa.array(order), pa.string()), 8, "0"), ""
    )
    household = pc.binary_join_element_wise(
        rows["commune_of_today"], pc.utf8_lpad(pc.cast(rows["household"], pa.string()), 6, "0"), "-"
    )
    rows = rows.set_column(rows.schema.get_field_index("household"), "household", household)
    person = pc.add(rows["person"], before)
    rows = rows.set_column(rows.schema.get_field_index("person"), "person", person)
    return rows.append_column("record_id", record_id)
