"""keten campaign, as a user runs it: what zorgkantoren hand in, judged, and the evidence verified."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.product.running import Keten, run

TEXT = """
[campaign]
name = "Proefconversie"
trial = {trial}
date = 2018-02-26
{former}

[[zorgkantoor]]
code = "5501"
before = "before/5501"
after = "after/5501"
account = "after/conversion.json"

[[zorgkantoor]]
code = "5502"
before = "before/5502"
after = "{after}"
made_by = "own system"
"""


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two zorgkantoren hand in: the messages of 80 clients before, and the same converted."""
    folder = tmp_path_factory.mktemp("handed-in")
    made = ("--clients", "80", "--regions", "2", "--no-exceptions", "--share", "cross_regional=0", "--jobs", "1")
    assert run("population", "--out", folder / "before", *made) == 0
    assert run("convert", folder / "before", "--out", folder / "after", "--jobs", "1") == 0
    return folder


@pytest.fixture
def place(handed_in: Path, tmp_path: Path) -> Path:
    """A folder of one's own with what was handed in."""
    return Path(shutil.copytree(handed_in, tmp_path / "place"))


def campaign(place: Path, *, trial: int = 1, former: str = "", after: str = "after/5502") -> Path:
    """The file of a campaign."""
    path = place / f"trial-{trial}.toml"
    path.write_text(TEXT.format(trial=trial, former=former, after=after), encoding="utf-8")
    return path


def record(folder: Path) -> dict[str, Any]:
    """The record of a round."""
    read: dict[str, Any] = json.loads((folder / "campaign.json").read_text(encoding="utf-8"))
    return read


def test_a_go(keten: Keten, place: Path) -> None:
    """What keten makes is a Go, whoever says to have made it; page, figures, worklists and evidence are there."""
    ran = keten("campaign", "judge", campaign(place), "--out", place / "judged", "--jobs", "1")
    judged = record(place / "judged")
    assert (ran.code, judged["verdict"], judged["turns"]) == (0, "Go", [])
    assert "Go for trial 1." in ran.out
    assert {path.name for path in (place / "judged").iterdir()} == {
        ".keten.json",
        "campaign.json",
        "criteria.yaml",
        "index.html",
        "manifest.json",
        "repair-5501.csv",
        "repair-5502.csv",
    }
    states = {one["id"]: {each["subject"]: each["state"] for each in one["answers"]} for one in judged["criteria"]}
    assert states["account-closes"] == {"5501": "met", "5502": "not asked"}
    assert keten("campaign", "verify", place / "judged", "--jobs", "1").code == 0


def test_a_no_go_then_better(keten: Keten, place: Path) -> None:
    """A broken message stops all: who, what, how much; and the next round is compared with it."""
    shutil.copytree(place / "after" / "5502", place / "broken" / "5502")
    message = min((place / "broken").rglob("*.xml"))
    message.write_text(re.sub(r"(:?Bsn>)", r"\1x", message.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    first = keten("campaign", "judge", campaign(place, after="broken/5502"), "--out", place / "1", "--jobs", "1")
    judged = record(place / "1")
    blocking = {one["id"]: one["state"] for one in judged["criteria"] if one["blocking"]}
    assert (first.code, judged["verdict"], blocking["valid"]) == (1, "No-go", "not met")
    assert ("5502", "after.refused", 1, 0) in {
        (turn["zorgkantoor"], turn["figure"], turn["now"], turn["needed"]) for turn in judged["turns"]
    }
    assert f"broken/5502/AW33/{message.name}" in (place / "1" / "repair-5502.csv").read_text(encoding="utf-8")
    again = campaign(place, trial=2, former='former = "1/campaign.json"')
    second = keten("campaign", "judge", again, "--out", place / "2", "--jobs", "1")
    judged = record(place / "2")
    assert (second.code, judged["former"]["trial"], judged["former"]["verdict"]) == (0, 1, "No-go")
    assert ("5502", "after.refused", "better") in {
        (one["zorgkantoor"], one["figure"], one["turnout"]) for one in judged["changes"]
    }


def test_not_handed_in(keten: Keten, place: Path) -> None:
    """Who did not hand in is not measured, and what is not measured blocks."""
    path = campaign(place)
    path.write_text(path.read_text(encoding="utf-8").replace('after = "after/5502"', ""), encoding="utf-8")
    ran = keten("campaign", "judge", path, "--out", place / "judged", "--jobs", "1")
    states = {
        one["id"]: {each["subject"]: each["state"] for each in one["answers"]}
        for one in record(place / "judged")["criteria"]
    }
    assert ran.code == 1
    assert states["handed-in"] == {"5501": "met", "5502": "not met"}
    assert states["valid"] == {"5501": "met", "5502": "not measured"}


def test_evidence_that_changed(keten: Keten, place: Path) -> None:
    """A message and the record itself are touched: both are named, and the verdict no longer follows."""
    assert keten("campaign", "judge", campaign(place), "--out", place / "judged", "--jobs", "1").code == 0
    message = min((place / "after" / "5501").rglob("*.xml"))
    message.write_text(message.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    judged = place / "judged" / "campaign.json"
    judged.write_text(
        judged.read_text(encoding="utf-8").replace('"after.refused": 0', '"after.refused": 9'), encoding="utf-8"
    )
    ran = keten("campaign", "verify", place / "judged", "--jobs", "1")
    said = {tuple(line.split(maxsplit=1)) for line in ran.out.splitlines() if line.startswith(("changed", "unfounded"))}
    assert ran.code == 1
    assert said == {
        ("changed", f"../after/5501/AW33/{message.name}"),
        ("changed", "campaign.json"),
        *(("unfounded", f"campaign.json: {part}") for part in ("verdict", "criteria", "turns", "national")),
    }


def test_evidence_that_is_gone(keten: Keten, place: Path) -> None:
    """A part of the record that is not there any more is told like any other change."""
    assert keten("campaign", "judge", campaign(place), "--out", place / "judged", "--jobs", "1").code == 0
    (place / "judged" / "criteria.yaml").unlink()
    ran = keten("campaign", "verify", place / "judged", "--jobs", "1")
    assert ran.code == 1
    assert ran.out.splitlines()[:2] == ["gone       criteria.yaml", "Differences: 1."]


def test_the_same_twice(keten: Keten, place: Path) -> None:
    """The same deliveries give the same record, byte for byte, in any number of processes."""
    for name, jobs in (("one", "1"), ("two", "2")):
        keten("campaign", "judge", campaign(place), "--out", place / name, "--jobs", jobs)
    for path in (place / "one").iterdir():
        assert path.read_bytes() == (place / "two" / path.name).read_bytes()


def test_criteria_of_ones_own(keten: Keten, place: Path) -> None:
    """What keten proposes is printed, to be changed and given back."""
    proposed = keten("campaign", "criteria").out
    path = place / "criteria.yaml"
    path.write_text(
        proposed
        + "\nimpossible: { says: x, measure: after.messages, most: 0, scope: national, blocking: true, source: y }\n",
        encoding="utf-8",
    )
    ran = keten("campaign", "judge", campaign(place), "--criteria", path, "--out", place / "judged", "--jobs", "1")
    assert ran.code == 1
    assert (place / "judged" / "criteria.yaml").read_bytes() == path.read_bytes()
    assert "impossible" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["judge", "nowhere.toml", "--out", "out"], "nowhere.toml cannot be read"),
        (["judge"], "Missing argument"),
        (["verify", "nowhere"], "holds no evidence of a campaign"),
        (["verify", "n" * 5000], "holds no evidence of a campaign"),
        (["judge", "n" * 5000, "--out", "out"], "File name too long"),
        (["judge", "/dev/zero", "--out", "out"], "/dev/zero is no file"),
    ],
)
def test_wrong_usage(keten: Keten, arguments: list[str], said: str) -> None:
    """Exit code 2, and what is wrong in one sentence."""
    ran = keten("campaign", *arguments)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())


def test_a_folder_in_use(keten: Keten, place: Path) -> None:
    """What is no record of a campaign is not written over."""
    ran = keten("campaign", "judge", campaign(place), "--out", place / "before", "--jobs", "1")
    assert ran.code == 2
    assert "holds something else: a population" in " ".join(ran.err.split())
    assert (place / "before" / "5501").is_dir()
