"""Load the municipality that comes with Hoolering, to try things out: real places, made-up people."""

from __future__ import annotations

import datetime as dt
import sysconfig
from pathlib import Path
from typing import Final

from api.desk.records import load_records
from api.desk.records_import import apply_import, prepare_import
from api.store.opening import Store
from routing.errors import UsageError

DEMO_NAME: Final = "tartu_vald"
DEMO_DAY: Final = dt.date(2026, 11, 25)
"""The day that the demo's requests are for."""


def demo_folder() -> Path:
    """Return the folder of the demo: in the repository, or where a wheel has put it. UsageError where it is neither."""
    places = (Path(__file__).parents[2], Path(sysconfig.get_path("data")) / "share" / "hoolering")
    for place in places:
        folder = place / "fixtures" / DEMO_NAME
        if folder.is_dir():
            return folder
    raise UsageError(f"The folder fixtures/{DEMO_NAME} is not there; start from the repository, or import a folder.")


def bundled_fees() -> Path:
    """Return the folder of the price lists that come with Hoolering. UsageError where it is not there."""
    return demo_folder().parent / "fees"


def load_demo(store: Store) -> bool:
    """Fill an empty store with the demo; False, and nothing done, where it holds any records already."""
    with store.transaction("system") as session:
        if load_records(session)[0] is not None:
            return False
        prepared = prepare_import(session, demo_folder(), trusted=True)
        apply_import(session, prepared.id)
    return True
