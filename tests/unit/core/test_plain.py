"""What a screen or a parser would act on is spelled out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.core.plain import plain


@pytest.mark.parametrize(
    ("text", "told"),
    [("a.xml", "a.xml"), ("\x1b[31m", "\\x1b[31m"), ("a\u202eb", "a\\u202eb"), ("\udcff", "\\udcff"), ("é ü", "é ü")],
)
def test_what_cannot_be_printed_is_spelled_out(text: str, told: str) -> None:
    """Escape codes, turned directions, halves of characters; letters stay as they are."""
    assert plain(text) == told


@given(st.text(st.characters(codec=None)))
def test_whatever_the_text_it_can_be_printed(text: str) -> None:
    """And written in UTF-8."""
    assert plain(text).isprintable()
    assert plain(text).encode().decode() == plain(text)
