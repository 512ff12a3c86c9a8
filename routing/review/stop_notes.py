"""Say what a worker at a stop has to know of the rest of the plan: who else comes, who stays, what is a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from routing.plan import Plan, Stop, StopKind
from routing.problem import Problem, Shipment, Step, StepKind, Waiting
from routing.wording import say
from routing.wording.format import clock, listing


class NoteKind(StrEnum):
    """What is told; each kind has its phrase `notes.<kind>`."""

    WITH = "with"
    STAYS = "stays"
    INSIDE = "inside"
    WILL_CALL = "will-call"


@dataclass(frozen=True, kw_only=True)
class StopNote:
    """One thing to know at a stop. `workers` are the ids WITH whom, `until` (s) ends STAYS and INSIDE."""

    kind: NoteKind
    workers: tuple[str, ...] = ()
    until: int = 0

    def phrase(self, lang: str, names: Mapping[str, str]) -> str:
        """Say it in `lang`, workers by their `names` where they have any."""
        workers = listing([names.get(worker, worker) for worker in self.workers], lang)
        return say(f"notes.{self.kind.value}", lang, workers=workers, until=clock(self.until))


def stop_notes(problem: Problem, plan: Plan, shift: str, stop: Stop) -> tuple[StopNote, ...]:
    """Return what the worker of `shift` has to know at one of its stops."""
    if stop.kind is StopKind.VISIT:
        return _company(problem, plan, shift, stop)
    if stop.kind is StopKind.DELIVERY:
        return _meanwhile(problem, plan, stop)
    request = problem.request_by_id.get(stop.request or "")
    if stop.kind is StopKind.PICKUP and isinstance(request, Shipment) and request.will_call:
        return (StopNote(kind=NoteKind.WILL_CALL),)
    return ()


def is_return(problem: Problem, stop: Stop) -> bool:
    """Tell whether a stop belongs to a way back."""
    link = problem.link_by_ride.get(stop.request or "")
    return link is not None and link.inbound == stop.request


def stayed(problem: Problem, stop: Stop) -> bool:
    """Tell whether the time before a stop's start was spent with the client who is picked up there."""
    if stop.kind is not StopKind.PICKUP or not is_return(problem, stop):
        return False
    return problem.link_by_ride[str(stop.request)].waiting is Waiting.STAYS


def _company(problem: Problem, plan: Plan, shift: str, stop: Stop) -> tuple[StopNote, ...]:
    served = plan.stops_by_step[stop.step] if stop.step else ()
    others = tuple(problem.shift_by_id[name].worker for name, _ in served if name != shift)
    return (StopNote(kind=NoteKind.WITH, workers=others),) if others else ()


def _meanwhile(problem: Problem, plan: Plan, stop: Stop) -> tuple[StopNote, ...]:
    """Return until when the worker stays with the client, or the client is where the worker comes back to."""
    link = problem.link_by_ride.get(stop.request or "")
    if link is None or link.outbound != stop.request or link.waiting is Waiting.FREE:
        return ()
    back = plan.stops_by_step.get(Step(request=link.inbound, kind=StepKind.PICKUP), ())
    kind = NoteKind.STAYS if link.waiting is Waiting.STAYS else NoteKind.INSIDE
    return tuple(StopNote(kind=kind, until=pickup.start) for _, pickup in back[:1])
