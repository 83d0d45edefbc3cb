"""The parts that repeat on pages, as tags; and the filters that write dates and numbers the Vietnamese way."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from maiam.core import text
from maiam.platform.access.actor import Actor
from maiam.platform.access.policy import ROLE_LABELS, Permission, Role
from maiam.platform.ui.browsers import browser_in_words
from maiam.platform.ui.charts import Chart, bars, time_drawing
from maiam.platform.ui.fields import Look, anchor, draw_field
from maiam.platform.ui.refusals import refusal
from maiam.platform.ui.time_left import time_left, turns, words_for_script

register = template.Library()

NOTHING = "—"
HIDDEN_COUNT = "dưới 5"
# Letters and digits held together by hyphens and slashes, at which a narrow cell would break them.
_FILE_NUMBER = re.compile(r"((?<!\w)[0-9A-ZĐ]+(?:[-/][0-9A-ZĐ]+)+(?!\w))")
TAG_COLOURS = {"grey", "green", "amber", "red", "blue", "purple"}

# --- forms


@register.simple_tag
def field(bound: BoundField, **look: Any) -> SafeString:
    """Draw one form field; see `Look` for what may be asked of it."""
    return draw_field(bound, Look(**look))


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """List every error of the page's forms on top of it, each leading to its field."""
    bound = [form for form in forms if form is not None and form.is_bound]
    return {"links": [link for form in bound for link in _links_to_errors(form)]}


def _links_to_errors(form: BaseForm) -> list[tuple[str, Any]]:
    links = [("", error) for error in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else anchor(bound)
        links += [(target, error) for error in bound.errors]
    return links


@register.simple_tag
def error_prefix(*forms: Any) -> str:
    """Begin a page's title with "Lỗi: " when one of its forms was refused."""
    is_refused = any(isinstance(form, BaseForm) and form.is_bound and form.errors for form in forms)
    return "Lỗi: " if is_refused else ""


@register.inclusion_tag("ui/button.html")
def button(label: str, kind: str = "", **attributes: str) -> dict[str, Any]:
    """A submit button; `kind` is empty, "secondary" or "warning"; `name` and `value` as in HTML."""
    return {"label": label, "kind": kind, **attributes}


@register.inclusion_tag("ui/link_button.html")
def link_button(url: str, label: str, kind: str = "") -> dict[str, Any]:
    return {"url": url, "label": label, "kind": kind}


@register.simple_tag
def back_link(url: str, label: str = "Quay lại") -> SafeString:
    return format_html('<a class="govuk-back-link" href="{}">{}</a>', url, label)


# --- states


@register.inclusion_tag("ui/due_badge.html")
def due_badge(due_at: datetime, started_at: datetime, now: datetime) -> dict[str, Any]:
    """Time left on a legal clock, in words and in colour; desk pages let it tick."""
    return {"due_at": due_at, "turns": turns(due_at, started_at), "left": time_left(due_at, started_at, now)}


@register.simple_tag
def due_words() -> str:
    """The words by which badges go on counting; the page's body carries them once."""
    return words_for_script()


@register.simple_tag
def tag(label: str, colour: str = "grey") -> SafeString:
    if colour not in TAG_COLOURS:
        raise template.TemplateSyntaxError(f"No tag is {colour}: {', '.join(sorted(TAG_COLOURS))}")
    return format_html('<strong class="app-tag app-tag--{}">{}</strong>', colour, label)


@register.simple_tag
def doubtful_mark(is_doubtful: bool) -> str:
    """Warn where a figure or word of law was not compared with the original text."""
    if not is_doubtful:
        return ""
    return format_html('<span class="app-unconfirmed">{}</span>', "chưa đối chiếu với văn bản gốc")


@register.inclusion_tag("ui/empty_state.html")
def empty_state(title: str, advice: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """Teach what will stand here, with at most one thing to do."""
    return {"title": title, "advice": advice, "url": url, "label": label}


# --- lists


@register.inclusion_tag("ui/summary_list.html")
def summary_list(rows: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """Label and value, row by row; a row may add a link: (label, value, url, link label)."""
    return {"rows": rows}


@register.inclusion_tag("ui/data_table.html")
def data_table(
    caption: str, columns: Iterable[str], rows: Iterable[Iterable[Any]], numeric: str = ""
) -> dict[str, Any]:
    """A table of plain values; `numeric` names the columns of numbers, counted from 1: "2 3"."""
    numbers = {int(number) for number in numeric.split()}
    return {
        "caption": caption,
        "columns": [(label, place in numbers) for place, label in enumerate(columns, start=1)],
        "rows": [[(value, place in numbers) for place, value in enumerate(row, start=1)] for row in rows],
    }


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the pages around this one; the rest of the query stays as it is."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "pages": list(pages), "elided": page.paginator.ELLIPSIS, "request": context["request"]}


@register.inclusion_tag("ui/commune_map.html")
def commune_map(
    url_name: str, query: str, shades: Iterable[tuple[str, str]], frames: Iterable[str] = ()
) -> dict[str, Any]:
    """A map of communes from GeoJSON whose features carry `shade`, `label` and perhaps `approximate`.

    `shades` are (code, label) in the order of the legend. With `frames`, periods from the oldest on, the features also
    carry `shades` and `labels`, one for each, and a slider goes through them; `outline` draws a border. The page gives
    the same as a table, for keyboards and screen readers.
    """
    periods = list(frames)
    return {"url": f"{reverse(url_name)}?{query}", "shades": list(shades), "frames": periods, "last": len(periods) - 1}


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(chart: Chart) -> dict[str, Any]:
    """Bars of parts or places, one under the other; the page gives the same as a table."""
    return {"chart": chart, "rows": bars(chart)}


@register.inclusion_tag("ui/time_chart.html")
def time_chart(chart: Chart) -> dict[str, Any]:
    """Columns, lines and bands over time; the page gives the same as a table."""
    return {"chart": chart, "drawing": time_drawing(chart)}


# --- leaving in a hurry


@register.simple_tag
def neutral_page() -> str:
    """Address of the page that quick exit leads to."""
    return reverse("public:exit")


@register.inclusion_tag("ui/_quick_exit.html")
def quick_exit() -> dict[str, str]:
    return {"url": neutral_page()}


@register.inclusion_tag("ui/_quick_exit_link.html")
def quick_exit_link() -> dict[str, str]:
    return {"url": neutral_page()}


# --- filters


@register.filter
def vn_date(value: Any) -> str:
    return text.write_date(value) if value else NOTHING


@register.filter
def vn_datetime(value: datetime | None) -> str:
    return text.write_datetime(value) if value else NOTHING


@register.filter
def vn_weekday(value: date | None) -> str:
    return text.weekday(value) if value else NOTHING


@register.filter
def vn_time(value: datetime | None) -> str:
    return text.write_time(value) if value else NOTHING


@register.filter
def vn_duration(value: timedelta | None) -> str:
    return text.write_duration(value) if value is not None else NOTHING


@register.filter
def vn_number(value: Any) -> str:
    return text.write_number(value) if value is not None and value != "" else NOTHING


@register.filter
def vn_number_or_hidden(value: Any) -> str:
    """A count; None says it is too small to show."""
    return HIDDEN_COUNT if value is None else text.write_number(value)


@register.filter
def vn_phone(value: str | None) -> str:
    return text.write_phone(value) if value else NOTHING


@register.filter
def tel_link(value: str) -> SafeString:
    """A number to press and call."""
    return format_html('<a class="govuk-link" href="tel:{}">{}</a>', value, text.write_phone(value))


@register.filter
def unbroken(value: Any) -> SafeString:
    """Keep each number of a file or a paper in a text on one line: VV-2026-0021, 01/QĐ-UBND."""
    parts = _FILE_NUMBER.split(str(value))
    return format_html_join(
        "", "{}", ((_in_one_line(part) if _FILE_NUMBER.fullmatch(part) else part,) for part in parts)
    )


def _in_one_line(number: str) -> SafeString:
    return format_html('<span class="app-unbroken">{}</span>', number)


@register.filter
def can(actor: Actor | None, permission: str) -> bool:
    return actor is not None and actor.can(Permission(permission))


@register.filter
def role_label(role: Role | str | None) -> str:
    return ROLE_LABELS[Role(role)] if role else ""


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """Look a key up that is itself a variable."""
    return values.get(key, "")


@register.filter
def error_title(status: int) -> str:
    return refusal(status).title


@register.filter
def error_advice(status: int) -> str:
    return refusal(status).advice


@register.filter
def browser(user_agent: str | None) -> str:
    """The browser and machine of a session, in words."""
    return browser_in_words(user_agent) if user_agent else NOTHING
