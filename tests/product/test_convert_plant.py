"""keten convert --plant, as a user runs it."""

import csv
import json
import sys
from pathlib import Path

import pytest

from keten.cli import main


def keten(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Runs the program; its exit code."""
    monkeypatch.setattr(sys, "argv", ["keten", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code or 0))


def test_planted_and_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was planted is said and listed; converting again leaves nothing of it."""
    people, out = str(tmp_path / "people"), tmp_path / "out"
    keten(monkeypatch, "population", "--clients", "80", "--no-exceptions", "--out", people, "--jobs", "1")
    again = ("convert", people, "--out", str(out), "--jobs", "1")
    keten(monkeypatch, *again)
    clean = {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    capsys.readouterr()
    assert keten(monkeypatch, *again, "--plant", "file_again=0.1", "--plant", "end_date_wrong=0.05") == 0
    said = " ".join(capsys.readouterr().out.split())
    planted = json.loads((out / "conversion.json").read_text(encoding="utf-8"))["planted"]
    with (out / "answers.csv").open(encoding="utf-8", newline="") as file:
        faults = {row["fault"] for row in csv.DictReader(file)}
    assert faults == {"file_again", "end_date_wrong"} == set(planted["faults"])
    assert "These messages are wrong on purpose" in said
    assert all((out / name).is_file() for name in planted["files"])
    keten(monkeypatch, *again)
    assert {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()} == clean


def test_an_unknown_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage, before anything is converted."""
    (tmp_path / "in.xml").write_text("<a/>", encoding="utf-8")
    wish = ("convert", str(tmp_path / "in.xml"), "--out", str(tmp_path / "out"), "--plant", "all=1")
    assert keten(monkeypatch, *wish) == 2
    assert "There is no fault 'all'" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out").exists()
