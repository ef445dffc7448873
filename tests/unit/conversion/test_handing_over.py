"""The folder of a conversion: all of it at once, or nothing."""

from pathlib import Path

import pytest

from keten.conversion import Settings, convert, converting
from keten.core import FolderInUse
from keten.core.plain import plain
from keten.messages import Source, find_sources
from tests.product.running import rows
from tests.unit.calculation.building import assignments, written
from tests.unit.threads import threads


@pytest.fixture
def message(tmp_path: Path) -> Path:
    """A message of 1.2."""
    path = tmp_path / "in" / "a.xml"
    path.parent.mkdir()
    written(path, assignments(["A 755/4 2018-01-01.."], release="1.2"))
    return path


def quiet(*_: object) -> None:
    """Tell nobody."""


def files(folder: Path) -> dict[str, bytes]:
    """What stands in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_library_gets_a_finished_folder(message: Path, tmp_path: Path) -> None:
    """Messages, figures, lists and page, and the figures in hand."""
    with threads(1) as pool:
        figures = convert(list(find_sources([str(message)])), tmp_path / "out", Settings(), pool, quiet)
    names = {"conversion.json", "exceptions.csv", "assignments.csv", "notes.csv", "index.html", ".keten.json"}
    assert files(tmp_path / "out").keys() == {*names, *(one["name"] for one in figures["messages"])}


def test_what_fails_while_something_is_added_leaves_the_earlier(message: Path, tmp_path: Path) -> None:
    """A fault that cannot be planted, for one."""
    out, sources = tmp_path / "out", list(find_sources([str(message)]))
    with threads(1) as pool:
        convert(sources, out, Settings(), pool, quiet)
        before = files(out)
        with pytest.raises(FileNotFoundError), converting(sources, out, Settings(), pool, quiet) as made:
            (made.folder / "answers.csv").rename(made.folder / "none" / "answers.csv")
    assert files(out) == before


def test_its_own_messages_are_no_input(message: Path, tmp_path: Path) -> None:
    """What would be replaced is not read for it, nor a file of settings that stands there as its own."""
    out = tmp_path / "out"
    with threads(1) as pool:
        convert(list(find_sources([str(message)])), out, Settings(), pool, quiet)
        before = files(out)
        with pytest.raises(FolderInUse, match="is to be read, and would be replaced"):
            convert(list(find_sources([str(out)])), out, Settings(), pool, quiet)
        with pytest.raises(FolderInUse, match="is to be read, and would be replaced"):
            convert(list(find_sources([str(message)])), out, Settings(), pool, quiet, inputs=[out / "notes.csv"])
    assert files(out) == before


def test_an_account_that_names_files_elsewhere(message: Path, tmp_path: Path) -> None:
    """Whatever stands in conversion.json, nothing is removed by it."""
    out, mine = tmp_path / "out", tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    with threads(1) as pool:
        convert(list(find_sources([str(message)])), out, Settings(), pool, quiet)
        (out / "conversion.json").write_text(f'{{"messages": [{{"name": "../mine.txt"}}, {{"name": "{mine}"}}]}}')
        convert(list(find_sources([str(message)])), out, Settings(), pool, quiet)
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["b\udcffad.xml", "\x1b[31m.xml", "\N{RIGHT-TO-LEFT OVERRIDE}lmx.xml", "[red].xml"])
def test_names_of_any_kind(message: Path, tmp_path: Path, name: str) -> None:
    """They are read by their path, and shown spelled out."""
    path = message.rename(message.with_name(name))
    with threads(1) as pool:
        convert([Source(plain(str(path)), path, size=1)], tmp_path / "out", Settings(), pool, quiet)
    assert {row["file"] for row in rows(tmp_path / "out" / "assignments.csv")} == {plain(str(path))}


@pytest.mark.parametrize(
    ("start", "end", "becomes"),
    [
        ("0001-01-01", "", "<Ingangsdatum>2018-04-01</Ingangsdatum>"),
        ("0001-01-01", "9999-12-31", "<Einddatum>9999-12-31</Einddatum>"),
        ("9999-12-31", "", "<Ingangsdatum>9999-12-31</Ingangsdatum>"),
    ],
)
def test_days_at_the_edges(message: Path, tmp_path: Path, start: str, end: str, becomes: str) -> None:
    """They are days like any other."""
    closed = f"<Einddatum>{end}</Einddatum>" if end else ""
    old, new = "<Ingangsdatum>2018-01-01</Ingangsdatum>", f"<Ingangsdatum>{start}</Ingangsdatum>{closed}"
    message.write_text(message.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with threads(1) as pool:
        figures = convert(list(find_sources([str(message)])), tmp_path / "out", Settings(), pool, quiet)
    assert becomes in (tmp_path / "out" / figures["messages"][0]["name"]).read_text(encoding="utf-8")
