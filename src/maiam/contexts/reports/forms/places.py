"""Finding a commune by typing its name, without marks, without script."""

from typing import Any

from django import forms

from maiam.contexts.places import queries as places
from maiam.contexts.places.queries import FoundCommune
from maiam.contexts.reports.queries import seats
from maiam.contexts.reports.rules.limits import MOST_PLACE_LETTERS
from maiam.core.text import fold
from maiam.platform.requests import is_without_database

NOT_LISTED = "none"
_KIND_WORDS = ("xa ", "phuong ", "dac khu ", "thi tran ")


class PlaceFields(forms.Form):
    """A commune typed, then chosen where several fit; a village and a place in one's own words.

    Cleaned `commune_id` and `village_id` are None where not known; the words as given are kept in any case.
    """

    commune_text = forms.CharField(
        label="Xã, phường nào?",
        required=False,
        max_length=120,
        help_text="Gõ không dấu cũng được, tên cũ cũng được. Ví dụ: dak mil",
    )
    commune = forms.ChoiceField(label="Nơi nào trong các nơi này?", required=False, widget=forms.RadioSelect)
    village_text = forms.CharField(
        label="Thôn, bon, buôn, tổ dân phố nào?", required=False, max_length=120, help_text="Nếu bạn biết."
    )
    place = forms.CharField(
        label="Tìm đến nơi đó như thế nào?",
        required=False,
        max_length=MOST_PLACE_LETTERS,
        widget=forms.Textarea,
        help_text="Ví dụ: sau trường học, nhà mái tôn xanh.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._typed = str(self["commune_text"].value() or "")
        self.candidates = _communes_like(self._typed)
        choices = [(str(found.unit.id), found.label) for found in self.candidates]
        choices.append((NOT_LISTED, "Không có ở đây, hoặc tôi không biết"))
        self.fields["commune"].choices = choices  # type: ignore[attr-defined]

    @property
    def asks_which(self) -> bool:
        """Several communes fit what was typed, and the page must let one be chosen."""
        return bool(self.candidates) and not self._only_candidate()

    @property
    def chosen_label(self) -> str:
        """The commune meant, in full."""
        chosen = str(self["commune"].value() or "") or self._only_candidate()
        return next((found.label for found in self.candidates if str(found.unit.id) == chosen), "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("commune") or self._only_candidate()
        if not chosen and self.candidates and self._insists_on_choice() and "commune" not in self.errors:
            self.add_error("commune", "Hãy chọn một nơi trong danh sách.")
        commune_id = int(chosen) if chosen and chosen != NOT_LISTED else None
        village_id = _village_like(commune_id, cleaned.get("village_text", ""))
        as_given = _as_given(cleaned, knows_commune=commune_id is not None, knows_village=village_id is not None)
        return cleaned | {"commune_id": commune_id, "village_id": village_id, "place_as_given": as_given}

    def _insists_on_choice(self) -> bool:
        return True

    def _only_candidate(self) -> str:
        """The one commune meant, where there is no doubt.

        "Đắk Mil" may be the commune of today, or the old town that lies in another now: that is asked.
        """
        exact = [found for found in self.candidates if fold(found.unit.name) == fold(self._typed)]
        alike = [found for found in self.candidates if _bare(self._typed) in _names(found)]
        sure = next((few for few in (self.candidates, exact, alike) if len(few) == 1), [])
        return str(sure[0].unit.id) if sure else ""


def _as_given(cleaned: dict[str, Any], *, knows_commune: bool, knows_village: bool) -> str:
    """What was typed and is not already said by the commune and village found."""
    parts = (
        "" if knows_commune else cleaned.get("commune_text", ""),
        "" if knows_village else cleaned.get("village_text", ""),
        cleaned.get("place", ""),
    )
    return "; ".join(part for part in parts if part)


def _communes_like(typed: str) -> list[FoundCommune]:
    """Communes of the house's province first; elsewhere only where none of ours fits."""
    if is_without_database():
        return []
    here = places.search_communes(typed, province_id=seats.province_of_house().id)
    return here or places.search_communes(typed)


def _village_like(commune_id: int | None, typed: str) -> int | None:
    """The one village of this commune that was typed; None where none or several fit."""
    if commune_id is None or not typed:
        return None
    wanted = fold(typed)
    same = [village.id for village in places.villages_of(commune_id) if _is_named(fold(village.name), wanted)]
    return same[0] if len(same) == 1 else None


def _is_named(name: str, wanted: str) -> bool:
    return wanted == name or wanted.endswith(f" {name}") or name.endswith(f" {wanted}")


def _names(found: FoundCommune) -> set[str]:
    """What a commune is called today, and the old name it was found by."""
    return {_bare(found.unit.name), _bare(found.old_name.partition(",")[0])}


def _bare(name: str) -> str:
    """A commune's name without its kind: "Xã Đắk Mil" and "dak mil" alike."""
    folded = fold(name)
    return next((folded[len(kind) :] for kind in _KIND_WORDS if folded.startswith(kind)), folded)
