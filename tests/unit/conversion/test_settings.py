"""What parties can agree on, and what they cannot."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.conversion import Settings, with_file
from keten.conversion.settings import WrongSettings
from keten.standard.loading import UnknownRelease

DAY = timedelta(days=1)


def test_the_usual_settings() -> None:
    """Those of April 2018, and the schema version that counted then."""
    usual = Settings()
    assert (usual.cutover, usual.eve) == (date(2018, 4, 1), date(2018, 3, 31))
    assert (usual.source.id, usual.target.reference) == ("1.2", "2.0@1.3")


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(3000, 1, 1), date.max])
def test_a_cutover_beyond_reckoning(day: date) -> None:
    """The rules reckon with days before and after it."""
    with pytest.raises(WrongSettings, match=f"The cut-over date {day} does not lie between"):
        Settings(cutover=day, assigned=day, dagtekening=day)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_other_days_at_the_edges(day: date) -> None:
    """They are refused, or need nothing more than to be late enough (N3)."""
    with pytest.raises(WrongSettings, match="rule N3"):
        Settings(assigned=day)
    if day == date.max:
        assert Settings(dagtekening=day).target.id == "2.0"
    else:
        with pytest.raises(WrongSettings, match="rule N3"):
            Settings(dagtekening=day)


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_the_toewijzingsdatum(apart: int, later: int) -> None:
    """At most a day from the cut-over, and not after the Dagtekening (N3)."""
    assigned, dagtekening = date(2018, 4, 1) + apart * DAY, date(2018, 4, 1) + later * DAY
    if abs(apart) <= 1 and apart <= later:
        assert Settings(assigned=assigned, dagtekening=dagtekening).assigned == assigned
    else:
        with pytest.raises(WrongSettings, match=r"rule N3"):
            Settings(assigned=assigned, dagtekening=dagtekening)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to": "1.2"}, "become messages of 2.0, not of '1.2'"),
        ({"to": "2.2@1.0"}, "become messages of 2.0"),
        ({"repeat": -1}, "`repeat`"),
        ({"repeat": "1"}, "`repeat`"),
        ({"repeat": True}, "`repeat`"),
        ({"home_preference": "no"}, "`home_preference`"),
    ],
)
def test_wrong_settings(wrong: dict[str, Any], said: str) -> None:
    """They are refused when they are made, in words of the rule."""
    with pytest.raises(WrongSettings, match=said):
        replace(Settings(), **wrong)


def test_an_unknown_schema_version() -> None:
    """It is refused when the settings are made, not while converting."""
    with pytest.raises(UnknownRelease, match=r"9\.9"):
        Settings(to="2.0@9.9")


def test_a_schema_version_that_is_asked_for_counts() -> None:
    """Whatever the Dagtekening."""
    assert Settings(to="2.0@1.9").target.reference == "2.0@1.9"


def test_settings_of_a_file(tmp_path: Path) -> None:
    """They go over the others; a Bsn does not show when settings are printed."""
    path = tmp_path / "settings.toml"
    path.write_text('repeat = 3\npartners = ["999990019"]\n', encoding="utf-8")
    found = with_file(Settings(home_preference="mpt"), path)
    assert (found.repeat, found.home_preference, found.partners) == (3, "mpt", frozenset({"999990019"}))
    assert "999990019" not in repr(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("partners = 'all'", "partners should be a valid list, and is a text"),
        ('partners = ["12345678"]', r"partners.0 should be a Bsn: nine digits"),
        ('partners = ["٩٩٩٩٩٠٠١٩"]', r"partners.0 should be a Bsn: nine digits"),
        ("partners = [999990019]", r"partners.0 should be a valid string, and is a whole number"),
        ("partners = " + "[" * 100_000, "deep within each other"),
        ("repeat = " + "9" * 10_000, "is no TOML"),
        ("a." * 100_000 + "b = 1", "more than 64 names"),
    ],
)
def test_what_no_settings_file_says(tmp_path: Path, text: str, said: str) -> None:
    """They are refused without being shown."""
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongSettings, match=said) as raised:
        with_file(Settings(), path)
    assert "9990019" not in str(raised.value)
