"""A table as a chart and as an Excel file: the same figures, the same words about what they mean and what is hidden."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from maiam.contexts.statistics.queries import Table
from maiam.contexts.statistics.rules import MONTHS, UNITS, months_of, reporting_year
from maiam.core.text import write_date, write_datetime, write_number
from maiam.platform.sheets import Cell, Sheet, write_xlsx
from maiam.platform.ui.charts import Chart, Look, Series

HIDDEN = "…"
WITHHELD = "không công bố, để không ai nhận ra một gia đình"


def moment_of(table: Table) -> str:
    """What the figures are of: a day, or a part of a year."""
    day = write_date(table.day)
    if not table.is_of_events:
        return f"Ngày {day}"
    return table.span.label if table.is_whole else f"{table.span.label}, tính đến {day}"


def notes_of(table: Table) -> list[str]:
    """What stands beside the figures wherever they go."""
    notes = [
        f"{table.root_name}. {moment_of(table)}. {table.map_label}.",
        f"Định nghĩa: {table.definition.about}",
        f"Công thức: {table.definition.name_and_version}. Chốt số liệu ngày {write_date(table.day)},"
        f" đếm lúc {write_datetime(table.counted_at)}; sổ sửa sau lúc ấy thì vào kỳ chốt sau.",
    ]
    if table.has_hidden:
        notes.append(
            f"“{HIDDEN}”: {WITHHELD}; một số ô lớn hơn cũng ẩn để không trừ ra được, kể cả khi so với kỳ chốt khác."
        )
    if table.has_estimates:
        notes.append("Dòng ghi “ước tính”: chia theo tỷ lệ khi đơn vị tách, nhập; không phải số đếm.")
    return notes


def bar_chart_of(table: Table) -> Chart | None:
    """The rows of the whole place, without the total they divide."""
    if table.whole is None:
        return None
    rows = list(zip(table.columns, table.whole.figures, strict=True))
    parts = [(column.label, figure) for column, figure in rows if column.code != "total"]
    return Chart(
        title=table.title,
        categories=[label for label, _ in parts],
        series=[Series("Số lượng", [figure for _, figure in parts])],
        summary=_summary(parts, moment_of(table)),
        unit=UNITS[table.definition.subject],
        withheld=WITHHELD,
    )


def _summary(parts: list[tuple[str, int | None]], moment: str) -> str:
    known = [(figure, label) for label, figure in parts if figure]
    if not known:
        return f"{moment}."
    figure, label = max(known)
    return f"{moment}. Nhiều nhất: {label}, {write_number(figure)}."


def month_chart_of(table: Table) -> Chart | None:
    """What happened month by month."""
    if not table.months:
        return None
    looks = (Look.COLUMNS, Look.LINE, Look.LINE, Look.LINE)
    chosen = [(label, values) for label, values in table.months if any(values)][: len(looks)]
    return Chart(
        title=f"Theo tháng: {table.root_name}",
        categories=_month_names(table),
        series=[Series(label, values, look) for (label, values), look in zip(chosen, looks, strict=False)],
        summary=f"Năm báo cáo {reporting_year(table.day)}. Bảng bên dưới có đủ các loại.",
        withheld=WITHHELD,
    )


def months_table(table: Table) -> tuple[list[str], list[tuple[str, list[int | None]]]]:
    return _month_names(table), table.months


def _month_names(table: Table) -> list[str]:
    over = [month for month in months_of(reporting_year(table.day))[:MONTHS] if month <= table.day]
    return [f"{month.month}/{month.year}" for month in over]


def excel_of(table: Table) -> bytes:
    """Write the table as an Excel file; it is small, so it is made in a private folder and read back whole."""
    headings = ["Đơn vị", *(f"{column.no} {column.label}".strip() for column in table.columns), "Ghi chú"]
    sheet = Sheet(table.definition.vi, headings, _rows(table), notes=notes_of(table))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_xlsx(sheet, path)
        return path.read_bytes()


def _rows(table: Table) -> Iterator[list[Cell]]:
    for line in [*([table.whole] if table.whole else []), *table.lines]:
        figures: list[Cell] = [HIDDEN if figure is None else figure for figure in line.figures]
        yield [line.name, *figures, "ước tính" if line.is_estimated else ""]
