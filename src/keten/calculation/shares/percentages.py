"""Shares of a budget in whole percents (rule P2 of docs/conversion-rules.md).

Two readings are met in practice: what a provider costs as a part of the budget, or as a part of all that is planned. P2
takes the second while the care stays within the budget, so that the shares are a hundred together, and the first beyond
it, so that their sum shows by how much.
"""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
Costs = Mapping[str, Decimal]
"""Euros per week by provider."""


def shares(costs: Costs, budget: Decimal, *, least: int, most: int) -> dict[str, int]:
    """The share of each provider; within the budget they add up to 100.

    >>> shares({"a": Decimal(450), "b": Decimal(270), "c": Decimal(180)}, Decimal(900), least=1, most=999)
    {'a': 50, 'b': 30, 'c': 20}
    """
    total = sum(costs.values(), Decimal(0))
    if total <= budget:
        return _at_least(_largest_remainder(costs, total), least)
    return {code: min(max(_half_up(HUNDRED * cost / budget), least), most) for code, cost in costs.items()}


def _half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def _largest_remainder(costs: Costs, total: Decimal) -> dict[str, int]:
    """Whole percents, rounded down; what is left of the hundred goes to the largest remainders, ties to the lowest code.

    A remainder is compared as the whole number that the exact division leaves, so that equal ones are equal.
    """
    parts = {code: divmod(HUNDRED * cost, total) for code, cost in costs.items()}
    whole = {code: int(quotient.to_integral_value(ROUND_FLOOR)) for code, (quotient, _) in parts.items()}
    left = int(HUNDRED) - sum(whole.values())
    for code in sorted(costs, key=lambda code: (-parts[code][1], code))[:left]:
        whole[code] += 1
    return whole


def _at_least(whole: dict[str, int], least: int) -> dict[str, int]:
    """Shares below the least raised to it, a percent at a time from what is then the largest, ties from the lowest code."""
    raised = dict(whole)
    for code in sorted(raised):
        while raised[code] < least:
            largest = min(raised, key=lambda one: (-raised[one], one))
            raised[largest] -= 1
            raised[code] += 1
    return raised
