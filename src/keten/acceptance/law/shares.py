"""P2: the share of a provider in an MPT, by what its functies cost and what the ZZP may cost."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from keten.acceptance.law.items import MPT, New
from keten.standard.tariffs import Tariffs

FROM_FUNCTIES = "F4"
MOST_PROVIDERS = 100
"""A hundred providers can have 1% each; a set of more is not priced."""

LEAST, MOST = 1, 999
"""The least share, and the most over budget, in percents."""

HUNDRED = Decimal(100)
EPOCH = date(1970, 1, 1)


def priced(items: Sequence[New], day: int, tariffs: Tariffs) -> tuple[Mapping[str, Decimal], Decimal] | None:
    """What a set costs on a day by provider, and may cost; None where it is no set of MPT alone, or not all is priced."""
    if any(item.vorm != MPT or item.rule != FROM_FUNCTIES for item in items):
        return None
    codes, providers = {item.code for item in items}, {item.provider for item in items}
    (code, *others) = codes
    if others or EPOCH + timedelta(day) not in tariffs.valid:
        return None
    budget = tariffs.budgets.get(code)
    costs: dict[str, Decimal] = dict.fromkeys(providers, Decimal(0))
    for item in items:
        for cost in _costs(item, day, tariffs):
            if cost is None:
                return None
            costs[item.provider] += cost
    return None if budget is None else (costs, budget)


def _costs(item: New, day: int, tariffs: Tariffs) -> Iterator[Decimal | None]:
    """What each functie of an item that is in force on a day costs."""
    for old in item.sources:
        if old.start <= day <= old.end:
            yield tariffs.cost(old.code, old.klasse or "", old.opslag or 0)


def shares(costs: Mapping[str, Decimal], budget: Decimal) -> Mapping[str, int] | None:
    """The share of each provider in whole percents; None where nothing costs anything.

    >>> shares({"A": Decimal(500), "B": Decimal(300), "C": Decimal(200)}, Decimal(1000))
    {'A': 50, 'B': 30, 'C': 20}
    >>> shares({"A": Decimal(700), "B": Decimal(800)}, Decimal(1000))
    {'A': 70, 'B': 80}
    """
    total = sum(costs.values(), Decimal(0))
    if total > budget:
        return {provider: _of_budget(cost, budget) for provider, cost in costs.items()} if budget else None
    if not total:
        return None
    return _whole(costs, total)


def _of_budget(cost: Decimal, budget: Decimal) -> int:
    rounded = int((HUNDRED * cost / budget).to_integral_value(ROUND_HALF_UP))
    return min(max(rounded, LEAST), MOST)


def _whole(costs: Mapping[str, Decimal], total: Decimal) -> dict[str, int]:
    """Whole percents that add up to 100: by the largest remainder, of equal ones the lowest code; none below 1.

    Nothing is divided, so that equal remainders are equal whatever stands before them.
    """
    result = {provider: int(HUNDRED * cost // total) for provider, cost in costs.items()}
    left = int(HUNDRED) - sum(result.values())
    by_remainder = sorted(costs, key=lambda provider: (-(HUNDRED * costs[provider] % total), provider))
    for provider in by_remainder[:left]:
        result[provider] += 1
    for provider in sorted(provider for provider, share in result.items() if share < LEAST):
        largest = min(result, key=lambda other: (-result[other], other))
        result[largest] -= LEAST - result[provider]
        result[provider] = LEAST
    return result
