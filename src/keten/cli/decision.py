"""A Go or No-go on screen: the criteria, what stands in the way, and what would turn it."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from keten.core.plain import plain

SHOWN = 12
"""Reasons and turns that the screen shows; the page has all."""

STYLES = {"not met": "red", "not measured": "yellow"}


def console_for_names() -> Console:
    """A screen on which names are never markup, and lines as long as they are."""
    return Console(markup=False, emoji=False, highlight=False, soft_wrap=True)


def show_decision(console: Console, figures: dict[str, Any]) -> None:
    """The decision on a round (campaign.json)."""
    open_ones = [one for one in figures["criteria"] if one["state"] in ("not met", "not measured")]
    if open_ones:
        console.print(_criteria(open_ones))
    met = len(figures["criteria"]) - len(open_ones)
    console.print(f"{met} of {len(figures['criteria'])} criteria are met.")
    turns = [_turn(turn) for turn in figures["turns"]]
    if turns:
        console.print("What would turn it:")
        for line in turns[:SHOWN]:
            console.print(f"  {plain(line)}")
        if len(turns) > SHOWN:
            console.print(f"  and {len(turns) - SHOWN:,} more")
    colour = "green" if figures["verdict"] == "Go" else "red"
    verdict = Text(figures["verdict"], style=f"{colour} bold")
    console.print(verdict + f" for trial {figures['campaign']['trial']}.")


def _criteria(criteria: list[dict[str, Any]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("criterion", "", "worst", "limit"):
        table.add_column(name)
    for one in criteria:
        name = one["id"] if one["blocking"] else f"{one['id']} (does not block)"
        state = Text(one["state"], style=STYLES[one["state"]])
        table.add_row(Text(plain(name)), state, _worst(one), _limit(one))
    return table


def _worst(criterion: dict[str, Any]) -> str:
    """The worst value, and whose it is."""
    values = [one for one in criterion["answers"] if one["value"] is not None]
    if not values:
        return "-"
    worst = (max if "most" in criterion else min)(values, key=lambda one: one["value"])
    where = "" if criterion["scope"] == "national" else f" ({worst['subject']})"
    return f"{worst['value']:,}{'%' if criterion['of'] else ''}{where if worst['value'] else ''}"


def _limit(criterion: dict[str, Any]) -> str:
    bound = "most" if "most" in criterion else "least"
    return f"at {bound} {criterion[bound]:,}{'%' if criterion['of'] else ''}"


def _turn(turn: dict[str, Any]) -> str:
    where = "" if turn["zorgkantoor"] == "national" else f"{turn['zorgkantoor']}: "
    if turn["now"] is None:
        return f"{where}measure {turn['figure']} ({turn['words']})"
    change = turn["needed"] - turn["now"]
    return f"{where}{abs(change):,} {'fewer' if change < 0 else 'more'} {turn['words']} (now {turn['now']:,})"
