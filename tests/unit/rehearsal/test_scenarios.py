"""Scenarios as data: every fault is one of the catalogue, and the verdict is one that the criteria can give."""

import pytest

from keten.faults import catalogue
from keten.rehearsal.scenarios import UnknownScenario, every_scenario, scenarios


def test_faults_are_of_the_catalogue() -> None:
    """With a rate above 0 and at most 1."""
    planted = {(name, rate) for one in every_scenario().values() for name, rate in one.faults.items()}
    assert {name for name, _ in planted} <= set(catalogue())
    assert all(0 < rate <= 1 for _, rate in planted)


def test_the_usual_ones() -> None:
    """A trial with faults, then one without; and those that are asked for, in that order."""
    assert [(one.name, one.verdict) for one in scenarios(())] == [("april-2018", "No-go"), ("clean", "Go")]
    assert [one.name for one in scenarios(("clean", "sent-again"))] == ["clean", "sent-again"]


def test_findings_of_2018() -> None:
    """The trial of April 2018 repeats each finding about conversion files."""
    faults = every_scenario()["april-2018"].faults
    assert {catalogue()[name].finding for name in faults} >= {1, 2, 3, 4, 9, 13, 16}


def test_an_unknown_one() -> None:
    """Is refused, with the names there are."""
    with pytest.raises(UnknownScenario, match="There is no scenario 'april'") as refused:
        scenarios(("april",))
    assert "april-2018" in refused.value.hint
