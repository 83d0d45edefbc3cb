"""Take in a questionnaire written as an XLSForm workbook, or say by sheet, row and column why not.

pyxform reads the workbook and has the last word on whether it is an XLSForm; what is taken of the standard is said in
`TAKEN`, and everything else is refused rather than left out in silence.
"""

import zipfile
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import md_to_dict, xlsx_to_dict
from pyxform.xls2xform import convert

from maiam.contexts.surveys.rules.definition import MEMBER_REPEAT, Definition
from maiam.contexts.surveys.rules.generations import TOLD, TOLD_OF_MEMBER
from maiam.contexts.surveys.rules.xlsform_rows import OWN_COLUMNS, Problem, SheetReader

SITUATION = Path(__file__).parent.parent / "facts" / "situation.md"
MOST_BYTES = 1_000_000
MOST_UNPACKED = 8_000_000
MOST_FILES = 200
TAKEN = (
    "Kiểu câu hỏi dùng được: text, integer, decimal, date, select_one, select_multiple, note; nhóm begin_group; "
    f"và begin_repeat tên {MEMBER_REPEAT} để hỏi từng người trong hộ."
)
_DAMAGED = (PyXFormError, zipfile.BadZipFile, ParseError, ValueError, KeyError, IndexError, TypeError, AttributeError)


@dataclass(frozen=True)
class Reading:
    """What came of a workbook: the questionnaire, or every problem in it."""

    definition: Definition | None
    problems: list[Problem] = field(default_factory=list)


@cache
def situation() -> Definition:
    """The house's own questions on the situation of a family, which every questionnaire holds."""
    reader = SheetReader(_situation_sheets())
    definition = reader.definition()
    if reader.problems:
        raise ValueError(f"{SITUATION.name}: {reader.problems}")
    return definition


@cache
def _situation_sheets() -> dict[str, Any]:
    sheets: dict[str, Any] = md_to_dict(SITUATION.read_text(encoding="utf-8"))
    return sheets


def read_xlsform(content: bytes) -> Reading:
    """Read a workbook of questions that come after the house's own."""
    problem = _unsafe(content)
    if problem:
        return Reading(None, [Problem("", 0, "", problem)])
    try:
        sheets = xlsx_to_dict(BytesIO(content))
    except _DAMAGED:
        return Reading(None, [Problem("", 0, "", "Tệp hỏng, hoặc không phải bảng tính Excel (.xlsx).")])
    reader = SheetReader(sheets, after=situation())
    own = reader.definition()
    if not reader.problems:
        reader.problems += _not_xlsform(sheets)
    if reader.problems:
        return Reading(None, reader.problems)
    return Reading(Definition(code=own.code, title=own.title, groups=situation().groups + own.groups))


def _unsafe(content: bytes) -> str:
    """Why a file is not even opened."""
    if len(content) > MOST_BYTES:
        return "Tệp lớn quá 1 MB. Một bộ câu hỏi nhỏ hơn nhiều; hãy bỏ hình ảnh và trang thừa."
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            files = packed.infolist()
    except (zipfile.BadZipFile, ValueError):
        return "Tệp hỏng, hoặc không phải bảng tính Excel (.xlsx)."
    if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
        return "Tệp nén quá nhiều so với một bộ câu hỏi. Hãy lưu lại bằng Excel rồi gửi."
    if any("vbaproject" in file.filename.lower() for file in files):
        return "Tệp có macro. Hãy lưu thành Excel không macro (.xlsx) rồi gửi."
    return ""


def _not_xlsform(sheets: dict[str, Any]) -> list[Problem]:
    """What pyxform says against it, read together with the house's own questions, which it may name."""
    base = _situation_sheets()
    renamed = [_apart(row) for row in base["survey"]]
    around = [{"type": "calculate", "name": name, "calculation": "0"} for name in (*TOLD, *TOLD_OF_MEMBER)]
    own_lists = {row.get("list_name") or row.get("list name") for row in sheets.get("choices", [])}
    survey = [*(_standard(row) for row in sheets["survey"]), *renamed, *around]
    choices = [row for row in base["choices"] if row["list_name"] not in own_lists]
    whole = {
        "survey": survey,
        "survey_header": [dict.fromkeys(name for row in survey for name in row)],
        "choices": [*sheets.get("choices", []), *choices],
        "choices_header": [dict.fromkeys(name for row in (*sheets.get("choices", []), *choices) for name in row)],
        "settings": sheets.get("settings", []),
        "settings_header": sheets.get("settings_header", []),
        "sheet_names": ["survey", "choices", "settings"],
    }
    try:
        convert(xlsform=whole)
    except _DAMAGED as refusal:
        return [Problem("survey", 0, "", f"Chưa phải XLSForm đúng chuẩn: {refusal}")]
    return []


def _standard(row: dict[str, str]) -> dict[str, str]:
    """A row without the columns that are ours and not the standard's."""
    return {name: cell for name, cell in row.items() if name not in OWN_COLUMNS}


def _apart(row: dict[str, str]) -> dict[str, str]:
    """The house's own repeat under another name, since the workbook may hold one too."""
    plain = _standard(row)
    return {**plain, "name": f"{MEMBER_REPEAT}_chung"} if plain.get("name") == MEMBER_REPEAT else plain
