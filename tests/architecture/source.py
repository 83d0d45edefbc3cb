"""Reads the house's own source, so that its habits can be tested."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "maiam"
CONTEXTS = SOURCE / "contexts"


def files(kind: str) -> Iterator[Path]:
    """Every file of one kind (`views`, `services` …) in every context, packages included."""
    for context in sorted(path for path in CONTEXTS.iterdir() if path.is_dir()):
        yield from sorted(context.glob(f"{kind}.py"))
        yield from sorted(context.glob(f"{kind}_*.py"))
        yield from sorted((context / kind).rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The public functions at the top of a file."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))
