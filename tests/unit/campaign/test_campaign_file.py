"""Campaigns as they are written: what is read, and what is refused with which words."""

import re
from datetime import date
from pathlib import Path

import pytest

from keten.campaign.campaign_file import read_campaign
from keten.core import KetenError

GOOD = """
[campaign]
name = "Proefconversie"
trial = 2
date = 2018-02-26
former = "trial-1/campaign.json"

[settings]
cutover = 2018-04-01
to = "2.0@1.4"

[[zorgkantoor]]
code = "5501"
before = "5501/before"
after = "5501/after"

[[zorgkantoor]]
code = "5502"
before = "5502/before"
after = "5502/after"
made_by = "own system"

[[zorgkantoor]]
code = "5503"
before = "5503/before"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the deliveries that the campaign names."""
    for name in ("5501/before", "5501/after", "5502/before", "5502/after", "5503/before"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def written(place: Path, text: str) -> Path:
    path = place / "campaign.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reading(place: Path) -> None:
    """Paths are told from the file; only what keten made comes with an account; who did not hand in has no `after`."""
    campaign = read_campaign(written(place, GOOD))
    assert (campaign.name, campaign.trial, campaign.day) == ("Proefconversie", 2, date(2018, 2, 26))
    assert campaign.former == place / "trial-1/campaign.json"
    assert campaign.settings.to == "2.0@1.4"
    assert [one.made_by for one in campaign.deliveries] == ["keten", "own system", "keten"]
    assert [one.account for one in campaign.deliveries] == [place / "5501/after/conversion.json", None, None]
    assert [one.after for one in campaign.deliveries] == [place / "5501/after", place / "5502/after", None]


def test_another_cut_over_takes_its_assignments_along(place: Path) -> None:
    """The Toewijzingsdatum is the cut-over, if nothing else is said."""
    moved = GOOD.replace("cutover = 2018-04-01", "cutover = 2018-03-01\ndagtekening = 2018-03-05")
    assert read_campaign(written(place, moved)).settings.assigned == date(2018, 3, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Proefconversie"', "", "campaign.name is missing"),
        ('name = "Proefconversie"', 'name = "a\\u001b[31m"', "campaign.name holds a character that cannot be printed"),
        ("trial = 2", "trial = 0", "campaign.trial should be greater than or equal to 1"),
        ("trial = 2", "trial = true", "campaign.trial should be a valid integer"),
        ("trial = 2", f"trial = {10**20}", "campaign.trial should be less"),
        ("trial = 2", "round = 2", "campaign.trial is missing. campaign.round is not known"),
        ("date = 2018-02-26", 'date = "soon"', "campaign.date should be a valid date"),
        ("date = 2018-02-26", "date = 0001-01-01", "campaign.date should be greater"),
        ("cutover = 2018-04-01", "cutover = 2018-04-01T00:00:00", "settings.cutover should be a valid date"),
        ("cutover = 2018-04-01", "cutover = 0001-01-01", "settings.cutover should be greater"),
        ("cutover = 2018-04-01", "cutover = 9999-12-31", "settings.cutover should be less"),
        ("cutover = 2018-04-01", "assigned = 2018-05-01", "must be the cut-over date"),
        ('to = "2.0@1.4"', "to = 2", "settings.to should be a valid string"),
        ('code = "5502"', 'code = "5501"', "names zorgkantoor 5501 more than once"),
        ('code = "5502"', 'code = "5599"', "Release 1.2 has no zorgkantoor 5599"),
        ('code = "5501"', 'name = "5501"', "zorgkantoor.0.code is missing. zorgkantoor.0.name is not known"),
        ('before = "5503/before"', "", "zorgkantoor.2.before is missing"),
        ('"5501/after"', '"5501/later"', "Zorgkantoor 5501: there is no file or folder"),
        ('"5501/after"', '"' + "x" * 900 + '"', "Zorgkantoor 5501: "),
        ('"5501/after"', '"a\\u0000b"', "zorgkantoor.0.after holds a character"),
        (GOOD, '[campaign]\nname = "x"\ntrial = 1\n', "zorgkantoor is missing"),
        (GOOD, "campaign = 1", "campaign should be"),
        (GOOD, "[campaign", "is no TOML"),
        (GOOD, "x = " + "[" * 100_000, "is no TOML: brackets stand more than 64 deep"),
    ],
)
def test_refusing(place: Path, old: str, new: str, said: str) -> None:
    """What is wrong, where; exit code 2."""
    with pytest.raises(KetenError, match=re.escape(said)) as refused:
        read_campaign(written(place, GOOD.replace(old, new)))
    assert refused.value.exit_code == 2
