"""Folders to which results are added, and figures made plain."""

from pathlib import Path

from keten.core.folders import filling
from keten.core.marks import read_mark
from keten.core.plain import plain_within


def test_what_is_added_stands_beside_what_was_there(tmp_path: Path) -> None:
    """Same names are replaced; all are in the list."""
    for name, text in (("a", "1"), ("b", "2"), ("a", "3")):
        with filling(tmp_path, "result", adding=True) as draft:
            (draft.new / name).write_text(text, encoding="utf-8")
    assert {one.name: one.read_text(encoding="utf-8") for one in tmp_path.glob("[!.]*")} == {"a": "3", "b": "2"}
    mark = read_mark(tmp_path)
    assert mark is not None
    assert mark.files == {"a", "b"}


def test_figures_are_made_plain_whatever_their_shape() -> None:
    """Texts and keys; the rest stays as it is."""
    given = {"\x1b": [1, None, "\u202e", ("a", {"b": 2.5})]}
    assert plain_within(given) == {"\\x1b": [1, None, "\\u202e", ["a", {"b": 2.5}]]}
