"""Minutes and kilometres between places, as plans are made with."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from api.desk.municipality import open_municipality
from api.errors import InputError
from api.security.roles import Permission
from api.web.guards import needs
from api.web.state import TheShell
from api.web.v1.day_routes import AskedDate
from routing.day.build import place_matrix
from routing.day.places import places_of
from routing.findings import Finding
from routing.matrix import Matrix

router = APIRouter(tags=["matrices"])

Name = Annotated[str, Query(min_length=1, max_length=200)]


class MatrixShown(BaseModel):
    """Minutes and kilometres from each place (row) to each (column), null where no road joins them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "places": ["korvekula", "client:K01"],
                    "minutes": [[0.0, 7.4], [7.2, 0.0]],
                    "kilometres": [[0.0, 6.1], [6.0, 0.0]],
                }
            ]
        }
    )

    places: list[str]
    minutes: list[list[float | None]]
    kilometres: list[list[float | None]]


@router.get("/matrices", summary="Ask for ways between places", dependencies=[needs(Permission.PLAN_READ)])
def matrix(
    shell: TheShell,
    place: Annotated[list[Name], Query(min_length=1, max_length=100, examples=[["korvekula", "client:K01"]])],
    day: AskedDate,
) -> MatrixShown:
    """Return the ways between places of the records, a client's home as `client:<id>`, as they are on a day."""
    with shell.store.session() as session:
        folder = open_municipality(session, shell.days.cache)
    known = {found.id for found in places_of(folder.records)}
    names = list(dict.fromkeys(place))
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError([Finding(code="plans.unknown-place", field="place", found=name) for name in unknown])
    found, _ = place_matrix(folder.records, folder.network, day, names)
    return _shown(found, names)


def _shown(found: Matrix, names: list[str]) -> MatrixShown:
    def rounded(value: int | None, unit: int) -> float | None:
        return None if value is None else round(value / unit, 1)

    return MatrixShown(
        places=names,
        minutes=[[rounded(found.travel(origin, to), 60) for to in names] for origin in names],
        kilometres=[[rounded(found.length(origin, to), 1000) for to in names] for origin in names],
    )
