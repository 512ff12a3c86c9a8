"""Judge a plan from problem, matrix and printed times alone.

Nothing here is shared with the solver or with its helpers: the docstrings of `routing.problem` and `routing.plan` are
the specification, and every rule is written a second time from them. The habit is that of the vrp-pragmatic checker
and of Timefold's full assert: a solver's result never certifies itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.review import (
    check_breaks,
    check_crossings,
    check_locks,
    check_rides,
    check_routes,
    check_served,
    check_times,
)
from routing.review.codes import Violation
from routing.review.reading import Reading

RULES: tuple[Callable[[Reading], Iterator[Violation]], ...] = (
    check_routes.known_shifts,
    check_routes.start_to_end,
    check_routes.own_bases,
    check_routes.known_places,
    check_routes.known_requests,
    check_routes.fitting_stops,
    check_routes.right_places,
    check_served.served_or_unassigned,
    check_served.whole_crews,
    check_served.whole_rides,
    check_served.skills,
    check_served.forbidden_workers,
    check_served.two_carers,
    check_served.one_place_at_a_time,
    check_times.driven_as_the_matrix_says,
    check_times.arrivals,
    check_times.begins_after_arrival,
    check_times.service_lengths,
    check_times.windows,
    check_times.time_locks,
    check_times.shift_hours,
    check_times.crews_together,
    check_times.gaps,
    check_rides.ride_times,
    check_rides.seat_layouts,
    check_rides.goods,
    check_rides.together_aboard,
    check_rides.visits_with_nobody_aboard,
    check_rides.linked_both_or_neither,
    check_rides.linked_on_one_shift,
    check_rides.stays,
    check_rides.waiting_for_the_client,
    check_breaks.breaks_taken,
    check_breaks.break_places,
    check_breaks.breaks_with_nobody_aboard,
    check_locks.shift_locks,
    check_locks.sequence_locks,
    check_crossings.known_crossings,
    check_crossings.board_then_land,
    check_crossings.timetable,
    check_crossings.once_out_once_back,
    check_crossings.islands_by_ferry,
)


def check(problem: Problem, matrix: Matrix, plan: Plan) -> tuple[Violation, ...]:
    """Return every rule that `plan` breaks, in the order of `RULES`; nothing at all for a sound plan.

    It never raises on a malformed plan: unknown ids, missing stops and impossible times are violations too.
    """
    reading = Reading(problem, matrix, plan)
    return tuple(violation for rule in RULES for violation in rule(reading))
