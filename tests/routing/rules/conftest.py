"""Shared fixtures of the rules' tests."""

from collections.abc import Callable

import pytest

from routing.rules.remark import Remark
from routing.wording import LANGUAGES


def _say_all(remark: Remark) -> None:
    for lang in LANGUAGES:
        for sentence in (remark.sentence(lang), remark.expected(lang), remark.action(lang)):
            assert sentence
            assert "{" not in sentence
    assert remark.finding(file="x.csv", row=2, field="f").as_dict("en")["sentence"] == remark.sentence("en")


@pytest.fixture
def speaks() -> Callable[[Remark], None]:
    """Return a check that a remark has all its sentences in both languages, also as a finding."""
    return _say_all
