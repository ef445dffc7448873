"""Work on periods, all rows at once: cut them, join what touches, find what holds on a day.

A period is `start` and `end`, both included, in days.
"""

from collections.abc import Sequence

import polars as pl


def islands(frame: pl.DataFrame, group: Sequence[str], *, gap: int) -> pl.DataFrame:
    """The frame, sorted, with `island`: a number for periods of a group that hang together.

    Periods hang together when the next begins no later than `gap` days after the latest end so far: 0 for sharing a day,
    1 for touching too.
    """
    ordered = frame.sort(*group, "start", "end", nulls_last=True)
    keys = pl.struct(group).rle_id()
    reached = pl.col("end").cum_max().shift(1).over(keys)
    begins = reached.is_null() | (pl.col("start") > reached + gap)
    return ordered.with_columns(island=begins.cum_sum())


def cut(frame: pl.DataFrame, points: pl.DataFrame, on: str) -> pl.DataFrame:
    """The frame with its periods cut where a `point` of the same `on` lies within: each piece is a row."""
    numbered = frame.with_row_index("whole")
    inner = (
        numbered.select("whole", on, "start", "end")
        .join(points.select(on, "point").unique(), on=on)
        .filter((pl.col("point") > pl.col("start")) & (pl.col("point") <= pl.col("end")))
        .select("whole", start="point")
    )
    starts = pl.concat([numbered.select("whole", "start"), inner]).sort("whole", "start")
    pieces = starts.with_columns(next=pl.col("start").shift(-1).over("whole"))
    joined = pieces.join(numbered.drop("start"), on="whole", maintain_order="left")
    end = pl.coalesce(pl.col("next") - 1, "end").cast(pl.Int32)
    return joined.with_columns(end=end).drop("whole", "next").select(frame.columns)


def edges(frame: pl.DataFrame, on: str) -> pl.DataFrame:
    """The days on which something begins or has just ended, per `on`: `point`."""
    return pl.concat([frame.select(on, point="start"), frame.select(on, point=pl.col("end") + 1)])


def in_force(
    frame: pl.DataFrame, choices: pl.DataFrame, on: str, prefer: Sequence[str], descending: Sequence[bool]
) -> pl.DataFrame:
    """The frame with the columns of the choice in force on the first day of each row; null where there is none.

    `choices`: rows with `on`, `start`, `end` and more; of several in force the first by `prefer` counts, in which
    `from_day` is the day on which a choice starts.
    """
    chosen = _chosen(choices, on, prefer, descending).sort("start")
    ordered = frame.with_row_index("row_of_frame").sort("start")
    found = ordered.join_asof(chosen, on="start", by=on, strategy="backward", check_sortedness=False)
    return found.sort("row_of_frame").drop("row_of_frame")


def _chosen(choices: pl.DataFrame, on: str, prefer: Sequence[str], descending: Sequence[bool]) -> pl.DataFrame:
    """The choice that counts from each day (`start`) on which that may change; null where none is in force any more.

    Choices are compared with each other here, and not with every row that asks: of those there can be many more.
    """
    points = edges(choices, on).unique()
    there = points.join(choices.rename({"start": "from_day", "end": "until_day"}), on=on)
    best = (
        there.filter(pl.col("point").is_between("from_day", "until_day"))
        .sort(on, "point", *prefer, descending=[False, False, *descending], nulls_last=True)
        .unique([on, "point"], keep="first", maintain_order=True)
        .drop("from_day", "until_day")
    )
    return points.join(best, on=[on, "point"], how="left").rename({"point": "start"})


def meeting(frame: pl.DataFrame, others: pl.DataFrame, on: Sequence[str]) -> pl.DataFrame:
    """Which periods share a day: `row` (of the frame) and `other` (a row of the others).

    `others` of the same `on` must not share a day among themselves: then those that a period meets stand in a row.
    """
    ordered = others.with_row_index("other").sort(*on, "start").with_row_index("place")
    first = ordered.select(*on, "end", first="place").sort("end")
    last = ordered.select(*on, "start", last="place").sort("start")
    asked = frame.select(*on, "start", "end").with_row_index("row")
    began = asked.rename({"end": "until", "start": "end"}).sort("end")
    began = began.join_asof(first, on="end", by=list(on), strategy="forward", check_sortedness=False)
    ended = began.drop("end").rename({"until": "start"}).sort("start")
    ended = ended.join_asof(last, on="start", by=list(on), strategy="backward", check_sortedness=False)
    met = ended.filter(pl.col("first") <= pl.col("last"))
    each = met.select("row", place=pl.int_ranges("first", pl.col("last") + 1, dtype=pl.UInt32)).explode("place")
    return each.join(ordered.select("place", "other"), on="place").select("row", "other")


def totals(days: pl.DataFrame, frame: pl.DataFrame, on: Sequence[str], sums: Sequence[str]) -> pl.DataFrame:
    """The `days` (rows with `on` and a `start`) with the sums of columns over what is in force that day, 0 for nothing.

    Linear however many are in force together: what begins is added to a running total, what has ended taken off.
    """
    real = frame.filter(pl.col("start") <= pl.col("end"))
    begins = real.select(*on, pl.col("start"), *sums)
    ended = real.select(*on, start=pl.col("end") + 1, **{name: -pl.col(name) for name in sums})
    running = (
        pl.concat([begins, ended])
        .group_by(*on, "start")
        .agg(pl.col(sums).sum())
        .sort(*on, "start")
        .with_columns(pl.col(sums).cum_sum().over(on))
    )
    joined = (
        days.with_row_index("row_of_days")
        .sort("start")
        .join_asof(running.sort("start"), on="start", by=list(on), strategy="backward", check_sortedness=False)
    )
    return joined.sort("row_of_days").drop("row_of_days").with_columns(pl.col(sums).fill_null(0))
