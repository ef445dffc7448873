"""A whole is divided over providers in whole percents: exact, whatever the amounts, in whatever order they come."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.conversion.law.dividing import divide

COSTS = st.lists(st.integers(1, 10**13), min_size=1, max_size=100)
SMALL = st.lists(st.integers(1, 9), min_size=1, max_size=100)


def shares(*sets: list[int], budget: int, order: int = 1) -> list[list[int]]:
    """The shares of sets of costs, each in the order of its costs; `order` -1 hands them over backwards."""
    rows = [
        (at, f"{place:08}", place, cost, budget) for at, costs in enumerate(sets) for place, cost in enumerate(costs)
    ]
    schema = {"set": pl.UInt32, "instelling": pl.String, "number": pl.UInt32, "cost": pl.Int64, "budget": pl.Int64}
    found = divide(pl.DataFrame(rows[::order], schema, orient="row")).sort("set", "number")
    return [found.filter(set=at)["share"].to_list() for at in range(len(sets))]


@given(COSTS | SMALL, SMALL)
def test_within_budget_they_add_up(costs: list[int], others: list[int]) -> None:
    """Whole percents of at least 1 that sum to 100, whatever stands in other sets and in whichever order it comes."""
    budget = sum(costs) + sum(others)
    found = shares(costs, others, budget=budget)
    assert [sum(one) for one in found] == [100, 100]
    assert min(found[0]) >= 1
    assert shares(costs, others, budget=budget, order=-1) == found
    assert shares(costs, budget=budget) == found[:1]


@given(COSTS)
def test_within_budget_each_is_near_its_part(costs: list[int]) -> None:
    """Without somebody to give to, a share is its exact part, rounded up or down."""
    exact = [Fraction(100 * cost, sum(costs)) for cost in costs]
    found = shares(costs, budget=sum(costs))[0]
    if min(exact) >= 1:
        assert all(abs(one - part) < 1 for one, part in zip(found, exact, strict=True))


@given(SMALL, st.integers(1, 10**6))
def test_over_budget_each_is_its_part_of_the_budget(costs: list[int], budget: int) -> None:
    """Rounded half up, at least 1 and at most 999, never made to fit."""
    scaled = [cost * budget for cost in costs] + [budget]
    expected = [min(999, max(1, int(Fraction(100 * cost, budget) + Fraction(1, 2)))) for cost in scaled]
    assert shares(scaled, budget=budget)[0] == expected


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ([50, 30, 20], [50, 30, 20]),
        ([1, 1, 1], [34, 33, 33]),
        ([1, 1, 4], [17, 17, 66]),
        ([1, 1, 500, 400], [1, 1, 54, 44]),
        ([1] * 100, [1] * 100),
        ([1] * 99 + [10**12], [1] * 99 + [1]),
        ([1, 1000, 1000], [1, 49, 50]),
    ],
)
def test_by_hand(costs: list[int], expected: list[int]) -> None:
    """The largest remainder, of equal ones the lowest code; what is below 1 is taken from the largest."""
    assert shares(costs, budget=sum(costs)) == [expected]


def test_the_budget_itself_is_not_over_it() -> None:
    """Decided before rounding: to the last ten-thousandth of a euro."""
    schema = {"set": pl.UInt32, "instelling": pl.String, "number": pl.UInt32, "cost": pl.Int64, "budget": pl.Int64}
    rows = [(0, "1", 0, 10**13, 10**13), (1, "1", 1, 10**13 + 1, 10**13)]
    assert divide(pl.DataFrame(rows, schema, orient="row")).sort("set")["ondoelmatig"].to_list() == [False, True]
