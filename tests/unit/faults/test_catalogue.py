"""The catalogue of faults: what it says, what is built and what is documented are the same."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from keten.core import UsageError
from keten.faults import UnknownFault, catalogue, rates
from keten.faults.catalogue import FAMILIES

PAGE = Path(__file__).parents[3] / "docs" / "faults.md"
ROW = re.compile(r"\| `(\w+)` \| (\d*) \| (\w+) \| (.+) \| (AC[\d AC]+) \|")
FINDINGS_OF_2018 = {1, 2, 3, 4, 9, 13, 16}
"""What went wrong with the conversion itself."""


def test_every_fault_has_one_plan() -> None:
    """The names in the catalogue are those of the modules, each once."""
    plans = [name for family in FAMILIES for name in family.PLANS]
    assert sorted(plans) == sorted(catalogue())


def test_what_went_wrong_in_2018_can_be_repeated() -> None:
    """Each finding of the conversion by at least one fault, and at least twenty faults of our own."""
    findings = [one.finding for one in catalogue().values()]
    assert set(findings) == FINDINGS_OF_2018 | {0}
    assert findings.count(0) >= 20


def test_the_page_lists_them_all() -> None:
    """The table in docs/faults.md is the catalogue, in its order."""
    rows = [match.groups() for match in map(ROW.fullmatch, PAGE.read_text(encoding="utf-8").splitlines()) if match]
    expected = [
        (one.name, str(one.finding or ""), one.per, one.does, " ".join(one.expects)) for one in catalogue().values()
    ]
    assert rows == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nothing=0.1", "There is no fault 'nothing'."),
        ("client_missing", "'client_missing' is not a fault and its rate."),
        ("client_missing=much", "'client_missing=much' is not a fault and its rate"),
        ("client_missing=1.5", "The rate of client_missing must lie between 0 and 1, and is 1.5."),
        ("client_missing=nan", "The rate of client_missing must lie between 0 and 1, and is nan."),
    ],
)
def test_a_wish_that_cannot_be_met(text: str, message: str) -> None:
    """Wrong usage, said in one sentence."""
    with pytest.raises(UnknownFault) as caught:
        rates([text])
    assert str(caught.value).startswith(message)
    assert isinstance(caught.value, UsageError)


def test_a_fault_that_is_asked_for_twice() -> None:
    """Which rate was meant cannot be known."""
    with pytest.raises(UnknownFault, match="client_missing is asked for twice"):
        rates(["client_missing=0.1", "client_missing=0.2"])


def test_a_fault_that_is_nearly_there() -> None:
    """The nearest one is named, not all 78."""
    with pytest.raises(UnknownFault) as caught:
        rates(["client_mising=0.1"])
    assert caught.value.hint.startswith("Did you mean client_missing?")


def test_examples() -> None:
    """The examples in the module are true."""
    assert doctest.testmod(import_module("keten.faults.catalogue")).failed == 0
