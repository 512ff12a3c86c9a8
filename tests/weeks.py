"""A small municipality in a store, with care plans for a week: two carers on workdays, one who stands in."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from api.desk.records_import import apply_import, prepare_import
from api.store.opening import Store
from routing.problem import Priority
from routing.records.write import write_folder
from tests.fixtures.folders import FIXTURES
from tests.routing.weeks.town import MONDAY, plan, slot, town, window

WEEK = f"/weeks/{MONDAY}"
TUESDAY = MONDAY + timedelta(days=1)
DAYS: tuple[date, ...] = tuple(MONDAY + timedelta(days=ahead) for ahead in range(7))


def fill_town(store: Store, folder: Path) -> None:
    """Put the town into a store: three clients with visits, of whom Anu has two and Mari one."""
    slots = (
        slot("K1", times=2, days_apart=2, windows=(window(8, 11),)),
        slot("K2", times=3, windows=(window(9, 14),), priority=Priority.A),
        slot("K4", times=2, windows=(window(9, 14),)),
    )
    regular = {"K1": "T1", "K2": "T1", "K4": "T2"}
    plans = tuple(plan(client, regular=frozenset({worker})) for client, worker in regular.items())
    records = town(*slots, care_plans=plans)
    records = replace(records, municipality=replace(records.municipality, roads="roads"))
    write_folder(records, folder, lang="et")
    shutil.copytree(FIXTURES / "tartu_vald" / "roads", folder / "roads")
    with store.transaction("system") as session:
        prepared = prepare_import(session, folder, trusted=True)
        apply_import(session, prepared.id)
