"""Charts of an alert: what came week by week, and by commune, beside what is usual."""

from maiam.contexts.hotspots.queries import AlertPage
from maiam.core.text import write_date, write_number
from maiam.platform.ui.charts import Band, Chart, Look, Series

WITHHELD = "không hiện, để không ai nhận ra một gia đình"


def by_week(page: AlertPage) -> Chart:
    weeks = page.weeks
    return Chart(
        title="Mười hai tuần gần đây",
        categories=[write_date(week.first).rpartition("/")[0] for week in weeks],
        series=[
            Series("Số vụ được báo", [week.observed for week in weeks]),
            Series("Mức bình thường", [round(week.expected, 2) for week in weeks], Look.LINE, dashed=True),
        ],
        bands=[
            Band("95 trong 100 tuần nằm trong khoảng này", [week.low for week in weeks], [week.high for week in weeks])
        ],
        summary=_summary(page),
        withheld=WITHHELD,
    )


def _summary(page: AlertPage) -> str:
    last = page.weeks[-1] if page.weeks else None
    if last is None or last.observed is None:
        return "Bảng bên dưới có cùng các con số."
    usual = write_number(round(last.expected, 1))
    return f"Tuần cuối có {write_number(last.observed)} vụ, bình thường khoảng {usual}."


def by_commune(page: AlertPage) -> Chart:
    return Chart(
        title="Theo xã, trong những ngày của cảnh báo",
        categories=[line.name for line in page.communes],
        series=[
            Series("Số vụ được báo", [line.observed for line in page.communes]),
            Series("Mức bình thường", [round(line.expected, 1) for line in page.communes]),
        ],
        unit="vụ",
        withheld=WITHHELD,
    )
