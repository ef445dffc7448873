"""What is in a zip file, by its list of contents: read with distrust, for whoever packed it may mean harm."""

import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from keten.messages.defects import Defect, Refused
from keten.messages.limits import MOST_MEMBERS, MOST_SWELLING, MOST_UNPACKED

END, END_64, LOCATOR_64, LISTED = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x01\x02"
END_FORM = struct.Struct("<12x2L2x")
END_64_FORM = struct.Struct("<4s36x2Q")
LISTED_FORM = struct.Struct("<4sxBBx2H4x3L3H4x2L")
"""What is told at the end of a zip file, the same for a large one, and of each member: only what is needed here."""

LOCATOR_64_SIZE, LOCAL_SIZE, MOST_END = 20, 30, 0xFFFF + 200
WIDE, WIDE_FIELD = 0xFFFFFFFF, 1
"""Stands for a number that is told in an extra field, and the id of that field."""

UTF8 = 1 << 11
UNIX, LINK = 3, 0xA
DAMAGED = Defect("not xml", detail="It is a damaged zip file: its list of contents cannot be read. Get it again.")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a zip file, as the list of contents tells: its name, how it is packed, and where.

    `written` is its name as it is written, `needs` the version that unpacks it, times ten; `link` whether it is a link.
    """

    name: str
    written: bytes
    needs: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    link: bool = False

    @property
    def folder(self) -> bool:
        """Whether it only tells that there is a folder."""
        return not self.size and self.name.endswith(("/", "\\"))

    @property
    def trap(self) -> bool:
        """Whether it unpacks to far more than any message would."""
        return swells(self.size, self.packed)


def swells(size: int, packed: int) -> bool:
    """Whether so many bytes cannot be what an honest sender packed in so few."""
    return size > MOST_UNPACKED and size > MOST_SWELLING * packed


def members_of(path: Path) -> list[Member]:
    """All that is in a zip file, in the order of its list. Raises Refused for one that is damaged or a trap, and OSError."""
    with path.open("rb") as stream:
        try:
            start, end, before = _place_of_list(stream, stream.seek(0, os.SEEK_END))
            stream.seek(start)
            members = list(_members(stream, end, before))
        except struct.error:
            raise Refused(DAMAGED) from None
    _refuse_traps(members, start)
    return members


def _place_of_list(stream: BinaryIO, size: int) -> tuple[int, int, int]:
    """Where the list of contents begins and ends, and how many bytes stand before the zip file itself."""
    first = max(0, size - MOST_END)
    stream.seek(first)
    tail = stream.read(MOST_END)
    at = tail.rfind(END, 0, len(tail) - END_FORM.size + len(END))
    if at < 0:
        raise Refused(DAMAGED)
    length, offset = END_FORM.unpack_from(tail, at)
    end = first + at
    if tail[max(0, at - LOCATOR_64_SIZE) :].startswith(LOCATOR_64):
        end -= LOCATOR_64_SIZE + END_64_FORM.size
        stream.seek(max(0, end))
        mark, length, offset = END_64_FORM.unpack(stream.read(END_64_FORM.size))
        if mark != END_64:
            raise Refused(DAMAGED)
    if end - length < offset:
        raise Refused(DAMAGED)
    return end - length, end, end - length - offset


def _members(stream: BinaryIO, end: int, before: int) -> Iterator[Member]:
    """The members that are listed from where the stream stands. Raises Refused, struct.error."""
    number = 0
    while stream.tell() < end:
        number += 1
        if number > MOST_MEMBERS:
            raise Refused(
                Defect("forbidden", detail=f"It is a zip file of more than {MOST_MEMBERS:,} members. Split it.")
            )
        yield _member(stream, before)
    if stream.tell() != end:
        raise Refused(DAMAGED)


def _member(stream: BinaryIO, before: int) -> Member:
    """The member that is listed where the stream stands, which moves on to the next."""
    mark, system, needs, flags, method, crc, *numbers, names, extras, comment, outside, offset = LISTED_FORM.unpack(
        stream.read(LISTED_FORM.size)
    )
    if mark != LISTED:
        raise Refused(DAMAGED)
    written, extra = stream.read(names), stream.read(extras)
    stream.seek(comment, os.SEEK_CUR)
    packed, size, offset = _wide(extra, (*numbers, offset))
    name = written.decode("utf-8" if flags & UTF8 else "cp437", "backslashreplace")
    link = system == UNIX and outside >> 28 == LINK
    return Member(name, written, needs, flags, method, crc, packed, size, before + offset, link)


def _wide(extra: bytes, numbers: Sequence[int]) -> Sequence[int]:
    """Packed size, size and offset, where those that did not fit are taken from the extra fields. Raises struct.error."""
    at = 0
    while at + 4 <= len(extra):
        field, length = struct.unpack_from("<2H", extra, at)
        if field == WIDE_FIELD:
            packed, size, offset = numbers
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            size, packed, offset = (next(wide, one) if one == WIDE else one for one in (size, packed, offset))
            return packed, size, offset
        at += 4 + length
    return numbers


def _refuse_traps(members: Sequence[Member], start: int) -> None:
    """Raises Refused when members share bytes, or all together unpack to far more than was packed."""
    end = 0
    for member in sorted(members, key=lambda one: one.offset):
        if member.offset < end:
            raise Refused(_trap("Its members overlap"))
        end = member.offset + LOCAL_SIZE + len(member.written) + member.packed
    if end > start:
        raise Refused(_trap("Its members overlap its list of contents"))
    fair = [one for one in members if not one.trap]
    size = sum(one.size for one in fair)
    if swells(size, start):
        raise Refused(_trap(f"Its members unpack to {size >> 20:,} MiB, more than {MOST_SWELLING} times its size"))


def _trap(what: str) -> Defect:
    return Defect("forbidden", detail=f"It is a zip file that is a trap. {what}, and none of them was unpacked.")
