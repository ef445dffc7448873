"""A file is written as a whole or not at all, for its owner, and never in the place of what was to be read."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from keten.core.files import NotWritable, writing_whole
from keten.core.folders import filling


def write(path: Path, text: str = "new", inputs: tuple[Path, ...] = ()) -> None:
    """Write a file in one go."""
    with writing_whole(path, inputs) as stream:
        stream.write(text.encode())


def test_a_file_bears_its_name_when_all_of_it_is_written(tmp_path: Path) -> None:
    """Until then what was there stays; when the work is given up, that is all there is."""
    out = tmp_path / "made" / "report"
    write(out, "old")
    with suppress(ZeroDivisionError), writing_whole(out) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert [one.read_text(encoding="utf-8") for one in out.parent.iterdir()] == ["old"]
    write(out)
    assert [one.read_text(encoding="utf-8") for one in out.parent.iterdir()] == ["new"]


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    """Whatever the umask, and whatever the rights of what was there."""
    before = os.umask(0)
    try:
        (tmp_path / "open").write_text("old", encoding="utf-8")
        for name in ("open", "new"):
            write(tmp_path / name)
            assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


def test_no_input_is_replaced(tmp_path: Path) -> None:
    """By its own name, through a link above it, or as another name of the same file."""
    given = tmp_path / "given"
    given.write_text("theirs", encoding="utf-8")
    (tmp_path / "hard").hardlink_to(given)
    (tmp_path / "way").symlink_to(tmp_path)
    for out in (given, tmp_path / "hard", tmp_path / "way" / "given"):
        with pytest.raises(NotWritable, match="to read"):
            write(out, inputs=(given,))
    assert given.read_text(encoding="utf-8") == "theirs"


def test_a_file_of_another_result_is_not_replaced(tmp_path: Path) -> None:
    """What a folder lists as its own is part of that; what lies beside it is not."""
    with filling(tmp_path / "result", "thing") as draft:
        (draft.new / "index.html").write_text("page", encoding="utf-8")
    with pytest.raises(NotWritable, match="belongs to the thing in"):
        write(tmp_path / "result" / "index.html")
    write(tmp_path / "result" / "beside.html")


def test_neither_a_link_nor_a_folder_is_written_to(tmp_path: Path) -> None:
    """Also a link that leads nowhere: what would be made there was not named."""
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    for name, said in (
        ("link", "is a link"),
        (".", "is a folder"),
        ("file/below", "cannot be written"),
        ("a\0b", "null"),
    ):
        (tmp_path / "file").touch()
        with pytest.raises(NotWritable, match=said):
            write(tmp_path / name)
    assert not (tmp_path / "victim").exists()


def test_a_device_is_written_to_as_it_is() -> None:
    """There is nothing to replace."""
    write(Path(os.devnull))
    assert Path(os.devnull).is_char_device()


def test_what_a_killed_run_began_is_cleared_and_what_another_writes_is_not(tmp_path: Path) -> None:
    """The lock of what is being written is held by who writes it."""
    child = os.fork()
    if not child:
        with writing_whole(tmp_path / "report") as stream:
            stream.write(b"half")
            os._exit(9)
    os.waitpid(child, 0)
    assert len(list(tmp_path.iterdir())) == 1
    with writing_whole(tmp_path / "other") as stream:
        stream.write(b"whole")
        write(tmp_path / "report")
    assert {one.name for one in tmp_path.iterdir()} == {"other", "report"}
    assert (tmp_path / "other").read_bytes() == b"whole"
