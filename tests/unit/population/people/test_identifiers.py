"""BSNs: as many as are asked, all different, all passing the elfproef, those of the test range first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from keten.core import UsageError
from keten.population.people.identifiers import MOST, bsns

IN_TEST_RANGE = 9_091


@given(st.integers(0, 12_000))
def test_as_many_as_asked(count: int) -> None:
    """A longer list begins with the shorter one, and no number stands in it twice."""
    numbers = bsns(count)
    assert len(numbers) == len(np.unique(numbers)) == count
    assert np.array_equal(numbers, bsns(count + 500)[:count])


def test_all_pass_the_elfproef() -> None:
    """By somebody else's test, within and beyond the test range."""
    assert all(bsn.is_valid(str(number)) for number in bsns(IN_TEST_RANGE + 2_000).tolist())


def test_the_test_range_comes_first() -> None:
    """Its 9,091 numbers, and only then others that begin with a 9."""
    numbers = bsns(IN_TEST_RANGE + 1).tolist()
    assert (min(numbers[:-1]), max(numbers[:-1])) == (999900006, 999999990)
    assert numbers[-1] == 900000004


def test_a_whole_country_has_enough() -> None:
    """Also far beyond the test range no number comes twice."""
    assert len(np.unique(bsns(300_000))) == 300_000


def test_there_is_an_end() -> None:
    """More than there are is refused."""
    with pytest.raises(UsageError, match="at most 9,000,000"):
        bsns(MOST + 1)
