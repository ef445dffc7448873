"""The automata of simple types never accept what libxml2 refuses, and miss nothing that is written plainly."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.messages.automata import LARGEST, REFUSES_ALL, automaton, of_words
from keten.standard import Release, SimpleType, load
from tests.generating import accepts_value, ordinary_values, schema_versions, tempting_values

SCHEMAS = [pytest.param(release, id=release.reference) for release in schema_versions()]
ALPHABET = "0123456789-:.+TZaAzéÀỳŽ𝄞 \t\n\r\x85\xa0&<"


def is_plain(kind: SimpleType, value: str) -> bool:
    """Whether the kernel would take a value for one of its type: automaton, length and range."""
    least, most = kind.min_length or 0, kind.max_length if kind.max_length is not None else len(value)
    if not (automaton(kind).matches(value) and least <= len(value) <= most):
        return False
    low = -LARGEST if kind.minimum is None else kind.minimum
    high = LARGEST if kind.maximum is None else kind.maximum
    return kind.base != "integer" or low <= int(value) <= high


@pytest.mark.parametrize("release", SCHEMAS)
def test_at_the_edges_of_every_type_plain_values_are_valid_ones(release: Release) -> None:
    """For texts the two are the same; of numbers, dates and times only those written oddly are left to libxml2."""
    for kind in release.types.values():
        assert automaton(kind) != REFUSES_ALL, f"{kind.name} has a pattern that is not supported"
        for value in tempting_values(kind):
            plain, valid = is_plain(kind, value), accepts_value(kind, value)
            assert plain == valid if kind.base == "string" else plain <= valid, (kind.name, value)
        for value in ordinary_values(release, kind.name):
            assert is_plain(kind, value), (kind.name, value)


@pytest.mark.parametrize("release", [load("1.2"), load("2.0@1.3"), load("2.2")], ids=lambda release: release.reference)
@given(value=st.text(ALPHABET, max_size=14))
@settings(max_examples=60)
def test_whatever_the_text_a_plain_value_is_a_valid_one(release: Release, value: str) -> None:
    """The same for texts at random, for every type."""
    for kind in release.types.values():
        plain, valid = is_plain(kind, value), accepts_value(kind, value)
        assert plain == valid if kind.base == "string" else plain <= valid, kind.name


@given(day=st.dates())
def test_every_day_since_the_year_1000_is_a_plain_date(day: object) -> None:
    """Leap years included."""
    assert automaton(load("2.0").types["LDT_Datum"]).matches(str(day)) == (str(day) >= "1000")


@given(words=st.sets(st.text("ab1é", max_size=3)), word=st.text("ab1é", max_size=3))
def test_the_automaton_of_a_code_list_takes_its_words_only(words: set[str], word: str) -> None:
    """Also when one code begins with another, or is empty."""
    assert of_words(words).matches(word) == (word in words)


@pytest.mark.parametrize("text", [" " * 60 + "a", " " * 5000, ". " * 5000, "word " * 2000], ids=lambda text: text[:6])
def test_a_comment_is_matched_in_milliseconds_by_either_path(text: str) -> None:
    r"""`([.\s]*\S+[.\s]*)+` takes a backtracking engine for ever on 60 blanks and a letter."""
    release = load("2.0")
    kind = release.types["LDT_Commentaar"]
    automaton(kind)
    began = time.perf_counter()
    assert automaton(kind).matches(text) == accepts_value(kind, text) == bool(text.strip())
    assert time.perf_counter() - began < 0.5
