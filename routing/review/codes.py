"""What a plan can break: one code per rule, and the violation that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from routing.wording import say
from routing.wording.format import clock_exact


class ViolationCode(StrEnum):
    """Name a rule of `routing.problem` or `routing.plan`; its sentences are `check.<code>` and `check.<code>.do`."""

    # the shape of routes
    UNKNOWN_SHIFT = "unknown-shift"
    REPEATED_ROUTE = "repeated-route"
    ROUTE_ENDS = "route-ends"
    WRONG_BASE = "wrong-base"
    UNKNOWN_REQUEST = "unknown-request"
    UNKNOWN_PLACE = "unknown-place"
    WRONG_STOP = "wrong-stop"
    WRONG_PLACE = "wrong-place"
    # every request once
    NOT_SERVED = "not-served"
    SERVED_AND_UNASSIGNED = "served-and-unassigned"
    UNASSIGNED_TWICE = "unassigned-twice"
    SERVED_TWICE = "served-twice"
    CREW_INCOMPLETE = "crew-incomplete"
    CREW_NOT_DISTINCT = "crew-not-distinct"
    HALF_RIDE = "half-ride"
    SPLIT_RIDE = "split-ride"
    RIDE_REVERSED = "ride-reversed"
    # the way there
    UNREACHABLE = "unreachable"
    TRAVEL_DIFFERS = "travel-differs"
    METRES_DIFFER = "metres-differ"
    ARRIVAL_DIFFERS = "arrival-differs"
    BEGINS_BEFORE_ARRIVAL = "begins-before-arrival"
    SERVICE_DIFFERS = "service-differs"
    # when
    OUTSIDE_WINDOW = "outside-window"
    LEAVES_EARLY = "leaves-early"
    RETURNS_LATE = "returns-late"
    ROUTE_TOO_LONG = "route-too-long"
    CREW_BEGINS_APART = "crew-begins-apart"
    GAP = "gap"
    # who
    LACKS_SKILL = "lacks-skill"
    FORBIDDEN_WORKER = "forbidden-worker"
    SAME_CARER = "same-carer"
    WORKER_TWICE = "worker-twice"
    VEHICLE_TWICE = "vehicle-twice"
    # aboard
    RIDE_TOO_LONG = "ride-too-long"
    OVERLOADED = "overloaded"
    TOO_MANY_GOODS = "too-many-goods"
    NOT_ALONE = "not-alone"
    NOT_APART = "not-apart"
    # outbound and return
    LINK_HALF = "link-half"
    LINK_SHIFTS = "link-shifts"
    STAY_TOO_SHORT = "stay-too-short"
    LEFT_CLIENT = "left-client"
    NOT_NEARBY = "not-nearby"
    ABOARD_MEANWHILE = "aboard-meanwhile"
    # pauses
    BREAK_MISSING = "break-missing"
    BREAK_LENGTH = "break-length"
    BREAK_WINDOW = "break-window"
    BREAK_SURPLUS = "break-surplus"
    BREAK_PLACE = "break-place"
    BREAK_ABOARD = "break-aboard"
    VISIT_ABOARD = "visit-aboard"
    # locks
    LOCK_SHIFT = "lock-shift"
    LOCK_ORDER = "lock-order"
    LOCK_STRICT = "lock-strict"
    LOCK_TIME = "lock-time"
    # ferries
    UNKNOWN_CROSSING = "unknown-crossing"
    CROSSING_BROKEN = "crossing-broken"
    NO_DEPARTURE = "no-departure"
    BOARDING_SHORT = "boarding-short"
    LANDING_DIFFERS = "landing-differs"
    CROSSING_REPEATED = "crossing-repeated"
    ISLAND_WITHOUT_FERRY = "island-without-ferry"


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One broken rule: where (`shift`, `request`), when (`at`, seconds from local midnight), what was found.

    `found` and `expected` are ids, clock times and lengths such as `12 min 5 s`, the same in every language.
    """

    code: ViolationCode
    shift: str | None = None
    request: str | None = None
    at: int | None = None
    found: str = ""
    expected: str = ""

    def sentence(self, lang: str) -> str:
        """Say which rule is broken and how, in `lang`."""
        return say(f"check.{self.code}", lang, **self._values())

    def action(self, lang: str) -> str:
        """Say what to do about it, in `lang`."""
        return say(f"check.{self.code}.do", lang, **self._values())

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return the violation as plain data for `--json`, sentences in `lang`."""
        return {
            "code": f"check.{self.code}",
            "shift": self.shift,
            "request": self.request,
            "at": self.at,
            "found": self.found,
            "expected": self.expected,
            "sentence": self.sentence(lang),
            "action": self.action(lang),
        }

    def _values(self) -> dict[str, str]:
        return {
            "shift": self.shift or "–",
            "request": self.request or "–",
            "at": "–" if self.at is None else clock_exact(self.at),
            "found": self.found or "–",
            "expected": self.expected or "–",
        }
