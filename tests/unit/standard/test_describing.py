"""A type in words, as errors and `keten standard show` have it."""

import pytest

from keten.standard.describing import describe
from keten.standard.notation import read_type


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("string", "text"),
        ("string ..4", "text of at most 4 characters"),
        ("string 1..", "text of at least 1 character"),
        ("string 1..1", "text of 1 character"),
        ("string 2..2", "text of 2 characters"),
        ("string 1..8 .*[^\\s].* [0-9]{8}", "8 digits"),
        ("string 1.. .*[^\\s].* ([.\\s]*\\S+[.\\s]*)+", "text of at least 1 character, not only blanks"),
        ("string x|y", "text, matching x|y"),
        ("string 1..3 352", "352"),
        ("integer", "a whole number"),
        ("integer 0..99", "a whole number of 0 to 99"),
        ("date [^:Z]*", "a date (yyyy-mm-dd), without time zone"),
        ("time", "a time (hh:mm:ss)"),
    ],
)
def test_what_a_value_must_look_like(line: str, words: str) -> None:
    """Base, bounds and patterns; what two patterns say alike is told once, and a pattern of one value is that value."""
    assert describe(read_type("LDT_X", line)) == words


def test_codes_are_named_up_to_eight() -> None:
    """A short list is written out with its names, of a long one the number is told."""
    codes = {str(number): "" if number == 0 else f"naam {number}" for number in range(9)}
    few = dict(list(codes.items())[:3])
    assert describe(read_type("LDT_X", "string codes", few)) == "0, 1 (naam 1) or 2 (naam 2)"
    assert describe(read_type("LDT_X", "string codes", codes)) == "one of the 9 codes of LDT_X"
    assert describe(read_type("LDT_X", "string 1 codes", codes)) == "1"
