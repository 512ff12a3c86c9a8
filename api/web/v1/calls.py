"""What is answered on the phone: a price, whether it comes in time, and when it would fit."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.desk.call_slots import offer_slots
from api.desk.calls import ANY, ARRIVE, PICKUP, Answer, Call, answer_call, notice_of
from api.desk.looks import log_persons
from api.desk.municipality import open_municipality
from api.desk.record_set import errors_of
from api.errors import InputError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.opening import Store
from api.web.guards import needs
from api.web.language import language_of
from api.web.openapi import ProblemFinding
from api.web.state import TheShell, TheStore
from api.wording.findings import as_dict
from routing.findings import Finding
from routing.records.model import Aid, Return, Service
from routing.records.text_kinds import HOME
from routing.rules.fees.plain import PlainDate
from routing.rules.remark import Remark

router = APIRouter(tags=["calls"])

_Id = Annotated[str, Field(min_length=1, max_length=64)]
_Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["09:20"])]
_Day = Annotated[PlainDate, Field(ge=dt.date(1990, 1, 1), le=dt.date(2100, 12, 31))]

_EXAMPLE: JsonDict = {
    "client": "K21",
    "service": "social",
    "start": "home",
    "end": "kliinikum",
    "day": "2026-11-25",
    "arrive_by": "09:20",
    "returning": "at",
    "return_at": "11:45",
}


class Asked(BaseModel):
    """A ride that somebody asks for; without a time of arrival or pickup any time of the day will do."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    client: _Id
    service: Literal["escorted", "social"] = "social"
    start: Annotated[_Id, Field(description="A place's id, or `home`.")] = HOME
    end: Annotated[_Id, Field(description="A place's id, or `home`.")]
    day: _Day
    arrive_by: _Clock | None = None
    pickup_at: _Clock | None = None
    flexible: Annotated[int, Field(ge=0, le=600, description="Minutes it may be earlier or later.")] = 30
    aids: Annotated[
        list[Aid] | None,
        Field(
            max_length=4,
            description="Null: the client's own; none for those who may not see records.",
        ),
    ] = None
    companions: Annotated[int, Field(ge=0, le=20)] = 0
    returning: Return = Return.NONE
    return_at: _Clock | None = None
    appointment: Annotated[int, Field(ge=0, le=1440, description="Minutes at the destination.")] = 0


class Said(BaseModel):
    """One thing a rule has to say, with the law it comes from."""

    code: str
    severity: str
    law: str
    sentence: str
    expected: str
    action: str


class PriceLine(BaseModel):
    """One line of a price."""

    rule: str
    measure: str
    quantity: str | None
    unit_price: str | None
    amount: str | None
    sentence: str


class Quoted(BaseModel):
    """What is answered: the price, null where something unknown decides it, and what the rules say.

    `decisions` is null for those who may not see the records. The price is advice, never a reason to refuse.
    """

    total: Annotated[str | None, Field(examples=["10.00"])]
    sentence: str
    legal_basis: str
    lines: list[PriceLine]
    unknowns: list[Said]
    candidates: list[dict[str, Any]]
    notice: list[Said]
    decisions: list[Said] | None
    findings: list[ProblemFinding]


class Day(BaseModel):
    """A day that somebody wants to ride on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"day": "2026-11-25"}]})

    day: _Day


class Notices(BaseModel):
    """Whether a ride asked for now comes in time, and by when it is to be ordered."""

    notice: list[Said]


class SlotShown(BaseModel):
    """One time that fits: who comes, when she begins, and what that adds to the day."""

    shift: str
    worker: str
    begin: Annotated[int, Field(description="Seconds from local midnight.")]
    continuity: str
    travel: Annotated[int, Field(description="Seconds of driving more.")]
    metres: int
    delayed: Annotated[int, Field(description="How many others are moved.")]
    warnings: int


class Slots(BaseModel):
    """Up to three times, the cheapest first; `planned` is false where the day has no plan to try them on."""

    planned: bool
    slots: list[SlotShown]


@router.post("/quotes", summary="Quote a ride")
def quote(
    store: TheStore, who: Annotated[Principal, needs(Permission.QUOTE)], request: Request, asked: Asked
) -> Quoted:
    """Return price and notice, and for those who may see records whether a decision covers it."""
    lang = language_of(request)
    answer = _answered(store, who, asked)
    price: dict[str, Any] = answer.quote.as_dict(lang) if answer.quote else {}
    return Quoted(
        total=price.get("total"),
        sentence=price.get("sentence", ""),
        legal_basis=price.get("legal_basis", ""),
        lines=[PriceLine.model_validate(line) for line in price.get("lines", [])],
        unknowns=[Said.model_validate(unknown) for unknown in price.get("unknowns", [])],
        candidates=price.get("candidates", []),
        notice=_said(answer.notice, lang),
        decisions=_said(answer.decisions, lang) if who.may(Permission.RECORDS_READ) else None,
        findings=[ProblemFinding.model_validate(as_dict(finding, lang)) for finding in answer.findings],
    )


@router.post("/notices", summary="Ask by when to order", dependencies=[needs(Permission.QUOTE)])
def notice(store: TheStore, request: Request, asked: Day) -> Notices:
    """Judge a ride asked for now, by the working days of Estonia."""
    with store.session() as session:
        records = open_municipality(session).records
    said = notice_of(records, asked.day.isoformat(), store.clock())
    return Notices(notice=_said(said, language_of(request)))


@router.post("/slots", summary="Ask when a ride would fit")
def slots(
    shell: TheShell, store: TheStore, who: Annotated[Principal, needs(Permission.PLAN_EDIT)], asked: Asked
) -> Slots:
    """Try the ride on the present plan of its day and return the best times, each checked."""
    answer = _answered(store, who, asked)
    if answer.ride is None:
        return Slots(planned=False, slots=[])
    with store.session() as session:
        offer = offer_slots(shell.days, session, answer.ride)
    return Slots(
        planned=offer.planned,
        slots=[
            SlotShown(
                shift=slot.shift,
                worker=worker,
                begin=slot.begin,
                continuity=slot.continuity.value,
                travel=slot.price.travel,
                metres=slot.price.metres,
                delayed=len(slot.delays),
                warnings=len(slot.warnings),
            )
            for slot, worker in zip(offer.slots, offer.workers, strict=True)
        ],
    )


def _answered(store: Store, who: Principal, asked: Asked) -> Answer:
    """Return the answer to a ride that can be asked for; InputError with every finding where it cannot."""
    with store.session() as session:
        call = _call(asked, own_aids=who.may(Permission.RECORDS_READ))
        answer = answer_call(session, call, moment=store.clock())
    if errors_of(answer.findings):
        raise InputError(errors_of(answer.findings))
    log_persons(store, who.actor, [subject_name("record", "clients", asked.client)], purpose="call")
    return answer


def _call(asked: Asked, *, own_aids: bool) -> Call:
    """Return the call as it would have been typed; with `own_aids` the client's own are taken where none are named."""
    if asked.arrive_by and asked.pickup_at:
        raise InputError([Finding(code="records.ride-pickup-and-arrival", file="body", field="pickup_at")])
    when = ARRIVE if asked.arrive_by else PICKUP if asked.pickup_at else ANY
    return Call(
        client=asked.client,
        service=Service(asked.service).value,
        start=asked.start,
        end=asked.end,
        day=asked.day.isoformat(),
        when=when,
        at=asked.arrive_by or asked.pickup_at or "",
        flexible=str(asked.flexible),
        aids="" if asked.aids is None and own_aids else "; ".join(aid.value for aid in asked.aids or ()) or "none",
        companions=str(asked.companions),
        returning=asked.returning.value,
        return_at=asked.return_at or "",
        appointment=str(asked.appointment),
    )


def _said(remarks: tuple[Remark, ...], lang: str) -> list[Said]:
    return [Said.model_validate(remark.as_dict(lang)) for remark in remarks]
