"""When messages are sent: the days of a team, and for each indication the rounds in which its assignments were told."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.population.drawing.catalogue import catalogue
from keten.population.drawing.chance import Draw
from keten.population.drawing.moments import day_number

Days = npt.NDArray[np.int64]

WEEK, THURSDAY = 7, 3
LEAST_GAP = 4
"""Days between two days of sending, so that a newer version is always given later."""

ROUNDS = {"one_round": 1, "two_rounds": 2, "three_rounds": 3}
MOST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which a team sends, ascending, and how likely each is the last one for a client."""

    days: Days
    shares: npt.NDArray[np.float64]


def calendar_of(draw: Draw) -> Calendar:
    """The days of a team: the days in bulk that all share, and days of its own."""
    facts = catalogue().sending
    found: dict[int, float] = {day_number(day): facts["bulk"]["weight"] for day in facts["bulk"]["days"]}
    for part in ("before", "lately"):
        low, high = map(day_number, facts[part]["between"])
        for day in draw.whole(f"days {part}", low, high, facts[part]["days"]):
            found.setdefault(_midweek(day), facts[part]["weight"])
    days = _apart(sorted(found))
    weights = np.array([found[day] for day in days], dtype=float)
    weights[-1] = 0
    return Calendar(np.array(days), weights / weights.sum())


def _midweek(day: int) -> int:
    """The same day, or the Thursday before a weekend: what a neighbour forwards a day later also goes on a workday."""
    return day - max((day + THURSDAY) % WEEK - THURSDAY, 0)


def _apart(days: list[int]) -> list[int]:
    kept = days[:1]
    for day in days[1:]:
        if day - kept[-1] >= LEAST_GAP:
            kept.append(day)
    return kept


def rounds(draw: Draw, calendar: Calendar, indications: pl.DataFrame) -> pl.DataFrame:
    """The days of the rounds of each indication: `first`, `middle` (of three), `last`, and `repeat`, the day after it.

    `indications` has a column `rounds` (how many), and `not_before` and `not_after`: days between which the last round
    lies if the calendar allows it, or null.
    """
    count, wanted = indications.height, indications["rounds"].to_numpy()
    low = _place(calendar, indications["not_before"], 0, side="left")
    high = _place(calendar, indications["not_after"], len(calendar.days), side="right") - 1
    last = draw.chosen("last round", calendar.shares.tolist(), count)
    last = np.clip(np.minimum(np.maximum(last, low), high), wanted - 1, len(calendar.days) - 2)
    middle = 1 + np.floor(draw.numbers("middle round", count) * (last - 1)).astype(np.int64)
    before = np.where(wanted == MOST_ROUNDS, middle, last)
    first = np.where(wanted == 1, last, np.floor(draw.numbers("first round", count) * before).astype(np.int64))
    places = {"first": first, "middle": middle, "last": last, "repeat": last + 1}
    days = {name: calendar.days[place].astype(np.int32) for name, place in places.items()}
    return indications.with_columns(**{name: pl.Series(found) for name, found in days.items()}).with_columns(
        middle=pl.when(pl.col("rounds") == MOST_ROUNDS).then("middle")
    )


def _place(calendar: Calendar, day: pl.Series, default: int, *, side: Literal["left", "right"]) -> Days:
    """The place of a day in the calendar; the default where there is none."""
    places = np.searchsorted(calendar.days, day.fill_null(0).to_numpy(), side=side)
    return np.where(day.is_null().to_numpy(), default, places)
