"""Whatever is sent, the reader ends with a finding, soon, and within its memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.messages.hostile import cases

CASES = cases()
MOST_SECONDS = 10.0
"""For 1 GB, with other work on the machine; nearly all cases take a hundredth of this."""
MOST_MEMORY = 200.0
"""MiB on top of what the reader holds at rest."""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, Any]]:
    """What a process of its own found and measured."""
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("the most memory a process held can only be measured on Linux")
    command = [sys.executable, "-m", "tests.unit.messages.hostile"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=300, cwd=Path(__file__).parents[3])
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_a_hostile_document_ends_in_a_finding(name: str, outcomes: dict[str, dict[str, Any]]) -> None:
    """The right one, within bounds of time and memory that do not depend on the size of the document."""
    outcome, expected = outcomes[name], CASES[name]
    assert outcome["kind"] == expected["finds"], outcome["detail"]
    assert expected.get("says", "") in outcome["detail"]
    assert outcome["seconds"] < MOST_SECONDS
    assert outcome["mebibytes"] < MOST_MEMORY
