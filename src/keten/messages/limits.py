"""How large the parts of a message may be, so that hostile input costs bounded time and memory."""

import os
import stat
from dataclasses import dataclass

MIB = 1 << 20

MOST_ELEMENTS = 20_000
"""Elements in one client, or around the clients: far beyond any care, and what can still be explained one by one."""

MOST_ATTRIBUTES = 1_000
"""Attributes in the same; the standard has none."""

MOST_DECLARATIONS = 16 << 10
"""Bytes of namespace declarations around the clients."""

MOST_UNPACKED, MOST_SWELLING = 100 * MIB, 200
"""A member of a zip file, and all of them together, may unpack to more bytes than the first only by less than the second
times their packed size. Messages pack to a twentieth or so; what packs much better is no message but a trap."""

MOST_MEMBERS = 250_000
"""Members of one zip file."""

MOST_AFTER = 16 * MIB
"""Bytes that are still read of an endless input (a pipe, a device) once it is known to be no message."""

LEAST_PACKED, BLOCK = 64, 512
"""A file system may keep a file in so many times less room than it has bytes; beyond that it is mostly a hole."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes: of what stands before the first client, of one client or a message without any, of a chunk.

    A client stays below the 10 MB that libxml2 allows a single text, so that it never matters how a text is written.
    """

    head: int = MIB
    client: int = 8 * MIB
    chunk: int = 4 * MIB


LIMITS = Limits()


def most_bytes(real: os.stat_result) -> int:
    """How many bytes of a file are worth reading when nothing more is to be learned: not the hole in one."""
    return MOST_AFTER + (LEAST_PACKED * BLOCK * real.st_blocks if stat.S_ISREG(real.st_mode) else 0)
