"""Which readings decide a price."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.rules.fees.line import Line
from routing.rules.fees.outcome import Outcome, deciding


def outcome(total, **assumed):
    """Return an outcome of one line."""
    line = Line(rule="r", sentence_key="rules.line-flat", measure="charge", amount=Decimal(total))
    return Outcome(assumed=assumed, lines=(line,))


@st.composite
def trees(draw, depth=0, assumed=None):
    """Draw the outcomes of a tree of questions, each of which may be asked on some branches only."""
    assumed = assumed or {}
    if depth == 4 or draw(st.booleans()):
        return [outcome(draw(st.integers(1, 3)), **assumed)]
    name = draw(st.sampled_from([name for name in "abcd" if name not in assumed]))
    return [leaf for value in "xy" for leaf in draw(trees(depth + 1, {**assumed, name: value}))]


def test_two_questions_that_only_matter_together():
    """Two readings that undo each other both decide."""
    outcomes = [outcome((a == b) + 1, a=a, b=b) for a in "xy" for b in "xy"]
    assert deciding(outcomes) == ("a", "b")


def test_a_question_asked_on_one_branch_only():
    """A reading that matters on one branch decides, one that changes nothing does not."""
    outcomes = [outcome(1, a="x"), outcome(1, a="y", b="x", c="x"), outcome(2, a="y", b="x", c="y")]
    outcomes += [outcome(1, a="y", b="y", c="x"), outcome(2, a="y", b="y", c="y")]
    assert deciding(outcomes) == ("a", "c")


@settings(deadline=None)
@given(trees())
def test_deciding_is_what_comparing_all_pairs_finds(outcomes):
    """The grouped search finds what the definition says, and something wherever the worths differ."""

    def compares(one, other, name):
        shared = (one.assumed.keys() & other.assumed.keys()) - {name}
        return (
            name in one.assumed
            and name in other.assumed
            and one.assumed[name] != other.assumed[name]
            and one.worth != other.worth
            and all(one.assumed[key] == other.assumed[key] for key in shared)
        )

    names = {name for leaf in outcomes for name in leaf.assumed}
    expected = {name for name in names if any(compares(*pair, name) for pair in combinations(outcomes, 2))}
    assert set(deciding(outcomes)) == expected
    assert bool(expected) == (len({leaf.worth for leaf in outcomes}) > 1)
