"""keten rehearse, as a user runs it."""

import json
import re
from functools import partial
from pathlib import Path

import pytest

from keten.core.marks import MARK, WORK
from tests.product.running import Keten, run


@pytest.fixture
def rehearse(keten: Keten) -> Keten:
    """Runs the command with arguments."""
    return partial(keten, "rehearse")


def test_a_trial_without_faults_is_a_go(rehearse: Keten, tmp_path: Path) -> None:
    """Exit code 0, the figures on screen, and both sides, the record and the reports in the folder."""
    out = tmp_path / "out"
    ran = rehearse("--clients", "80", "--seed", "3", "--scenario", "clean", "--out", out, "--jobs", "1")
    told = json.loads((out / "after" / "conversion.json").read_text(encoding="utf-8"))
    assert ran.code == 0
    assert "Go for trial 1." in ran.out
    assert re.search(r"fictitious clients\s+80", ran.out)
    assert re.search(rf"new assignments sent\s+{told['account']['total']['sent']:,}", ran.out)
    assert {path.name for path in out.iterdir()} == {
        *("before", "after", "trial-1", "trial-1.toml", "tariffs.yaml", "index.html", ".keten.json"),
    }
    assert run("campaign", "verify", out / "trial-1", "--jobs", "1") == 0


@pytest.mark.slow
def test_trials_with_and_without_faults(rehearse: Keten, tmp_path: Path) -> None:
    """The first is a No-go for what was planted and nothing else; the next a Go, and better for it."""
    out = tmp_path / "out"
    ran = rehearse("--clients", "600", "--regions", "2", "--out", out, "--jobs", "2")
    first, second = (
        json.loads((out / f"trial-{number}" / "campaign.json").read_text(encoding="utf-8")) for number in (1, 2)
    )
    assert (first["verdict"], second["verdict"], ran.code) == ("No-go", "Go", 0)
    assert "that the judge did not find" not in ran.out
    assert "what was not planted" not in ran.out
    assert second["former"]["verdict"] == "No-go"
    assert {one["turnout"] for one in second["changes"]} == {"better"}
    assert {turn["needed"] for turn in first["turns"] if turn["figure"] != "judge.error.AC502"} == {0}
    planted = (out / "handed-in-1" / "answers.csv").read_text(encoding="utf-8")
    assert all(one in planted for one in ("client_missing", "coordinator_missing", "percentage_one_unneeded"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "verdict"), [("one-zorgkantoor", "No-go"), ("not-as-agreed", "Go"), ("sent-again", "Go")]
)
def test_other_scenarios(rehearse: Keten, tmp_path: Path, scenario: str, verdict: str) -> None:
    """Each comes out as it must: a departure from agreements or a message that goes twice stops nothing."""
    ran = rehearse(
        "--clients", "300", "--regions", "2", "--scenario", scenario, "--out", tmp_path / "out", "--jobs", "2"
    )
    told = json.loads((tmp_path / "out" / "trial-1" / "campaign.json").read_text(encoding="utf-8"))
    assert (told["verdict"], ran.code) == (verdict, int(verdict != "Go"))
    assert "that the judge did not find" not in ran.out
    assert "what was not planted" not in ran.out
    if scenario == "one-zorgkantoor":
        assert {turn["zorgkantoor"] for turn in told["turns"]} == {"5501"}


def test_the_report_is_self_contained(rehearse: Keten, tmp_path: Path) -> None:
    """It loads nothing, links only to what lies beside it, and shows the account in a chart."""
    rehearse("--clients", "40", "--scenario", "clean", "--out", tmp_path / "out", "--jobs", "1")
    for path in (tmp_path / "out" / "index.html", tmp_path / "out" / "trial-1" / "index.html"):
        page = path.read_text(encoding="utf-8")
        links = re.findall(r"""(?:src|href)=["']([^"'#]+)""", page)
        assert not re.search(r"@import|<script|url\(", page)
        assert all((path.parent / link).is_file() for link in links)
        assert "What became of the assignments" in page


def test_it_can_be_rehearsed_again_in_the_same_folder(rehearse: Keten, tmp_path: Path) -> None:
    """A second rehearsal, of fewer people and trials, leaves nothing of the first or an interrupted one."""
    rehearse("--clients", "60", "--scenario", "sent-again", "--scenario", "clean", "--out", tmp_path / "out")
    left = tmp_path / "out" / WORK / "new" / "before" / "9999"
    left.mkdir(parents=True)
    (left / "left.xml").write_text("<x/>", encoding="utf-8")
    for notes in (tmp_path / "out" / "notes.txt", tmp_path / "out" / "trial-2" / "notes.txt"):
        notes.write_text("Dear all", encoding="utf-8")
    clean = ("--clients", "30", "--scenario", "clean", "--jobs", "1")
    assert rehearse(*clean, "--out", tmp_path / "out").code == 0
    rehearse(*clean, "--out", tmp_path / "fresh")
    names = [
        sorted(str(path.relative_to(tmp_path / one)) for path in (tmp_path / one).rglob("*") if path.is_file())
        for one in ("out", "fresh")
    ]
    assert names[0] == sorted([*names[1], "notes.txt", "trial-2/notes.txt"])
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "fresh").rglob("*") if path.name != MARK}
    assert modes == {0o600, 0o700}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--clients", "0"], "Invalid value for '--clients'"),
        (["--clients", "40", "--regions", "33"], "There are 32 regions, not 33"),
        (["--clients", "40", "--scenario", "april"], "There is no scenario 'april'"),
    ],
)
def test_wrong_usage(rehearse: Keten, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Exit code 2 and what is wrong in one sentence."""
    ran = rehearse("--out", tmp_path / "out", *arguments)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())


def test_a_file_where_the_folder_should_be(rehearse: Keten, tmp_path: Path) -> None:
    """A path that cannot be written is wrong usage, not a fault of the program."""
    (tmp_path / "out").write_text("dear", encoding="utf-8")
    ran = rehearse("--clients", "10", "--out", tmp_path / "out")
    assert ran.code == 2
    assert str(tmp_path / "out") in ran.err
