"""The judge finds every planted fault by its codes and at its client, and nothing else."""

from pathlib import Path

import pytest

from keten.acceptance import Settings, accept, codes
from keten.faults import catalogue
from keten.messages import find_sources
from tests.unit.faults.conftest import Planted, convert_region, plant_copy
from tests.unit.faults.measuring import Measured, measure
from tests.unit.threads import threads

NOTHING = Measured([], [])


def judged(planted: Planted) -> Measured:
    """What the judge found, measured by the answer sheet."""
    before, after = (list(find_sources([str(folder)])) for folder in (planted.clean.parent / "in", planted.folder))
    with threads(2) as pool:
        judgement = accept(before, after, Settings(), pool, lambda *_: None)
    return measure(planted, judgement.findings)


def test_the_codes_are_those_of_the_judge() -> None:
    """Every code that a fault expects is one that the judge has."""
    assert {code for one in catalogue().values() for code in one.expects} <= set(codes())


def test_every_fault_is_found_and_nothing_else(planted: Planted) -> None:
    """One of each."""
    assert judged(planted) == NOTHING


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_thousand_faults_among_twenty_thousand_clients(tmp_path: Path) -> None:
    """Precision and recall are 1: all are found, none too many."""
    clean = convert_region(tmp_path / "region", 20_000)
    planted = plant_copy(clean, tmp_path / "planted", dict.fromkeys(catalogue(), 0.0025))
    assert sum(planted.counts.values()) >= 1_000
    assert judged(planted) == NOTHING
