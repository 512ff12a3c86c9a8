"""What a week weighs, as data: points, of which one is about a cent."""

from __future__ import annotations

from dataclasses import dataclass, field

from routing.problem import Priority


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What is to be avoided in a week, and how much.

    A visit that is not made comes far before everything else, by its priority. Then: one carer more who comes to a
    client within four weeks; a visit by somebody who is not her regular one; by somebody who only stands in; a day
    that is not preferred; a carer's working minute on the road; the difference between the fullest and the emptiest
    regular carer, per percent of their hours; something booked that nobody seems to have time for. Where the whole week
    is searched, `stranger` is what each visit costs by somebody else than those who come to the client anyway. Where a
    week is planned anew, `changed` is what each visit costs that leaves its day, and each carer who leaves a visit.
    """

    missing: dict[Priority, int] = field(
        default_factory=lambda: {Priority.A: 400_000, Priority.B: 200_000, Priority.C: 100_000}
    )
    new_carer: int = 1_200
    not_regular: int = 300
    not_client_preferred: int = 100
    reserve: int = 800
    other_day: int = 150
    road_minute: int = 20
    imbalance: int = 15
    booked: int = 20_000
    stranger: int = 6_000
    changed: int = 300
