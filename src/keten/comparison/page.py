"""The page about a comparison: one file, no network, counts only."""

from typing import Any

from keten.comparison.terms import Pair
from keten.core.pages import render

COLOURS = {"equal": "#2f7d5b", "different": "#b7791f", "only here": "#b23b3b", "double": "#6b94b8"}
"""Green agrees, amber differs, red is missing on the other side, blue is there twice."""


def page(figures: dict[str, Any], pair: Pair) -> str:
    """The page for the figures of a comparison (comparison.json)."""
    parts = {
        side: [(name, account[name], colour) for name, colour in COLOURS.items()]
        for side, account in figures["account"].items()
    }
    return render("keten.comparison", "comparison.html", figures=figures, parts=parts, turns=pair.turns)
