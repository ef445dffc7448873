"""The worked example of the handbook (section 3): VV6 as MPT, 1% and 1%, and 50/30/20 when a third provider joins."""

from dataclasses import replace
from pathlib import Path

import pytest

from keten.conversion import Settings
from keten.standard.tariffs import tariffs_on
from tests.unit.conversion.notation import Case, cases, new_items
from tests.unit.conversion.outcome import Ran, run

TWO, THREE = "two providers, as in the conversion of 2018", "three providers, as the calculator gives it"


@pytest.mark.parametrize("name", [TWO, THREE])
def test_the_numbers(name: str, tmp_path: Path) -> None:
    """Without tariffs 1% each, for that reason; with those that come with keten the shares of 50, 30 and 20."""
    case = next(one for one in cases() if one.name == name)
    tariffs = tariffs_on(Settings().cutover) if name == THREE else None
    ran = run([case], replace(Settings(), tariffs=tariffs), tmp_path)
    assert sorted(ran.came[case.number].items) == sorted(new_items(case))
    assert _told(ran, case) == ({"no tariff table": 2} if name == TWO else {})
    assert ran.invalid == ()


def _told(ran: Ran, case: Case) -> object:
    assert len(ran.came) == 1
    assert case.number in ran.came
    return ran.figures["percentages"]["oneByReason"]
