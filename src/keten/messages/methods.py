"""The methods of packing of zip files, each of which unpacks no more at once than was asked for."""

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable
from typing import Protocol

STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
METHODS = (STORED, DEFLATED, BZIP2, LZMA)
BROKEN = (zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError, OSError)
"""What they raise for what is damaged."""

LEAST_DICTIONARY, MOST_DICTIONARY = 4 << 10, 256 << 20


class Unpacker(Protocol):
    """Unpacks what it is fed, at most so many bytes at once."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing is left of what it was fed."""

    @property
    def eof(self) -> bool:
        """Whether what was packed says that it ends here."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """The next bytes, none when there are none yet."""


class _Stored:
    """What is not packed at all."""

    eof = False

    def __init__(self) -> None:
        self.left = b""

    @property
    def needs_input(self) -> bool:
        return not self.left

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        content = self.left + data
        self.left = content[max_length:]
        return content[:max_length]


class _Deflated:
    """The usual method, in the manner of the others."""

    def __init__(self) -> None:
        self.inner = zlib.decompressobj(-zlib.MAX_WBITS)

    @property
    def needs_input(self) -> bool:
        return not self.inner.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self.inner.eof

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self.inner.decompress(self.inner.unconsumed_tail + data, max_length)


def unpacker_for(method: int, size: int, packed: Callable[[int], bytes]) -> Unpacker:
    """What unpacks by one of METHODS to so many bytes; `packed` reads on. Raises one of BROKEN."""
    match method:
        case 8:
            return _Deflated()
        case 12:
            return bz2.BZ2Decompressor()
        case 14:
            return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[_filter(size, *struct.unpack("<4xBL", packed(9)))])
    return _Stored()


def _filter(size: int, properties: int, dictionary: int) -> dict[str, int]:
    """How a member was packed with LZMA; the room that it needs is no more than it is large."""
    rest, literal = divmod(properties, 9)
    powers, places = divmod(rest, 5)
    room = max(LEAST_DICTIONARY, min(dictionary, size))
    if room > MOST_DICTIONARY:
        raise ValueError(f"it needs {room >> 20} MiB of memory")
    return {"id": lzma.FILTER_LZMA1, "dict_size": room, "lc": literal, "lp": places, "pb": powers}
