"""Where the pairs are computed: in this process (DuckDB), or on Spark where one machine is too small."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

# DuckDB spills to a temporary folder beyond this; a province of 650,000 needs less.
MEMORY = "2GB"


class Engine(StrEnum):
    DUCKDB = "duckdb"
    SPARK = "spark"


class SparkMissingError(Exception):
    """Spark is asked for and not installed."""

    def __str__(self) -> str:
        return (
            "Spark is not installed here. Install requirements/spark.txt (and Java 17 or later),"
            " or leave out --engine: DuckDB gives the same pairs on one machine."
        )


class Database(Protocol):
    """A running engine: takes a table in, gives a table of the library's back."""

    api: Any

    def put(self, name: str, table: pa.Table) -> Any: ...

    def get(self, table: Any) -> pa.Table: ...


@contextmanager
def running(engine: Engine, *, memory: str = MEMORY) -> Iterator[Database]:
    """Start an engine and stop it afterwards. Raises `SparkMissingError`."""
    with tempfile.TemporaryDirectory(prefix="maiam-link-") as folder:
        if engine is Engine.DUCKDB:
            yield from _duckdb(Path(folder), memory)
        else:
            yield from _spark(Path(folder))


class DuckDB:
    def __init__(self, connection: Any) -> None:
        from splink import DuckDBAPI  # noqa: PLC0415 - a second's work, only when pairs are sought

        self.api, self._connection = DuckDBAPI(connection), connection

    def put(self, name: str, table: pa.Table) -> Any:
        # Copied in: the library reads it many times.
        self._connection.from_arrow(table).create(name)
        return self.api.register(self._connection.table(name))

    def get(self, table: Any) -> pa.Table:
        return table.as_duckdbpyrelation().to_arrow_table()


def _duckdb(folder: Path, memory: str) -> Iterator[Database]:
    import duckdb  # noqa: PLC0415

    spill: dict[str, Any] = {"memory_limit": memory, "temp_directory": str(folder), "preserve_insertion_order": "false"}
    with duckdb.connect(config=spill) as connection:
        yield DuckDB(connection)


class Spark:
    def __init__(self, session: Any, folder: Path) -> None:
        from splink import SparkAPI  # noqa: PLC0415

        self.api = SparkAPI(  # type: ignore[no-untyped-call] # the library's
            spark_session=session, break_lineage_method="persist"
        )
        self._session, self._folder = session, folder

    def put(self, name: str, table: pa.Table) -> Any:
        file = self._folder / f"{name}.parquet"
        pq.write_table(table, file)
        return self.api.register(self._session.read.parquet(str(file)))

    def get(self, table: Any) -> pa.Table:
        return table.as_spark_dataframe().toArrow()


def _spark(folder: Path) -> Iterator[Database]:
    if find_spec("pyspark") is None:
        raise SparkMissingError
    from pyspark.sql import SparkSession  # noqa: PLC0415
    from splink.backends.spark import similarity_jar_location  # noqa: PLC0415

    told = {
        # SPARK_MASTER names a cluster; without one, the cores of this machine work.
        "spark.master": os.environ.get("SPARK_MASTER", "local[*]"),
        "spark.jars": similarity_jar_location(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": "8",
    }
    builder = SparkSession.builder.appName("maiam link")
    for name, value in told.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield Spark(session, folder)
    finally:
        session.stop()
