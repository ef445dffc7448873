"""Work on periods gives what comparing them day by day gives."""

from itertools import pairwise

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from keten.core.periods import cut, edges, in_force, islands, meeting

SCHEMA = {"group": pl.Int64, "start": pl.Int32, "end": pl.Int32}
Period = tuple[int, int, int]
PERIODS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(0, 5)).map(
        lambda one: (one[0], one[1], one[1] + one[2])
    ),
    max_size=12,
)


def frame(periods: list[Period]) -> pl.DataFrame:
    """Periods as a table: group, start, end."""
    return pl.DataFrame(periods, SCHEMA, orient="row")


def days(periods: list[Period], group: int) -> set[int]:
    """The days that the periods of a group cover."""
    return {one for g, start, end in periods if g == group for one in range(start, end + 1)}


@given(PERIODS, st.sampled_from([0, 1]))
def test_islands_hang_together_and_apart(periods: list[Period], gap: int) -> None:
    """An island covers its days without a hole, and the next one of its group begins after more than the gap."""
    found = islands(frame(periods), ["group"], gap=gap)
    assert sorted(found.select("group", "start", "end").rows()) == sorted(periods)
    for group in range(3):
        spans = []
        for (_,), island in found.filter(group=group).group_by("island", maintain_order=True):
            some = island.select("group", "start", "end").rows()
            covered = days(some, group)
            steps = [after - before for before, after in pairwise(sorted(covered))]
            assert all(step == 1 for step in steps) or gap == 1
            spans.append((min(covered), max(covered)))
        assert all(after[0] > before[1] + gap for before, after in pairwise(spans))


@given(PERIODS, st.lists(st.tuples(st.integers(0, 2), st.integers(0, 25)), max_size=6))
def test_cutting_loses_no_day_and_makes_none(periods: list[Period], points: list[tuple[int, int]]) -> None:
    """The pieces of a period cover its days once, and no point lies within a piece but at its start."""
    table = frame(periods).with_row_index("nr")
    cuts = pl.DataFrame(points, {"group": pl.Int64, "point": pl.Int32}, orient="row")
    pieces = cut(table, cuts, "group")
    for nr, group, start, end in table.iter_rows():
        mine = pieces.filter(nr=nr).select("start", "end").rows()
        assert sorted(one for a, b in mine for one in range(a, b + 1)) == list(range(start, end + 1))
        assert not any(a < point <= b for a, b in mine for g, point in points if g == group)


@given(PERIODS, PERIODS)
def test_the_choice_in_force(asked: list[Period], choices: list[Period]) -> None:
    """The latest started of those that hold on the first day; nothing where none does."""
    offered = frame(choices).with_columns(name=pl.col("start") * 100 + pl.col("end"))
    found = in_force(frame(asked), offered, "group", ["from_day", "name"], [True, True])
    expected = [
        max(((a, a * 100 + b) for g, a, b in choices if g == group and a <= start <= b), default=(None, None))[1]
        for group, start, _ in asked
    ]
    assert found["name"].to_list() == expected
    assert found.select("group", "start", "end").rows() == asked


@given(PERIODS, PERIODS)
def test_which_periods_meet(asked: list[Period], given_others: list[Period]) -> None:
    """All pairs that share a day, where the others do not among themselves."""
    apart: list[Period] = []
    for group, start, end in sorted(given_others):
        if not apart or apart[-1][0] != group or apart[-1][2] < start:
            apart.append((group, start, end))
    expected = [
        (row, other)
        for row, (group, start, end) in enumerate(asked)
        for other, (g, begins, ends) in enumerate(apart)
        if g == group and begins <= end and start <= ends
    ]
    assert sorted(meeting(frame(asked), frame(apart), ["group"]).rows()) == expected


def test_edges_are_beginnings_and_the_days_after_ends() -> None:
    """The days on which something can become another."""
    assert sorted(edges(frame([(0, 3, 5)]), "group").rows()) == [(0, 3), (0, 6)]
