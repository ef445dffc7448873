"""Moments: read from their notation, and counted as days."""

from datetime import date

import polars as pl
import pytest

from keten.population.drawing.moments import date_text, day_number, day_of, moment_columns, read_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("day", ("day", 0)),
        ("day+61", ("day", 61)),
        ("start-1", ("start", -1)),
        ("indication", ("indication", 0)),
        ("past", ("past", 0)),
        ("open", ("open", 0)),
        (date(2018, 4, 1), ("date", 17_622)),
        (None, (None, None)),
    ],
)
def test_moments_are_read(text: date | str | None, moment: tuple[str | None, int | None]) -> None:
    """What they count from, and by how many days."""
    assert read_moment(text) == moment


@pytest.mark.parametrize("text", ["tomorrow", "day+", "2018-04-01", "day + 1", ""])
def test_what_is_no_moment(text: str) -> None:
    """A slip of the pen in the data does not go unnoticed."""
    with pytest.raises(ValueError, match="is no moment"):
        read_moment(text)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("day+1", 101), ("start-1", 49), (date(1970, 1, 8), 7), ("open", None), (None, None), ("past", None)],
)
def test_a_moment_comes_to_a_day(moment: date | str | None, expected: int | None) -> None:
    """Counted from what the row says; an open one comes to none, and one in the past is drawn elsewhere."""
    frame = pl.DataFrame({name: [value] for name, value in moment_columns("end", {"end": moment}).items()})
    frame = frame.with_columns(day=pl.lit(100), begins=pl.lit(50))
    assert frame.select(day_of("end", start=pl.col("begins"))).item() == expected


def test_days_are_written_as_dates() -> None:
    """In the form of the messages."""
    frame = pl.DataFrame({"until": [day_number(date(2018, 3, 31)), None]})
    assert frame.select(date_text("until")).to_series().to_list() == ["2018-03-31", None]
