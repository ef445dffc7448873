"""The page about a conversion: one file, no network, to be read or printed."""

from typing import Any

from keten.conversion.account.tracing import explanations
from keten.core.pages import render

COLOURS = {
    "converted": "#2f7d5b",
    "merged": "#5aa37f",
    "re-assigned": "#2b5f8a",
    "forwarded": "#6b94b8",
    "sent by another": "#8aa8c4",
    "pgb not sent": "#a9b8c5",
    "ended": "#c3ccd4",
    "withdrawn": "#dde3e8",
    "sent complete": "#2f7d5b",
    "sent incomplete": "#b7791f",
    "nothing to send": "#c3ccd4",
    "refused": "#b23b3b",
    "exceptions": "#b23b3b",
}
"""Green went over, blue went on, grey needs nothing, red needs somebody."""


def page(figures: dict[str, Any]) -> str:
    """The page for the figures of a conversion (conversion.json)."""
    return render(
        "keten.conversion.account",
        "conversion.html",
        figures=figures,
        explanations=explanations(),
        **account_charts(figures),
    )


def account_charts(figures: dict[str, Any]) -> dict[str, list[tuple[str, int, str]]]:
    """The parts of two charts, each with title, number and colour: what became of the `outcomes` and of the `clients`."""
    total = figures["account"]["total"]
    outcomes = {**total["outcomes"], "exceptions": sum(total["exceptions"].values())}
    return {"outcomes": _parts(outcomes), "clients": _parts(total["clients"])}


def _parts(counts: dict[str, int]) -> list[tuple[str, int, str]]:
    """The parts of a chart, in the order of the colours."""
    return [(name, counts[name], colour) for name, colour in COLOURS.items() if name in counts]
