"""The settings of a judgement."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from keten.acceptance import Settings, with_file
from keten.acceptance.settings import WrongSettings
from keten.core import UsageError


@pytest.mark.parametrize("day", [date(2018, 3, 31), date(2018, 4, 1), date(2018, 4, 2)])
def test_days_of_assignment(day: date) -> None:
    """N3: the eve of the cut-over, the cut-over, the day after."""
    assert Settings(assigned=day).assigned == day


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(3000, 1, 1), date.max])
def test_a_cutover_beyond_reckoning(day: date) -> None:
    """The rules reckon with days before and after it."""
    with pytest.raises(WrongSettings, match=f"The cut-over date {day} does not lie between"):
        Settings(cutover=day, assigned=day, dagtekening=day)


@pytest.mark.parametrize(("to", "said"), [("1.2", "not of '1.2'"), ("2.2", "not of '2.2'"), ("", "no release ''")])
def test_a_judgement_is_of_2_0(to: str, said: str) -> None:
    """Another release is refused when the settings are made."""
    with pytest.raises(UsageError, match=said):
        Settings(to=to)


@pytest.mark.parametrize("day", [date(2018, 3, 30), date(2018, 4, 3)])
def test_other_days_are_refused(day: date) -> None:
    """They would be genuine assignments."""
    with pytest.raises(WrongSettings, match="N3"):
        Settings(assigned=day)


def test_the_target_is_the_schema_in_force_on_the_dagtekening() -> None:
    """Unless a schema version was asked for."""
    assert Settings().target.reference == "2.0@1.3"
    assert Settings(dagtekening=date(2018, 4, 18)).target.reference == "2.0@1.4"
    assert Settings(to="2.0@1.9").target.reference == "2.0@1.9"


def test_the_file_of_a_conversion_will_do(tmp_path: Path) -> None:
    """With its number of repeats, which a judge does not need."""
    file = tmp_path / "settings.toml"
    file.write_text('repeat = 2\nhome_preference = "mpt"\npartners = ["900000001"]\n', encoding="utf-8")
    chosen = with_file(Settings(), file)
    assert (chosen.home_preference, chosen.partners) == ("mpt", frozenset(["900000001"]))
    assert "900000001" not in repr(chosen)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("home_preference = 'vpt'", "home_preference should be 'list' or 'mpt'"),
        ("partners = 900000001", "partners should be a valid list"),
        ("partners = [900000001]", "partners.0 should be a valid string"),
        ("partner = []", "partner is not known"),
        ("partners =", "is no TOML"),
        ("partners = " + "[" * 100_000, "deep within each other"),
    ],
)
def test_a_wrong_file(tmp_path: Path, text: str, words: str) -> None:
    """Told as wrong settings, with what was expected."""
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongSettings, match=words):
        with_file(Settings(), tmp_path / "settings.toml")


@pytest.mark.parametrize("wrong", [{"to": "1.2"}, {"to": "2.1"}, {"cutover": date.min}, {"cutover": date.max}])
def test_what_no_conversion_can_be_judged_by_is_refused(wrong: dict[str, Any]) -> None:
    """A release that nothing is converted to, and days that have none before or after them."""
    with pytest.raises(WrongSettings):
        Settings(**wrong)
