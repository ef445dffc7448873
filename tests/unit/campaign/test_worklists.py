"""Worklists: in an order in which they can be worked through."""

from pathlib import Path

import polars as pl

from keten.campaign.worklists import WORK, no_work, ordered, write_work


def work(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Things to do: kind, code, and the file after."""
    return pl.DataFrame(
        [{"kind": kind, "code": code, "after_file": file, "what": "x", "action": "y"} for kind, code, file in rows],
        WORK,
    )


def test_order() -> None:
    """What cannot be read first, then errors with the most frequent code first, then exceptions, then departures."""
    mixed = work(
        ("differs", "AC604", "a"),
        ("error", "AC301", "b"),
        ("exception", "EX02", "a"),
        ("error", "AC502", "c"),
        ("error", "AC502", "a"),
        ("not valid", "XSD", "z"),
    )
    steps = ordered(mixed).select("step", "code", "after_file").rows()
    assert steps == [
        (1, "XSD", "z"),
        (2, "AC502", "a"),
        (3, "AC502", "c"),
        (4, "AC301", "b"),
        (5, "EX02", "a"),
        (6, "AC604", "a"),
    ]


def test_file(tmp_path: Path) -> None:
    """One file per zorgkantoor; nothing to do is a file too, with its heading."""
    assert write_work(no_work(), tmp_path, "5507") == "repair-5507.csv"
    assert (tmp_path / "repair-5507.csv").read_text(encoding="utf-8").startswith("step,kind,code,provider,before_file")
