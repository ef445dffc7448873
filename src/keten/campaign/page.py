"""The page about a round of trial conversions: the verdict first, then why, then all that it rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from keten.campaign.side_by_side import by_code, cell, measures
from keten.campaign.trend import by_figure
from keten.core.pages import render

Json = Mapping[str, Any]

COLOURS = {"met": "good", "not met": "bad", "not measured": "fair", "not asked": ""}


def page(figures: Json) -> str:
    """The page for the record of a round (campaign.json), in one file."""
    blocking = [one for one in figures["criteria"] if one["blocking"]]
    return render(
        "keten.campaign",
        "campaign.html",
        figures=figures,
        blocking=blocking,
        met=sum(one["state"] in ("met", "not asked") for one in blocking),
        reasons=[(one, _open(one)) for one in blocking if _open(one)],
        turns=_by_zorgkantoor(figures["turns"]),
        colours=COLOURS,
        worst=worst,
        columns=measures()["table"],
        rows=_rows(figures),
        fates=_fates(figures),
        shares=_shares(figures),
        codes=[(one.title, by_code(one, figures["national"])) for one in measures()["codes"]],
        trend=by_figure(figures["changes"]),
    )


def worst(criterion: Json) -> Json | None:
    """The answer that is furthest from what the criterion asks; None if nothing was measured."""
    values = [one for one in criterion["answers"] if one["value"] is not None]
    choose = max if "most" in criterion else min
    return choose(values, key=lambda one: one["value"], default=None)


def _by_zorgkantoor(turns: Sequence[Json]) -> list[tuple[str, list[Json]]]:
    together: dict[str, list[Json]] = {}
    for turn in turns:
        together.setdefault(turn["zorgkantoor"], []).append(turn)
    return sorted(together.items())


def _open(criterion: Json) -> list[Json]:
    return [one for one in criterion["answers"] if one["state"] in ("not met", "not measured")]


def _rows(figures: Json) -> list[tuple[str, Json, Sequence[Any]]]:
    """A row per zorgkantoor: its code, what is known of it, its cells."""
    every = measures()["table"]
    return [
        (code, one, [cell(measure, one["figures"]) for measure in every])
        for code, one in figures["zorgkantoren"].items()
    ]


def _fates(figures: Json) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """What became of the assignments, per zorgkantoor that gave an account: title, number, colour."""
    every = measures()["fates"]
    parts = {
        code: [(one.title, cell(one, given["figures"]).part, one.colour) for one in every]
        for code, given in figures["zorgkantoren"].items()
    }
    known = {code: [(*part[:1], part[1] or 0, part[2]) for part in some] for code, some in parts.items()}
    return [(code, some) for code, some in known.items() if any(count for _, count, _ in some)]


def _shares(figures: Json) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """The shares to compare: title, and per zorgkantoor the part and the whole."""
    found = []
    for one in measures()["shares"]:
        cells = {code: cell(one, given["figures"]) for code, given in figures["zorgkantoren"].items()}
        found.append(
            (
                one.title,
                [(code, each.part, each.whole) for code, each in cells.items() if each.part is not None and each.whole],
            )
        )
    return [(title, rows) for title, rows in found if rows]
