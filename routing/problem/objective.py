"""What a plan weighs."""

from __future__ import annotations

from dataclasses import dataclass

from routing.problem.basics import Priority


@dataclass(frozen=True, kw_only=True)
class Objective:
    """What a plan weighs, as data. One point is a cent; times are per minute, lengths per kilometre.

    The weights of unassigned requests are so far apart that priority comes first in any day of this size; then broken
    promises; then overtime and unfair workload; then kilometres and paid minutes. `locked` is added to the weight of a
    locked request left out. `unfamiliar` is charged per carer outside `regular`, `not_preferred` per carer outside
    `preferred`, where any is named; `changed_worker` and `changed_minute` against `Promise`s (a change of start of up
    to `free_change` seconds is nothing); `imbalance` on the most loaded minus the least loaded shift of a balance
    group; `greatest_late_minute` on the greatest lateness of any one stop, for those who would rather share it out;
    `waiting_aboard` on ride time beyond the direct way; `paid_minute` on leaving to return without breaks;
    `shift_used` per shift that leaves home at all, for those who pay for the day whatever is done in it.
    """

    unassigned_a: int = 10_000_000
    unassigned_b: int = 1_000_000
    unassigned_c: int = 100_000
    locked: int = 100_000_000
    late_minute: int = 300
    greatest_late_minute: int = 0
    unfamiliar: int = 1_500
    not_preferred: int = 800
    changed_worker: int = 3_000
    changed_minute: int = 60
    free_change: int = 600
    overtime_minute: int = 100
    imbalance_minute: int = 5
    waiting_aboard_minute: int = 25
    kilometre: int = 30
    paid_minute: int = 20
    shift_used: int = 0

    def unassigned(self, priority: Priority) -> int:
        """Return the points that leaving out a request of `priority` costs."""
        return {Priority.A: self.unassigned_a, Priority.B: self.unassigned_b, Priority.C: self.unassigned_c}[priority]
