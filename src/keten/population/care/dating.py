"""When assignments start and end, and when they were given: their moments as days."""

import numpy as np
import polars as pl

from keten.population.drawing.catalogue import FIRST
from keten.population.drawing.chance import Draw
from keten.population.drawing.moments import day_of

AT_ONCE = 0.4
"""Share of the assignments that start with their indication."""

LEAD, LAG = 14, 2
"""Days that an assignment is given before it starts at most, and a change before the message that tells of it."""

OFFICE_OPENS, OFFICE_SECONDS, MIDNIGHT = 8 * 3600, 9 * 3600, 0.3
"""Seconds after midnight from which assignments are given, in how many seconds, and the share without a time of day."""


def dated(draw: Draw, rows: pl.DataFrame) -> pl.DataFrame:
    """The items with `starts`, `stops`, `given` and `at` (seconds), and what they had in an earlier version: `before_...`.

    `since` is the round in which an item first stood in a message, `changed` that of its newer version, or null.
    """
    count = rows.height
    last, later = pl.col("rounds"), pl.col("later")
    told = pl.when("comes_last").then("last").otherwise("first")
    bounded = ~pl.col("outlasts") & pl.col("ends").is_not_null()
    rows = rows.with_columns(told=told).with_columns(starts=pl.coalesce(day_of("start"), _past(draw, count)))
    stops = day_of("end", start=pl.col("starts"))
    before = day_of("course_before_end")
    return rows.with_columns(
        stops=pl.when(bounded).then(pl.min_horizontal(stops, "ends")).otherwise(stops),
        before_stops=pl.when(bounded).then(pl.min_horizontal(before, "ends")).otherwise(before),
        since=pl.when("comes_last").then(last).otherwise(1),
        changed=pl.when(later).then(last),
        **_given(draw, count),
    )


def _past(draw: Draw, count: int) -> pl.Expr:
    """A start between that of the indication and the message that tells of it, before the client's day if that is past."""
    at_once = draw.unit("starts at once", count) < AT_ONCE
    first = pl.col("nr") <= FIRST
    latest = pl.min_horizontal("told", pl.when(first).then(pl.col("day") - 1))
    room = pl.max_horizontal(latest - pl.col("begins"), pl.lit(0))
    after = (draw.unit("starts after", count) * (room + 1)).floor().cast(pl.Int32)
    return pl.when(at_once).then("begins").otherwise(pl.col("begins") + after)


def _given(draw: Draw, count: int) -> dict[str, pl.Expr]:
    """When each item was given, and when its newer version was: the change is the newer, the first version the older."""
    lead = draw.whole("lead", 0, LEAD, count)
    first = pl.min_horizontal(pl.max_horizontal(pl.col("starts") - lead, "issued"), "told")
    change = pl.col("last") - draw.whole("lag", 0, LAG, count)
    later = pl.col("later")
    return {
        "before_given": pl.when(later).then(first),
        "given": pl.when(later).then(change).otherwise(first),
        "before_at": pl.when(later).then(_clock(draw, "time before", count)),
        "at": pl.lit(_clock(draw, "time", count)),
    }


def _clock(draw: Draw, topic: str, count: int) -> pl.Series:
    """Seconds after midnight, in office hours or nought."""
    seconds = OFFICE_OPENS + np.floor(draw.numbers(topic, count) * OFFICE_SECONDS)
    timed = draw.numbers(f"{topic} known", count) >= MIDNIGHT
    return pl.Series(topic, np.where(timed, seconds, 0).astype(np.int64))
