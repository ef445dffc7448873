"""What would bring care that costs too much within its budget, and what could widen the budget."""

from collections.abc import Iterator
from decimal import ROUND_UP, Decimal

from keten.calculation.shares.amounts import CENT, euros
from keten.calculation.shares.plan import Care, Plan, release_on
from keten.standard.tariffs import Tariffs

ALONE = "ToeslagOverig"
"""Goes with no other reason for more budget (rule CD048)."""


def remedies(plan: Plan, tariffs: Tariffs, cost: Decimal, extra: Decimal) -> Iterator[str]:
    """In words: how much less of which care, and which reasons for more budget would cover what is over."""
    budget = tariffs.budgets[plan.zzp]
    excess = cost - budget
    yield f"Doelmatig if the care costs {euros(excess)} euro per week less."
    for provider in plan.providers:
        for care in provider.care:
            yield from _less(provider.instelling, care, tariffs, excess)
    if extra >= excess:
        yield f"The reasons for more budget that were given cover it: {euros(extra)} euro per week beside the budget."
    else:
        yield from _reasons(plan, tariffs, excess - extra)


def _less(instelling: str, care: Care, tariffs: Tariffs, excess: Decimal) -> Iterator[str]:
    """How much less of one prestatie would do, if that is less than all of it."""
    prestatie = tariffs.prestaties.get(str(care.prestatie))
    if prestatie is not None and care.volume * prestatie.price > excess:
        less = (excess / prestatie.price).quantize(CENT, ROUND_UP)
        yield f"Doelmatig if {instelling} gives {less} {prestatie.unit} per week less of {care.prestatie} {prestatie.name}."


def _reasons(plan: Plan, tariffs: Tariffs, short: Decimal) -> Iterator[str]:
    """Which one reason beside those that were given would cover what is short; a line per element."""
    budget, types = tariffs.budgets[plan.zzp], release_on(plan.period.start).types
    given = {element for element, _ in plan.extras}
    for element, reasons in tariffs.extras.items():
        stands = not given or (element not in given and ALONE not in (element, *given))
        enough = [
            f"{code} {reason.name} ({euros(reason.on(budget))})"
            for code, reason in reasons.items()
            if stands and code in types[f"LDT_{element}"].codes and reason.on(budget) >= short
        ]
        if enough:
            yield f"Covered, in euro per week beside the budget, if {element} is one of: {', '.join(enough)}."
