"""A folder and the same packed in a zip file are one delivery: the same inputs, the same aside, the same verdict."""

import bz2
import gzip
import lzma
import os
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.messages import MESSAGE, SHEET, find_sources, read
from keten.messages.walking import UnreadablePath
from keten.validation import validate
from tests.unit.messages.harness import AW35

PAGE = b"<!DOCTYPE html>\n<html><body>AW35</body></html>"
TABLE = b"bsn,instelling,functie\n1,2,3\n4,5,6\n"
CONTENTS = [
    AW35,
    AW35.decode().encode("utf-16"),
    b"\xef\xbb\xbf \n" + AW35,
    AW35[:500],
    gzip.compress(AW35, mtime=0),
    b"",
    b"gemaakt met keten\n",
    b"\x00\x05\x16\x07" + bytes(40),
    PAGE,
    TABLE,
    b'{"a": 1}',
]
NAMES = [
    "a.xml",
    "b.XML",
    "b.txt",
    "b",
    "b.xml.gz",
    "leesmij.md",
    "index.html",
    "._a.xml",
    ".DS_Store",
    "x.csv",
    "x.json",
]
FOLDERS = ["", "sub/", "__MACOSX/", "a.b/c/"]

trees = st.dictionaries(
    st.tuples(st.sampled_from(FOLDERS), st.sampled_from(NAMES)).map("".join), st.sampled_from(CONTENTS), min_size=1
)


def lay_down(folder: Path, tree: dict[str, bytes]) -> None:
    """Files by their names in a folder."""
    for name, content in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def pack(path: Path, folder: Path) -> None:
    """A zip file of all that is in a folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder))


def kept(path: Path, kinds: tuple[str, ...]) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """The inputs with their verdicts, and what was left aside, by their names in a folder or zip file."""
    found = find_sources([str(path)], kinds)
    own = len(str(path)) + 1
    return (
        sorted((one.name[own:], one.kind, str(validate(one, rules=False).input.sha256)) for one in found),
        sorted((one.name[own:], one.reason) for one in found.aside),
    )


@given(trees, st.sampled_from([(MESSAGE,), (MESSAGE, SHEET)]))
def test_a_folder_and_its_zip_file_are_the_same(tree: dict[str, bytes], kinds: tuple[str, ...]) -> None:
    """By any names, with any content; and a zip file among files as well."""
    with TemporaryDirectory() as place:
        folder, packed = Path(place, "in"), Path(place, "in.zip")
        folder.mkdir()
        lay_down(folder, tree)
        pack(packed, folder)
        sources, aside = kept(folder, kinds)
        assert kept(packed, kinds) == (sources, aside)
        assert len(sources) + len(aside) == len(tree)
        (folder / "more.zip").write_bytes(packed.read_bytes())
        again = kept(folder, kinds)
        assert [len(one) for one in again] == [2 * len(sources), 2 * len(aside)]


@pytest.mark.parametrize("name", ["b.txt", "b", "b.XML", "b.html", "._b.xml", "__MACOSX/b", "readme.md", "b.dat"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"])
def test_what_looks_like_a_message_is_judged(name: str, encoding: str, tmp_path: Path) -> None:
    """Whatever it is called, and however it is written."""
    lay_down(tmp_path, {name: AW35.decode().encode(encoding)})
    found = find_sources([str(tmp_path)])
    assert ([one.kind for one in found], found.aside) == ([MESSAGE], ())


@pytest.mark.parametrize("content", [b"", b"no message", b"\x00" * 50])
def test_an_empty_or_broken_xml_file_is_a_wrong_message(content: bytes, tmp_path: Path) -> None:
    """Its sender meant it for one."""
    lay_down(tmp_path, {"a.xml": content})
    (source,) = find_sources([str(tmp_path)])
    assert validate(source).verdict == "invalid"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("__MACOSX/._a.xml", b"\x00\x05\x16\x07"),
        ("~$a.xml", b"user"),
        (".DS_Store", b"\x00\x00\x00\x01Bud1"),
        ("index.html", PAGE),
        ("page", b"<!-- made today -->\n<HTML lang='nl'>"),
        ("page.xhtml", b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'),
        ("schema.xsd", b'<?xml version="1.0"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'),
        ("readme.md", b"<p align='center'>keten</p>"),
        ("notes.txt", b"one, two, three"),
        ("list.csv", TABLE),
        ("list.xlsx", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml"),
        ("empty", b""),
    ],
)
def test_what_plainly_is_no_message_is_left_aside(name: str, content: bytes, tmp_path: Path) -> None:
    """And named, so that nobody has to guess."""
    lay_down(tmp_path, {name: content})
    found = find_sources([str(tmp_path)])
    assert ([one.name for one in found], [one.name for one in found.aside]) == ([], [str(tmp_path / name)])
    (named,) = find_sources([str(tmp_path / name)])
    assert validate(named).verdict == "invalid"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("b.xml.gz", gzip.compress(AW35), "It is packed (gzip)"),
        ("b", bz2.compress(AW35), "It is packed (bzip2)"),
        ("b.txt", lzma.compress(AW35), "It is packed (xz)"),
        ("b.7z", b"7z\xbc\xaf\x27\x1c" + bytes(20), "It is packed (7z)"),
        ("b.zip", b"no zip file", "It is a damaged zip file"),
        ("b.zip", b"", "It is a damaged zip file"),
        ("b", b"PK\x03\x04" + bytes(60), "It is a damaged zip file"),
        ("b.xml.gpg", b"\x85\x01", "It does not begin with a tag"),
    ],
)
def test_what_is_packed_is_told_as_what_it_is(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    """It may hold messages, and nobody looked."""
    lay_down(tmp_path, {name: content})
    (source,) = find_sources([str(tmp_path)])
    report = validate(source)
    assert (report.verdict, report.input.bytes) == ("invalid", len(content))
    assert told in report.findings[0].text


def test_links_are_followed_once(tmp_path: Path) -> None:
    """To files and folders, inside and out; what is read anyway is not read again, and a circle ends."""
    lay_down(tmp_path, {"in/a.xml": AW35, "in/sub/c.xml": AW35, "out/b.xml": AW35, "other.xml": AW35})
    links = {
        "x": "../out",
        "y": "../out",
        "z.xml": "a.xml",
        "e.xml": "../other.xml",
        "sub/up": "..",
        "sub/above": "../..",
    }
    for name, target in links.items():
        (tmp_path / "in" / name).symlink_to(target)
    found = find_sources([str(tmp_path / "in")])
    own = len(str(tmp_path / "in")) + 1
    assert [one.name[own:] for one in found] == ["a.xml", "e.xml", "sub/c.xml", "x/b.xml"]
    assert [one.name[own:] for one in found.aside] == ["sub/above", "sub/up", "y", "z.xml"]


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    """What should be there is not, and is not passed over."""
    (tmp_path / "b.xml").symlink_to("absent")
    with pytest.raises(UnreadablePath, match="leads nowhere"):
        find_sources([str(tmp_path)])


def test_a_link_packed_as_a_link_is_told(tmp_path: Path) -> None:
    """Its content did not come along."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("b.xml")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "../b.xml")
    (source,) = find_sources([str(tmp_path / "a.zip")])
    assert "a link that was packed as a link" in validate(source).findings[0].text


def test_what_is_no_file_is_left_aside(tmp_path: Path) -> None:
    """A pipe in a folder is not waited for."""
    os.mkfifo(tmp_path / "pipe.xml")
    assert [one.reason for one in find_sources([str(tmp_path)]).aside] == [
        "It is no file, but a pipe, a socket or a device."
    ]


def test_a_name_that_is_no_text_is_shown_byte_by_byte(tmp_path: Path) -> None:
    """And the file is read by the name that it has."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.xml")).write_bytes(AW35)
    (source,) = find_sources([str(tmp_path)])
    assert source.name == str(tmp_path / "caf\\xe9.xml")
    with source.open() as stream:
        assert read(stream).refusal is None
