"""Columns are as they are declared: a misspelt, extra or missing one is an error, never a null in silence."""

import polars as pl
import pytest

from keten.core.columns import WrongColumns, check_columns, filled, stacked

SCHEMA = {"code": pl.String, "found": pl.String, "was": pl.Int64}


def test_what_may_lack_is_null_and_the_rest_in_order_and_type() -> None:
    """Also for a frame without rows."""
    frame = pl.DataFrame({"was": [1], "code": ["AC201"]}, schema={"was": pl.Int32, "code": pl.String})
    full = filled(frame, SCHEMA, may_lack=("found",))
    assert full.schema == pl.Schema(SCHEMA)
    assert full.row(0) == ("AC201", None, 1)
    assert filled(frame.clear(), SCHEMA, may_lack=("found",)).schema == full.schema


@pytest.mark.parametrize(
    ("columns", "may_lack", "said"),
    [
        (["code", "fuond", "was"], ("found",), "not declared: fuond"),
        (["code", "found", "was", "extra"], (), "not declared: extra"),
        (["code", "was"], (), "lacks columns: found"),
        (["code", "was"], ("fuond",), "may lack fuond, which are not declared"),
        ([], (), "lacks columns: code, found, was"),
    ],
)
def test_other_columns_are_an_error(columns: list[str], may_lack: tuple[str, ...], said: str) -> None:
    """It names the column."""
    with pytest.raises(WrongColumns, match=said):
        check_columns(pl.DataFrame({name: [None] for name in columns}), SCHEMA, may_lack=may_lack)


def test_frames_are_stacked_where_they_differ_only_in_what_some_may_lack() -> None:
    """A misspelt column is one that some frames lack."""
    one, two = pl.DataFrame({"code": ["a"], "was": [1]}), pl.DataFrame({"code": ["b"]})
    assert stacked([one, two], may_lack=("was",), what="rows").rows() == [("a", 1), ("b", None)]
    with pytest.raises(WrongColumns, match="Rows has columns in some of its parts only: was"):
        stacked([one, two], may_lack=("found",), what="rows")
    assert stacked([], may_lack=(), what="rows").is_empty()
