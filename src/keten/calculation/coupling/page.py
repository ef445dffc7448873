"""The figures as a page: one file, no network, to be read or printed."""

from keten.calculation.coupling.reporting import Figures, reasons
from keten.calculation.coupling.testing import kinds
from keten.calculation.coupling.text import coupling_of, name_of
from keten.core.pages import render as render_page

LISTED = 200
"""Lines of a list that the page shows; the JSON has the rest."""

COLOURS = ("#b23b3b", "#b7791f", "#8a5a2b", "#2b5f8a", "#6b94b8", "#a9b8c5", "#5b6875", "#c3ccd4")
GOOD, BAD, QUIET, NEW = "#2f7d5b", "#b23b3b", "#c3ccd4", "#2b5f8a"


def render(figures: Figures) -> str:
    """The page for the figures of a judgement or of an examination."""
    return _judgement(figures) if "account" in figures else _examination(figures)


def _judgement(figures: Figures) -> str:
    account = figures["account"]
    refused = zip(figures["reasons"].items(), COLOURS, strict=False)
    parts = [("accepted", account["accepted"]["number"], GOOD)]
    parts += [(name, total["number"], colour) for (name, total), colour in refused]
    return render_page(
        "keten.calculation.coupling",
        "judgement.html",
        figures=figures,
        table=name_of(figures["table"]),
        parts=parts,
        reasons=reasons(),
        refusals=figures["refusals"][:LISTED],
    )


def _examination(figures: Figures) -> str:
    effect = figures["effect"]
    parts = []
    if effect:
        kinds_of = [("kept", "accepted by both", GOOD), ("newlyRefused", "newly refused", BAD)]
        kinds_of += [("newlyAccepted", "newly accepted", NEW), ("refusedByBoth", "refused by both", QUIET)]
        parts = [(label, effect[name]["number"], colour) for name, label, colour in kinds_of]
    return render_page(
        "keten.calculation.coupling",
        "examination.html",
        figures=figures,
        table=name_of(figures["table"]),
        former=name_of(figures["former"]) if figures["former"] else None,
        kinds=kinds(),
        parts=parts,
        hit=[(coupling_of(row), row) for row in effect["byCoupling"]][:LISTED] if effect else [],
        listed=LISTED,
    )
