"""What stops the work has one root, a message and a hint."""

from keten.core import KetenError, UsageError


def test_an_error_says_what_to_do_next_to_what_is_wrong() -> None:
    """A general hint, unless the one who raises it knows better."""
    assert KetenError("It broke.").hint == KetenError.hint
    error = UsageError("There is no such file.", hint="Check the path.")
    assert (str(error), error.hint, UsageError.hint) == (
        "There is no such file.",
        "Check the path.",
        "Look at the command's --help.",
    )


def test_the_exit_code_tells_wrong_usage_from_an_internal_fault() -> None:
    """2 is for the user to mend, 3 for the maker."""
    assert (UsageError("x").exit_code, KetenError("x").exit_code) == (2, 3)
    assert issubclass(UsageError, KetenError)
