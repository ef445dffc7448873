"""Clients of messages that cannot be judged: who they are, as far as that can be read, so that nobody misses them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import polars as pl

from keten.messages import Source
from keten.messages.defects import Refused

UNREAD = {"file": pl.Int64, "client": pl.Int64, "sender": pl.String, "receiver": pl.String, "bsn": pl.String}

MOST = 64 << 20
"""Bytes of a message that are looked through for clients."""

STEP = 64 << 10
"""Bytes that are read at once: what cannot be unpacked costs no more of what could."""

CLIENT = re.compile(rb"<(?:\w+:)?Client(?:\s[^>]*)?>")
BSN = re.compile(rb"<(?:\w+:)?Bsn(?:\s[^>]*)?>\s*(\d{9})\s*</")
PARTIES = {
    name: re.compile(rb"<(?:\w+:)?" + element + rb"(?:\s[^>]*)?>\s*(\w+)\s*</")
    for name, element in (("sender", b"Afzender"), ("receiver", b"Ontvanger"))
}
"""What a header that is not right may still tell."""


def unread_clients(
    source: Source, file: int, header: Mapping[str, Any], clients: Sequence[int], *, whole: bool
) -> Iterator[dict[str, Any]]:
    """The clients of a message that were not judged: those named, or all when the `whole` message was not."""
    text = b"".join(_readable(source))
    wanted = set(clients)
    pieces = CLIENT.split(text)
    parties = {name: header[name] or _first(pattern, pieces[0]) for name, pattern in PARTIES.items()}
    for number, piece in enumerate(pieces[1:], 1):
        found = BSN.search(piece)
        if found is not None and (whole or number in wanted):
            yield {"file": file, "client": number, **parties, "bsn": found[1].decode()}


def _readable(source: Source) -> Iterator[bytes]:
    """The first bytes of a message, up to where it cannot be unpacked."""
    with source.open() as stream, suppress(Refused):
        left = MOST
        while left > 0 and (piece := stream.read(min(STEP, left))):
            yield piece
            left -= len(piece)


def _first(pattern: re.Pattern[bytes], text: bytes) -> str:
    found = pattern.search(text)
    return found[1].decode() if found else ""
