"""keten convert --plant, as a user runs it."""

import json
from pathlib import Path

import pytest

from tests.product.running import Keten, rows
from tests.unit.calculation.building import assignments, written


def test_planted_and_cleared_away(keten: Keten, tmp_path: Path) -> None:
    """What was planted is said and listed; converting again leaves nothing of it."""
    people, out = tmp_path / "people", tmp_path / "out"
    keten("population", "--clients", "80", "--no-exceptions", "--out", people, "--jobs", "1")
    again = ("convert", people, "--out", out, "--jobs", "1")
    keten(*again)
    clean = {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    ran = keten(*again, "--plant", "file_again=0.1", "--plant", "end_date_wrong=0.05")
    assert ran.code == 0
    planted = json.loads((out / "conversion.json").read_text(encoding="utf-8"))["planted"]
    faults = {row["fault"] for row in rows(out / "answers.csv")}
    assert faults == {"file_again", "end_date_wrong"} == set(planted["faults"])
    assert "These messages are wrong on purpose" in " ".join(ran.out.split())
    assert all((out / name).is_file() for name in planted["files"])
    keten(*again)
    assert {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()} == clean


def test_an_unknown_fault(keten: Keten, tmp_path: Path) -> None:
    """Wrong usage, before anything is converted."""
    (tmp_path / "in.xml").write_text("<a/>", encoding="utf-8")
    ran = keten("convert", tmp_path / "in.xml", "--out", tmp_path / "out", "--plant", "all=1")
    assert ran.code == 2
    assert "There is no fault 'all'" in " ".join(ran.err.split())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("assigned", "code", "says"),
    [
        ("A 755/4 2018-01-01..", 0, "item_of_a_stranger │ 0"),
        ("A 755/4 2017-01-01..2017-02-01", 2, "made no messages to plant faults in"),
    ],
)
def test_where_a_fault_cannot_happen(assigned: str, code: int, says: str, keten: Keten, tmp_path: Path) -> None:
    """One provider, so that there is no stranger: none is planted; no message at all: wrong usage."""
    written(tmp_path / "in.xml", assignments([assigned], release="1.2"))
    arguments = ("convert", tmp_path / "in.xml", "--out", tmp_path / "out", "--jobs", "1")
    ran = keten(*arguments, "--plant", "item_of_a_stranger=1")
    assert ran.code == code
    assert says in " ".join((ran.out + ran.err).split())
