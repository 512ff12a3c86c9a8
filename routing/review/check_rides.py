"""Rules aboard: ride times, seat layouts, goods, who may share, and what ties a return to its outbound ride."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from routing.plan import Stop, StopKind
from routing.problem import Load, RideLink, Waiting
from routing.review.codes import Violation, ViolationCode
from routing.review.reading import Carried, Reading, Tour, span


def ride_times(reading: Reading) -> Iterator[Violation]:
    """Require a ride to last no longer than its absolute limit, nor than its share of the direct way.

    Where the matrix joins the two ends only by ferry there is no direct way, and only the absolute limit holds.
    """
    for carried in reading.carried.values():
        ride = carried.ride
        limits = [] if ride.max_ride is None else [ride.max_ride]
        direct = reading.driving(carried.tour, carried.boarded.place, carried.dropped.place)
        if ride.max_ride_percent is not None and direct is not None:
            limits.append(direct[0] * ride.max_ride_percent // 100)
        lasts = carried.dropped.start - carried.boarded.departure
        if limits and lasts > min(limits):
            yield carried.tour.violation(
                ViolationCode.RIDE_TOO_LONG, carried.dropped, found=span(lasts), expected=span(min(limits))
            )


def seat_layouts(reading: Reading) -> Iterator[Violation]:
    """Require the load aboard to fit one of the vehicle's layouts from every stop to the next."""
    for tour in reading.tours:
        rides = reading.carried_by(tour)
        for position, stop in enumerate(tour.stops):
            load = _total([item.ride.load for item in rides if item.aboard_at(position)])
            if not any(_finds_room(load, layout) for layout in tour.vehicle.layouts):
                yield tour.violation(
                    ViolationCode.OVERLOADED,
                    stop,
                    found=_load_text(load),
                    expected=", ".join(_load_text(_numbers(layout)) for layout in tour.vehicle.layouts),
                )


def goods(reading: Reading) -> Iterator[Violation]:
    """Require all that a tour's visits are brought to find room in the vehicle together."""
    for tour in reading.tours:
        asked = [reading.visits.get(stop.request or "") for stop in tour.stops if stop.kind is StopKind.VISIT]
        brought = sum(visit.goods for visit in asked if visit is not None)
        if tour.vehicle.goods is not None and brought > tour.vehicle.goods:
            yield Violation(
                code=ViolationCode.TOO_MANY_GOODS,
                shift=tour.shift.id,
                found=str(brought),
                expected=str(tour.vehicle.goods),
            )


def together_aboard(reading: Reading) -> Iterator[Violation]:
    """Require that nobody shares with a ride that is to be alone, nor with somebody to be kept apart from."""
    for tour in reading.tours:
        for one, other in combinations(reading.carried_by(tour), 2):
            if not (one.pickup < other.delivery and other.pickup < one.delivery):
                continue
            if one.ride.alone or other.ride.alone:
                shy, guest = (one, other) if one.ride.alone else (other, one)
                yield tour.violation(ViolationCode.NOT_ALONE, shy.boarded, found=guest.ride.id)
            if frozenset({one.ride.client, other.ride.client}) in reading.problem.apart:
                yield tour.violation(ViolationCode.NOT_APART, one.boarded, found=other.ride.id)


def visits_with_nobody_aboard(reading: Reading) -> Iterator[Violation]:
    """Require that nobody sits in the car while a visit is made."""
    for tour in reading.tours:
        rides = reading.carried_by(tour)
        for position, stop in enumerate(tour.stops):
            aboard = [item.ride.id for item in rides if item.aboard_at(position)]
            if stop.kind is StopKind.VISIT and aboard:
                yield tour.violation(ViolationCode.VISIT_ABOARD, stop, found=", ".join(aboard))


def linked_both_or_neither(reading: Reading) -> Iterator[Violation]:
    """Require an outbound ride and its return to be both served or both left out."""
    for link in reading.problem.links:
        served = [ride for ride in (link.outbound, link.inbound) if reading.is_served(ride)]
        if len(served) == 1:
            missing = link.inbound if served[0] == link.outbound else link.outbound
            yield Violation(code=ViolationCode.LINK_HALF, request=served[0], expected=missing)


def linked_on_one_shift(reading: Reading) -> Iterator[Violation]:
    """Require both rides of a link that asks for one shift to be on one."""
    for link, out, back in _linked(reading):
        asked = link.same_shift or link.waiting in (Waiting.NEARBY, Waiting.STAYS)
        if asked and out.tour.shift.id != back.tour.shift.id:
            yield back.tour.violation(
                ViolationCode.LINK_SHIFTS, back.boarded, found=back.tour.shift.id, expected=out.tour.shift.id
            )


def stays(reading: Reading) -> Iterator[Violation]:
    """Require the return to begin at least the minimum stay after the outbound ride ends."""
    for link, out, back in _linked(reading):
        stay = back.boarded.start - out.dropped.departure
        if stay < link.minimum_stay:
            yield back.tour.violation(
                ViolationCode.STAY_TOO_SHORT, back.boarded, found=span(stay), expected=span(link.minimum_stay)
            )


def waiting_for_the_client(reading: Reading) -> Iterator[Violation]:
    """Require the shift to do nothing (STAYS) or only visits close by (NEARBY) until the return, with nobody aboard."""
    for link, out, back in _linked(reading):
        if link.waiting is Waiting.FREE or out.tour is not back.tour:
            continue
        tour = out.tour
        for stop in tour.stops[out.delivery + 1 : back.pickup]:
            if link.waiting is Waiting.STAYS:
                yield tour.violation(ViolationCode.LEFT_CLIENT, stop, found=stop.kind.value, expected=link.outbound)
            elif not _is_nearby(reading, tour, link, out.dropped, stop):
                yield tour.violation(ViolationCode.NOT_NEARBY, stop, found=stop.place, expected=span(link.nearby))
        for rider in reading.carried_by(tour):
            if rider.aboard_at(out.delivery):
                yield tour.violation(ViolationCode.ABOARD_MEANWHILE, out.dropped, found=rider.ride.id)


def _is_nearby(reading: Reading, tour: Tour, link: RideLink, dropped: Stop, stop: Stop) -> bool:
    if stop.kind is StopKind.BREAK:
        return True
    driven = reading.driving(tour, dropped.place, stop.place)
    return stop.kind is StopKind.VISIT and driven is not None and driven[0] <= link.nearby


def _linked(reading: Reading) -> Iterator[tuple[RideLink, Carried, Carried]]:
    for link in reading.problem.links:
        out, back = reading.carried.get(link.outbound), reading.carried.get(link.inbound)
        if out is not None and back is not None:
            yield link, out, back


def _numbers(load: Load) -> tuple[int, int, int]:
    return load.seats, load.wheelchairs, load.stretchers


def _total(loads: list[Load]) -> tuple[int, int, int]:
    return (
        sum(load.seats for load in loads),
        sum(load.wheelchairs for load in loads),
        sum(load.stretchers for load in loads),
    )


def _finds_room(load: tuple[int, int, int], layout: Load) -> bool:
    return all(need <= room for need, room in zip(load, _numbers(layout), strict=True))


def _load_text(load: tuple[int, int, int]) -> str:
    return "/".join(map(str, load))
