"""Records as JSON: the fields of each sheet, made from its columns, so that no second list of them exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, JsonValue, StringConstraints, create_model
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from api.desk.record_set import localized
from api.errors import InputError
from api.store.records import Record
from api.wording import say
from routing.findings import Finding
from routing.records.columns import Sheet
from routing.records.limits import MAX_CELL_CHARACTERS
from routing.records.sheets import SHEETS

WRITTEN_IN: Final = "en"
"""The language of cells in answers: ISO dates, decimal points, English words. Estonian is understood as well."""

_Cell = Annotated[str, StringConstraints(max_length=MAX_CELL_CHARACTERS)]

_EXAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    "places": {"id": "kliinikum", "name": "Tartu Ülikooli Kliinikum", "lat": "58.3699", "lon": "26.7003"},
    "workers": {"id": "HT9", "name": "Tiina Kuusemaa", "skills": "koduabi; saatmine", "background_check": "2026-03-02"},
    "vehicles": {"id": "AUTO9", "plate": "000 AAA", "layouts": "4; 2+1", "equipment": "lift"},
    "clients": {"id": "K99", "name": "Aino Kasemaa", "lat": "58.42706", "lon": "26.77422", "aids": "walker"},
    "shifts": {
        "id": "laeva",
        "worker": "HT1",
        "vehicle": "AUTO1",
        "start": "08:00",
        "end": "16:30",
        "start_place": "laeva",
        "end_place": "laeva",
        "weekdays": "Mon; Wed",
    },
    "absences": {"worker": "HT2", "first": "2026-12-01", "last": "2026-12-04"},
    "visits": {"id": "V99", "day": "2026-11-25", "client": "K01", "duration": "30", "windows": "08:30-10:00"},
    "rides": {
        "id": "S99",
        "day": "2026-11-25",
        "client": "K21",
        "service": "social transport",
        "start": "home",
        "end": "kliinikum",
        "arrival": "08:50-09:20",
    },
    "pauses": {"client": "K01", "first": "2026-12-07", "last": "2026-12-13"},
    "care_plans": {"id": "P99", "client": "K01", "valid_from": "2026-11-30", "weekly": "120"},
    "care_slots": {"id": "P99-1", "plan": "P01", "times": "2", "duration": "60", "windows": "09:00-12:00"},
    "ride_series": {
        "id": "D99",
        "client": "K21",
        "service": "social transport",
        "start": "home",
        "end": "kliinikum",
        "rule": "Mon; Wed; Fri",
        "first": "2026-11-30",
        "arrival": "08:50-09:20",
    },
    "decisions": {
        "case_number": "00000202699",
        "client": "K01",
        "service": "home care",
        "valid_from": "2026-01-01",
        "weekly_hours": "4",
    },
    "reliefs": {
        "act": "korraldus 12-3/45",
        "client": "K01",
        "service": "home care",
        "pays": "50",
        "first": "2026-01-01",
    },
}


def _model(sheet: Sheet) -> type[BaseModel]:
    """Return the model of a row's cells: what is required is judged by the reader, whose findings say more."""
    fields: dict[str, Any] = {
        column.field: (_Cell, Field("", title=column.en, description=say(column.note_key, WRITTEN_IN)))
        for column in sheet.columns
    }
    required: list[JsonValue] = [column.field for column in sheet.columns if sheet.requires(column)]
    config = ConfigDict(
        extra="forbid", json_schema_extra={"required": [*required], "examples": [{**_EXAMPLES[sheet.name]}]}
    )
    return create_model(f"{sheet.name.title().replace('_', '')}Cells", __config__=config, **fields)


MODELS: Final[Mapping[str, type[BaseModel]]] = {sheet.name: _model(sheet) for sheet in SHEETS}
"""The cells of each sheet."""


class _OfAnySheet:
    """Describe cells as those of one of the sheets."""

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [handler(model.__pydantic_core_schema__) for model in MODELS.values()]}


Cells = Annotated[
    dict[Annotated[str, StringConstraints(max_length=40)], _Cell],
    Field(description="Cells of text by field; blank ones may be left out."),
    _OfAnySheet,
]


class RecordIn(BaseModel):
    """A record as it is sent: all of its cells."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"cells": dict(_EXAMPLES["clients"])}]})

    cells: Cells


class RecordShown(BaseModel):
    """One record; `version` is what `ETag` says."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"sheet": "clients", "key": "K99", "version": 1, "cells": dict(_EXAMPLES["clients"])}]
        }
    )

    sheet: str
    key: str
    version: int
    cells: dict[str, str]


class RecordPage(BaseModel):
    """Some records of a sheet; `next` is where the following ones start, null behind the last."""

    records: list[RecordShown]
    total: int
    start: int
    next: int | None


class Search(BaseModel):
    """Which records to list; names are sent in the body, so that no address holds them."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"search": "kasemaa", "sort": "name"}]})

    search: Annotated[str, Field(max_length=200, description="Every word must be in the record.")] = ""
    sort: Annotated[str, Field(max_length=40, description="A field, backwards with a minus before it.")] = ""
    start: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    size: Annotated[int, Field(ge=1, le=200)] = 50


def checked_cells(sheet: Sheet, cells: Mapping[str, str]) -> dict[str, str]:
    """Return cells whose fields the sheet has; InputError that names the others."""
    strange = [field for field in cells if field not in sheet.column_by_field]
    if strange:
        raise InputError(
            [
                Finding(
                    code="request.unknown", file="body", field=f"cells.{field}", details={"field": field, "choices": ""}
                )
                for field in strange
            ]
        )
    return dict(cells)


def shown(record: Record) -> RecordShown:
    """Return a record as it is answered."""
    cells = localized(record.sheet, record.cells, WRITTEN_IN)
    return RecordShown(sheet=record.sheet, key=record.key, version=record.version, cells=cells)
