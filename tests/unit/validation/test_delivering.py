"""Reports and files arrive where they were asked for, as a whole or not at all."""

import os
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from keten.core import UsageError
from keten.core.files import writing_whole
from keten.messages import Source
from keten.validation import Report, file_names, hand_out
from tests.unit.validation.forms.making import HOSTILE, finding, report

SOURCES = [Source("in/a.xml", None), Source("in/b.zip/A.xml", None)]
REPORTS = [report(), report(finding())]
NAMES = ["0001-a.rapport.xml", "0002-A.rapport.xml"]


def test_names_are_plain_and_told_apart_by_their_number() -> None:
    """Whatever a source is called."""
    names = file_names([*SOURCES, Source(HOSTILE, None), Source("-", None), Source("../..\\.xml", None)], "json")
    assert names[:2] == ["0001-a.json", "0002-A.json"]
    assert all(name.isascii() and "/" not in name and ".." not in name for name in names)
    assert names[3] == "0004-message.json"


def test_more_messages_go_into_a_folder_one_by_one(tmp_path: Path) -> None:
    """A folder that is there, or one that is made for a form that tells of one message only."""
    for folder in (tmp_path, tmp_path / "new"):
        hand_out("rapport", REPORTS, SOURCES, folder)
        assert sorted(path.name for path in folder.glob("[!.]*") if path.is_file()) == NAMES
    hand_out("json", REPORTS, SOURCES, tmp_path)
    assert (tmp_path / "0001-a.json").read_text(encoding="utf-8").startswith("{")


def test_more_messages_go_into_a_zip_file_that_is_the_same_each_time(tmp_path: Path) -> None:
    """Same reports, same bytes."""
    for name in ("a.zip", "b.zip"):
        hand_out("rapport", REPORTS, SOURCES, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == NAMES


@pytest.mark.parametrize("out", [None, "one.xml"])
def test_a_form_for_one_message_cannot_tell_of_more_in_one_place(out: str | None, tmp_path: Path) -> None:
    """On screen or in a file; what was asked is wrong before anything is judged."""
    with pytest.raises(UsageError, match="one message, and there are 2"):
        hand_out("rapport", iter(()), SOURCES, tmp_path / out if out else None)


def test_a_file_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    """What was there before stays when writing fails."""
    path = tmp_path / "a.txt"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        hand_out("text", _stopping(), SOURCES, path)
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text(encoding="utf-8") == "before"


def _stopping() -> Iterator[Report]:
    """A report, and then somebody loses patience."""
    yield report()
    raise KeyboardInterrupt


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    """As a device does: `--out /dev/null` must not make a file of it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as readers:
        got = readers.submit(pipe.read_text, encoding="utf-8")
        hand_out("text", [report()], SOURCES[:1], pipe)
        assert "valid" in got.result()
    assert pipe.is_fifo()


def test_a_place_that_cannot_be_written_is_a_mistake_of_the_one_who_asks(tmp_path: Path) -> None:
    """Not a fault."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"), writing_whole(tmp_path / "file" / "a.txt"):
        pass
