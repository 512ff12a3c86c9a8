"""`hoolering records`: validate a folder, or write an empty one with a filled example."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from api.cli.console import console, has_errors, shared_options, show_findings, show_json
from routing.findings import Severity
from routing.records.read import read_folder
from routing.records.template import write_template
from routing.wording import say


class _RecordsGroup(click.Group):
    """`records FOLDER` validates; `records template DIR` writes a template."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "validate", validate, args


@click.group(cls=_RecordsGroup)
def records() -> None:
    """Validate FOLDER (`records FOLDER`), or write an empty one with an example (`records template DIR`)."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@shared_options
def validate(folder: Path, lang: str, as_json: bool) -> None:
    """Validate FOLDER, reporting every finding."""
    found, findings = read_folder(folder)
    if as_json:
        show_findings(findings, lang=lang, as_json=True)
    else:
        show_findings(findings, lang=lang)
        counts = Counter(finding.severity for finding in findings)
        summary = say("cli.records-found", lang, errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING])
        if found is not None:
            console().print(
                say(
                    "cli.records-read",
                    lang,
                    clients=len(found.clients),
                    workers=len(found.workers),
                    visits=len(found.visits),
                    rides=len(found.rides),
                )
            )
        console().print(summary)
    sys.exit(1 if found is None or has_errors(findings) else 0)


@records.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@shared_options
def template(folder: Path, lang: str, as_json: bool) -> None:
    """Write a folder with a filled example into DIR."""
    write_template(folder, lang=lang)
    if as_json:
        show_json({"folder": str(folder)})
    else:
        console().print(say("cli.template-written", lang, path=str(folder)), markup=False)
