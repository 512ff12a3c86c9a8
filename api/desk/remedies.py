"""Apply what would help: into the records and the plan at once, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from api.desk.day_writing import begin_write, keep_plan
from api.desk.explaining import explanation, remedy_id
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import touch
from api.desk.record_edits import Edit, edit_of
from api.desk.record_set import Row, errors_of, tidy
from api.desk.records import get_record, record_set, sheet_named, update_record
from api.errors import BrokenRulesError, ConflictError, RefusedError
from api.store.history import doing
from api.store.plans import Day, Why
from routing.dispatch.judge import Moved
from routing.dispatch.move import move, unassign
from routing.dispatch.remedying import apply_remedy
from routing.findings import Finding
from routing.records.model import Records
from routing.review.explain import LeftOut
from routing.review.remedy import Remedy, RemedyKind


@dataclass(frozen=True, kw_only=True)
class Remedied:
    """A remedy tried out: the day as it then is, the plan, and what is written into which record."""

    opened: OpenDay
    moved: Moved | None
    edit: Edit
    remedy: Remedy


def try_remedy(days: Days, opened: OpenDay, request: str, chosen: str) -> Remedied:
    """Return what a remedy that the explanation offers comes to.

    ConflictError where it is not offered (any more) or cannot be made from here, RefusedError where the records do not
    take it, BrokenRulesError where the plan breaks a rule all the same.
    """
    remedy = _offered(days, opened, request, chosen)
    (touched,) = apply_remedy(opened.desk.problem, remedy).touches
    edit = edit_of(opened, touched)
    if edit.refusal:
        raise ConflictError([Finding(code=edit.refusal, field="remedy", found=chosen)])
    changed = _with_edit(days, opened, edit) if edit.sheet else opened
    if remedy.kind is RemedyKind.OTHER_DAY:
        return Remedied(opened=changed, moved=None, edit=edit, remedy=remedy)
    with changed.turn:
        moved = _placed(changed, remedy, edit)
    if moved.plan is None:
        raise BrokenRulesError(moved.violations)
    return Remedied(opened=changed, moved=moved, edit=edit, remedy=remedy)


def keep_remedy(days: Days, session: Session, made: Remedied, seen: int) -> Day:
    """Write a remedy into its record and keep the plan with the request in it."""
    row = begin_write(session, made.opened, seen)
    edit = made.edit
    if edit.sheet:
        record = get_record(session, edit.sheet, edit.key)
        with doing(session, "record.remedy"):
            update_record(session, edit.sheet, edit.key, {**record.cells, **edit.cells}, version=record.version)
    plan = made.opened.plan if made.moved is None or made.moved.plan is None else made.moved.plan
    keep_plan(days, session, made.opened, row, plan, Why.MOVE)
    touch(session, row, seen, "plan.remedy", request=made.remedy.request, remedy=made.remedy.kind.value)
    return row


def _offered(days: Days, opened: OpenDay, request: str, chosen: str) -> Remedy:
    explained = explanation(days, opened, request)
    offered = explained.remedies if isinstance(explained, LeftOut) else ()
    found = next((remedy for remedy in offered if remedy_id(remedy) == chosen), None)
    if found is None:
        raise ConflictError([Finding(code="plans.no-such-remedy", field="remedy", found=chosen)])
    return found


def _with_edit(days: Days, opened: OpenDay, edit: Edit) -> OpenDay:
    """Return the day as it would be with an edit of the records."""
    with days.store.session() as session:
        rows = record_set(session)
    cells = edit.cells_in(rows)
    if cells is None:
        raise ConflictError([Finding(code="plans.no-such-remedy", field="remedy", found=edit.key)])
    tidied = tidy(sheet_named(edit.sheet), cells)
    read, findings = rows.with_row(edit.sheet, Row(key=edit.key, cells=tidied)).read()
    if read is None or errors_of(findings):
        raise RefusedError(tuple(errors_of(findings)))
    return days.with_records(opened, _changed(opened.day.records, read))


def _changed(records: Records, read: Records) -> Records:
    """Return the records with what remedies change as it was read again; areas of places stay as they were found."""
    return replace(records, visits=read.visits, rides=read.rides, shifts=read.shifts)


def _placed(opened: OpenDay, remedy: Remedy, edit: Edit) -> Moved:
    plan = opened.plan
    if edit.take_off:
        left = unassign(opened.desk, plan, edit.take_off)
        if left.plan is None:
            return left
        plan = left.plan
    tried = (move(opened.desk, plan, remedy.request, shift) for shift in remedy.goes_to)
    refused: list[Moved] = []
    for moved in tried:
        if moved.plan is not None:
            return moved
        refused.append(moved)
    return refused[0] if refused else Moved(plan=None, price=None)
