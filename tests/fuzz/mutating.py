"""Spoils files: bytes as such, and what XML, zip, CSV, JSON, TOML and YAML are made of."""

import io
import json
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import PurePath
from random import Random
from typing import Any

VALUES = (
    "", " ", "0", "-1", "999999999999999999999", "1e400", "NaN", "0001-01-01", "9999-12-31", "2018-02-30", "31-12-2018",
    "24:00:00", "true", "null", "\t", "\x00", "\x1b[31m", "=1+1", "@x", "[/b]", "[red]", "\u202e", "\ufeff", "\udcff",
    "../../victim", "/dev/zero", "{{7*7}}", "<b>", "&amp;", "]]>", "'", '"', ";", "|", ",", "\r", "\n", "x" * 70_000,
    "9" * 5_000,
)  # fmt: skip
"""What stands in the place of a value, in any kind of file."""

XML = (
    "<!---->", "<!--", "<![CDATA[x]]>", "<![CDATA[", "<?x y?>", "<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY e "x">]>', "&e;",
    "&#0;", "&#xD800;", "</Client>", "<Client>", "<a>" * 300, '<a b="c"/>', ' xmlns="http://x"', "<iwlz:Bsn>", "text",
    "<Client/>" * 3_000,
)  # fmt: skip

NAMES = (
    "=1.{}",
    "[red].{}",
    "[/b].{}",
    "\x1b[31m.{}",
    "a\udcffb.{}",
    "a b.{}",
    "{}",
    "\u202egnp.{}",
    "x" * 200 + ".{}",
    "a\nb.{}",
)
"""What a file may be called; {} is its ending."""

LONGEST = 2 << 20
"""Bytes that a spoiled file may have."""


def spoiled(name: str, content: bytes, random: Random) -> bytes:
    """The content of a file, spoiled one to four times, in the ways of its kind and as mere bytes."""
    ways = [*OF_KIND.get(PurePath(name).suffix, ()), of_bytes]
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        content = random.choice(ways)(content, random)
    return content[:LONGEST]


def renamed(name: str, random: Random) -> str:
    """Another name for a file in the same folder, once in a while."""
    path = PurePath(name)
    if random.random() > 0.05:
        return name
    return str(path.parent / random.choice(NAMES).format(path.suffix.removeprefix(".")))


def of_bytes(content: bytes, random: Random) -> bytes:
    """Something is changed, taken out, put in, doubled or cut, wherever it falls."""
    at, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    short = min(end, at + random.choice((1, 4, 40, 4_000)))
    value = _value(random).encode(errors="surrogateescape")
    return random.choice(
        (
            content[:at] + bytes([random.randrange(256)]) + content[at + 1 :],
            content[:at] + content[short:],
            content[:at] + random.randbytes(random.choice((1, 4, 1_000))) + content[at:],
            content[:short] + content[at:],
            content[:at],
            content[:at] + value + content[short:],
            random.choice((b"", b"\xef\xbb\xbf" + content, content.decode("latin-1").encode("utf-16"), content * 3)),
        )
    )


def of_xml(content: bytes, random: Random) -> bytes:
    """An element is emptied, taken out, doubled, renamed or filled otherwise, or something odd stands beside it."""
    found = list(re.finditer(rb"<([\w:]+)[^<>]*>([^<>]*)</\1>", content))
    if not found:
        return of_bytes(content, random)
    one = random.choice(found)
    whole, name = one[0], one[1]
    odd = random.choice(XML).encode()
    value = _value(random).encode(errors="replace")
    return content[: one.start()] + random.choice(
        (
            b"",
            whole * random.choice((2, 50, 2_000)),
            whole.replace(name, random.choice(found)[1]),
            whole.replace(b">" + one[2] + b"<", b">" + value + b"<"),
            odd + whole,
            whole.replace(b"</", odd + b"</"),
        )
    ) + content[one.end() :]  # fmt: skip


def of_table(content: bytes, random: Random) -> bytes:
    """A cell, a row, a heading or the separator is another."""
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    cells = lines[at].split(b",")
    cells[random.randrange(len(cells))] = _value(random).encode(errors="replace")
    match random.randrange(6):
        case 0 | 1:
            lines[at] = b",".join(cells)
        case 2:
            lines.insert(at, random.choice((b"", b"Overzicht 2018", b"# x", lines[0], b"Totaal;;", b"sep=;")))
        case 3:
            lines[at] = lines[at] * random.choice((2, 500))
        case 4:
            return content.replace(b",", random.choice((b";", b"\t", b"|", b'","')))
        case _:
            del lines[at]
    return b"\n".join(lines)


def of_json(content: bytes, random: Random) -> bytes:
    """A value is of another kind, a key is gone, twice there or another; or something is far too deep."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return of_bytes(content, random)
    places = list(_places(told))
    if not places or random.random() < 0.1:
        return random.choice((b"[" * 100_000, b'{"a":' * 50_000, b"null", b"[]", b"1e999", content + content))
    holder, key = random.choice(places)
    if random.random() < 0.3:
        del holder[key]
    else:
        holder[key] = random.choice((None, [], {}, 0, -1, 10**20, 1.5, True, [[]], {"a": 1}, "2018-04-01", *VALUES))
    text = json.dumps(told, indent=1)
    return (text if random.random() > 0.1 else text.replace("1", "NaN", 1)).encode(errors="replace")


def of_settings(content: bytes, random: Random) -> bytes:
    """A value after its key is another, or a line is gone, doubled, or something that no such file holds."""
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    key, sign, _ = lines[at].partition(b"=" if b"=" in lines[at] else b":")
    odd = random.choice(
        (b"[" * 100_000, b"- " * 10_000, b"&a [*a]", b"!!python/name:os.system x", b"a." * 5_000, b"{a: {b: [1]}}")
    )
    value = random.choice(
        (
            b" []",
            b" {}",
            b" 1e999",
            b" -1",
            b" .nan",
            b" 2018-04-01",
            b" null",
            b" " + odd,
            b' "../../victim"',
            b" 10" * 9,
        )
    )
    lines[at : at + 1] = random.choice(
        ([key + sign + value], [], [lines[at]] * 2, [lines[at], odd], [b"  " + lines[at]])
    )
    return b"\n".join(lines)


def of_zip(content: bytes, random: Random) -> bytes:
    """A member is called otherwise, spoiled, packed in another way, or a trap; or the file itself is damaged."""
    if random.random() < 0.4:
        return of_bytes(content, random)
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as given,
            zipfile.ZipFile(out, "w") as made,
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")  # two members of one name are meant
            for one in given.infolist():
                text = given.read(one)
                name = random.choice(
                    (one.filename, one.filename, "../victim", "/victim", "a\\b.xml", "", "[red].xml", "x.xml.gz")
                )
                text = random.choice((text, text, of_xml(text, random), content, b"\0" * 300_000, b"\x1f\x8b\x08"))
                made.writestr(zipfile.ZipInfo(name or "x"), text, random.choice((0, 8, 12, 14)))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return of_bytes(content, random)
    return out.getvalue()


def _places(told: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 as JSON is
    """All values in some JSON, as what holds them and their key there."""
    keys: Sequence[Any] = list(told) if isinstance(told, dict) else range(len(told)) if isinstance(told, list) else ()
    return [(told, key) for key in keys] + [place for key in keys for place in _places(told[key])]


def _value(random: Random) -> str:
    return random.choice(VALUES)


Way = Callable[[bytes, Random], bytes]

OF_KIND: dict[str, tuple[Way, ...]] = {
    ".xml": (of_xml, of_xml, of_xml),
    ".csv": (of_table, of_table),
    ".asc": (of_table,),
    ".json": (of_json, of_json),
    ".toml": (of_settings, of_settings),
    ".yaml": (of_settings, of_settings),
    ".zip": (of_zip, of_zip),
}
"""The ways to spoil a file, by its ending; what stands there more often is taken more often."""
