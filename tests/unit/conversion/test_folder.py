"""The folder of a conversion: nothing half-written, nothing of others touched."""

import json
from pathlib import Path

import pytest

from keten.conversion.folder import FIGURES, publish, workplace
from keten.core import FolderInUse


def make(folder: Path, *names: str) -> None:
    """Write messages in a workplace and publish them."""
    with workplace(folder) as work:
        for name in names:
            (work / "out" / name).parent.mkdir(parents=True, exist_ok=True)
            (work / "out" / name).write_text(name, encoding="utf-8")
        (work / "out").mkdir(exist_ok=True)
        publish(work / "out", folder)


def files(folder: Path) -> list[str]:
    """All files of a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_is_finished_appears_and_the_workplace_goes(tmp_path: Path) -> None:
    """The messages in their place, and the list of them."""
    make(tmp_path / "out", "5501/AW33/a.xml", "b.xml")
    assert files(tmp_path / "out") == ["5501/AW33/a.xml", "b.xml", FIGURES]


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    """Neither messages nor a workplace, and what stood there before stays."""
    make(tmp_path, "a.xml")
    before = files(tmp_path)
    with pytest.raises(FileExistsError):
        make(tmp_path, "b.xml", "c.xml", "c.xml/d.xml")
    assert files(tmp_path) == before


def test_an_earlier_conversion_is_replaced(tmp_path: Path) -> None:
    """All of it, and nothing else."""
    make(tmp_path, "a.xml", "b.xml")
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    make(tmp_path, "b.xml", "c.xml")
    assert files(tmp_path) == ["b.xml", "c.xml", FIGURES, "letter.txt"]


def test_a_conversion_that_was_cut_off_is_cleared_by_the_next(tmp_path: Path) -> None:
    """Its folder says that it is unfinished, and names what may stand in it."""
    make(tmp_path, "a.xml")
    told = json.loads((tmp_path / FIGURES).read_text(encoding="utf-8"))
    assert told["unfinished"] is True, "until the figures are handed over"
    make(tmp_path, "b.xml")
    assert files(tmp_path) == ["b.xml", FIGURES]


def test_a_workplace_that_was_left_behind_is_cleared(tmp_path: Path) -> None:
    """A killed run leaves one."""
    (tmp_path / ".work").mkdir()
    (tmp_path / ".work" / "half.xml").write_text("<Be", encoding="utf-8")
    with workplace(tmp_path) as work:
        assert files(work) == []


@pytest.mark.parametrize("name", ["letter.txt", "5501"])
def test_a_folder_that_holds_something_else(tmp_path: Path, name: str) -> None:
    """It is refused, and left as it is."""
    (tmp_path / name).mkdir()
    with pytest.raises(FolderInUse, match="no conversion"), workplace(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]
