"""A past month priced by a draft of price lists, beside those in force."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from api.desk.fee_what_if import try_draft
from api.desk.looks import log_persons
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.web.guards import needs
from api.web.language import language_of
from api.web.openapi import ProblemFinding
from api.web.state import TheStore
from api.web.v1.statements import MonthName
from api.wording.findings import as_dict
from routing.books.months import read_month
from routing.rules.charges.charge import Charges
from routing.rules.charges.what_if import Changed

router = APIRouter(tags=["months"], prefix="/months")

_DRAFT = """municipality = "Tartu vald"
[[schedules]]
id = "escorted-draft"
service = "escorted"
valid_from = 2026-01-01
legal_basis = "draft"
source = "draft"
rounding = { step = 0.01, mode = "half_up" }
conventions = { charged_per = "direction" }
components = [{ kind = "flat", name = "ride", amount = 4 }]
"""


class WhatIfIn(BaseModel):
    """A draft: the text of a price list as its file holds it. Nothing of it is kept."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"draft": _DRAFT}]})

    draft: Annotated[str, Field(max_length=1_000_000)]


class Side(BaseModel):
    """What charges come to: `total` is null where one has to be asked, `known` is the sum of the others."""

    total: Decimal | None
    known: Decimal
    to_ask: int


class ClientWhatIf(BaseModel):
    """One client's month by both; `difference` is what she would pay more, null where a side is not known."""

    client: str
    before: Side
    after: Side
    difference: Decimal | None


class WhatIfShown(BaseModel):
    """A month by the lists in force and by the draft; `known_difference` counts clients known on both sides."""

    month: str
    before: Side
    after: Side
    difference: Decimal | None
    known_difference: Decimal
    clients: list[ClientWhatIf]
    findings: list[ProblemFinding]


@router.post("/{month}/what-if", summary="Price a month by a draft")
def what_if(
    store: TheStore,
    who: Annotated[Principal, needs(Permission.STATEMENTS_READ)],
    request: Request,
    month: MonthName,
    asked: WhatIfIn,
) -> WhatIfShown:
    """Price what the log says of a month by the lists in force and by a draft, which holds on every day."""
    lang = language_of(request)
    with store.session() as session:
        tried = try_draft(session, read_month(month), asked.draft)
    found = tried.found
    log_persons(
        store,
        who.actor,
        (subject_name("record", "clients", one.client) for one in found.clients),
        purpose="statements.view",
    )
    return WhatIfShown(
        month=month,
        before=_side(found.before),
        after=_side(found.after),
        difference=found.difference,
        known_difference=found.known_difference,
        clients=[_client(one) for one in found.clients],
        findings=[ProblemFinding.model_validate(as_dict(finding, lang)) for finding in tried.findings],
    )


def _client(changed: Changed) -> ClientWhatIf:
    return ClientWhatIf(
        client=changed.client,
        before=_side(Charges(charges=changed.before)),
        after=_side(Charges(charges=changed.after)),
        difference=changed.difference,
    )


def _side(charges: Charges) -> Side:
    return Side(total=charges.total, known=charges.known_part, to_ask=len(charges.to_ask))
