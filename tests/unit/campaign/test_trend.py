"""A round against the former one: cases, and the summary by figure."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from keten.campaign.questions import Trial
from keten.campaign.trend import by_figure, changes

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/campaign/trend.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    """What became better or worse is as the case has it."""
    trials = [Trial(code, "keten", figures) for code, figures in case["now"].items()]
    found = changes(case["former"], trials)
    assert [[one.zorgkantoor, one.figure, one.former, one.now, one.turnout] for one in found] == case["changes"]


def test_summary() -> None:
    """A figure over all zorgkantoren where it changed: sums, and who did better and worse."""
    listed = [
        {"zorgkantoor": "5501", "figure": "x", "former": 3, "now": 1, "turnout": "better", "words": "faults"},
        {"zorgkantoor": "5502", "figure": "x", "former": 0, "now": 1, "turnout": "worse", "words": "faults"},
    ]
    (one,) = by_figure(listed)
    assert (one.words, one.former, one.now, one.better, one.worse) == ("faults", 3, 2, ("5501",), ("5502",))
