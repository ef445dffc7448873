"""How large the parts of a message may be, so that hostile input costs bounded time and memory."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes: of what stands before the first client, of one client or a message without any, of a chunk."""

    head: int = MIB
    client: int = 64 * MIB
    chunk: int = 4 * MIB


LIMITS = Limits()
