"""`python -m benchmarks ablation`: what each stage of engine `hybrid` is worth, by leaving it out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks import machine
from benchmarks.ablation.tables import HEADER, line
from benchmarks.ablation.variants import FULL, VARIANTS, Answer, answer
from benchmarks.convert.problem import Translation
from benchmarks.families import FAMILIES
from benchmarks.municipal.command import ROADS
from benchmarks.municipal.days import Size, municipal_day
from benchmarks.quality.command import chosen
from routing.errors import UsageError
from routing.matrix import Matrix
from routing.problem import Problem
from routing.roads.opening import open_network


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--roads", type=Path, default=ROADS, help="roads of the municipal days")
    parser.add_argument("--requests", type=int, nargs="*", default=[40, 100], help="of the municipal days")
    parser.add_argument("--municipalities", type=int, default=1)
    parser.add_argument("--days", type=int, default=3, help="municipal days of each size")
    parser.add_argument("--family", choices=sorted(FAMILIES), help="published instances instead of municipal days")
    parser.add_argument("--path", type=Path, help="the family's folder, with bks.csv in it")
    parser.add_argument("--instances", default="*", metavar="GLOB")
    parser.add_argument("--convention", default="*", metavar="GLOB")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--variants", default=",".join(VARIANTS), metavar="LIST", help=f"of {', '.join(VARIANTS)}")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)


def main(options: argparse.Namespace) -> None:
    """Print one table row per variant: costs against those of the whole method, on the same days in the same time."""
    names = list(dict.fromkeys([FULL, *options.variants.split(",")]))
    if unknown := [name for name in names if name not in VARIANTS]:
        raise UsageError(f"variant {unknown[0]!r} is not one of {', '.join(VARIANTS)}")
    if options.family and not options.path:
        raise UsageError("a family needs --path, the folder with its instances")
    found: dict[str, list[Answer]] = {name: [] for name in names}
    for problem, matrix in _published(options) if options.family else _municipal(options):
        for name in names:
            variant = VARIANTS[name]
            found[name].append(answer(variant, problem, matrix, seconds=options.seconds, seed=options.seed))
    print(", ".join(f"{name} {value}" for name, value in machine.describe().items()), f"load {machine.load()}\n")
    print(HEADER)
    for name in names:
        print(line(name, found[name], found[FULL]))


def _municipal(options: argparse.Namespace) -> Iterator[tuple[Problem, Matrix]]:
    network = open_network(options.roads)
    for requests in options.requests:
        for seed in range(options.seed, options.seed + options.days):
            yield municipal_day(network, Size(requests=requests, municipalities=options.municipalities), seed)


def _published(options: argparse.Namespace) -> Iterator[tuple[Problem, Matrix]]:
    family = FAMILIES[options.family]
    for row in chosen(options):
        translation = Translation(formulation=family.formulate(family.read(row.instance_file), row.convention))
        if translation.why_not() is None:
            yield translation.problem(), translation.matrix()
