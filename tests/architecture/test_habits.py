"""What linters cannot check: the habits of style.md that keep the house readable and safe."""

import ast
import re
from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from maiam.platform.access import Protection, ScopedModel
from tests.architecture.source import CONTEXTS, SOURCE, files, functions, name

ORDER = [
    "evaluation",
    "hotspots",
    "webhooks",
    "retention",
    "rights",
    "statistics",
    "alarms",
    "reviews",
    "disclosures",
    "measures",
    "support",
    "risk",
    "cases",
    "reports",
    "contacts",
    "exports",
    "linkage",
    "imports",
    "surveys",
    "changes",
    "duties",
    "conflicts",
    "families",
    "accounts",
    "places",
]
CLOCKS = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(\)")


@pytest.mark.parametrize("kind", ["views", "api", "jobs", "receivers"])
def test_the_edges_touch_no_table_themselves(kind):
    guilty = [name(path) for path in files(kind) if ".objects" in path.read_text()]

    assert guilty == []


@pytest.mark.parametrize("kind", ["services", "queries", "rules", "models"])
def test_the_clock_is_read_at_the_edges_only(kind):
    guilty = [name(path) for path in files(kind) if CLOCKS.search(path.read_text())]

    assert guilty == []


def test_services_take_their_arguments_by_name():
    guilty = [
        f"{name(path)}:{function.name}"
        for path in files("services")
        for function in functions(path)
        if function.args.args or not function.args.kwonlyargs
    ]

    assert guilty == []


def test_services_know_who_acts_and_when():
    guilty = [
        f"{name(path)}:{function.name}"
        for path in files("services")
        for function in functions(path)
        if not {"actor", "now"} <= {argument.arg for argument in function.args.kwonlyargs}
    ]

    assert guilty == []


def test_queries_of_guarded_contexts_begin_with_the_actor():
    open_contexts = ("contexts/places", "contexts/accounts")
    guilty = [
        f"{name(path)}:{function.name}"
        for path in files("queries")
        if not name(path).startswith(open_contexts)
        for function in functions(path)
        if _touches_tables(function) and (not function.args.args or function.args.args[0].arg != "actor")
    ]

    assert guilty == []


def _touches_tables(function: ast.FunctionDef) -> bool:
    return ".objects" in ast.unparse(function)


def test_nobody_has_to_remember_the_order_of_five_arguments():
    guilty = [
        f"{name(path)}:{node.name}"
        for path in SOURCE.rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and len(node.args.args) > 5
    ]

    assert guilty == []


def test_models_know_no_logic_of_saving():
    guilty = [
        name(path)
        for path in files("models")
        if re.search(r"def (save|delete|clean)\(", path.read_text()) or "post_save" in path.read_text()
    ]

    assert guilty == []


def _our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("maiam.")]


@pytest.mark.parametrize("model", _our_models(), ids=lambda model: model._meta.label)
def test_every_table_says_how_much_harm_it_can_do(model):
    assert isinstance(getattr(model, "protection", None), Protection)


@pytest.mark.parametrize("model", _our_models(), ids=lambda model: model._meta.label)
def test_every_table_of_people_and_cases_is_guarded_row_by_row(model):
    if model.protection in {Protection.P2, Protection.P3, Protection.P4}:
        assert issubclass(model, ScopedModel)


@pytest.mark.parametrize("model", _our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey):
            assert _floor(field.related_model) >= _floor(model), field


def _floor(model: type[models.Model]) -> int:
    module = model.__module__
    if module.startswith("maiam.contexts."):
        return ORDER.index(module.split(".")[2])
    return len(ORDER)


def test_the_order_of_contexts_is_the_one_the_walls_hold():
    assert sorted(path.name for path in CONTEXTS.iterdir() if (path / "apps.py").exists()) == sorted(ORDER)


@pytest.mark.parametrize(("suffix", "most"), [("*.py", 500), ("*.html", 120)])
def test_no_file_outgrows_its_room(suffix, most):
    long = {
        name(path): lines
        for path in SOURCE.rglob(suffix)
        if "migrations" not in path.parts and (lines := path.read_text().count("\n")) > most
    }

    assert long == {}


def test_a_page_says_once_in_its_title_that_something_was_refused():
    """The base says it of `form`; a page with other forms names them all in the block made for that."""
    pages = {name(path): path.read_text() for path in SOURCE.rglob("*.html")}

    twice = [page for page, text in pages.items() if re.search(r"block title %}[^\n]*error_prefix", text)]
    never = [page for page, text in pages.items() if not _summed_up(text) <= _said_of(text)]

    assert (twice, never) == ([], [])


def _summed_up(text: str) -> set[str]:
    return set(re.findall(r"error_summary ([a-z_ ]+) %}", text))


def _said_of(text: str) -> set[str]:
    return {"form", *re.findall(r"error_prefix ([a-z_ ]+) %}", text)}


def test_no_two_answers_of_the_api_share_a_name():
    """The document of the API knows one schema by each name: a second one takes the place of the first."""
    schema = re.compile(r"^class (\w+)\(.*Schema\):", re.MULTILINE)
    names = Counter(found for path in SOURCE.rglob("api*.py") for found in schema.findall(path.read_text()))

    assert [one for one, times in names.items() if times > 1] == []


def test_nothing_is_left_unfinished():
    words = re.compile(r"\b(TODO|FIXME|XXX)\b|NotImplementedError")
    guilty = [name(path) for path in SOURCE.rglob("*.py") if words.search(path.read_text())]

    assert guilty == []
