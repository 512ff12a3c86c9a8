"""`python -m benchmarks COMMAND`: how good plans are, how fast they come, and how long people wait for pages."""

from __future__ import annotations

import argparse
from importlib import import_module

from routing.errors import UsageError

COMMANDS = {
    "quality": ("benchmarks.quality.command", "run engines over published instances and judge their answers"),
    "tables": ("benchmarks.quality.print_tables", "print the tables of a file of runs as Markdown"),
    "plots": ("benchmarks.quality.plots", "draw gap over time and gap against size"),
    "speed": ("benchmarks.speed.command", "time the parts, and whole days of growing size on real roads"),
    "dispatch": ("benchmarks.dispatch", "time what a coordinator does by hand: fits, moves, times, slots"),
    "serve": ("benchmarks.serve", "time what the board waits for the server: the day, moves, locks"),
    "paint": ("benchmarks.paint", "time how soon Chromium paints the board of the demo's day"),
    "load": ("benchmarks.load.command", "let drivers and coordinators use one server at once, and time their requests"),
    "municipal": ("benchmarks.municipal.command", "compare plans of generated days with how it is done by hand"),
    "weeks": (
        "benchmarks.municipal.week_command",
        "compare weeks of generated municipalities with weeks made by hand",
    ),
    "bound": ("benchmarks.bound", "show how close to the best possible plans are, and in which time that is known"),
    "ablation": ("benchmarks.ablation.command", "leave stages of the method out one by one"),
}


def main(arguments: list[str] | None = None) -> None:
    """Run one command; only its own libraries are imported."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "command", choices=COMMANDS, help="; ".join(f"{k}: {text}" for k, (_, text) in COMMANDS.items())
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="of the command; --help tells")
    options = parser.parse_args(arguments)
    module = import_module(COMMANDS[options.command][0])
    inner = argparse.ArgumentParser(prog=f"python -m benchmarks {options.command}", description=module.__doc__)
    module.add_arguments(inner)
    try:
        module.main(inner.parse_args(options.rest))
    except UsageError as fault:
        inner.error(str(fault))


if __name__ == "__main__":
    main()
