"""Rows of the register written down whole, to be put back exactly."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Model

from maiam.contexts.families.models import HouseholdMembership, Kinship, Person
from maiam.contexts.families.rules import FIELD_LABELS

# Each column as text.
Row = dict[str, str | None]
# By table, by id.
Tables = dict[str, dict[str, Row]]

_STAYS = HouseholdMembership._meta.db_table
_MODELS: dict[str, type[Model]] = {model._meta.db_table: model for model in (Person, HouseholdMembership, Kinship)}
_WORDS = {
    Person._meta.db_table: "thông tin của {name}",
    _STAYS: "nơi ở trong hộ",
    Kinship._meta.db_table: "quan hệ gia đình",
}


@dataclass(frozen=True)
class Snapshot:
    """Rows as the database held them at one moment; `tables` is plain JSON."""

    tables: Tables

    @classmethod
    def of(cls, rows: Iterable[Model]) -> Self:
        tables: Tables = {}
        for row in rows:
            row.refresh_from_db()
            columns = {field.attname: _text(field, row) for field in row._meta.concrete_fields}
            tables.setdefault(row._meta.db_table, {})[str(row.pk)] = columns
        return cls(tables)

    def restore_over(self, later: "Snapshot") -> None:
        """Make every row what it was here; rows that stand so in `later` too are left alone."""
        changed = [
            (table, key, row)
            for table, rows in self.tables.items()
            for key, row in rows.items()
            if row != later.tables[table][key]
        ]
        stays = [key for table, key, _ in changed if table == _STAYS]
        # Homes change hands: nobody may have two of them, nor a household two heads, between two of these lines.
        HouseholdMembership.objects.filter(id__in=stays).update(is_permanent=False)
        for table, key, row in sorted(changed, key=lambda one: one[2].get("ends_on") is None):
            _put_back(table, key, {**row, "is_permanent": "False"} if table == _STAYS else row)
        for key in stays:
            _put_back(_STAYS, key, self.tables[_STAYS][key])

    def differences(self, later: "Snapshot") -> list[str]:
        """What is not as it was here, in words for an officer; empty when nothing changed."""
        found = []
        for table, word in _WORDS.items():
            before, today = self.tables.get(table, {}), later.tables.get(table, {})
            for key in sorted(before.keys() | today.keys()):
                if before.get(key) != today.get(key):
                    found.append(_difference(word, before.get(key) or {}, today.get(key) or {}))
        return list(dict.fromkeys(found))


def _difference(word: str, one: Row, other: Row) -> str:
    told = word.format(name=(other or one).get("full_name") or "")
    columns = sorted(column for column in one.keys() | other.keys() if one.get(column) != other.get(column))
    labels = list(dict.fromkeys(FIELD_LABELS[column] for column in columns if column in FIELD_LABELS))
    return f"{told} ({', '.join(labels)})" if one and other and labels else told


def _text(field: Any, row: Model) -> str | None:
    if getattr(row, field.attname) is None:
        return None
    text: str = field.value_to_string(row)
    return text


def _put_back(table: str, key: str, row: Row) -> None:
    model = _MODELS[table]
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    values = {name: None if row[name] is None else field.to_python(row[name]) for name, field in fields.items()}
    model._default_manager.filter(pk=key).update(**values)
