"""P1-P3: the percentage of an item, by those beside it on its first day."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from keten.acceptance.law.items import Excepted, New
from keten.acceptance.law.shares import FROM_FUNCTIES, MOST_PROVIDERS, priced, shares
from keten.standard.tariffs import Tariffs

WHOLE, UNKNOWN = 10_000, 100
"""100% and 1%, in hundredths."""

BESIDE = ("EX01", "EX02", "EX03", "EX04", "EX05")
"""The exceptions that count beside an item."""

REGULAR = "1"
Periods = Iterable[tuple[int, int, str]]
"""Start, end and Soort."""


class Days:
    """How many periods are in force on a day: of Soort 1, and of any."""

    def __init__(self, periods: Periods) -> None:
        there = [period for period in periods if period[0] <= period[1]]
        regular = [period for period in there if period[2] == REGULAR]
        self.edges = {name: _edges(some) for name, some in ((REGULAR, regular), ("", there))}

    def beside(self, item: New) -> int:
        """The number of others in the set of an item that is one of them (P1)."""
        regular = self._on(REGULAR, item.start) - (item.soort == REGULAR)
        return regular if regular or item.soort == REGULAR else self._on("", item.start) - 1

    def _on(self, soort: str, day: int) -> int:
        starts, ends = self.edges[soort]
        return bisect_right(starts, day) - bisect_left(ends, day)


def _edges(periods: Sequence[tuple[int, int, str]]) -> tuple[list[int], list[int]]:
    return sorted(start for start, _, _ in periods), sorted(end for _, end, _ in periods)


def assign_percentages(items: Sequence[New], excepted: Iterable[Excepted], tariffs: Tariffs | None) -> None:
    """Fill the percentage of the items of one indication: computed where it can be, else 100% alone in the set, else 1%."""
    packages = [item for item in items if not item.functie]
    exceptions = [(one.start, one.end, one.soort) for one in excepted if one.code in BESIDE]
    days = Days([*exceptions, *((item.start, item.end, item.soort) for item in packages)])
    for item in packages:
        if item.in_natura:
            item.alone = not days.beside(item)
            item.percentage = WHOLE if item.alone else UNKNOWN
    if tariffs is not None:
        _compute(packages, days, tariffs)


def _compute(packages: list[New], days: Days, tariffs: Tariffs) -> None:
    """Fill the shares that the table gives (P2)."""
    active: list[New] = []
    waiting = sorted(packages, key=lambda item: item.start)
    place = 0
    for item in waiting:
        while place < len(waiting) and waiting[place].start <= item.start:
            active.append(waiting[place])
            place += 1
        active = [other for other in active if other.end >= item.start]
        if item.rule != FROM_FUNCTIES or item.clash or days.beside(item) >= MOST_PROVIDERS:
            continue
        theirs = _set_of(item, active)
        found = priced(theirs, item.start, tariffs) if len(theirs) == days.beside(item) + 1 else None
        if found is None or (item.alone and sum(found[0].values()) <= found[1]):
            continue  # not priced, or alone within budget: then it has the whole (P1)
        computed = shares(*found)
        if computed is not None:
            item.percentage, item.computed = computed[item.provider] * UNKNOWN, True


def _set_of(item: New, active: Iterable[New]) -> list[New]:
    """The items in the set of an item, itself included (P1)."""
    regular = [other for other in active if other.soort == REGULAR]
    return [item, *(other for other in regular or active if other is not item)]
