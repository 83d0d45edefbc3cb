"""The expressions of XLSForm (relevant, constraint, required), read once and worked out without running any code.

A small part of XPath: numbers, texts, `${question}`, `.`, `or and = != < <= > >= + - * div mod`, and the functions of
`FUNCTIONS`. An unanswered question is the empty text; a number made of it is not a number, and compares false.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

Value: TypeAlias = str | float | bool | list[str]

LONGEST = 1000
DEEPEST = 40

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>"[^"]*"|'[^']*')
    |\$\{\s*(?P<name>[A-Za-z_][\w.-]*)\s*\}
    |(?P<sign><=|>=|!=|[=<>+*(),-])
    |(?P<word>[A-Za-z][A-Za-z-]*[A-Za-z]|[A-Za-z])
    |(?P<self>\.)
    )""",
    re.VERBOSE,
)
_TODAY: Final = "today"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# From the loosest to the tightest.
_LEVELS: Final = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


class ExpressionError(ValueError):
    """The expression cannot be read; says where and why, in Vietnamese."""


@dataclass(frozen=True)
class Scene:
    """What an expression is worked out against: the answers, the answer being checked, the day."""

    answers: Mapping[str, Value]
    today: date
    current: Value = ""


@dataclass(frozen=True)
class Node:
    """One part of an expression: its kind, a word or value, and the parts below it."""

    kind: str
    value: str | float = ""
    parts: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Expression:
    """An expression that has been read."""

    source: str
    tree: Node
    names: frozenset[str] = field(default=frozenset())

    def holds(self, scene: Scene) -> bool:
        return as_boolean(_work_out(self.tree, scene))

    def value(self, scene: Scene) -> Value:
        return _work_out(self.tree, scene)


# --- reading


def read(source: str) -> Expression:
    """Read an expression. Raises `ExpressionError`."""
    if len(source) > LONGEST:
        raise ExpressionError(f"Biểu thức dài quá {LONGEST} ký tự.")
    reader = _Reader(_tokens(source))
    tree = reader.expression()
    reader.must_be_at_end()
    return Expression(source, tree, frozenset(_names(tree)))


def _tokens(source: str) -> list[tuple[str, str]]:
    tokens, at, end = [], 0, len(source.rstrip())
    while at < end:
        found = _TOKEN.match(source, at)
        if found is None:
            raise ExpressionError(f"Không hiểu “{source[at : at + 20].strip()}” ở ký tự {at + 1}.")
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind]))
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens by falling from the loosest operator to the tightest."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("Biểu thức lồng nhau quá sâu.")
        node = self._binary(0)
        self.depth -= 1
        return node

    def must_be_at_end(self) -> None:
        if self.at < len(self.tokens):
            raise ExpressionError(f"Thừa “{self.tokens[self.at][1]}”.")

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._binary(level + 1)
        while self._word() in _LEVELS[level]:
            sign = self._next()[1]
            node = Node("binary", sign, (node, self._binary(level + 1)))
        return node

    def _unary(self) -> Node:
        signs = 0
        while self._word() == "-":
            self._next()
            signs += 1
        node = self._primary()
        return Node("minus", "", (node,)) if signs % 2 else node

    def _primary(self) -> Node:
        kind, value = self._next()
        if kind == "number":
            return Node("number", float(value))
        if kind == "text":
            return Node("text", value[1:-1])
        if kind in {"name", "self"}:
            return Node(kind, value)
        if value == "(":
            node = self.expression()
            self._expect(")")
            return node
        if kind == "word" and self._word() == "(":
            return self._call(value)
        raise ExpressionError(f"Không hiểu “{value}”.")

    def _call(self, name: str) -> Node:
        if name not in FUNCTIONS:
            raise ExpressionError(f"Hàm {name}() chưa dùng được. Dùng được: {', '.join(sorted(FUNCTIONS))}.")
        self._expect("(")
        parts: list[Node] = []
        while self._word() != ")":
            if parts:
                self._expect(",")
            parts.append(self.expression())
        self._expect(")")
        fewest, most, _ = FUNCTIONS[name]
        if not fewest <= len(parts) <= most:
            raise ExpressionError(f"Hàm {name}() nhận từ {fewest} đến {most} giá trị, đang có {len(parts)}.")
        return Node("call", name, tuple(parts))

    def _word(self) -> str:
        kind, value = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return value if kind in {"sign", "word"} else ""

    def _next(self) -> tuple[str, str]:
        if self.at == len(self.tokens):
            raise ExpressionError("Biểu thức thiếu phần cuối.")
        self.at += 1
        return self.tokens[self.at - 1]

    def _expect(self, sign: str) -> None:
        if self._word() != sign:
            raise ExpressionError(f"Thiếu “{sign}”.")
        self.at += 1


def _names(node: Node) -> set[str]:
    own = {str(node.value)} if node.kind == "name" else set()
    return own.union(*(_names(part) for part in node.parts))


# --- working out


def as_number(value: Value) -> float:
    if isinstance(value, bool | float | int):
        return float(value)
    if isinstance(value, list):
        return math.nan
    try:
        return float(value)
    except ValueError:
        return math.nan


def as_text(value: Value) -> str:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def as_boolean(value: Value) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def _work_out(node: Node, scene: Scene) -> Value:
    if node.kind in {"number", "text"}:
        return node.value
    if node.kind == "self":
        return _known(scene.current)
    if node.kind == "name":
        return _known(scene.answers.get(str(node.value), ""))
    if node.kind == "minus":
        return -as_number(_work_out(node.parts[0], scene))
    if node.kind == "call":
        return _call(str(node.value), [_work_out(part, scene) for part in node.parts], scene)
    return _binary(str(node.value), node.parts, scene)


def _call(name: str, parts: Sequence[Value], scene: Scene) -> Value:
    """Only the day is told by the scene; every other function lives by its values."""
    _, _, function = FUNCTIONS[name]
    return scene.today.isoformat() if name == _TODAY else function(*parts)


def _known(value: Value | None) -> Value:
    """An answer as XPath sees it: whole numbers are numbers, nothing is the empty text."""
    if value is None:
        return ""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _binary(sign: str, parts: tuple[Node, ...], scene: Scene) -> Value:
    left = _work_out(parts[0], scene)
    if sign == "or":
        return as_boolean(left) or as_boolean(_work_out(parts[1], scene))
    if sign == "and":
        return as_boolean(left) and as_boolean(_work_out(parts[1], scene))
    right = _work_out(parts[1], scene)
    if sign in {"=", "!="}:
        return _equal(left, right) is (sign == "=")
    if sign in _ORDER:
        return _ordered(sign, left, right)
    return _ARITHMETIC[sign](as_number(left), as_number(right))


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return as_boolean(left) is as_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return as_number(left) == as_number(right)
    return as_text(left) == as_text(right)


_ORDER: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def _ordered(sign: str, left: Value, right: Value) -> bool:
    """Dates compare as dates, everything else as numbers."""
    if _is_date(left) and _is_date(right):
        return _ORDER[sign](_days(str(left)), _days(str(right)))
    return _ORDER[sign](as_number(left), as_number(right))


def _is_date(value: Value) -> bool:
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def _days(value: str) -> float:
    try:
        return float(date.fromisoformat(value).toordinal())
    except ValueError:
        return math.nan


def _divide(left: float, right: float) -> float:
    return left / right if right else math.nan


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) else math.nan


_ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _remainder,
}


def _rounded(value: float, places: int = 0) -> float:
    """Halves go up, as in XPath; what is no finite number stays what it is."""
    if not math.isfinite(value) or abs(value) > _EXACT:
        return value
    scale = 10.0**places
    return math.floor(value * scale + 0.5) / scale


_EXACT: Final = 2.0**53
_MOST_PLACES: Final = 6


def _places(places: Value) -> int:
    wanted = as_number(places)
    return int(min(max(wanted, 0), _MOST_PLACES)) if math.isfinite(wanted) else 0


def _whole(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def _chosen(value: Value) -> list[str]:
    return value if isinstance(value, list) else as_text(value).split()


# name: fewest values, most values, what it gives
FUNCTIONS: Final[Mapping[str, tuple[int, int, Callable[..., Value]]]] = {
    "true": (0, 0, lambda: True),
    "false": (0, 0, lambda: False),
    "not": (1, 1, lambda part: not as_boolean(part)),
    "boolean": (1, 1, as_boolean),
    "number": (1, 1, as_number),
    "string": (1, 1, as_text),
    "int": (1, 1, lambda part: _whole(as_number(part))),
    "round": (1, 2, lambda part, places=0.0: _rounded(as_number(part), _places(places))),
    "string-length": (1, 1, lambda part: float(len(as_text(part)))),
    "contains": (2, 2, lambda part, sought: as_text(sought) in as_text(part)),
    "starts-with": (2, 2, lambda part, start: as_text(part).startswith(as_text(start))),
    "selected": (2, 2, lambda part, choice: as_text(choice) in _chosen(part)),
    "count-selected": (1, 1, lambda part: float(len(_chosen(part)))),
    "if": (3, 3, lambda test, yes, no: yes if as_boolean(test) else no),
    "coalesce": (2, 2, lambda part, other: part if as_text(part) else other),
    "min": (1, 9, lambda *parts: min(as_number(part) for part in parts)),
    "max": (1, 9, lambda *parts: max(as_number(part) for part in parts)),
    "year": (1, 1, lambda part: as_number(as_text(part)[:4])),
    _TODAY: (0, 0, str),
}
