"""Unpacks a member of a zip file piece by piece, as far as it is what the list of contents promises."""

import struct
import zlib
from io import RawIOBase
from pathlib import Path

from keten.messages.archives import LOCAL_SIZE, Member
from keten.messages.defects import Defect, Refused
from keten.messages.limits import MOST_SWELLING
from keten.messages.methods import BROKEN, METHODS, Unpacker, unpacker_for

LOCAL = b"PK\x03\x04"
LOCAL_FORM = struct.Struct("<4s2xH18x2H")
ENCRYPTED, PATCH = 1 << 0 | 1 << 6 | 1 << 13, 1 << 5
MOST_NEEDED = 63
PIECE = 64 << 10


class Unpacked(RawIOBase):
    """A member of a zip file, for reading. Reading raises Refused when it is damaged, encrypted or a trap."""

    def __init__(self, path: Path, member: Member) -> None:
        self.stream, self.member = path.open("rb"), member
        self.unpacker: Unpacker | None = None
        self.packed_left, self.left, self.crc = member.packed, member.size, 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override] # as Metered calls it
        """Fill the room as far as possible; the number of bytes, 0 at the end."""
        try:
            if self.unpacker is None:
                self._open()
                self.unpacker = unpacker_for(self.member.method, self.member.size, self._packed)
            return self._fill(self.unpacker, room)
        except Refused:
            raise
        except BROKEN as error:
            raise _damaged(str(error)) from None

    def close(self) -> None:
        """Close the zip file."""
        self.stream.close()
        super().close()

    def _open(self) -> None:
        """Go to where the packed bytes begin. Raises Refused when they cannot or should not be unpacked."""
        member = self.member
        if member.trap:
            detail = f"It unpacks to {member.size >> 20} MiB, more than {MOST_SWELLING} times its size in the zip file."
            raise Refused(Defect("forbidden", detail=detail))
        self.stream.seek(member.offset)
        mark, flags, names, extras = LOCAL_FORM.unpack(self.stream.read(LOCAL_SIZE))
        written = self.stream.read(names)
        self.stream.seek(extras, 1)
        if mark != LOCAL or written != member.written:
            raise _damaged("it does not stand where the list of contents says")
        if (member.flags | flags) & ENCRYPTED:
            raise _damaged("it is encrypted, and nobody can be asked for its password")
        if (member.flags | flags) & PATCH or member.needs > MOST_NEEDED or member.method not in METHODS:
            way = f"method {member.method}, version {member.needs / 10}"
            raise _damaged(f"the way in which it is packed ({way}) is not known; pack it in the usual way (deflate)")

    def _packed(self, size: int) -> bytes:
        """The next of the packed bytes, which end where the list of contents says."""
        data = self.stream.read(min(size, self.packed_left))
        self.packed_left -= len(data)
        return data

    def _fill(self, unpacker: Unpacker, room: memoryview) -> int:
        while self.left and not unpacker.eof:
            data = self._packed(PIECE) if unpacker.needs_input else b""
            content = unpacker.decompress(data, min(len(room), self.left))
            if content:
                self.left -= len(content)
                self.crc = zlib.crc32(content, self.crc)
                room[: len(content)] = content
                return len(content)
            if not data and unpacker.needs_input:
                break
        self._close_account(unpacker)
        return 0

    def _close_account(self, unpacker: Unpacker) -> None:
        """Raises Refused when there is less or more than the list of contents says, or something else."""
        if self.left:
            raise _damaged("it is shorter than the list of contents says")
        data = self._packed(PIECE) if unpacker.needs_input else b""
        if not unpacker.eof and unpacker.decompress(data, 1):
            raise _damaged("it is longer than the list of contents says")
        if self.crc != self.member.crc:
            raise _damaged(f"Bad CRC-32 for file {self.member.name!r}")


def _damaged(why: str) -> Refused:
    return Refused(Defect("not xml", detail=f"It cannot be unpacked: {why}."))
