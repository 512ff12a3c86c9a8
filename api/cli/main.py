"""The command `hoolering`: commands are imported only when they run, so that help appears at once."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from api.cli.click_words import speak, words
from routing.wording import LANGUAGES

_COMMANDS = {
    "plan": ("api.cli.plan_command", "plan", "Plan one day of a municipality's folder."),
    "week": ("api.cli.week_command", "week", "Plan weeks from care plans: days, carers and every day's rounds."),
    "absent": ("api.cli.absent_command", "absent", "Repair planned days when a worker is away, and rank substitutes."),
    "check": ("api.cli.check_command", "check", "Check a plan against records, roads and its printed times."),
    "explain": ("api.cli.explain_command", "explain", "Say why requests were left out, or why one went where it went."),
    "print": ("api.cli.print_command", "print_", "Print a plan: sheets as PDF, a workbook, tables, calendars."),
    "price": (
        "api.cli.price_group",
        "group",
        "Quote one ride, line by line, or compare price lists.",
    ),
    "log": ("api.cli.log_command", "log", "Write the log of days: what was planned and what came of it."),
    "statements": ("api.cli.statements_command", "statements_", "Write what each client owes for a month."),
    "report": ("api.cli.report_command", "report_", "Write the supervision report and the data behind it."),
    "books": ("api.cli.books_command", "books", "Write statements and the report of all that a log holds."),
    "records": ("api.cli.records_command", "records", "Validate a folder, or write an empty one with an example."),
    "roads": ("api.cli.roads_command", "roads", "Build a road network from a map file, or describe one."),
    "serve": ("api.cli.serve_command", "serve", "Serve the board, the drivers' pages and the API on this machine."),
    "users": ("api.cli.users_command", "users", "Make, list, shut and reset accounts of the server."),
    "months": ("api.cli.months_command", "months", "List, approve and close the months of the server's books."),
    "backup": ("api.cli.store_commands", "backup", "Write everything the store holds to one file."),
    "restore": ("api.cli.store_commands", "restore", "Fill the store with what a backup holds."),
}


class _LazyGroup(click.Group):
    """A group that knows its commands by name and help, and imports the one that is called."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:  # noqa: ANN401 - as click's
        """Run the command line; click is told first which language to speak, for it may refuse what was typed."""
        given = sys.argv[1:] if args is None else list(args)
        speak(given)
        return super().main(given, *rest, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(words("usage.commands")):
            formatter.write_dl([(name, text) for name, (_, _, text) in _COMMANDS.items()])


@click.group(cls=_LazyGroup)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language, here or after the command.  [default: et]")
@click.version_option(package_name="hoolering")
def main(lang: str | None) -> None:  # noqa: ARG001 - the commands ask the context
    """Plan a rural municipality's home care and social transport, price it and explain it.

    Exit status: 0 all is well, 1 the data has errors or the plan breaks a rule, 2 wrong usage.
    """
    from api.cli.console import speak_plainly  # noqa: PLC0415 - not needed to show help

    speak_plainly()
