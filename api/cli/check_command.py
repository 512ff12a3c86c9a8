"""`hoolering check`: judge a plan file from the records, the roads and its printed times alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from api.cli.console import MARKS, console, has_errors, shared_options, show_findings, show_json, shown
from api.loading import Folder, open_day, open_folder
from routing.findings import Finding, Severity
from routing.planfile import PlanDocument, read_plan
from routing.review.check import check as check_plan
from routing.review.codes import Violation
from routing.wording import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--roads", type=click.Path(path_type=Path), help="Road network instead of the one the plan names.")
@shared_options
def check(folder: Path, plan: Path, roads: Path | None, lang: str, as_json: bool) -> None:
    """Check PLAN, a plan.json, against FOLDER, naming every rule it breaks."""
    document = read_plan(plan)
    opened = open_folder(folder, roads or roads_of(folder, document))
    day = open_day(opened, document.day)
    findings = [*opened.findings, *differences(opened, document)]
    violations = tuple(check_plan(day.problem, day.matrix, document.plan))
    show_verdict(violations, findings, lang=lang, as_json=as_json)
    sys.exit(1 if violations or has_errors(findings) else 0)


def show_verdict(
    violations: Sequence[Violation], findings: Sequence[Finding], *, lang: str, as_json: bool = False
) -> None:
    """Write what a plan breaks, each with what to do about it, after the findings."""
    if as_json:
        show_json(
            {
                "violations": [violation.as_dict(lang) for violation in violations],
                "findings": [finding.as_dict(lang) for finding in findings],
            }
        )
        return
    show_findings(findings, lang=lang)
    for violation in violations:
        console().print(f"{MARKS[Severity.ERROR]} {shown(violation.sentence(lang))}")
        console().print(f"    [dim]{shown(violation.action(lang))}[/]")
    console().print(say("cli.checked", lang, n=len(violations)))


def roads_of(folder: Path, document: PlanDocument) -> Path | None:
    """Return the road network a plan was made on, where it can still be found; else None for the folder's own."""
    source = Path(document.roads_source)
    return source if source.exists() and not source.is_relative_to(folder) else None


def differences(opened: Folder, document: PlanDocument) -> tuple[Finding, ...]:
    """Return warnings where records or roads are no longer those the plan was made from."""
    found = []
    if opened.digest != document.folder_digest:
        found.append(Finding(code="cli.records-changed", severity=Severity.WARNING, file="plan.json"))
    if opened.network.content_id != document.roads_id:
        found.append(Finding(code="cli.roads-changed", severity=Severity.WARNING, file="plan.json"))
    return tuple(found)
