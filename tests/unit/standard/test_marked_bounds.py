"""YAML with places: what grows or goes deep when it is read is refused."""

from pathlib import Path

import pytest

from keten.core import UsageError
from keten.standard.marked import read_marked

LAUGHS = "a: &a {x: 1}\n" + "".join(
    f"{name}: &{name} {{{', '.join(f'{key}: *{before}' for key in range(40))}}}\n"
    for before, name in zip("abcd", "bcde", strict=True)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LAUGHS, "more than 100,000 values"),
        ("a: &a {b: *a}\n", "at most 10 levels"),
        ("a: " + "{b: " * 100 + "1" + "}" * 100, "deep within each other"),
        ("x" * 300 + ": 1\n", "a plain word as key"),
        ("a: [1]\x1b", "is no YAML"),
        ("a: &a {b: 1}\nc: &a {b: 2}\n", "is no YAML: found duplicate anchor"),
        ("a: *b\n", "is no YAML: found undefined alias"),
        ('"\\e[31m": [1]\n', "found a list"),
    ],
)
def test_what_is_refused(text: str, says: str, tmp_path: Path) -> None:
    """In words in which nothing acts on a screen."""
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says) as raised:
        read_marked(path, UsageError)
    assert str(raised.value).isprintable()


def test_a_value_may_be_referred_to(tmp_path: Path) -> None:
    """As the shipped table does."""
    path = tmp_path / "t.yaml"
    path.write_text("a: &a {b: 1}\nc: *a\n", encoding="utf-8")
    assert read_marked(path, UsageError).fields(("a", "c"))["c"].fields(("b",))["b"].text() == "1"
