"""The page about a rehearsal: its verdict, its trials, and what they were made of."""

from typing import Any

from keten.conversion.page import COLOURS
from keten.core.pages import render
from keten.rehearsal.rehearsing import Rehearsal


def rehearsal_page(rehearsal: Rehearsal) -> str:
    """The page, in one file."""
    total = rehearsal.conversion["account"]["total"]
    outcomes = {**total["outcomes"], "exceptions": sum(total["exceptions"].values())}
    return render(
        "keten.rehearsal",
        "rehearsal.html",
        rehearsal=rehearsal,
        figures=rehearsal.conversion,
        outcomes=_parts(outcomes),
        clients=_parts(total["clients"]),
    )


def _parts(counts: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(name, counts[name], colour) for name, colour in COLOURS.items() if name in counts]
