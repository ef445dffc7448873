"""Inputs are found where they are, in a fixed order, and what is wrong with one is a finding about that one."""

import zipfile
from pathlib import Path

import pytest

from keten.messages import find_sources, read
from keten.messages.defects import Kind
from keten.messages.walking import UnreadablePath
from tests.unit.closing import close
from tests.unit.messages.harness import AW35


def first_defect(path: Path) -> tuple[Kind, str]:
    """Kind and words of the first defect of the only input in a path."""
    (source,) = find_sources([str(path)])
    with source.open() as stream:
        reading = read(stream)
        list(reading.batches(tables=False))
    (defect, *_) = [reading.refusal] if reading.refusal else reading.defects
    return defect.kind, defect.detail


def packed(path: Path, content: bytes = AW35, name: str = "a.xml") -> Path:
    """A zip file with one member."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, content)
    return path


def test_a_folder_stands_for_all_messages_and_zip_files_below_it(tmp_path: Path) -> None:
    """In the order of their names; other files are left aside, and named."""
    (tmp_path / "sub").mkdir()
    for name in ("b.xml", "sub/a.XML"):
        (tmp_path / name).write_bytes(AW35)
    (tmp_path / "notes.txt").write_bytes(b"nothing new")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.mkdir("in")
        archive.writestr("in/2.xml", AW35)
        archive.writestr("1.xml", AW35)
    found = [(source.name, source.size) for source in find_sources([str(tmp_path)])]
    names = ["b.xml", "c.zip/in/2.xml", "c.zip/1.xml", "sub/a.XML"]
    assert found == [(str(tmp_path / name), len(AW35)) for name in names]


def test_what_is_in_a_zip_file_is_read_as_it_was_packed(tmp_path: Path) -> None:
    """The same bytes, without unpacking them to disk."""
    (source,) = find_sources([str(packed(tmp_path / "a.zip"))])
    with source.open() as stream:
        reading = read(stream)
        assert sum(batch.clients for batch in reading.batches()) == 2
    assert (reading.bytes, reading.defects) == (len(AW35), [])


def test_two_members_of_one_name_are_two_inputs(tmp_path: Path) -> None:
    """Each is read for what it is: a wrong one cannot hide behind a right one."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", b"wrong")
        archive.mkdir("in")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.xml", AW35)
    contents = []
    for source in find_sources([str(path)]):
        with source.open() as stream:
            contents.append(stream.read())
    assert contents == [b"wrong", AW35]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the messages in it would be left out in silence."""
    (tmp_path / "closed").mkdir()
    close(tmp_path / "closed", monkeypatch)
    with pytest.raises(UnreadablePath, match="closed cannot be read: Permission denied"):
        list(find_sources([str(tmp_path)]))


@pytest.mark.parametrize(("name", "told"), [("absent.xml", "no file or folder 'absent.xml'"), ("", "is empty")])
def test_a_path_that_is_not_there_is_an_error(name: str, told: str) -> None:
    """Of the one who asks, not of the message; nothing at all is no folder."""
    with pytest.raises(UnreadablePath, match=told):
        list(find_sources([name]))


def test_a_damaged_member_is_a_finding(tmp_path: Path) -> None:
    """A wrong checksum, although what was unpacked looks whole."""
    path = packed(tmp_path / "a.zip")
    content = bytearray(path.read_bytes())
    for record in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(record) + (14 if record.endswith(b"\x04") else 16)
        content[at : at + 4] = b"\x00\x00\x00\x00"
    path.write_bytes(content)
    assert first_defect(path) == ("not xml", "It cannot be unpacked: Bad CRC-32 for file 'a.xml'.")


def test_an_encrypted_member_is_a_finding(tmp_path: Path) -> None:
    """Nobody can be asked for its password."""
    path = packed(tmp_path / "a.zip")
    content = bytearray(path.read_bytes())
    for record, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(record) + flags] |= 1
    path.write_bytes(content)
    kind, detail = first_defect(path)
    assert (kind, "encrypted" in detail) == ("not xml", True)


def test_a_member_that_swells_beyond_measure_is_not_unpacked(tmp_path: Path) -> None:
    """A few hundred KB that would become more than 100 MiB."""
    path = packed(tmp_path / "a.zip", bytes(110 << 20))
    kind, detail = first_defect(path)
    assert (kind, "110 MiB" in detail) == ("forbidden", True)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"PK\x03\x04" + bytes(100), b"no zip"])
def test_a_zip_file_that_is_none_is_judged_as_it_is(tmp_path: Path, content: bytes) -> None:
    """And found not to be XML."""
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert first_defect(path)[0] == "not xml"


def test_a_zip_file_in_a_zip_file_is_not_opened(tmp_path: Path) -> None:
    """It is one input that is no message, and says what it is."""
    inner = packed(tmp_path / "inner.zip").read_bytes()
    kind, detail = first_defect(packed(tmp_path / "outer.zip", inner, "inner.zip"))
    assert (kind, detail.startswith("It is a zip file")) == ("not xml", True)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_member_damaged_in_any_method_of_packing_is_a_finding(tmp_path: Path, method: int) -> None:
    """Each has its own way to fail."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.xml", AW35)
    content = bytearray(path.read_bytes())
    content[60:120] = bytes(60)
    path.write_bytes(content)
    assert first_defect(path)[0] == "not xml"
