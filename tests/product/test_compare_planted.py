"""Books with known differences: all of them are found, open and blind, and none is made up."""

from pathlib import Path

import pytest
from bench.compare import run


@pytest.mark.slow
def test_all_planted_differences_are_found_and_none_is_made_up(tmp_path: Path) -> None:
    """20,000 records against as many, a hundredth with each kind of difference; `run` compares found with planted."""
    figures = run(tmp_path, 20_000)["figures"]
    assert figures["differences"] == 19 * 200
