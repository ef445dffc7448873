"""keten convert --tariffs, as a user runs it."""

import json
from pathlib import Path

import pytest

from keten.standard.tariffs import SHIPPED
from tests.product.running import Keten

TABLE = SHIPPED / "2018-fictief.yaml"


def test_every_percentage_is_told(keten: Keten, tmp_path: Path) -> None:
    """Shares where the table gives them, 1% by zorgkantoor, provider and reason; all of it adds up, also on the page."""
    people, out = tmp_path / "people", tmp_path / "out"
    shares = ("--share", "mpt_two=0.5", "--share", "cross_regional=0")
    keten("population", "--clients", "150", "--no-exceptions", *shares, "--out", people, "--jobs", "1")
    assert keten("convert", people, "--out", out, "--tariffs", TABLE, "--jobs", "1").code == 0
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
def test_a_table_that_cannot_be_used(keten: Keten, tmp_path: Path, wish: tuple[str | Path, ...], message: str) -> None:
    """Wrong usage, and nothing is written."""
    ran = keten("convert", tmp_path, "--out", tmp_path / "out", *wish)
    assert ran.code == 2
    assert message in " ".join(ran.err.split())
    assert not (tmp_path / "out").exists()
