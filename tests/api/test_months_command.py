"""`hoolering months`: approved by one account, closed by another, each by its role."""

import datetime as dt
from pathlib import Path

from api.desk.demo import load_demo
from api.security import accounts
from api.security.roles import Role
from api.store.opening import open_store
from tests.api.command import answer, run
from tests.api.desk.test_months import ride, take_in


def test_a_month_is_approved_and_closed(tmp_path: Path) -> None:
    """What the pages refuse is refused here too, with the same findings; the list says how far each month is."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    load_demo(store)
    take_in(store, ride("R1", dt.date(2026, 6, 3)))
    for login, role in (("mari", Role.COORDINATOR), ("kati", Role.CLERK)):
        accounts.add_user(store, login=login, name=login.title(), roles=[role], actor="test")
    mari = accounts.user_by_login(store, "mari").id
    store.close()
    where = ("--database", url)
    early = run("months", "close", "2026-06", "--as", "kati", "--json", *where)
    assert (early.exit_code, [one["code"] for one in answer(early)["findings"]]) == (1, ["ledger.month-unapproved"])
    for login in ("kati", "keegi"):
        assert run("months", "approve", "2026-06", "--as", login, *where).exit_code == 1
    assert run("months", "approve", "juuni", "--as", "mari", *where).exit_code == 2
    approved = answer(run("months", "approve", "2026-06", "--as", "mari", "--json", *where))
    assert (approved["state"], approved["approved_by"], approved["total"]) == ("approved", mari, "5.00")
    assert run("months", "draft", "2026-06", "--as", "mari", *where).exit_code == 0
    assert run("months", "approve", "2026-06", "--as", "mari", *where).exit_code == 0
    listed = run("months", "list", *where).output
    assert "kinnitatud" in listed
    assert "Mari" in listed
    assert run("months", "close", "2026-06", "--as", "kati", *where).exit_code == 0
    assert [month["state"] for month in answer(run("months", "list", "--json", *where))] == ["closed"]
