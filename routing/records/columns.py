"""What a record file is made of: columns, and sheets of columns that fill one record class."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from functools import cached_property
from typing import Any

from routing.records.folding import fold
from routing.records.kind import Kind


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: the record's field it fills, its headers, and the kind of its values.

    `aliases` are further headers that are understood. `refers` names the sheet whose ids the cell holds. `note` is the
    key below `records.note.` of the sentence that explains the column, where it is not the field's own name.
    """

    field: str
    et: str
    en: str
    kind: Kind[Any]
    aliases: tuple[str, ...] = ()
    refers: str = ""
    note: str = ""

    def header(self, lang: str) -> str:
        """Return the header to write in `lang`: files are Estonian for all who do not ask for English."""
        return self.en if lang == "en" else self.et

    @property
    def note_key(self) -> str:
        """Return the catalogue key of the sentence that explains this column."""
        return f"records.note.{self.note or self.field.replace('_', '-')}"

    @property
    def names(self) -> frozenset[str]:
        """Return every header this column is known by, folded; a unit in brackets may be left away."""
        headers = (self.field, self.et, self.en, *self.aliases)
        return frozenset(fold(name) for header in headers for name in (header, header.partition("(")[0]))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One file of records: its name, the record class its rows become, and its columns.

    `name` is the file's stem and the field of `Records`, `et` a second stem that is understood. `key` are the fields
    that no two rows may share. A folder without a `required` sheet cannot be planned; where one without an `extra`
    sheet there is nothing to say, since many municipalities need none.
    """

    name: str
    et: str
    record: type[Any]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    required: bool = False
    extra: bool = False

    @cached_property
    def column_by_name(self) -> Mapping[str, Column]:
        """Return the columns by every folded header they are known by."""
        return {name: column for column in self.columns for name in column.names}

    @cached_property
    def column_by_field(self) -> Mapping[str, Column]:
        """Return the columns by the record's field."""
        return {column.field: column for column in self.columns}

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """Return the record's own defaults by field; a column whose field has none is required."""
        return {
            field.name: field.default_factory() if field.default_factory is not MISSING else field.default
            for field in dataclasses.fields(self.record)
            if field.default is not MISSING or field.default_factory is not MISSING
        }

    def requires(self, column: Column) -> bool:
        """Tell whether a row needs a value in `column`."""
        return column.field not in self.defaults
