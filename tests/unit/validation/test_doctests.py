"""The examples in the docstrings hold."""

import doctest

from keten.validation import advising
from keten.validation.forms import wording


def test_the_examples_hold() -> None:
    """Each as it stands."""
    for module in (advising, wording):
        outcome = doctest.testmod(module)
        assert (outcome.failed, outcome.attempted > 0) == (0, True)
