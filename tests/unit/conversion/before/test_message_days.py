"""Days as numbers, there and back."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from keten.conversion.before.message_days import parsed, parsed_end
from keten.core.days import FOREVER, day, written


@given(st.dates())
def test_days_there_and_back(date: st.DataObject) -> None:
    """A date is a number and the same date again; what never ends is written as nothing."""
    table = pl.DataFrame({"text": [str(date), None]}, {"text": pl.String})
    numbers = table.select(start=parsed(pl.col("text")), end=parsed_end(pl.col("text")))
    assert numbers.rows() == [(day(date), day(date)), (None, FOREVER)]  # type: ignore[arg-type]
    assert numbers.select(written(pl.col("end")))["end"].to_list() == [str(date), None]
