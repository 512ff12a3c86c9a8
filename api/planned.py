"""Plan one day: solve, check, explain, price, and hold the outcome together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from api.explanations import as_dict
from api.labels import labels_of
from api.loading import Folder, open_fees
from api.other_days import other_days
from routing.cost import Cost
from routing.day.build import Day
from routing.day.prices import ride_prices
from routing.day.remarks import remarks_after, remarks_before
from routing.findings import Finding, Severity
from routing.plan import Plan
from routing.planfile import PlanDocument
from routing.review.check import check
from routing.review.codes import Violation
from routing.review.explain import LeftOut, explain_unassigned
from routing.review.metrics import PlanFigures, figures
from routing.rules.fees.quote import Quote
from routing.solver.budget import Budget, Listener, StopSignal, never_stop, no_listener
from routing.solver.proven import solve_and_prove


@dataclass(frozen=True, kw_only=True)
class PlannedDay:
    """A day with its plan and all that is said about it. `findings` come from records, roads, fees and rules.

    `bound` is what no plan of the day costs less than, where that is known.
    """

    day: Day
    plan: Plan
    cost: Cost
    figures: PlanFigures
    violations: tuple[Violation, ...]
    explained: tuple[LeftOut, ...]
    prices: Mapping[str, Quote]
    findings: tuple[Finding, ...]
    bound: int | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether the data has no errors and the plan breaks no rule."""
        return not self.violations and not any(f.severity is Severity.ERROR for f in self.findings)

    @property
    def known_total(self) -> Decimal:
        """Return the sum of the prices that are known."""
        return sum((quote.total for quote in self.prices.values() if quote.total is not None), Decimal(0))


def plan_day(
    folder: Folder,
    day: Day,
    *,
    budget: Budget,
    seed: int,
    engine: str,
    on_progress: Listener = no_listener,
    stop: StopSignal = never_stop,
) -> PlannedDay:
    """Plan a day of a folder and return it checked, explained and priced."""
    result = solve_and_prove(
        day.problem, day.matrix, budget=budget, seed=seed, engine=engine, on_progress=on_progress, stop=stop
    )
    return replace(review_day(folder, day, result.plan, result.cost), bound=result.bound)


def review_day(folder: Folder, day: Day, plan: Plan, cost: Cost, *, explained: bool = True) -> PlannedDay:
    """Return a plan of a day checked, explained and priced.

    What is left out is not `explained` where the search still tries to serve it: looking for remedies takes a while.
    """
    book, fee_findings = open_fees(folder.path, folder.records)
    roads = tuple(folder.network.report.findings())
    return PlannedDay(
        day=day,
        plan=plan,
        cost=cost,
        figures=figures(day.problem, day.matrix, plan),
        violations=tuple(check(day.problem, day.matrix, plan)),
        explained=explain_unassigned(day.problem, day.matrix, plan, other_days=other_days(day)) if explained else (),
        prices=ride_prices(day, book, plan=plan),
        findings=(
            *folder.findings,
            *roads,
            *day.findings,
            *fee_findings,
            *remarks_before(day),
            *remarks_after(day, plan),
        ),
    )


def document_of(
    folder: Folder, planned: PlannedDay, *, engine: str, seed: int, budget: Budget, lang: str
) -> PlanDocument:
    """Return what `plan.json` holds."""
    labels = labels_of(planned.day, lang)
    return PlanDocument(
        municipality=folder.records.municipality.name,
        day=planned.day.day,
        folder_digest=folder.digest,
        roads_id=folder.network.content_id,
        roads_source=folder.roads_source,
        engine=engine,
        seed=seed,
        budget_seconds=budget.seconds,
        budget_iterations=budget.iterations,
        plan=planned.plan,
        cost=planned.cost,
        prices={request: quote.as_dict(lang) for request, quote in planned.prices.items()},
        explanations={left.request: as_dict(left, lang, labels) for left in planned.explained},
    )
