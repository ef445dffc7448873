"""What is compiled is kept where nobody else can put anything; where there is no such place it is compiled each time."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from keten.messages.kernel import caching
from keten.messages.kernel.caching import cache_folder

USE = """
import os, tempfile
import numpy as np
tempfile.tempdir = os.environ["TMPDIR"]  # by itself it would go on to /tmp
from keten.messages.kernel import client_start
from keten.messages.kernel.alphabet import CACHE
text = np.frombuffer(b"<a><Client>" + bytes(128), np.uint8)
assert client_start(text, 0, 11, np.frombuffer(b"Client", np.uint8))[0] == 3
print(CACHE)
"""
STRANGER = 65534
"""The number of a user who owns nothing."""


@pytest.fixture(autouse=True)
def nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code, home and temporary files stand where nothing can be written: below a file."""
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setattr(caching, "BESIDE_THE_CODE", file / "__pycache__")
    monkeypatch.setenv("XDG_CACHE_HOME", str(file / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(file / "tmp"))


def test_the_folder_that_is_named_is_made_for_this_user_alone(tmp_path: Path) -> None:
    """Whatever the umask, and the same one the next time."""
    before = os.umask(0)
    try:
        folder = cache_folder(str(tmp_path / "named"))
    finally:
        os.umask(before)
    assert folder is not None
    assert folder.parent == (tmp_path / "named").resolve()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert cache_folder(str(tmp_path / "named")) == folder


def test_at_home_or_among_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is named and the installation may not be written to."""
    assert cache_folder("") is None
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept = cache_folder("")
    assert kept is not None
    assert kept.parent == tmp_path / f"keten-{os.geteuid()}"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept = cache_folder("")
    assert kept is not None
    assert kept.parent == tmp_path / "cache" / "keten"


def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path) -> None:
    """Nor one in a folder in which others could put another in its place; but in one like /tmp they cannot."""
    shared = tmp_path / "shared"
    kept = cache_folder(str(shared / "cache"))
    assert kept is not None
    for unsafe in (kept, kept.parent, shared):
        mode = unsafe.stat().st_mode
        for wider in (0o777, 0o770):
            unsafe.chmod(wider)
            assert cache_folder(str(shared / "cache")) is None
        unsafe.chmod(mode)
    shared.chmod(0o1777)
    assert cache_folder(str(shared / "cache")) == kept


def test_a_link_that_somebody_laid_is_not_followed(tmp_path: Path) -> None:
    """It could lead elsewhere the next moment."""
    kept = cache_folder(str(tmp_path / "cache"))
    assert kept is not None
    kept.rename(tmp_path / "elsewhere")
    kept.symlink_to(tmp_path / "elsewhere")
    assert cache_folder(str(tmp_path / "cache")) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    """Who owns it can put in what they like."""
    kept = cache_folder(str(tmp_path / "cache"))
    assert kept is not None
    for foreign in (kept, kept.parent):
        os.chown(foreign, STRANGER, STRANGER)
        assert cache_folder(str(tmp_path / "cache")) is None
        os.chown(foreign, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("kept", [False, True], ids=["nowhere", "in a folder of the user's own"])
def test_the_kernel_works_where_the_installation_may_not_be_written_to(tmp_path: Path, *, kept: bool) -> None:
    """As in a container that has no home: it compiles each time, or keeps what it compiled where it is told to."""
    code, nowhere, named = tmp_path / "code", tmp_path / "file" / "below", tmp_path / "named"
    kernel = code / "keten" / "messages" / "kernel"
    shutil.copytree(Path(caching.__file__).parent, kernel, ignore=shutil.ignore_patterns("__pycache__"))
    for package in (kernel.parent, kernel.parent.parent):
        (package / "__init__.py").touch()
    (kernel / "__pycache__").touch()  # no folder can be made in its place, by root neither
    environment = {
        "PYTHONPATH": str(code),
        "HOME": str(nowhere),
        "TMPDIR": str(nowhere),
        "NUMBA_CACHE_DIR": str(named if kept else nowhere),
    }
    ended = subprocess.run(
        [sys.executable, "-c", USE], env=environment, cwd=code, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith(str(named) if kept else "None")
    assert any(named.glob("kernel-*/*/*.nbc")) == kept
