"""What people call the things of a plan: names for requests, shifts and vehicles instead of ids."""

from __future__ import annotations

from collections.abc import Mapping

from routing.day.build import Day
from routing.day.subjects import Subject, home_of
from routing.problem import StepKind
from routing.records.model import Aid, CareVisit
from routing.review.labels import Labels
from routing.wording import say


def place_labels(day: Day) -> Mapping[str, str]:
    """Return what each place of a day is called, a home by its settlement."""
    homes = {home_of(client.id): client.settlement or client.address for client in day.records.clients}
    return homes | {place.id: place.name for place in day.records.places}


def labels_of(day: Day, lang: str) -> Labels:
    """Return what each request, shift, vehicle and piece of equipment of a day is called."""
    names = {worker.id: worker.name or worker.id for worker in day.records.workers}
    known = {shift.id: shift.worker for shift in day.records.shifts}
    known |= {shift.id: shift.worker for shift in day.problem.shifts}
    return Labels(
        requests={request: request_label(subject, lang) for request, subject in day.subjects.items()},
        shifts={shift: f"{names.get(worker, worker)} ({shift})" for shift, worker in known.items()},
        vehicles={vehicle.id: vehicle.plate or vehicle.id for vehicle in day.records.vehicles},
        skills={aid.value: aid_label(aid, lang) for aid in Aid},
    )


def worker_labels(day: Day) -> Mapping[str, str]:
    """Return what each worker on duty is called; one without a name by her id."""
    names = {worker.id: worker.name for worker in day.records.workers}
    return {shift.worker: names.get(shift.worker) or shift.worker for shift in day.problem.shifts}


def short_name(name: str) -> str:
    """Return a name as it is said where others may read along: the family name by its first letter, `Aino K.`."""
    *given, family = name.split() or [""]
    return f"{' '.join(given)} {family[0]}." if given else family


def aid_label(aid: Aid, lang: str) -> str:
    """Return what an aid is called."""
    return say(f"cli.aid-{aid.value.replace('_', '-')}", lang)


def request_label(subject: Subject, lang: str) -> str:
    """Return what a request is called: who, and what kind of request."""
    return say(f"cli.request-{_kind(subject)}", lang, name=subject.client.name, id=subject.request)


def step_word(kind: StepKind, lang: str) -> str:
    """Return the word for what happens at a stop."""
    return say(f"cli.stop-{kind.value}", lang)


def _kind(subject: Subject) -> str:
    if isinstance(subject.record, CareVisit):
        return "visit"
    return "return" if subject.is_return else "ride"
