"""What a worker has to know at a stop follows from the rest of the plan."""

from dataclasses import replace

import pytest

from routing.plan import StopKind
from routing.problem import Problem, RideLink, Waiting
from routing.review.stop_notes import NoteKind, StopNote, is_return, stayed, stop_notes
from routing.solver.budget import Budget
from routing.solver.solve import solve
from routing.wording import LANGUAGES
from tests.routing.review.tiny import HOUR, MATRIX, day, ride, visit

QUICK = Budget(seconds=5, iterations=5)


def told(problem: Problem) -> list[tuple[str, StopKind, str | None, tuple[StopNote, ...], bool, bool]]:
    """Return everything that is told along the rounds of a planned problem."""
    plan = solve(problem, MATRIX, budget=QUICK).plan
    assert not plan.unassigned
    return [
        (
            route.shift,
            stop.kind,
            stop.request,
            stop_notes(problem, plan, route.shift, stop),
            is_return(problem, stop),
            stayed(problem, stop),
        )
        for route in plan.routes
        for stop in route.stops
    ]


def there_and_back(waiting: Waiting, *, will_call: bool = False) -> Problem:
    """Return a problem of one ride with its return at noon."""
    noon = replace(ride("back", "clinic", "a").pickup.windows[0], earliest=12 * HOUR, latest=13 * HOUR)
    back = ride("back", "clinic", "a", will_call=will_call)
    back = replace(back, pickup=replace(back.pickup, windows=(noon,)))
    link = RideLink(outbound="out", inbound="back", waiting=waiting, nearby=600)
    return day(shipments=(ride("out", "a", "clinic"), back), links=(link,))


def test_a_visit_by_two_names_the_other():
    """Each of two carers is told who comes along; one who comes alone is told nothing."""
    found = told(day(visits=(visit("x", "a", crew=2), visit("y", "b"))))

    notes = {(shift, request): notes for shift, _, request, notes, *_ in found if request}
    assert notes["anu", "x"] == (StopNote(kind=NoteKind.WITH, workers=("w-mari",)),)
    assert notes["mari", "x"] == (StopNote(kind=NoteKind.WITH, workers=("w-anu",)),)
    assert [text for (_, request), text in notes.items() if request == "y"] == [()]


@pytest.mark.parametrize(
    ("waiting", "kinds", "with_the_client"),
    [(Waiting.STAYS, [NoteKind.STAYS], True), (Waiting.NEARBY, [NoteKind.INSIDE], False), (Waiting.FREE, [], False)],
)
def test_where_the_carer_is_meanwhile(waiting: Waiting, kinds: list[NoteKind], *, with_the_client: bool):
    """Between the two ways the carer stays, knows where the client is, or is told nothing."""
    found = told(there_and_back(waiting))

    delivery = next(notes for _, kind, name, notes, *_ in found if (kind, name) == (StopKind.DELIVERY, "out"))
    pickup = next(stop for stop in found if stop[1:3] == (StopKind.PICKUP, "back"))
    assert [note.kind for note in delivery] == kinds
    assert all(12 * HOUR <= note.until <= 13 * HOUR for note in delivery)
    assert pickup[4:] == (True, with_the_client)
    assert not any(back or stays for _, _, name, _, back, stays in found if name == "out")


def test_a_rider_who_calls_makes_the_time_a_guess():
    """It is told where she is picked up, not where she gets off."""
    found = told(there_and_back(Waiting.FREE, will_call=True))

    assert [(kind, name) for _, kind, name, notes, *_ in found if StopNote(kind=NoteKind.WILL_CALL) in notes] == [
        (StopKind.PICKUP, "back")
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", NoteKind)
def test_every_kind_has_its_phrase(kind: NoteKind, lang: str):
    """A phrase names the workers it has names for and the time it ends."""
    phrase = StopNote(kind=kind, workers=("w-anu", "w-mari"), until=12 * HOUR).phrase(lang, {"w-anu": "Anu"})

    assert ("Anu" in phrase and "w-mari" in phrase) == (kind is NoteKind.WITH)
    assert ("12:00" in phrase) == (kind in (NoteKind.STAYS, NoteKind.INSIDE))
