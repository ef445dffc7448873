"""How large the parts of a message may be, so that hostile input costs bounded time and memory."""

from dataclasses import dataclass

MIB = 1 << 20

MOST_ELEMENTS = 20_000
"""Elements in one client, or around the clients: far beyond any care, and what can still be explained one by one."""

MOST_ATTRIBUTES = 1_000
"""Attributes in the same; the standard has none."""

MOST_DECLARATIONS = 16 << 10
"""Bytes of namespace declarations around the clients."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes: of what stands before the first client, of one client or a message without any, of a chunk.

    A client stays below the 10 MB that libxml2 allows a single text, so that it never matters how a text is written.
    """

    head: int = MIB
    client: int = 8 * MIB
    chunk: int = 4 * MIB


LIMITS = Limits()
