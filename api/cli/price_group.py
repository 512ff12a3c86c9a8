"""`hoolering price`: one ride of a folder, which needs no name of its own, and what else there is about prices."""

from __future__ import annotations

import click

from api.cli.price_command import price
from api.cli.price_compare import compare
from api.cli.price_what_if import what_if_

_USUAL = "ride"


class _UsualGroup(click.Group):
    """A group whose usual command is meant where none is named: `price FOLDER` is `price ride FOLDER`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else [_USUAL, *args])


group = _UsualGroup(
    "price",
    commands={_USUAL: price, "compare": compare, "what-if": what_if_},
    help="Quote a ride, compare price lists, try a draft. Without a command: `price FOLDER` is `price ride FOLDER`.",
)
