"""The plain model that our linkage is measured against: the library's ready-made comparisons, its own estimates.

    python -m bench.reference FILE.csv PAIRS.csv

Names without marks, dates, numbers and communes as they stand; u from random pairs, m by expectation maximisation.
"""

import sys
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SEED = 195
RANDOM_PAIRS = 2e7
THRESHOLD = 0.01

# What any analyst would do to Vietnamese names before comparing them.
PREPARED = """
SELECT record_id, sex, id12, id9, phone, commune_code, birth,
       full_name, split_part(full_name, ' ', -1) AS given, substr(birth, 1, 4) AS birth_year, head_name
FROM (
    SELECT record_id, {name} AS full_name, {head} AS head_name,
        nullif(sex, '') AS sex, nullif(id12, '') AS id12, nullif(id9, '') AS id9, nullif(phone, '') AS phone,
        nullif(commune_code, '') AS commune_code,
        CASE WHEN dob_text LIKE '____-__-__' THEN dob_text
             WHEN dob_text LIKE '__/__/____'
             THEN concat_ws('-', dob_text[7:10], dob_text[4:5], dob_text[1:2])
             WHEN dob_text LIKE '____' THEN dob_text || '-01-01' END AS birth
    FROM read_csv('{file}', all_varchar = true, header = true, nullstr = '\\0'))
"""
FOLDED = "nullif(replace(strip_accents(lower({column})), 'đ', 'd'), '')"


def settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[
            cl.NameComparison("full_name").configure(term_frequency_adjustments=True),
            cl.ExactMatch("given").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.ExactMatch("sex"),
            cl.LevenshteinAtThresholds("id12", [1, 2]),
            cl.LevenshteinAtThresholds("id9", [1, 2]),
            cl.LevenshteinAtThresholds("phone", [1]),
            cl.ExactMatch("commune_code").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("head_name", [0.9]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("id12"),
            block_on("id9"),
            block_on("phone"),
            block_on("given", "birth"),
            block_on("full_name", "birth_year"),
            block_on("full_name", "commune_code"),
            block_on("head_name", "given"),
        ],
    )


def link(file: Path, out: Path) -> None:
    with duckdb.connect() as connection:
        sql = PREPARED.format(file=file, name=FOLDED.format(column="full_name"), head=FOLDED.format(column="head_name"))
        connection.execute(f"CREATE TABLE prepared AS {sql}")
        api = DuckDBAPI(connection)
        linker = Linker(api.register(connection.table("prepared")), settings())
        _estimate(linker)
        scored = linker.inference.predict(threshold_match_probability=THRESHOLD)
        pairs: Any = scored.as_duckdbpyrelation()
        connection.from_arrow(pairs.to_arrow_table()).select(
            "least(record_id_l, record_id_r) AS record_id_l, greatest(record_id_l, record_id_r) AS record_id_r,"
            " match_probability, match_weight"
        ).write_csv(str(out))


def _estimate(linker: Linker) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("id12"), block_on("full_name", "birth")], 0.7)
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    training.estimate_parameters_using_expectation_maximisation(block_on("full_name", "birth_year"))
    training.estimate_parameters_using_expectation_maximisation(block_on("birth", "given"))
    training.estimate_parameters_using_expectation_maximisation(block_on("id12"))


if __name__ == "__main__":
    link(Path(sys.argv[1]), Path(sys.argv[2]))
