"""Tells messages from what lies among them, by a look at how something begins and what it is called."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import PurePosixPath

import yaml

from keten.core.marks import WORK
from keten.messages.packing import packing_of
from keten.messages.walking import UNFINISHED

MESSAGE, SHEET, ARCHIVE = ".xml", ".csv", ".zip"
GLANCE = 4 << 10
"""Bytes by which something is told apart."""

FOREWORD = re.compile(rb"[^\x21-\x7e]*")
"""What may stand before the first tag in any encoding: marks of byte order, white space, zeros of UTF-16 and UTF-32."""

EBCDIC = b"\x4c\x6f\xa7\x94"
PROLOG = re.compile(rb"(?>(?><\?.*?\?>|<!--.*?-->|<![^>\[]*(?:\[.*?\])?\s*>|\s)*)", re.DOTALL)
ROOT = re.compile(rb"<(?:[^<>/\s:]*:)?([^<>/\s:]+)")
MESSAGE_ROOT, DECLARATION, HTML = b"bericht", b"<?xml", b"<!doctype html"

SEPARATORS, LEAST_COLUMNS, TABLE_WITHIN = b";,\t|", 3, 10
FIRST_MEMBER = 30
"""Where the name of the first member of a zip file stands."""

CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f]")


LEFT_BEHIND = "Systems and programs leave such files behind."


class Side(Exception):
    """It is no message, for this reason."""


@cache
def known() -> Mapping[str, Sequence[str]]:
    """What is known to lie among messages (side_files.yaml)."""
    text = (files("keten.messages") / "side_files.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Sequence[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def plainly_message(name: str) -> bool:
    """Whether something is to be judged by its name alone, whatever is in it, be it nothing."""
    return name.lower().endswith(MESSAGE) and not left_behind(name)


def left_behind(name: str) -> bool:
    """Whether it is one of those files that systems and programs leave among others."""
    *folders, own = PurePosixPath(name.replace("\\", "/")).parts or ("",)
    return (
        own in known()["files"]
        or own.startswith(tuple(known()["begins"]))
        or bool(set(folders) & set(known()["folders"]))
    )


def kind_by_name(name: str, kinds: Sequence[str]) -> str:
    """What something that was named, or that nobody can look into, will be read as."""
    return SHEET if SHEET in kinds and name.lower().endswith(SHEET) else MESSAGE


def is_told(begin: bytes) -> bool:
    """Whether something that begins like this can be told apart, or has come to its end."""
    return len(begin) < GLANCE or FOREWORD.fullmatch(begin) is None


def kind_of(name: str, begin: bytes, kinds: Sequence[str]) -> str:
    """What something will be read as that begins like this: MESSAGE, ARCHIVE, or SHEET if that is one of the kinds.

    Raises Side for what is plainly no input.
    """
    ending = PurePosixPath(name.lower()).suffix
    if WORK in PurePosixPath(name).parts:
        raise Side(UNFINISHED)
    if plainly_message(name) or _is_markup(begin, ending):
        return MESSAGE
    if left_behind(name):
        raise Side(LEFT_BEHIND)
    if kind := _packed_kind(name.lower(), ending, begin):
        return kind
    if SHEET in kinds and (ending == SHEET or (ending not in known()["texts"] and _is_table(begin))):
        return SHEET
    raise Side("It does not look like a message." if begin else "It is empty.")


def _packed_kind(name: str, ending: str, begin: bytes) -> str:
    """ARCHIVE for a zip file, MESSAGE for what is packed or encrypted in another way: it will be told as that."""
    packing = packing_of(begin)
    if packing == "zip" and ending in known()["office"] and _is_document(begin):
        raise Side("It is a document of an office program.")
    if packing == "zip" or ending == ARCHIVE:
        return ARCHIVE
    of_message = ending in known()["packed"] and MESSAGE in PurePosixPath(name).suffixes
    return MESSAGE if packing or of_message else ""


def _is_document(begin: bytes) -> bool:
    first = begin[FIRST_MEMBER:].decode("ascii", "replace")
    return first.startswith(tuple(known()["office_members"]))


def _is_markup(begin: bytes, ending: str) -> bool:
    """Whether something begins with a tag, and not one of those that no message begins with."""
    if begin.startswith(EBCDIC):
        return True
    text = FOREWORD.sub(b"", begin, count=1).replace(b"\x00", b"")
    if not text.startswith(b"<"):
        return False
    found = ROOT.match(text, PROLOG.match(text).end())  # type: ignore[union-attr] # it matches anything
    root = found[1].lower() if found else b""
    if root.decode("ascii", "replace") in known()["roots"] or text[: len(HTML)].lower() == HTML:
        return False
    return ending not in known()["pages"] or root == MESSAGE_ROOT or text.startswith(DECLARATION)


def _is_table(begin: bytes) -> bool:
    """Whether something begins like a table: two lines that follow each other, cut in as many columns."""
    text = begin.replace(b"\x00", b"")
    lines = [line for line in text.splitlines() if line.strip()][:TABLE_WITHIN]
    if CONTROLS.search(text):
        return False
    counts = [[line.count(mark) + 1 for mark in SEPARATORS] for line in lines]
    return any(
        one == next_one >= LEAST_COLUMNS
        for line, following in pairwise(counts)
        for one, next_one in zip(line, following, strict=True)
    )
