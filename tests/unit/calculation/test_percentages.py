"""Shares of a budget: whole, positive, adding up, and rising with the cost."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from keten.calculation.shares.percentages import shares

AMOUNT = st.decimals(Decimal("0.01"), Decimal(5000), places=2)
CODES = [f"{number:08}" for number in range(20)]
COSTS = st.lists(AMOUNT, min_size=1, max_size=20).map(lambda amounts: dict(zip(CODES, amounts, strict=False)))
LEAST, MOST = 1, 999


def of(costs: dict[str, Decimal], budget: Decimal) -> dict[str, int]:
    """The shares, as the rekenmodule asks for them."""
    return shares(costs, budget, least=LEAST, most=MOST)


def total(costs: dict[str, Decimal]) -> Decimal:
    """All care together."""
    return sum(costs.values(), Decimal(0))


@given(COSTS, AMOUNT)
def test_within_the_budget_shares_are_whole_positive_and_a_hundred(costs: dict[str, Decimal], room: Decimal) -> None:
    """And each is within one percent of its part of the cost, but for what the smallest take."""
    found = of(costs, total(costs) + room)
    assert sum(found.values()) == 100
    assert min(found.values()) >= LEAST
    raised = sum(100 * cost / total(costs) < 1 for cost in costs.values())
    assert all(abs(found[code] - 100 * cost / total(costs)) < 1 + raised for code, cost in costs.items())


@given(COSTS, st.decimals(Decimal("0.01"), Decimal("0.99"), places=2))
def test_over_the_budget_each_share_is_its_part_of_the_budget(costs: dict[str, Decimal], part: Decimal) -> None:
    """Rounded half up, from 1 to 999; so their sum is that of the whole, rounded, give or take a half for each."""
    budget = total(costs) * part
    found = of(costs, budget)
    exact = {code: 100 * cost / budget for code, cost in costs.items()}
    assert all(LEAST <= share <= MOST for share in found.values())
    inside = {code: share for code, share in found.items() if LEAST < share < MOST}
    assert all(-Decimal("0.5") <= exact[code] - share < Decimal("0.5") for code, share in inside.items())
    if len(inside) == len(found):
        assert abs(sum(found.values()) - 100 * total(costs) / budget) <= Decimal(len(found)) / 2


@given(COSTS, AMOUNT, AMOUNT, st.integers(0, 19))
def test_a_provider_that_costs_more_does_not_get_less(
    costs: dict[str, Decimal], more: Decimal, budget: Decimal, which: int
) -> None:
    """As long as the verdict is the same; where the budget is passed the other rounding may take one percent."""
    code = CODES[which % len(costs)]
    dearer = {**costs, code: costs[code] + more}
    before, after = of(costs, budget)[code], of(dearer, budget)[code]
    passed = total(costs) <= budget < total(dearer)
    assert after >= before - passed


@given(COSTS, AMOUNT)
def test_the_order_of_the_providers_does_not_matter(costs: dict[str, Decimal], budget: Decimal) -> None:
    """Ties go by code."""
    assert of(dict(reversed(costs.items())), budget) == of(costs, budget)


def test_ties() -> None:
    """Three equal providers: the odd percent goes to the lowest code."""
    assert of(dict.fromkeys("cab", Decimal(1)), Decimal(3)) == {"c": 33, "a": 34, "b": 33}


def test_half_up() -> None:
    """71.5 is 72 and 34.5 is 35."""
    assert of({"a": Decimal(715), "b": Decimal(345)}, Decimal(1000)) == {"a": 72, "b": 35}
