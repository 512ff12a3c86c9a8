"""Shared fixtures of the fees' tests."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from routing.rules.fees.book import FeeBook
from routing.rules.fees.read import load_schedules

HEAD = """
municipality = "Katse vald"
[[schedules]]
id = "list"
service = "social"
valid_from = 2026-01-01
legal_basis = "order nr 1"
source = "test"
rounding = { step = 0.01, mode = "half_up" }
conventions = { charged_per = "trip", km_counted = "total", km_from = "boarding", km_rounding = "exact", \
wait_rounding = "exact" }
"""


@pytest.fixture
def book_of(tmp_path: Path) -> Callable[[str], FeeBook]:
    """Return a reader of price lists made of the components given as TOML.

    `head` replaces what stands above them, `found` are the codes of the findings to expect.
    """

    def read(components: str, head: str = HEAD, *, found: Sequence[str] = ()) -> FeeBook:
        (tmp_path / "list.toml").write_text(head + components, encoding="utf-8")
        book, findings = load_schedules(tmp_path)
        assert [finding.code for finding in findings] == list(found)
        return book

    return read
