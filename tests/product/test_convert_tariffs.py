"""keten convert --tariffs, as a user runs it."""

import json
import sys
from pathlib import Path

import pytest

from keten.cli import main
from keten.standard.tariffs import SHIPPED

TABLE = str(SHIPPED / "2018-fictief.yaml")


def keten(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Runs the program; its exit code."""
    monkeypatch.setattr(sys, "argv", ["keten", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code or 0))


def test_every_percentage_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares where the table gives them, 1% by zorgkantoor, provider and reason; all of it adds up, also on the page."""
    people, out = str(tmp_path / "people"), tmp_path / "out"
    shares = ("--share", "mpt_two=0.5", "--share", "cross_regional=0")
    keten(monkeypatch, "population", "--clients", "150", "--no-exceptions", *shares, "--out", people, "--jobs", "1")
    assert keten(monkeypatch, "convert", people, "--out", str(out), "--tariffs", TABLE, "--jobs", "1") == 0
    figures = json.loads((out / "conversion.json").read_text(encoding="utf-8"))
    told, notes = figures["percentages"], (out / "notes.csv").read_text(encoding="utf-8")
    assert figures["settings"]["tariffs"].startswith("2018-fictief (version 1, fictitious")
    assert told["computed"] > 20
    assert told["ondoelmatig"] == notes.count("\nP2,") > 0
    assert "no tariff table" not in told["oneByReason"]
    for by in (told["byZorgkantoor"].values(), told["byProvider"]):
        assert sum(one["one"] for one in by) == told["one"]
    assert sum(told["oneByReason"].values()) == told["one"]
    assert "2018-fictief" in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (("--tariffs", "none.yaml"), "none.yaml cannot be read: No such file or directory."),
        (
            ("--tariffs", TABLE, "--cutover", "2019-04-01", "--dagtekening", "2019-04-03"),
            "until 2018-12-31) is not valid on the cut-over date 2019-04-01.",
        ),
    ],
)
def test_a_table_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wish: tuple[str], message: str
) -> None:
    """Wrong usage, and nothing is written."""
    assert keten(monkeypatch, "convert", str(tmp_path), "--out", str(tmp_path / "out"), *wish) == 2
    assert message in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out").exists()
