"""Rules on serving: every request wholly and once, or left out; by people who may and can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from routing.plan import StopKind
from routing.problem import Request, Shipment, Visit
from routing.review.codes import Violation, ViolationCode
from routing.review.reading import Call, Reading, Tour
from routing.wording.format import clock_exact


def served_or_unassigned(reading: Reading) -> Iterator[Violation]:
    """Require every request to be served or in `unassigned`, never both, and listed there once."""
    listed = Counter(reading.plan.unassigned)
    for request in _requests(reading):
        served = reading.is_served(request.id)
        if served and listed[request.id]:
            yield Violation(code=ViolationCode.SERVED_AND_UNASSIGNED, request=request.id)
        if not served and not listed[request.id]:
            yield Violation(code=ViolationCode.NOT_SERVED, request=request.id)
        if listed[request.id] > 1:
            yield Violation(
                code=ViolationCode.UNASSIGNED_TWICE, request=request.id, found=str(listed[request.id]), expected="1"
            )


def whole_crews(reading: Reading) -> Iterator[Violation]:
    """Require a visit to be served by exactly its crew, each on a shift and of a worker of her own."""
    for visit in reading.problem.visits:
        calls = reading.calls(visit.id, StopKind.VISIT)
        if not calls:
            continue
        found, expected = str(len(calls)), str(visit.crew)
        if len(calls) > visit.crew:
            yield _of_call(ViolationCode.SERVED_TWICE, calls[-1], found=found, expected=expected)
        elif len(calls) < visit.crew:
            yield _of_call(ViolationCode.CREW_INCOMPLETE, calls[0], found=found, expected=expected)
        elif len({call.tour.shift.worker for call in calls}) < visit.crew:  # which two calls of one shift break too
            workers = ", ".join(call.tour.shift.worker for call in calls)
            yield _of_call(ViolationCode.CREW_NOT_DISTINCT, calls[0], found=workers, expected=expected)


def whole_rides(reading: Reading) -> Iterator[Violation]:
    """Require a ride to have one pickup and one later delivery on one shift."""
    for ride in reading.problem.shipments:
        pickups, deliveries = reading.calls(ride.id, StopKind.PICKUP), reading.calls(ride.id, StopKind.DELIVERY)
        calls = pickups + deliveries
        if max(len(pickups), len(deliveries)) > 1:
            yield _of_call(ViolationCode.SERVED_TWICE, calls[0], found=str(len(calls)), expected="2")
        elif len(calls) == 1:
            yield _of_call(ViolationCode.HALF_RIDE, calls[0], found=calls[0].stop.kind.value)
        elif calls and pickups[0].tour is not deliveries[0].tour:
            yield _of_call(ViolationCode.SPLIT_RIDE, calls[0], found=f"{pickups[0].shift}, {deliveries[0].shift}")
        elif calls and pickups[0].position > deliveries[0].position:
            yield _of_call(ViolationCode.RIDE_REVERSED, calls[0])


def skills(reading: Reading) -> Iterator[Violation]:
    """Require every carer of the crew, with her vehicle's equipment, to have all skills asked for."""
    for request in _requests(reading):
        for call in reading.first_calls(request.id):
            missing = request.skills - call.tour.shift.skills - call.tour.vehicle.equipment
            if missing:
                yield _of_call(ViolationCode.LACKS_SKILL, call, expected=", ".join(sorted(missing)))


def forbidden_workers(reading: Reading) -> Iterator[Violation]:
    """Require that nobody serves a request that forbids her."""
    for request in _requests(reading):
        for call in reading.first_calls(request.id):
            worker = call.tour.shift.worker
            if worker in request.forbidden:
                yield _of_call(ViolationCode.FORBIDDEN_WORKER, call, found=worker)


def two_carers(reading: Reading) -> Iterator[Violation]:
    """Require the visits of a gap that asks for two carers to be made by different people."""
    for gap in reading.problem.gaps:
        before = reading.calls(gap.first, StopKind.VISIT) if gap.two_carers else []
        made = {call.tour.shift.worker for call in before}
        for call in reading.calls(gap.second, StopKind.VISIT):
            worker = call.tour.shift.worker
            if worker in made:
                yield _of_call(ViolationCode.SAME_CARER, call, found=worker, expected=gap.first)


def one_place_at_a_time(reading: Reading) -> Iterator[Violation]:
    """Require no worker and no vehicle to be on two tours at one time."""
    for one, other in combinations(reading.tours, 2):
        if one.shift.id == other.shift.id or not _overlap(one, other):
            continue
        if one.shift.worker == other.shift.worker:
            yield _of_tour(ViolationCode.WORKER_TWICE, other, found=one.shift.worker, expected=one)
        if one.shift.vehicle == other.shift.vehicle:
            yield _of_tour(ViolationCode.VEHICLE_TWICE, other, found=one.shift.vehicle, expected=one)


def _overlap(one: Tour, other: Tour) -> bool:
    return one.leaves < other.returns and other.leaves < one.returns


def _requests(reading: Reading) -> Iterable[Request]:
    visits: tuple[Visit, ...] = reading.problem.visits
    rides: tuple[Shipment, ...] = reading.problem.shipments
    return (*visits, *rides)


def _of_call(code: ViolationCode, call: Call, *, found: str = "", expected: str = "") -> Violation:
    return call.tour.violation(code, call.stop, found=found, expected=expected)


def _of_tour(code: ViolationCode, tour: Tour, *, found: str, expected: Tour) -> Violation:
    busy = f"{expected.shift.id} {clock_exact(expected.leaves)}–{clock_exact(expected.returns)}"
    return Violation(code=code, shift=tour.shift.id, at=tour.leaves, found=found, expected=busy)
