"""P2 as the judge reads it: shares by cost and budget."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.acceptance.law.shares import shares

COSTS = st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=3), st.integers(0, 10**6).map(Decimal), min_size=1)


@pytest.mark.parametrize(
    ("costs", "budget", "expected"),
    [
        ((500, 300, 200), 1000, (50, 30, 20)),  # the worked example of the migration, after the calculator
        ((1, 1, 1), 10, (34, 33, 33)),
        ((1, 1, 4), 10, (17, 17, 66)),
        ((1, 1, 500, 400), 1000, (1, 1, 54, 44)),
        ((700, 800), 1000, (70, 80)),
        ((1200,), 1000, (120,)),
        ((700, 303), 1000, (70, 30)),
        ((20000, 100), 1000, (999, 10)),
        ((0, 0), 1000, None),
    ],
)
def test_shares(costs: tuple[int, ...], budget: int, expected: tuple[int, ...] | None) -> None:
    """Within budget whole percents that add up, over budget each its own."""
    found = shares({f"{nr:08}": Decimal(cost) for nr, cost in enumerate(costs)}, Decimal(budget))
    assert (tuple(found.values()) if found is not None else None) == expected


@given(costs=COSTS)
def test_shares_within_budget_add_up(costs: dict[str, Decimal]) -> None:
    """To 100, and none is below 1."""
    found = shares(costs, sum(costs.values(), Decimal(0)))
    if found is None:
        assert not any(costs.values())
        return
    assert sum(found.values()) == 100
    assert min(found.values()) >= 1
