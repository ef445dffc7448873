"""What cannot be read, or not be calculated with, ends in a judgement about the rest."""

import zipfile
from pathlib import Path

import polars as pl
import pytest

from keten.conversion.before.bounding import MOST_ITEMS
from tests.unit.acceptance.judging import judged
from tests.unit.acceptance.test_agreement import told
from tests.unit.conversion.after.test_files_plan import run, write_message

STARTS = ["12017-01-01", "2017-01-01"]
"""A day that no calendar shows, and another."""


def test_a_period_beyond_the_calendar_leaves_out_its_client(tmp_path: Path) -> None:
    """As in the conversion, which refuses it (EX06)."""
    write_message(tmp_path / "a.xml", [("900000001", "1", STARTS), ("900000002", "1", ["2017-01-01"])])
    assert run(tmp_path)["exceptions"] == {"EX06": 1}
    assert told(judged(tmp_path / "a.xml", tmp_path / "out")) == []


def test_a_client_with_more_assignments_than_the_conversion_takes_is_missing(tmp_path: Path) -> None:
    """It is valid 1.2, so somebody must send it; the bound is that of a program, not of the rules."""
    starts = pl.date_range(pl.date(2010, 1, 1), pl.date(2016, 12, 31), eager=True).dt.to_string("%Y-%m-%d").to_list()
    clients = [("900000001", "1", starts[: MOST_ITEMS + 1]), ("900000002", "1", ["2017-01-01"])]
    write_message(tmp_path / "a.xml", clients)
    assert run(tmp_path)["exceptions"] == {"EX06": 1}
    assert [line[:5] for line in told(judged(tmp_path / "a.xml", tmp_path / "out"))] == ["AC201"]


@pytest.mark.parametrize("at", [0.05, 0.9])
def test_a_message_after_that_cannot_be_unpacked(tmp_path: Path, at: float) -> None:
    """It is an invalid message (AC101), wherever the damage is."""
    write_message(tmp_path / "a.xml", [(f"{900_000_000 + nr}", "1", ["2017-01-01"]) for nr in range(40)])
    run(tmp_path)
    (message,) = (tmp_path / "out").rglob("*.xml")
    archive = tmp_path / "after.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(message, "a.xml")
    content = bytearray(archive.read_bytes())
    first = int(len(content) * at)
    content[first : first + 8] = bytes(8)
    archive.write_bytes(content)
    assert {line[:5] for line in told(judged(tmp_path / "a.xml", archive))} >= {"AC101"}
