"""The page about a rehearsal: what was tried, what came of it, what needs attention."""

from typing import Any

from keten.conversion.page import COLOURS
from keten.conversion.tracing import explanations
from keten.core.pages import render
from keten.rehearsal.rehearsing import Rehearsal

LISTED = 10
"""Findings that the page names; the rest is in the reports of the steps."""


def page(rehearsal: Rehearsal) -> str:
    """The page, in one file."""
    total = rehearsal.conversion["account"]["total"]
    outcomes = {**total["outcomes"], "exceptions": sum(total["exceptions"].values())}
    codes: dict[str, int] = rehearsal.conversion["exceptions"]
    return render(
        "keten.rehearsal",
        "rehearsal.html",
        rehearsal=rehearsal,
        figures=rehearsal.conversion,
        outcomes=_parts(outcomes),
        clients=_parts(total["clients"]),
        judged=[("1.2, before", rehearsal.before), ("2.0, after", rehearsal.after)],
        exceptions=[(f"{code} {explanations()[code]['reason']}", count) for code, count in codes.items()],
        listed=LISTED,
    )


def _parts(counts: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(name, counts[name], colour) for name, colour in COLOURS.items() if name in counts]
