"""Findings of a check: a misspelt column is an error of the check, never an empty cell of the judgement."""

import polars as pl
import pytest

from keten.acceptance.findings.finding import FOUND, GROUNDS, together, told
from keten.core.columns import WrongColumns

ABOUT = {"code": ["AC201"], "zorgkantoor": ["5501"], "provider": ["47010001"]}


def test_columns_that_a_check_may_lack_are_empty() -> None:
    """Those that it has stay as they are."""
    row = together([pl.DataFrame({**ABOUT, "expected": ["x"]})]).row(0, named=True)
    assert {name: row[name] for name in ("code", "provider", "expected", "found")} == {
        "code": "AC201", "provider": "47010001", "expected": "x", "found": None,
    }  # fmt: skip


@pytest.mark.parametrize(("name", "wrong"), [("expected", "expekted"), ("zorgkantoor", "zorgkantor"), ("code", "cod")])
def test_a_misspelt_column_is_an_error(name: str, wrong: str) -> None:
    """Of those that a check must have, and of those that it may lack."""
    frame = pl.DataFrame({**ABOUT, "expected": ["x"]}).rename({name: wrong})
    with pytest.raises(WrongColumns, match=wrong):
        together([frame])


@pytest.mark.parametrize("name", FOUND)
def test_among_the_columns_of_items_a_misspelt_one_is_missing(name: str) -> None:
    """What the items have besides is left behind."""
    items = pl.DataFrame(schema={**FOUND, "bsn": pl.String})
    assert told(items).columns == list(FOUND)
    with pytest.raises(WrongColumns, match=name):
        told(items.rename({name: f"{name}s_"}))


def test_a_column_that_a_check_is_said_to_be_without_is_not_there() -> None:
    """So that what is declared stays true."""
    with pytest.raises(WrongColumns, match="not declared: grave"):
        told(pl.DataFrame(schema=FOUND), "grave")
    assert set(GROUNDS) < set(FOUND)
