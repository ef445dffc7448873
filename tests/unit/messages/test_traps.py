"""What is refused costs little: zip files that lie, pipes and devices without an end, holes in files."""

import os
import resource
import struct
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from keten.messages import Source, find_sources, limits
from keten.messages.defects import Refused
from keten.messages.walking import UnreadablePath
from keten.validation import Report, validate
from tests.unit.messages.harness import AW35

LOCAL, LISTED, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
LONGEST, MOST_MEMORY_KB = 10, 1 << 20


@pytest.fixture(autouse=True)
def _within_bounds() -> Iterator[None]:
    """Each of these takes less than 10 seconds and 1 GB."""
    began, held = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.perf_counter() - began < LONGEST
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < MOST_MEMORY_KB


def listed(name: bytes, crc: int, packed: int, size: int, offset: int) -> bytes:
    """The entry of a member in the list of contents."""
    return LISTED.pack(b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, packed, size, len(name), 0, 0, 0, 0, 0, offset) + name


def bomb(members: int) -> bytes:
    """A zip file whose members all hold the same packed bytes: each quotes the headers of those that follow."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = packer.compress(bytes(20 << 20)) + packer.flush()
    headers: list[bytes] = []
    body, entries = kernel, list[tuple[bytes, int, int]]()
    for number in reversed(range(members)):
        name = b"%d.xml" % number
        header = LOCAL.pack(b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(kernel), 20 << 20, len(name), 0) + name
        quoted = struct.pack("<BHH", 0, len(headers[-1]), ~len(headers[-1]) & 0xFFFF) if headers else b""
        body = header + quoted + body
        headers.append(header)
        entries.append((name, len(body) - len(header), len(body)))
    central = b"".join(
        listed(name, 0, packed, 20 << 20, len(body) - from_end) for name, packed, from_end in reversed(entries)
    )
    return body + central + END.pack(b"PK\x05\x06", 0, 0, members, members, len(central), len(body), 0)


def only_report(path: Path) -> Report:
    """What is said of the only input in a path."""
    (source,) = find_sources([str(path)])
    return validate(source)


def zipped(path: Path, contents: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip file with these members."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def patched(path: Path, member: int, at: int, form: str, value: int) -> None:
    """Write a number into the entry of a member in the list of contents."""
    content = bytearray(path.read_bytes())
    start = -1
    for _ in range(member + 1):
        start = content.index(b"PK\x01\x02", start + 1)
    struct.pack_into(form, content, start + at, value)
    path.write_bytes(content)


def test_members_that_overlap_are_a_trap(tmp_path: Path) -> None:
    """A hundred KB that would be tens of GB."""
    path = tmp_path / "a.zip"
    path.write_bytes(bomb(1000))
    assert path.stat().st_size < 200_000
    report = only_report(path)
    assert (report.verdict, report.input.bytes) == ("invalid", path.stat().st_size)
    assert "trap. Its members overlap" in report.findings[0].text


def test_two_entries_for_one_member_are_a_trap(tmp_path: Path) -> None:
    """The same bytes, unpacked twice."""
    path = zipped(tmp_path / "a.zip", {"a.xml": AW35, "b.xml": AW35})
    patched(path, 1, 42, "<L", 0)
    assert "trap" in only_report(path).findings[0].text


def test_many_members_that_swell_together_are_a_trap(tmp_path: Path) -> None:
    """Each stays below what one may."""
    path = zipped(tmp_path / "a.zip", {f"{number}.xml": bytes(60 << 20) for number in range(4)})
    assert "240 MiB, more than 200 times" in only_report(path).findings[0].text


@pytest.mark.parametrize(
    ("at", "form", "value", "told"),
    [
        (6, "<B", 64, "method 8, version 6.4"),
        (10, "<H", 9, "method 9, version 2.0"),
        (8, "<H", 1, "encrypted"),
        (8, "<H", 1 << 6, "encrypted"),
        (16, "<L", 1, "Bad CRC-32"),
        (24, "<L", len(AW35) - 1, "longer than the list"),
        (24, "<L", len(AW35) + 1, "shorter than the list"),
        (24, "<L", 0xFFFFFFF0, "times its size"),
    ],
)
def test_one_odd_member_does_not_spoil_the_others(at: int, form: str, value: int, told: str, tmp_path: Path) -> None:
    """It is refused, with the reason, and the rest is judged."""
    path = zipped(tmp_path / "a.zip", {"a.xml": AW35, "b.xml": AW35})
    patched(path, 0, at, form, value)
    first, second = (validate(one) for one in find_sources([str(path)]))
    assert (first.verdict, second.verdict) == ("invalid", "valid")
    assert told in first.findings[0].text


def test_a_name_that_is_not_what_it_claims_to_be(tmp_path: Path) -> None:
    """Said to be UTF-8, and none: the member is read all the same."""
    path = zipped(tmp_path / "a.zip", {"caf\xe9.xml": AW35})
    path.write_bytes(path.read_bytes().replace("\xe9".encode(), b"\xff\xfe"))
    (source,) = find_sources([str(path)])
    assert source.name == f"{path}/caf\\xff\\xfe.xml"
    assert validate(source).verdict == "valid"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_packs_far_better_is_unpacked_in_pieces(method: int, tmp_path: Path) -> None:
    """However small the list of contents says that it is."""
    path = zipped(tmp_path / "a.zip", {"a.xml": bytes(50 << 20)}, method)
    patched(path, 0, 24, "<L", 1 << 20)
    (source,) = find_sources([str(path)])
    with source.open() as stream, pytest.raises(Refused, match="longer than the list"):
        stream.read()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_method_unpacks_what_was_packed(method: int, tmp_path: Path) -> None:
    """In pieces of any size, of members of any size."""
    contents = {"a.xml": AW35, "b.xml": b"", "c.xml": os.urandom(300_000), "d.xml": b"0123456789" * 100_000}
    for source in find_sources([str(zipped(tmp_path / "a.zip", contents, method))]):
        with source.open() as stream:
            assert stream.read() == contents[Path(source.name).name]


def test_a_zip_file_behind_something_else_is_read(tmp_path: Path) -> None:
    """As one that unpacks itself."""
    path = zipped(tmp_path / "a.zip", {"a.xml": AW35})
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    assert only_report(path).verdict == "valid"


def test_a_list_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More members than any delivery has."""
    monkeypatch.setattr("keten.messages.archives.MOST_MEMBERS", 3)
    path = zipped(tmp_path / "a.zip", {f"{number}.xml": b"" for number in range(4)})
    assert "more than 3 members" in only_report(path).findings[0].text


def test_a_device_without_end_is_refused_at_once() -> None:
    """So many zeros are no message."""
    report = only_report(Path("/dev/zero"))
    assert report.verdict == "invalid"
    assert report.input.bytes <= limits.MOST_AFTER + (2 << 20)


def test_a_pipe_without_end_is_refused_at_once() -> None:
    """What is written on is not read."""
    end, start = os.pipe()

    def write() -> None:
        with os.fdopen(start, "wb") as stream:
            try:
                while True:
                    stream.write(b"no message\n" * 10_000)
            except BrokenPipeError:
                pass

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert only_report(Path(f"/dev/fd/{end}")).verdict == "invalid"
    finally:
        os.close(end)
        writer.join()


def test_a_pipe_that_nobody_writes_to_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while."""
    monkeypatch.setattr("keten.messages.pipes.LONGEST_WAIT", 50)
    os.mkfifo(tmp_path / "pipe")
    (source,) = find_sources([str(tmp_path / "pipe")])
    with pytest.raises(UnreadablePath, match="nobody writes to it"):
        source.open()


def test_a_hole_is_not_read(tmp_path: Path) -> None:
    """A terabyte that takes no room."""
    path = tmp_path / "a.xml"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)
    (source,) = find_sources([str(path)])
    assert source.size <= limits.MOST_AFTER
    assert validate(source).verdict == "invalid"


def test_closed_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be read there."""
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UnreadablePath, match="closed"):
        Source("-", None).open()
