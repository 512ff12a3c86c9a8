"""Every bundled price list can be read in words, in every language."""

from datetime import date
from decimal import Decimal

import pytest

from api.desk.demo import bundled_fees
from api.web.fee_lines import words_of
from api.web.fee_words import in_words
from routing.rules.fees.components.cap import Cap
from routing.rules.fees.components.multiplier import Multiplier
from routing.rules.fees.components.waiver import Waiver
from routing.rules.fees.read import load_schedules
from routing.wording import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bundled_lists_in_words(lang: str) -> None:
    """Each list has a title, its lines with steps and conditions, and no key or placeholder among them."""
    for schedule in load_schedules(bundled_fees())[0].schedules:
        words = in_words(schedule, lang)
        said = [part for line in words.prices for part in (line.words, *line.parts, *line.conditions)]
        assert len(words.prices) == len(schedule.components)
        assert all(part and "{" not in part and "fees." not in part and "rules." not in part for part in said)


def test_kinds_that_no_bundled_list_has() -> None:
    """Caps, waivers and factors are said too; a part is a percentage where that is exact."""
    kinds = {
        "At most €40.00 in all (year)": Cap(kind="cap", name="x", amount=Decimal(40), span="year"),
        "The sum above times 0.5": Multiplier(kind="multiplier", name="x", factor=Decimal("0.5")),
    }
    assert {words_of(component, "en"): component for component in kinds.values()} == kinds
    waiver = Waiver(kind="waiver", name="x", first=date(2026, 6, 1), last=date(2026, 6, 30), pays="1/3", basis="nr 2")
    assert "1/3" in words_of(waiver, "en")
    half = Waiver(
        kind="waiver", name="x", first=date(2026, 6, 1), last=date(2026, 6, 30), pays=Decimal("0.5"), basis="x"
    )
    assert "50 %" in words_of(half, "et")
