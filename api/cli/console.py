"""How commands speak: options they share, findings as text or JSON, errors as exit statuses."""

from __future__ import annotations

import functools
import io
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import PurePath
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.markup import escape

from api.wording import findings as wording_of
from routing.errors import FindingsError, HooleringError
from routing.findings import Finding, Severity
from routing.records.sheets import SHEETS
from routing.wording import LANGUAGES, say

MARKS = {Severity.ERROR: "[bold red]✗[/]", Severity.WARNING: "[yellow]![/]", Severity.NOTE: "[dim]·[/]"}


_SHEETS = {stem: sheet for sheet in SHEETS for stem in (sheet.name, sheet.et)}
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def console() -> Console:
    """Return the console for what a command answers; wide enough for tables where the output is not a terminal."""
    return Console(soft_wrap=False, highlight=False, width=None if sys.stdout.isatty() else 132)


def shown(text: str) -> str:
    """Return text as the terminal is to show it: no markup of ours, and no control or direction letters of its own."""
    plain = (" " if letter.isspace() else letter for letter in text)
    return escape("".join("\ufffd" if unicodedata.category(letter) in _UNSEEN else letter for letter in plain))


def speak_plainly() -> None:
    """Let the output show a question mark for letters that the user's terminal does not know."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _usual_lang() -> str:
    """Return the language asked for before the command, `hoolering --lang en plan`, else the first."""
    return click.get_current_context().find_root().params.get("lang") or LANGUAGES[0]


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--lang` and `--json`, and turn Hoolering's errors into findings and exit statuses."""

    @functools.wraps(command)
    def guarded(*args: Any, lang: str, as_json: bool, **values: Any) -> Any:  # noqa: ANN401
        try:
            return command(*args, lang=lang, as_json=as_json, **values)
        except FindingsError as error:
            show_findings(error.findings, lang=lang, as_json=as_json)
            sys.exit(error.exit_code)
        except HooleringError as error:
            raise click.UsageError(str(error)) from error
        except BrokenPipeError:
            raise  # whoever read the answer has seen enough; click ends quietly
        except OSError as error:
            fail(say("cli.cannot-write", lang, file=error.filename or "", reason=error.strerror or str(error)))

    for option in (
        click.option("--json", "as_json", is_flag=True, help="Answer as JSON."),
        click.option("--lang", type=click.Choice(LANGUAGES), default=_usual_lang, show_default="et", help="Language."),
    ):
        guarded = option(guarded)
    return guarded


def fail(sentence: str) -> NoReturn:
    """Say what went wrong and leave with exit status 1."""
    Console(stderr=True, highlight=False).print(f"{MARKS[Severity.ERROR]} {shown(sentence)}")
    sys.exit(1)


def show_json(value: object) -> None:
    """Write plain data as JSON, in ASCII alone where the output has no room for more."""
    wide = "utf" in (sys.stdout.encoding or "").lower()
    click.echo(json.dumps(value, ensure_ascii=not wide, indent=1, sort_keys=True))


def show_findings(findings: Iterable[Finding], *, lang: str, as_json: bool = False) -> None:
    """Write findings, errors first; as text each with its place, and what to do once for neighbours that share it."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    ordered = sorted(findings, key=lambda finding: (rank[finding.severity], finding.file, finding.row or 0))
    if as_json:
        show_json({"findings": [wording_of.as_dict(finding, lang) for finding in ordered]})
        return
    out = console()
    for advice, group in groupby(ordered, key=lambda finding: _advice(finding, lang)):
        for finding in group:
            out.print(
                f"{MARKS[finding.severity]} {shown(_place(finding, lang))}{shown(wording_of.sentence(finding, lang))}"
            )
        if advice:
            out.print(f"    [dim]{shown(advice)}[/]")


def _advice(finding: Finding, lang: str) -> str:
    """Return what was expected and what to do, nothing for a note."""
    if finding.severity is Severity.NOTE:
        return ""
    return f"{wording_of.expected(finding, lang)} → {wording_of.action(finding, lang)}"


def _place(finding: Finding, lang: str) -> str:
    parts = [finding.file] if finding.file else []
    if finding.row:
        parts.append(say("cli.row", lang, row=finding.row))
    if finding.field:
        parts.append(_column(finding, lang))
    return f"{', '.join(parts)}: " if parts else ""


def _column(finding: Finding, lang: str) -> str:
    """Return the column as it is headed; the readers' own findings name it as the file does already."""
    sheet = None if finding.code.startswith("records.") else _SHEETS.get(PurePath(finding.file).stem)
    column = sheet.column_by_field.get(finding.field or "") if sheet else None
    return column.header(lang) if column else finding.field or ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
