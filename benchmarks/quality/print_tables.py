"""`python -m benchmarks tables`: print the tables of files of runs as Markdown."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.quality.rows import read_rows
from benchmarks.quality.tables import details, machine_line, summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    parser.add_argument("--details", action="store_true", help="one line per instance as well")


def main(options: argparse.Namespace) -> None:
    """Print the tables of every file."""
    for path in options.files:
        rows, machine = read_rows(path)
        print(machine_line(machine, rows))
        print(summary(rows))
        if options.details:
            print(details(rows))
