"""Temporary files are for the eyes of one user, and do not outlive the run after."""

import os
import tempfile
from pathlib import Path

import pytest

from keten.core.scratch import scratch


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_nobody_else_may_look_and_nothing_stays(temporary: Path) -> None:
    """The folder of the user stays, empty."""
    with scratch() as place:
        (place / "people").write_text("about people", encoding="utf-8")
        assert {one.stat().st_mode & 0o777 for one in (place, place.parent)} == {0o700}
    assert [one for one in temporary.rglob("*") if one.is_file()] == []


def test_what_a_killed_run_left_is_cleared_and_what_another_uses_is_not() -> None:
    """Whoever holds its lock is at work."""
    child = os.fork()
    if not child:
        with scratch() as place:
            (place / "left").touch()
            os._exit(9)
    os.waitpid(child, 0)
    with scratch() as first:
        left = [one for one in first.parent.iterdir() if one != first]
        assert left == []
        with scratch() as second:
            assert first.is_dir()
            assert second != first


def test_a_folder_that_somebody_else_could_look_into_is_not_used(temporary: Path) -> None:
    """Of that name there may be one that others made, or a link that they set."""
    named = temporary / f"keten-{os.getuid()}"
    named.mkdir(0o755)
    named.chmod(0o755)
    with scratch() as place:
        assert named not in place.parents
    named.rmdir()
    (temporary / "theirs").mkdir(0o700)
    named.symlink_to(temporary / "theirs")
    with scratch() as place:
        assert (temporary / "theirs") not in place.resolve().parents
