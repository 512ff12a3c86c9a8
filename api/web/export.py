"""The records as a file to take away."""

from __future__ import annotations

from starlette.responses import Response

from api.desk.looks import log_persons
from api.desk.records_export import export_zip
from api.desk.records_words import names_of
from api.security.principal import Principal
from api.store.base import subject_name
from api.store.history import write
from api.store.opening import Store


def zip_response(store: Store, who: Principal, lang: str) -> Response:
    """Return the zip, logged for every person in it and in the history."""
    with store.session() as session:
        data = export_zip(session, lang=lang)
        names = names_of(session)
    persons = [subject_name("record", sheet, key) for sheet in ("clients", "workers") for key in names[sheet]]
    log_persons(store, who.actor, persons, purpose="records.export")
    with store.transaction(who.actor) as session:
        write(session, "records.export", "export:records")
    headers = {"Content-Disposition": 'attachment; filename="hoolering.zip"'}
    return Response(data, media_type="application/zip", headers=headers)
