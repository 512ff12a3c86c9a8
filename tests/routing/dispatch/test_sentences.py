"""Everything that a person reads has its sentence in Estonian, English and Russian."""

import pytest

from routing.dispatch.fits import Continuity
from routing.dispatch.groups import GroupKind
from routing.dispatch.publishing import GateCode
from routing.dispatch.remedying import Field
from routing.dispatch.warnings import WarningCode
from routing.wording import keys, say

NEEDED = {
    *(f"dispatch.warn-{code}" for code in WarningCode),
    *(f"dispatch.gate-{code}{end}" for code in GateCode if code is not GateCode.VIOLATION for end in ("", ".do")),
    *(f"dispatch.fit-{code}" for code in Continuity),
    *(f"dispatch.group-{code}" for code in GroupKind),
    *(f"dispatch.touch-{field}" for field in Field),
}


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_every_code_has_its_sentence(lang: str):
    """No code is without a sentence, and no sentence without a code."""
    assert keys("dispatch", lang) == NEEDED


@pytest.mark.parametrize(
    ("n", "ends"), [(1, "заказ."), (2, "заказа."), (5, "заказов."), (11, "заказов."), (21, "заказ."), (104, "заказа.")]
)
def test_russian_counts_in_three_forms(n: int, ends: str):
    """One, few and many."""
    assert say("dispatch.gate-left-out", "ru", n=n).endswith(ends)
