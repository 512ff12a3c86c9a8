"""Contradictions and gaps inside and between schedules: reported, never smoothed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, groupby, pairwise

from routing.findings import Finding, Severity
from routing.rules.fees.components import AnyComponent
from routing.rules.fees.components.allowance import Allowance
from routing.rules.fees.components.band import Band, Step
from routing.rules.fees.components.cancelled import Cancelled
from routing.rules.fees.components.conflict import Conflict
from routing.rules.fees.components.rate import Rate
from routing.rules.fees.components.surcharge import Surcharge
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.readings import FACTS, READINGS
from routing.rules.fees.schedule import Schedule


def flaws(schedule: Schedule, file: str, position: int) -> Iterator[Finding]:
    """Yield what is wrong with one schedule, the `position`-th of its `file`."""
    path = f"schedules[{position}]"
    yield from _date_flaws(schedule, file, path)
    if not schedule.components:
        field = f"{path}.components"
        yield Finding(code="rules.fee-field-missing", file=file, field=field, details={"field": field})
    for number, component in enumerate(schedule.components, start=1):
        field = f"{path}.components[{number}]"
        yield from _component_flaws(component, file, field)
    conflicts = [component for component in schedule.components if isinstance(component, Conflict)]
    if len(conflicts) > 1:
        names = ", ".join(conflict.name for conflict in conflicts)
        yield Finding(code="rules.fee-conflicts-many", file=file, field=f"{path}.components", found=names)


def overlaps(schedules: Mapping[str, Schedule], files: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a finding for every two lists of a service that begin on the same day: nobody can say which holds.

    `schedules` and the names of the `files` they stand in are given by id.
    """
    for one, other in combinations(schedules.values(), 2):
        same = (one.municipality, one.service, one.first_day) == (other.municipality, other.service, other.first_day)
        if same and one.first_day != date.max:
            yield Finding(
                code="rules.fee-schedules-overlap",
                severity=Severity.WARNING,
                file=files[other.id],
                field="valid_from",
                found=f"{one.id}, {other.id}",
            )


def _date_flaws(schedule: Schedule, file: str, path: str) -> Iterator[Finding]:
    if schedule.first_day == date.max:
        yield Finding(code="rules.fee-seen-on-missing", file=file, field=f"{path}.seen_on", found=schedule.id)
    elif schedule.ended(schedule.first_day):
        yield Finding(
            code="rules.fee-dates-reversed",
            file=file,
            field=f"{path}.valid_to",
            found=f"{schedule.first_day:%d.%m.%Y} - {schedule.valid_to:%d.%m.%Y}",
        )


def _component_flaws(component: AnyComponent, file: str, field: str) -> Iterator[Finding]:
    yield from _name_flaws(component, file, field)
    if isinstance(component, Band | Cancelled) and not any(step.ends for step in component.bands):
        yield from _band_flaws(component.bands, file, field)
    if isinstance(component, Conflict):
        yield Finding(
            code="rules.fee-conflict", severity=Severity.WARNING, file=file, field=field, found=component.name
        )
        for name, statement in (("first", component.first), ("second", component.second)):
            yield from _component_flaws(statement, file, f"{field}.{name}")


def _name_flaws(component: AnyComponent, file: str, path: str) -> Iterator[Finding]:
    """Find names of measures, facts and readings that do not exist."""

    def choice(field: str, found: str, allowed: Iterable[str]) -> Finding:
        choices = ", ".join(f"'{name}'" for name in sorted(allowed))
        return Finding(
            code="rules.fee-not-a-choice", file=file, field=f"{path}.{field}", found=found, details={"choices": choices}
        )

    measures = {}
    if isinstance(component, Rate | Band | Allowance | Surcharge):
        measures["per"] = component.per
    if isinstance(component, Band):
        measures["by"] = component.by
    yield from (choice(field, name, MEASURES) for field, name in measures.items() if name not in MEASURES)
    for fact, readings in component.when.items():
        if fact not in FACTS:
            yield choice("when", fact, FACTS)
            continue
        yield from (
            choice(f"when.{fact}", reading, READINGS[fact]) for reading in readings if reading not in READINGS[fact]
        )


def _band_flaws(bands: Sequence[Step], file: str, path: str) -> Iterator[Finding]:
    """Find values between the first and the last band that lie in none or in two, once for each stretch."""
    for code, stretch in groupby(_coverage(bands), key=lambda point: _coverage_flaw(point[1])):
        if code is not None:
            value, _ = next(stretch)
            yield Finding(
                code=code,
                severity=Severity.WARNING,
                file=file,
                field=f"{path}.bands",
                found=f"{value.normalize():f}",
            )


def _coverage_flaw(count: int) -> str | None:
    if count == 1:
        return None
    return "rules.fee-band-overlap" if count else "rules.fee-band-gap"


def _coverage(bands: Sequence[Step]) -> Iterator[tuple[Decimal, int]]:
    """Yield how many bands hold each end of a band, and a value between each two neighbouring ends."""
    ends = sorted(
        {end for band in bands for end in (band.at_least, band.above, band.up_to, band.below) if end is not None}
    )
    between = [(low + high) / 2 for low, high in pairwise(ends)]
    open_below = any(band.at_least is None and band.above is None for band in bands)
    open_above = any(band.up_to is None and band.below is None for band in bands)
    for value in sorted([*ends, *between]):
        count = sum(band.holds(value) for band in bands)
        outside = count == 0 and ((value == ends[0] and not open_below) or (value == ends[-1] and not open_above))
        if not outside:
            yield value, count
