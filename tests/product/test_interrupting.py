"""Ctrl-C: a terminal sends it to the program and to all its workers at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import signal, sys
from keten.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background would not hear it
sys.exit(main())
"""
AFTER = (0.2, 2.0)
"""Seconds after the work has begun: while workers start, and while they work."""


@pytest.mark.slow
@pytest.mark.parametrize("seconds", AFTER)
def test_ctrl_c_ends_the_work_at_once_and_says_so(tmp_path: Path, seconds: float) -> None:
    """No verdict, exit code 3, and not a traceback of any process."""
    out = tmp_path / "population"
    command = [sys.executable, "-c", PROGRAM, "population", "--clients", "100000", "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as program:
        while not out.exists():
            assert program.poll() is None
            time.sleep(0.02)
        time.sleep(seconds)
        os.killpg(program.pid, signal.SIGINT)
        _, said = program.communicate(timeout=30)
    assert program.returncode == 3
    assert "Interrupted: there is no verdict." in said
    assert "Traceback" not in said
