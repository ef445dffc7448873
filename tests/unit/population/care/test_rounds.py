"""When messages go: on workdays, with room between them, and the rounds of an indication in order."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from keten.population.care.rounds import LEAST_GAP, calendar_of, rounds
from keten.population.drawing.chance import Draw
from keten.population.drawing.moments import day_number
from keten.standard import load

SEEDS = st.integers(0, 10_000)
MONDAY_TO_THURSDAY = {0, 1, 2, 3}


@given(SEEDS)
def test_days_of_sending(seed: int) -> None:
    """In order, far enough apart for a change between them, Monday to Thursday, while 1.2 was in use."""
    calendar = calendar_of(Draw(seed, 0))
    days = pl.Series(calendar.days).cast(pl.Int32)
    used = load("1.2").in_use
    assert used.end is not None
    assert day_number(used.start) <= days.min() < days.max() < day_number(used.end)  # type: ignore[operator]
    assert (days.diff().drop_nulls() >= LEAST_GAP).all()
    assert {(day + 3) % 7 for day in days} <= MONDAY_TO_THURSDAY
    assert calendar.shares[-1] == 0, "after the last round there is a day to repeat it"


@given(SEEDS, st.lists(st.integers(1, 3), min_size=1, max_size=50))
def test_rounds_follow_each_other(seed: int, wanted: list[int]) -> None:
    """As many as were wanted, each later than the one before."""
    draw = Draw(seed, 0)
    nothing = pl.Series([None] * len(wanted), dtype=pl.Int32)
    frame = pl.DataFrame({"rounds": wanted, "not_before": nothing, "not_after": nothing})
    found = rounds(draw, calendar_of(draw), frame)
    assert found.filter((pl.col("rounds") == 1) & (pl.col("first") != pl.col("last"))).is_empty()
    assert found.filter((pl.col("rounds") > 1) & (pl.col("first") >= pl.col("last"))).is_empty()
    three = found.filter(pl.col("rounds") == 3)
    assert (
        three.filter((pl.col("first") < pl.col("middle")) & (pl.col("middle") < pl.col("last"))).height == three.height
    )
    assert found.filter(pl.col("repeat") <= pl.col("last")).is_empty()


@given(SEEDS, st.integers(-400, 800))
def test_the_last_round_keeps_to_its_limits(seed: int, day: int) -> None:
    """On or after a day, on or before a day, wherever there is a day of sending."""
    draw = Draw(seed, 0)
    calendar = calendar_of(draw)
    limit = int(calendar.days[0]) + day
    frame = pl.DataFrame({"rounds": [1, 1], "not_before": [limit, None], "not_after": [None, limit]})
    late, early = rounds(draw, calendar, frame)["last"]
    assert late >= min(limit, calendar.days[-2])
    assert early <= max(limit, calendar.days[0])
