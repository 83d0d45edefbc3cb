"""What the officer says of a list: the file, its columns, its words, its rows."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from maiam.contexts.families.rules import MEMBER_ROLE_LABELS
from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.rules import ELSEWHERE, FIELD_LABELS, OURS, Answer, Field, PageLayout
from maiam.contexts.imports.services import Confirmed, PageAs
from maiam.contexts.places import queries as places
from maiam.platform.sheets import letters
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm

_NOT_USED = [("", "Không dùng cột này")]
_FIELDS = [*_NOT_USED, *((one.value, label) for one, label in FIELD_LABELS.items())]
_PLACE = re.compile(r"h?[0-9]{1,3}:[0-9]{1,7}")
MOST_ANSWERS = 400


class BringForm(VietnameseForm):
    file = forms.FileField(
        label="Tệp Excel hoặc CSV",
        help_text="Dạng .xlsx, .xls hoặc .csv, tới 200.000 dòng. Chưa có gì vào sổ cho đến khi bạn xem và đồng ý.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )


class ColumnsForm(VietnameseForm):
    """One choice for every column of every sheet; sheets with the same headings share theirs."""

    listed_on = VietnameseDateField(
        label="Danh sách lập ngày nào?",
        required=False,
        exact=True,
        help_text="Để tính tuổi và hiểu tên xã, thôn của lúc đó. Không rõ thì để trống.",
    )
    first_january_is_filler = forms.BooleanField(
        label="Ngày 01/01 trong tệp chỉ là điền cho đủ", required=False, help_text="Chọn thì chỉ lấy năm sinh."
    )

    def __init__(self, *args: Any, row: ImportedList, **kwargs: Any) -> None:
        self.layout = row.read_as
        initial = {
            "listed_on": self.layout.listed_on,
            "first_january_is_filler": self.layout.first_january_is_filler,
        }
        super().__init__(*args, initial=initial, **kwargs)
        villages = [("", "Theo cột thôn, hoặc không rõ")]
        villages += [(village.name, village.name) for village in places.villages_of(row.commune_id)]
        self.same_as: dict[int, PageLayout] = {}
        first: dict[tuple[str, ...], PageLayout] = {}
        for page in self.layout.pages:
            self.same_as[page.page] = first.setdefault(tuple(page.headings), page)
            self._add_page(page, villages)

    def _add_page(self, page: PageLayout, villages: list[tuple[str, str]]) -> None:
        self.fields[f"take{page.page}"] = forms.BooleanField(
            label=f"Lấy trang “{page.name}”", required=False, initial=page.is_taken
        )
        self.fields[f"village{page.page}"] = forms.ChoiceField(
            label=f"Trang “{page.name}” là của thôn nào?", required=False, choices=villages, initial=page.village
        )
        if self.same_as[page.page] is not page:
            return
        for column, heading in enumerate(page.headings):
            name = f"Cột {letters(column)}" + (f", {heading}" if heading else "")
            self.fields[f"field{page.page}_{column}"] = forms.ChoiceField(
                label=name, required=False, choices=_FIELDS, initial=page.columns.get(column, "")
            )

    def sheets(self) -> list[dict[str, Any]]:
        """Each sheet with its own controls, for the page."""
        return [
            {
                "layout": page,
                "same_as": self.same_as[page.page] if self.same_as[page.page] is not page else None,
                "take": self[f"take{page.page}"],
                "village": self[f"village{page.page}"],
                "columns": [
                    (
                        self[f"field{page.page}_{column}"],
                        [row[column] for row in page.examples if column < len(row) and row[column]],
                    )
                    for column in range(len(page.headings))
                    if f"field{page.page}_{column}" in self.fields
                ],
            }
            for page in self.layout.pages
        ]

    def confirmed(self) -> Confirmed:
        typed = self.cleaned_data
        return Confirmed(
            pages={page.page: self._page_as(page) for page in self.layout.pages},
            listed_on=typed["listed_on"],
            first_january_is_filler=typed["first_january_is_filler"],
        )

    def _page_as(self, page: PageLayout) -> PageAs:
        typed, owner = self.cleaned_data, self.same_as[page.page].page
        chosen = {column: typed.get(f"field{owner}_{column}") for column in range(len(page.headings))}
        return PageAs(
            is_taken=typed[f"take{page.page}"],
            columns={column: Field(value) for column, value in chosen.items() if value},
            village=typed[f"village{page.page}"],
        )


class WordsForm(VietnameseForm):
    """One answer for every word nobody knew; left open, it is asked again."""

    def __init__(self, *args: Any, row: ImportedList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = row.words
        choices = {
            "village": [
                ("", "Chưa trả lời"),
                *((str(village.id), village.name) for village in places.villages_of(row.commune_id)),
                ("0", "Không ghi thôn"),
            ],
            "role": [("", "Chưa trả lời"), *((role.value, label) for role, label in MEMBER_ROLE_LABELS.items())],
            "commune": [("", "Chưa trả lời"), (OURS, "Nay thuộc xã này"), (ELSEWHERE, "Nay thuộc xã khác")],
        }
        asks = {"village": "Thôn", "role": "Quan hệ", "commune": "Xã"}
        for number, word in enumerate(self.words):
            kind = word["kind"]
            self.fields[f"word{number}"] = forms.ChoiceField(
                label=f"{asks[kind]} “{word['written']}”",
                help_text=f"{word['count']} dòng",
                required=False,
                choices=choices[kind],
            )

    def meanings(self) -> dict[tuple[str, str], str]:
        typed = self.cleaned_data
        return {
            (word["kind"], word["key"]): typed[f"word{number}"]
            for number, word in enumerate(self.words)
            if typed[f"word{number}"]
        }


def answers_in(posted: Mapping[str, str]) -> dict[str, Answer | None]:
    """The answers of a page: `answer-PLACE` says one, or empty none; whatever else is posted is passed over."""
    found: dict[str, Answer | None] = {}
    for name, value in list(posted.items())[:MOST_ANSWERS]:
        place = name.removeprefix("answer-")
        if name != place and _PLACE.fullmatch(place) and value in {"", *Answer}:
            found[place] = Answer(value) if value else None
    return found
