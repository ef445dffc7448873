"""A comparison whose account does not add up is no comparison."""

from dataclasses import replace

import pytest

from keten.comparison import compare, pair_of
from keten.comparison.opening import OpenAccount
from tests.unit.comparison.building import PARTIES, book, note


def test_a_record_that_got_lost_is_a_fault() -> None:
    """Every record must be equal, different, only here or double; else there is no verdict (exit code 3)."""
    rows = [note("1 10 754 4 2018-04-01"), note("2 10 754 4 2018-04-01")]
    whole = compare(book(PARTIES[0], rows), book(PARTIES[1], rows), pair_of(*PARTIES))
    lost = replace(whole, match=replace(whole.match, pairs=whole.match.pairs.head(1)))
    more = [replace(whole, left=book(PARTIES[0], rows * 2)), replace(whole, right=book(PARTIES[1], rows * 2))]
    for broken in (lost, *more):
        with pytest.raises(OpenAccount, match="are accounted for") as caught:
            assert broken.account
        assert caught.value.exit_code == 3
