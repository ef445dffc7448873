"""F1, F2, F5, F6: which functies stay, and which ZZP the others are to become."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from keten.acceptance.law.items import Excepted, Indicated, Indication, New, Old, Part
from keten.acceptance.law.packages import INDICEERBAAR

ADL = "91"
TREATMENT = ("61", "62", "63", "64")
NO_PACKAGE = ("997", "999")
"""F2: what counts as no ZZP."""

WLZ_INDICEERBAAR, SUBSIDY_TREATMENT = "2", "3"
"""Financiering of an indicated functie that makes a client indiceerbaar, and of extramural treatment."""

NEVER = ("3", "4")
"""F2: the Financiering of an indicated functie that keeps one of its code from becoming a ZZP."""

ADMINISTRATIVE = "5"


def has_adl(olds: Iterable[Old], indications: Iterable[Indication], cutover: int) -> bool:
    """Whether a client has a functie 91, indicated or assigned, on or after the cut-over (F1)."""
    assigned = any(old.functie and old.code == ADL and old.end >= cutover for old in olds)
    return assigned or any(one.code == ADL and one.end >= cutover for some in indications for one in some.functies)


def is_indiceerbaar(indication: Indication) -> bool:
    """Whether the indication is that of a Wlz-indiceerbare."""
    return any(one.financiering == WLZ_INDICEERBAAR for one in indication.functies)


def stays(part: Part, indication: Indication, *, adl: bool) -> bool:
    """Whether a functie stays a functie (F1)."""
    code = part.old.code
    if code == ADL or (adl and is_indiceerbaar(indication)):
        return True
    return code in TREATMENT and any(
        one.code in TREATMENT and one.financiering == SUBSIDY_TREATMENT and _overlap(one, part)
        for one in indication.functies
    )


def kept(part: Part) -> New:
    """The new item for a functie that stays."""
    old = part.old
    return New(
        sender=old.sender,
        owner=old.owner,
        besluit=old.besluit,
        functie=True,
        code=old.code,
        provider=old.provider,
        vorm="",
        start=part.start,
        end=part.end,
        soort=part.soort,
        rule="F1",
        sources=(old,),
        klasse=old.klasse,
        bestemming=old.bestemming,
        opslag=old.opslag,
        vervoer=old.vervoer,
    )


def mark_clashes(functies: Sequence[New]) -> None:
    """Mark staying functies of one code whose Soort became the same and that overlap otherwise than end on start (F1)."""
    for same in grouped(functies, lambda item: (item.besluit, item.code, item.soort)):
        by_old: dict[str, list[New]] = {}
        for item in same:
            by_old.setdefault(item.sources[0].soort, []).append(item)
        for soort, some in by_old.items():
            others = [item for other, theirs in by_old.items() if other != soort for item in theirs]
            _mark_overlapping(some, others)


def _mark_overlapping(items: Sequence[New], others: Iterable[New]) -> None:
    """Mark the items that overlap one of the others otherwise than end on start."""
    ordered = sorted(others, key=lambda other: other.start)
    starts, reached = [other.start for other in ordered], [-1, *accumulate((other.end for other in ordered), max)]
    for item in items:
        item.clash = reached[bisect_left(starts, item.end)] > item.start


def grouped(items: Iterable[New], key: Callable[[New], object]) -> Iterable[list[New]]:
    """Items by a key, each group by start."""
    groups: dict[object, list[New]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return [sorted(group, key=lambda item: (item.start, item.end)) for group in groups.values()]


def refused(part: Part, indication: Indication) -> Excepted | None:
    """The exception for a functie that neither stays nor has a ZZP to become (F2, F5, F6)."""
    old = part.old
    if part.soort == ADMINISTRATIVE or any(
        one.code == old.code and one.financiering in NEVER and _overlap(one, part) for one in indication.functies
    ):
        return Excepted("EX02", old, part.start, part.end, part.soort)
    if package_on(indication, part.start) is not None or is_indiceerbaar(indication):
        return None
    later = any(one.start > part.start for one in packages(indication))
    return Excepted("EX05" if later else "EX02", old, part.start, part.end, part.soort)


def packages(indication: Indication) -> list[Indicated]:
    """The indicated ZZPs that count (F2)."""
    return [one for one in indication.packages if one.code not in NO_PACKAGE]


def package_on(indication: Indication, day: int) -> str | None:
    """The ZZP to become on a day: of those in force the latest started, then the highest code (F2)."""
    found = max(
        ((one.start, one.code) for one in packages(indication) if one.start <= day <= one.end), default=(0, None)
    )
    return found[1]


def first_package(indication: Indication, day: int) -> str:
    """The ZZP with which an MPT begins on a day: the indicated one, else that of a Wlz-indiceerbare (F5)."""
    return package_on(indication, day) or INDICEERBAAR


def _overlap(one: Indicated, part: Part) -> bool:
    return one.start <= part.end and part.start <= one.end
