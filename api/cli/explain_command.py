"""`hoolering explain`: why a request was left out, or why it went where it went."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from api.cli.check_command import differences, roads_of, show_verdict
from api.cli.console import console, shared_options, show_findings, show_json, shown
from api.explanations import as_dict
from api.labels import labels_of
from api.loading import open_day, open_folder
from api.other_days import other_days
from routing.planfile import read_plan
from routing.review.check import check
from routing.review.explain import explain as explain_request
from routing.review.explain import sentences
from routing.wording import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@click.argument("request_id", metavar="[REQUEST]", required=False)
@click.option("--roads", type=click.Path(path_type=Path), help="Road network instead of the one the plan names.")
@shared_options
def explain(folder: Path, plan: Path, request_id: str | None, roads: Path | None, lang: str, as_json: bool) -> None:
    """Explain REQUEST in PLAN, or every request that was left out.

    Only a plan that breaks no rule can be explained; of another one the violations are shown.
    """
    document = read_plan(plan)
    opened = open_folder(folder, roads or roads_of(folder, document))
    day = open_day(opened, document.day)
    findings = differences(opened, document)
    violations = tuple(check(day.problem, day.matrix, document.plan))
    if violations:
        show_verdict(violations, findings, lang=lang, as_json=as_json)
        sys.exit(1)
    labels = labels_of(day, lang)
    wanted = (request_id,) if request_id else document.plan.unassigned
    ahead = other_days(day)
    explained = [explain_request(day.problem, day.matrix, document.plan, name, other_days=ahead) for name in wanted]
    if as_json:
        show_json({item.request: as_dict(item, lang, labels) for item in explained})
        return
    show_findings(findings, lang=lang)
    out = console()
    if not explained:
        out.print(say("cli.left-out", lang, n=0))
    for item in explained:
        out.print(f"\n[bold]{shown(labels.request(item.request))}[/]")
        for sentence in sentences(item, lang, labels):
            out.print(f"  {shown(sentence)}")
