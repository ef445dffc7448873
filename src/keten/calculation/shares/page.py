"""The figures of a calculation as a page: one file, no network, to be read or printed."""

from decimal import Decimal

from keten.calculation.shares.reporting import DOELMATIG, ONDOELMATIG, Figures
from keten.calculation.shares.terms import terms
from keten.core.pages import render as render_page

COLOURS = ("#2b5f8a", "#5aa37f", "#b7791f", "#6b94b8", "#8a5a2b", "#2f7d5b", "#a9b8c5", "#5b6875")
FREE = "#dde3e8"
CENTS = 100


def render(figures: Figures) -> str:
    """The page for the figures of a calculation."""
    return render_page(
        "keten.calculation.shares",
        "calculation.html",
        figures=figures,
        results=[(result, _parts(result)) for result in figures["results"]],
        form=terms().senders[figures["plan"]["leveringsvorm"]].form,
        colour={DOELMATIG: "good", ONDOELMATIG: "bad"}.get(figures["verdict"], ""),
    )


def _parts(result: Figures) -> list[tuple[str, int, str]]:
    """The parts of the budget that the providers take, in cents, and what is left of it."""
    shares = result["shares"]
    parts = [(one["instelling"], _cents(one["cost"]), COLOURS[n % len(COLOURS)]) for n, one in enumerate(shares)]
    return [*parts, ("left of the budget", max(0, _cents(result["budget"]) - _cents(result["cost"])), FREE)]


def _cents(amount: str) -> int:
    return int(Decimal(amount) * CENTS)
