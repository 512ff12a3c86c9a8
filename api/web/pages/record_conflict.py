"""Two people have changed the same record: what each wrote, and which of it is to stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.desk.looks import actor_names, log_looks
from api.desk.records_words import Names, cell_words, names_of, title_of
from api.errors import StaleError
from api.security.principal import Principal
from api.store.opening import Store
from api.store.records import Record
from api.web.language import language_of
from api.web.rendering import page
from routing.records.columns import Column, Sheet
from routing.records.labels import column_label


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One cell: what it was, what the other made of it, what is sent now; `mine` tells whether mine is proposed."""

    field: str
    label: str
    before: str
    their_words: str
    my_words: str
    theirs: str
    my_text: str
    both: bool
    mine: bool


def conflict_page(
    request: Request,
    store: Store,
    who: Principal,
    sheet: Sheet,
    key: str,
    mine: Mapping[str, str],
    error: StaleError,
) -> Response:
    """Show what the other has changed beside what was sent; where the record is gone, say so."""
    lang = language_of(request)
    with store.session() as session:
        record, names = session.get(Record, (sheet.name, key)), names_of(session)
        actors = actor_names(session, (change.actor for change in error.changes), lang)
    if record is not None:
        log_looks(store, who.actor, [record], purpose="records.view")
    theirs = {} if record is None else record.cells
    before = _before(error, theirs)
    clashes = tuple(_clashes(sheet, before, theirs, mine, names, lang))
    return page(
        request,
        "record_conflict.html",
        status=412,
        sheet=sheet.name,
        key=key,
        record=record,
        title=title_of(sheet.name, key, theirs or mine, names, lang),
        clashes=clashes,
        agreed={field: text for field, text in mine.items() if field not in {clash.field for clash in clashes}},
        changes=error.changes,
        actors=actors,
    )


def _before(error: StaleError, theirs: Mapping[str, str]) -> Mapping[str, str]:
    """Return the cells as they were seen."""
    first = error.changes[0].before if error.changes else None
    cells: Mapping[str, str] = (first or {}).get("cells") or theirs
    return cells


def _clashes(
    sheet: Sheet,
    before: Mapping[str, str],
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    names: Names,
    lang: str,
) -> Iterator[Clash]:
    for column in sheet.columns:
        was, their, my = (cells.get(column.field, "") for cells in (before, theirs, mine))
        if their != my:
            yield Clash(
                field=column.field,
                label=column_label(column, lang),
                before=_words(column, was, names, lang),
                their_words=_words(column, their, names, lang),
                my_words=_words(column, my, names, lang),
                theirs=their,
                my_text=my,
                both=was not in (their, my),
                mine=my != was,
            )


def _words(column: Column, text: str, names: Names, lang: str) -> str:
    return cell_words(column, text, names, lang)
