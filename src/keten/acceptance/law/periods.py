"""N1, N2, N4 and B3: which items are sent again, from which day to which, and as which Soort."""

from collections.abc import Mapping
from dataclasses import replace

from keten.acceptance.law.items import FAR, Excepted, Indication, Old, Part

SOORTEN: Mapping[str, str] = {"1": "1", "2": "1", "3": "3", "4": "3", "5": "5"}
"""N4: Soort of 2.0 by that of 1.2."""


def standing(old: Old) -> Old | None:
    """The item as it stands (B3): withdrawn after its start it runs until its end, else it does not exist.

    Of contradictory versions nobody can tell whether the item was withdrawn (B2).
    """
    if old.intrekking is None or old.contradictory:
        return old
    return replace(old, intrekking=None) if old.start < old.end < FAR else None


def renewed(old: Old, indication: Indication, cutover: int) -> Part | Excepted | None:
    """The item in its new period (N1, N2), or the exception that it is; None when it ended before."""
    if old.end < cutover:
        return None
    start, end = max(old.start, cutover, indication.start), min(old.end, indication.end)
    soort = SOORTEN.get(old.soort, old.soort)
    if old.contradictory:
        return Excepted("EX01", old, start, end, soort)
    if old.end < old.start:
        return Excepted("EX09", old)
    if end < start:
        return Excepted("EX07", old)
    if indication.unfit:
        return Excepted("EX04", old, start, end, soort)
    return Part(old, start, end, soort)
