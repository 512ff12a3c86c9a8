"""The families of instances: how each is read, put into whole numbers and judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.convert import darp as convert_darp
from benchmarks.convert import darp_heterogeneous as convert_heterogeneous
from benchmarks.convert import hhcrsp as convert_hhcrsp
from benchmarks.convert import pdptw_lilim as convert_lilim
from benchmarks.convert import pdptw_sartori as convert_sartori
from benchmarks.convert import vrptw as convert_vrptw
from benchmarks.convert import vrptw_sync as convert_sync
from benchmarks.formulation import Formulation
from benchmarks.instances import darp, darp_heterogeneous, hhcrsp, pdptw_lilim, pdptw_sartori, vrptw, vrptw_sync
from benchmarks.verify import darp as verify_darp
from benchmarks.verify import darp_heterogeneous as verify_heterogeneous
from benchmarks.verify import hhcrsp as verify_hhcrsp
from benchmarks.verify import pdptw_lilim as verify_lilim
from benchmarks.verify import pdptw_sartori as verify_sartori
from benchmarks.verify import vrptw as verify_vrptw
from benchmarks.verify import vrptw_sync as verify_sync
from benchmarks.verify.verdict import Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """A family. `verify(instance, answer, convention)` judges; what an instance is, only its own three modules know."""

    name: str
    read: Callable[[Path], Any]
    formulate: Callable[[Any, str], Formulation]
    verify: Callable[..., Verdict]


FAMILIES = {
    family.name: family
    for family in (
        Family(name="vrptw", read=vrptw.read, formulate=convert_vrptw.formulate, verify=verify_vrptw.verify),
        Family(
            name="pdptw_lilim",
            read=pdptw_lilim.read,
            formulate=convert_lilim.formulate,
            verify=verify_lilim.verify,
        ),
        Family(
            name="pdptw_sartori",
            read=pdptw_sartori.read,
            formulate=convert_sartori.formulate,
            verify=verify_sartori.verify,
        ),
        Family(name="darp", read=darp.read, formulate=convert_darp.formulate, verify=verify_darp.verify),
        Family(
            name="darp_heterogeneous",
            read=darp_heterogeneous.read,
            formulate=convert_heterogeneous.formulate,
            verify=verify_heterogeneous.verify,
        ),
        Family(name="hhcrsp", read=hhcrsp.read, formulate=convert_hhcrsp.formulate, verify=verify_hhcrsp.verify),
        Family(name="vrptw_sync", read=vrptw_sync.read, formulate=convert_sync.formulate, verify=verify_sync.verify),
    )
}
