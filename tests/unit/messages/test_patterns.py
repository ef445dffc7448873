"""Patterns are read as XML Schema means them; where Python's own notation means the same, they agree."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keten.messages.automata import of_expression
from keten.messages.patterns import UnsupportedPattern, complement, parse, union

ATOMS = st.sampled_from(
    ["a", "b", "1", ".", r"\.", r"\s", r"\S", "[ab]", "[^a]", "[a-c1]", r"[.\s]", r"[^\s]", "[b-]", r"\-", "é"]
)
QUANTIFIERS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "{0}"])


def quantified(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("({}){}".format, inner, QUANTIFIERS)


PATTERNS = st.recursive(
    st.builds("{}{}".format, ATOMS, QUANTIFIERS),
    lambda inner: (
        quantified(st.builds("{}{}".format, inner, inner)) | quantified(st.builds("{}|{}".format, inner, inner))
    ),
    max_leaves=6,
)


@given(pattern=PATTERNS, texts=st.lists(st.text("ab1c.- \n\té𝄞", max_size=6), min_size=5, max_size=20))
@settings(max_examples=150)
def test_an_expression_matches_what_its_pattern_matches(pattern: str, texts: list[str]) -> None:
    """Derivatives and all: the automaton agrees with Python's engine."""
    found = of_expression(parse(pattern))
    assume(len(found.moves) < 200)
    for text in texts:
        assert found.matches(text) == bool(re.fullmatch(pattern, text)), (pattern, text)


@pytest.mark.parametrize("pattern", [r"\d", r"\p{L}", "[a-z-[aeiou]]", "(a", "a)", "*a", "a**b|+", "[a", "a\\", "a{2"])
def test_a_form_that_is_not_known_is_refused_not_guessed(pattern: str) -> None:
    """The values of such a type are then left to libxml2."""
    with pytest.raises(UnsupportedPattern):
        parse(pattern)


def test_a_dot_stands_for_no_line_end() -> None:
    """XML Schema excludes the return as well, which Python's notation does not."""
    any_char = of_expression(parse("."))
    assert [any_char.matches(char) for char in ("a", "\x85", "\u2028", "\n", "\r")] == [True, True, True, False, False]


SETS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))).map(tuple)


@given(first=SETS, second=SETS)
def test_sets_of_characters_can_be_joined_and_turned_around(
    first: tuple[tuple[int, int], ...], second: tuple[tuple[int, int], ...]
) -> None:
    """A character is in a union when it is in either, in a complement when it is not in the set."""

    def among(ranges: tuple[tuple[int, int], ...], char: int) -> bool:
        return any(low <= char <= high for low, high in ranges)

    both = union([first, second])
    for char in range(35):
        assert among(both, char) == (among(first, char) or among(second, char))
        assert among(complement(both), char) != among(both, char)
