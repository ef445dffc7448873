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


@pytest.mark.parametrize("text", ["partners = 'all'", 'partners = ["12345678"]', "partners = [999990019]"])
def test_partners_that_are_no_bsn(tmp_path: Path, text: str) -> None:
    """They are refused without being shown."""
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongSettings, match="nine digits") as raised:
        with_file(Settings(), path)
    assert "9990019" not in str(raised.value)
