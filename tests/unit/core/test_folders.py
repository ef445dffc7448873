"""Folders that are filled: the old stays until the new is there, nothing of others is touched, killed at any moment."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from keten.core import FolderInUse
from keten.core.folders import clear, filling, finished
from keten.core.marks import MARK, WORK

OLD = {"index.html": "old", "a/one.xml": "1", "a/b/two.xml": "2"}
NEW = {"index.html": "new", "a/b/three.xml": "3", "c/four.xml": "4"}
OTHERS = {"mine.txt": "mine", "a/notes.txt": "notes"}


def fill(folder: Path, content: Mapping[str, str], kind: str = "thing", **asked: object) -> None:
    """Fill a folder with these files."""
    with filling(folder, kind, **asked) as draft:  # type: ignore[arg-type]
        write(draft.new, content)


def write(folder: Path, content: Mapping[str, str]) -> None:
    for name, text in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def held(folder: Path) -> dict[str, str]:
    """All files in a folder but its mark, and what they say."""
    found = [one for one in folder.rglob("*") if one.is_file() and one.name != MARK]
    return {one.relative_to(folder).as_posix(): one.read_text(encoding="utf-8") for one in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a result, and files of others beside it."""
    place = tmp_path / "out"
    fill(place, OLD)
    write(place, OTHERS)
    return place


def test_the_new_takes_the_place_of_the_old_and_of_nothing_else(folder: Path) -> None:
    """What keten wrote before goes, what others put there stays, and no empty folder is left."""
    fill(folder, NEW)
    assert held(folder) == {**NEW, **OTHERS}
    clear(folder, "thing")
    assert held(folder) == OTHERS
    assert not (folder / "c").exists()


def test_work_that_is_given_up_changes_nothing(folder: Path, tmp_path: Path) -> None:
    """An error within leaves the old as it was; a folder that was made for the work is gone."""
    for place in (folder, tmp_path / "absent"):
        with suppress(ZeroDivisionError), filling(place, "thing") as draft:
            write(draft.new, NEW)
            raise ZeroDivisionError
    assert held(folder) == {**OLD, **OTHERS}
    assert not (tmp_path / "absent").exists()


def test_what_is_told_about_people_is_for_the_owner_alone(tmp_path: Path) -> None:
    """0600 and 0700 whatever the umask; unless it is for everybody."""
    before = os.umask(0)
    try:
        fill(tmp_path / "people", NEW)
        fill(tmp_path / "pages", NEW, private=False)
    finally:
        os.umask(before)
    modes = {one.stat().st_mode & 0o777 for one in (tmp_path / "people").rglob("*") if one.name != MARK}
    assert modes == {0o600, 0o700}
    assert (tmp_path / "people").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "pages" / "c" / "four.xml").stat().st_mode & 0o777 == 0o666


def test_only_a_result_of_the_same_kind_gives_way(folder: Path, tmp_path: Path) -> None:
    """A folder without a mark, with the mark of something else, or with one that is none, is left alone."""
    with pytest.raises(FolderInUse, match="a thing, not a conversion"):
        fill(folder, NEW, "conversion")
    write(tmp_path / "web", {"manifest.json": "{}", "index.html": "theirs"})
    with pytest.raises(FolderInUse, match="no thing of keten"):
        fill(tmp_path / "web", NEW)
    assert held(tmp_path / "web") == {"manifest.json": "{}", "index.html": "theirs"}
    with pytest.raises(FolderInUse, match="in the way"):
        fill(tmp_path / "web", NEW, beside_others=True)
    fill(tmp_path / "web", {"other.html": "ours"}, beside_others=True)
    assert held(tmp_path / "web") == {"manifest.json": "{}", "index.html": "theirs", "other.html": "ours"}


@pytest.mark.parametrize(
    "mark",
    [
        "{}",
        "[]",
        "no json",
        "[" * 100_000,
        '{"keten": "thing", "files": "index.html"}',
        '{"keten": "thing", "files": ["../victim"]}',
        '{"keten": "thing", "files": ["/etc/victim"]}',
        '{"keten": "thing", "files": ["a/../../victim"]}',
        '{"keten": "thing", "files": [1]}',
        '{"keten": "thing", "files": [""]}',
        '{"keten": "thing", "files": ["a\\u0000b"]}',
        '{"keten": "thing", "files": [".keten-work/lock"]}',
    ],
)
def test_a_forged_list_removes_nothing(folder: Path, mark: str) -> None:
    """A list that names what lies elsewhere, or is no list, is refused whole."""
    (folder.parent / "victim").write_text("theirs", encoding="utf-8")
    (folder / MARK).write_text(mark, encoding="utf-8")
    with pytest.raises(FolderInUse):
        fill(folder, NEW)
    assert held(folder) == {**OLD, **OTHERS}
    assert (folder.parent / "victim").read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize("where", ["a", "c", "a/b/two.xml", "a/b/three.xml", MARK, WORK])
def test_no_link_is_followed(folder: Path, tmp_path: Path, where: str) -> None:
    """Where a link stands in the way, to a file or a folder of others, nothing behind it changes."""
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere, {"one.xml": "theirs", "b/two.xml": "theirs", "four.xml": "theirs"})
    (folder / where).rename(tmp_path / "moved") if (folder / where).exists() else None
    (folder / where).symlink_to(elsewhere if "." not in where else elsewhere / "one.xml")
    if where != "a/b/two.xml":  # a link in the place of our own file is removed, and that is all
        with pytest.raises(FolderInUse):
            fill(folder, NEW)
    else:
        fill(folder, NEW)
    assert held(elsewhere) == {"one.xml": "theirs", "b/two.xml": "theirs", "four.xml": "theirs"}


def test_no_input_is_replaced(folder: Path, tmp_path: Path) -> None:
    """A file to read that would give way is refused before any work, by whatever way it was named."""
    (tmp_path / "link").symlink_to(folder)
    for one in (folder / "a" / "one.xml", tmp_path / "link" / "a" / "one.xml"):
        with pytest.raises(FolderInUse, match="is to be read"):
            fill(folder, NEW, inputs=[one])
    fill(folder, NEW, inputs=[folder / "mine.txt"])


def test_one_run_at_a_time(folder: Path) -> None:
    """Who comes second is told who is at work, and the first is not disturbed."""
    with filling(folder, "thing") as draft:
        with pytest.raises(FolderInUse, match=f"process {os.getpid()}"):
            fill(folder, OLD)
        write(draft.new, NEW)
    assert held(folder) == {**NEW, **OTHERS}


def test_killed_at_any_moment_it_is_the_old_or_the_new(tmp_path: Path) -> None:
    """At each of its steps a run is killed; what it leaves is the old, or the new once the next run has looked at it."""
    seen = set()
    for moment, killed in enumerate(_killed(tmp_path), 1):
        place = tmp_path / str(moment)
        unfinished = (place / WORK / "exchange.json").exists()
        if unfinished:
            with pytest.raises(FolderInUse, match="was stopped while it put"):
                finished(place)
            with suppress(ZeroDivisionError), filling(place, "thing"):
                raise ZeroDivisionError
        left = {name: text for name, text in held(place).items() if not name.startswith(WORK)}
        assert left in ({**OLD, **OTHERS}, {**NEW, **OTHERS})
        assert left == {**NEW, **OTHERS} or not unfinished
        assert not (place / WORK).exists() or (place / WORK).stat().st_mode & 0o777 == 0o700
        seen.add((unfinished, left == {**NEW, **OTHERS}))
        fill(place, NEW)
        assert held(place) == {**NEW, **OTHERS}
        assert not (place / WORK).exists()
        if not killed:
            break
    assert seen == {(False, False), (True, True), (False, True)}


def _killed(tmp_path: Path) -> Iterator[bool]:
    """Runs, each killed at a later step than the one before; whether it was killed before it was done."""
    for moment in range(1, 1_000):
        place = tmp_path / str(moment)
        fill(place, OLD)
        write(place, OTHERS)
        child = os.fork()
        if not child:
            _die_at(moment)
            fill(place, NEW)
            os._exit(0)
        yield os.waitpid(child, 0)[1] != 0


def _die_at(moment: int) -> None:
    """End this process, at once, when it changes the disk for the so-manieth time."""
    left = moment

    def count(event: str, _: object) -> None:
        nonlocal left
        left -= event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "open", "os.truncate")
        if not left:
            os._exit(9)

    sys.addaudithook(count)
