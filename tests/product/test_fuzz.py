"""A few of the spoiled inputs of `make fuzz`; the inputs of a number are the same each time."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_spoiled_input_is_taken_well(tmp_path: Path) -> None:
    """No fault of keten, no other exit code, nothing that takes long or touches what it may not."""
    command = [sys.executable, "-m", "tests.fuzz", "--inputs", "150", "--seed", "1", "--out", str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 not taken well" in ran.stdout
