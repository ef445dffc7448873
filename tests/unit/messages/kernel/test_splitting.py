"""Where clients begin and end is found exactly, whatever looks like it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.messages.kernel import FORBIDDEN, PADDING, Bytes, client_end, client_start
from keten.messages.layout import CLIENT_NAME

NONE = -1
ENDS = ["</Client>", "</m:Client>", "</m:Client \n>", "</é-1.x:Client\t>"]
STARTS = ["<Client>", "<m:Client>", "<m:Client\n a='1'>", "<m:Client/>"]
SECTIONS = [
    "<!-- </m:Client> <Client> -->",
    "<![CDATA[</m:Client><Client>]]>",
    "<?go </m:Client><Client> ?>",
    "<!---->",
    "<??>",
]
ENDINGS = ["<!-- > -> -->", "<![CDATA[]]]>]]]]>", "]]>", "-->", "?>"]
NAMES = [
    "</m:Clienten>",
    "<m:Clienten>",
    "<m:GeheimeClient>2</m:GeheimeClient>",
    "</Client.x>",
    "<mClient>",
    "</m:Clien>",
    "<Client:x>",
]
PIECES = st.lists(st.sampled_from([*ENDS, *STARTS, *SECTIONS, *ENDINGS, *NAMES, "text", " \r\n"]))
"""Texts of ends and starts of clients, and of all that looks like one."""


def padded(text: bytes) -> Bytes:
    return np.frombuffer(text + bytes(PADDING), np.uint8)


@given(pieces=PIECES, cut=st.integers(0, 400))
def test_the_last_end_of_a_client_is_found_in_any_part_of_a_text(pieces: list[str], cut: int) -> None:
    """Comments, CDATA and instructions are stepped over; a text that is cut off anywhere gives no false end."""
    text = "".join(pieces).encode()
    ends = [len("".join(pieces[: at + 1]).encode()) for at, piece in enumerate(pieces) if piece in ENDS]
    part, found = text[:cut], [end for end in ends if end <= cut]
    assert client_end(padded(part), 0, len(part), CLIENT_NAME, len(part)) == max(found, default=NONE)
    for enough in range(0, cut, 50):
        beyond = [end for end in found if end >= enough] or found[-1:]
        assert client_end(padded(part), 0, len(part), CLIENT_NAME, enough) == min(beyond, default=NONE)


@given(pieces=PIECES, cut=st.integers(0, 400))
def test_the_first_start_of_a_client_is_found_with_its_full_name(pieces: list[str], cut: int) -> None:
    """A name that is cut off might go on, and so is none yet."""
    text = "".join(pieces).encode()
    first = next((at for at, piece in enumerate(pieces) if piece in STARTS), len(pieces))
    start = len("".join(pieces[:first]).encode())
    name = b"" if first == len(pieces) else pieces[first].encode()[1:].split(b">")[0].split(b"\n")[0].removesuffix(b"/")
    part = text[:cut]
    found = (start, len(name)) if name and start + 1 + len(name) < cut else (NONE, 0)
    assert client_start(padded(part), 0, len(part), CLIENT_NAME) == found


@pytest.mark.parametrize("text", ["<!DOCTYPE a>", "<!ENTITY x 'y'>", "</m:Client><!DOCTYPE a>", "<!x"])
def test_a_document_type_is_met_before_anything_else_happens(text: str) -> None:
    """Neither search goes past one."""
    whole = text.encode() + b"        <Client></Client>"
    assert client_end(padded(whole), 0, len(whole), CLIENT_NAME, len(whole)) == FORBIDDEN
    assert client_start(padded(whole), 0, len(whole), CLIENT_NAME) == (FORBIDDEN, 0)
