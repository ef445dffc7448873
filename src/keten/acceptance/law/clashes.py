"""N5: no two new items of a client with the same instelling, zorgeenheid and leveringsvorm share a day."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from keten.acceptance.law.functies import grouped
from keten.acceptance.law.items import New


def settled(items: Sequence[New]) -> list[New]:
    """The items of a client without days in common: ends trimmed, equals made one, the rest marked as a clash."""
    result: list[New] = []
    for same in grouped(items, lambda item: (item.functie, item.code, item.provider, item.vorm)):
        left = same if len(same) == 1 else _unmarked(_merged(list(_trimmed(same))))
        result += left
    return result


def _trimmed(same: list[New]) -> Iterator[New]:
    """The items, each ending the day before if it ended on the day on which another starts; none if nothing is left."""
    starts = Counter(item.start for item in same)
    short = Counter(item.start for item in same if item.start == item.end)
    for item in same:
        one_day = item.start == item.end
        others = starts[item.end] - short[item.end] if one_day else starts[item.end]
        if not others:
            yield item
        elif not one_day:
            yield replace(item, end=item.end - 1)


def _merged(items: list[New]) -> list[New]:
    """The items, those of one indication that share a day and are equal in all but dates made one."""
    result: list[New] = []
    for equal in grouped(items, _all_but_dates):
        behind: New | None = None
        for item in equal:
            if behind is not None and item.start <= behind.end:
                behind.end = max(behind.end, item.end)
                behind.sources += item.sources
            else:
                behind = replace(item)
                result.append(behind)
    return sorted(result, key=lambda item: (item.start, item.end))


def _all_but_dates(item: New) -> tuple[object, ...]:
    return item.besluit, item.soort, item.klasse, item.bestemming, item.opslag, item.vervoer, item.opname, item.owner


def _unmarked(items: list[New]) -> list[New]:
    """The items, those that still share a day marked."""
    latest = -1
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.clash = latest >= item.start or (following is not None and following.start <= item.end)
        latest = max(latest, item.end)
    return items
