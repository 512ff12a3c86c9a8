"""A small municipality's month: records, price lists and log entries to build books on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from routing.books.entry import Entry, EntryKind, Extra, Result, Way
from routing.records.model import Decision, Records, Service
from routing.records.template import example
from routing.rules.fees.book import FeeBook
from routing.rules.fees.read import load_schedules

HOUR = 3600
RELAXED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Months by the clock of a busy machine."""

LISTS = """
municipality = "Tartu vald"

[[schedules]]
id = "social"
service = "social"
valid_from = 2026-01-01
legal_basis = "order nr 1"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
conventions = { charged_per = "direction", km_from = "boarding", km_rounding = "exact" }
  [[schedules.components]]
  kind = "flat"
  name = "start"
  amount = 3
  [[schedules.components]]
  kind = "rate"
  name = "km"
  per = "km"
  price = 0.333
  [[schedules.components]]
  kind = "expenses"
  name = "tickets"
  of = ["parking", "ferry"]

[[schedules]]
id = "escorted"
service = "escorted"
valid_from = 2026-01-01
legal_basis = "order nr 1"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
conventions = { charged_per = "trip", km_counted = "unknown", km_from = "boarding", km_rounding = "exact" }
  [[schedules.components]]
  kind = "flat"
  name = "ride"
  amount = 5
  [[schedules.components]]
  kind = "rate"
  name = "further"
  per = "km"
  above = 80
  price = 0.20

[[schedules]]
id = "care"
service = "home_care"
period = "month"
valid_from = 2026-01-01
legal_basis = "order nr 1"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
  [[schedules.components]]
  kind = "band"
  name = "weekly-hours"
  by = "weekly_hours"
  bands = [ { above = 0, up_to = 2, amount = 40 }, { above = 2, up_to = 4, amount = 60 } ]
"""


@cache
def book() -> FeeBook:
    """Return lists: social transport by direction, escorted rides that leave something open, care by the month."""
    path = Path(mkdtemp(prefix="hoolering-lists-")) / "lists.toml"
    path.write_text(LISTS, encoding="utf-8")
    found, findings = load_schedules(path)
    assert not list(findings)
    return found


@cache
def records() -> Records:
    """Return three clients with decisions for everything, K3 without hours."""
    made = example()
    granted = {"K1": 2.0, "K2": 3.5, "K3": None}
    decisions = tuple(
        Decision(
            case_number=f"0000020260{number}",
            client=client,
            service=service,
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
            weekly_hours=hours if service is Service.HOME_CARE else None,
            applied_on=date(2025, 12, 15),
            decided_on=date(2025, 12, 19),
        )
        for number, (client, hours) in enumerate(granted.items(), start=1)
        for service in (Service.HOME_CARE, Service.ESCORTED, Service.SOCIAL)
    )
    return replace(made, municipality=replace(made.municipality, name="Tartu vald"), decisions=decisions)


def visit(name: str, day: date, client: str = "K1", **values: Any) -> Entry:
    """Return a visit from nine to ten that was made as planned."""
    entry = Entry(
        id=name,
        day=day,
        kind=EntryKind.VISIT,
        service=Service.HOME_CARE,
        client=client,
        request=name,
        worker="T1",
        shift="S1",
        vehicle="AUTO1",
        planned_begin=9 * HOUR,
        planned_end=10 * HOUR,
        actual_begin=9 * HOUR,
        actual_end=10 * HOUR,
        travel=600,
        result=Result.DONE,
        activities=("hygiene",),
    )
    return replace(entry, **values)


def ride(name: str, day: date, client: str = "K1", *, way: Way = Way.OUT, **values: Any) -> Entry:
    """Return one way of a ride of twenty kilometres that was driven as planned."""
    entry = visit(name if way is Way.OUT else f"{name}-R", day, client)
    ends = ("home", "KLIINIKUM") if way is Way.OUT else ("KLIINIKUM", "home")
    entry = replace(
        entry,
        kind=EntryKind.RIDE,
        service=Service.SOCIAL,
        request=name,
        way=way,
        start=ends[0],
        end=ends[1],
        planned_metres=20_000,
        activities=(),
    )
    return replace(entry, **values)


@st.composite
def months(draw: st.DrawFn) -> list[Entry]:
    """Draw what may happen in two months: visits and rides, one way or both, of all results, some without one."""
    entries = []
    for number in range(draw(st.integers(0, 9))):
        day = date(2026, draw(st.integers(6, 7)), draw(st.integers(1, 30)))
        result = draw(st.sampled_from([Result.DONE, Result.DONE, Result.DONE, None, *Result]))
        client = draw(st.sampled_from(["K1", "K2", "K3"]))
        extras = draw(st.lists(st.integers(1, 999).map(_extra), max_size=2).map(tuple))
        common: dict[str, Any] = {"client": client, "result": result, "extras": extras}
        if draw(st.booleans()):
            entries.append(visit(f"V{number}", day, **common))
            continue
        service = draw(st.sampled_from([Service.SOCIAL, Service.ESCORTED]))
        metres = draw(st.none() | st.integers(0, 200_000))
        ways = draw(st.sampled_from([(Way.OUT,), (Way.BACK,), (Way.OUT, Way.BACK)]))
        common |= {"service": service, "planned_metres": metres}
        entries.extend(ride(f"S{number}", day, way=way, **common) for way in ways)
    return entries


def _extra(cents: int) -> Extra:
    return Extra(name="parking", amount=Decimal(cents) / 100)
