"""Who the clients are that are not valid: they are in no table, but nothing may be concluded about them."""

from collections.abc import Collection
from contextlib import suppress

from lxml import etree

from keten.messages import Layout, Source
from keten.messages.defects import Refused
from keten.messages.paths import local_name

BSN, DIGITS = "Bsn", 9


def bsns_of(source: Source, layout: Layout, numbers: Collection[int]) -> dict[int, str]:
    """The BSN of each client of a message with one of these numbers, from 1, as far as it can be told."""
    found: dict[int, str] = {}
    if source.once:
        return found
    with suppress(etree.XMLSyntaxError, Refused), source.open() as stream:
        elements = etree.iterparse(
            stream, events=("end",), tag=f"{{*}}{layout.client_path[-1]}", resolve_entities=False, no_network=True
        )
        for number, (_, client) in enumerate(elements, 1):
            if number in numbers and (bsn := _bsn(client)):
                found[number] = bsn
            client.clear()
    return found


def _bsn(client: etree._Element) -> str | None:
    """The only BSN of a client; None for what is none."""
    told = [(one.text or "").strip() for one in client if isinstance(one.tag, str) and local_name(one) == BSN]
    right = len(told) == 1 and len(told[0]) == DIGITS and told[0].isascii() and told[0].isdigit()
    return told[0] if right else None
