"""Values in the kernel: exactly what the automaton of a type takes, read from bytes that need not even be text."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from keten.messages.automata import automaton, tabulate
from keten.messages.kernel import PADDING
from keten.messages.kernel.values import conforms, unescape
from keten.standard import SimpleType

NAAM = SimpleType("naam", "string", 1, 5, patterns=("[a-zÀ-ỳ𝄞]*",))
NUMMER = SimpleType("nummer", "integer", minimum=3, maximum=4000)


def takes(kind: SimpleType, text: bytes) -> bool:
    """Whether the kernel takes these bytes for a value of the type."""
    kinds, *tables = tabulate([SimpleType("other", "string"), kind])
    return bool(conforms(np.frombuffer(text + bytes(PADDING), np.uint8), 0, len(text), kinds[1], *tables))


@given(text=st.text("az09éỳ𝄞Ž-", max_size=7))
def test_a_text_is_taken_when_its_automaton_and_its_length_take_it(text: str) -> None:
    """Lengths count characters, not bytes."""
    assert takes(NAAM, text.encode()) == (automaton(NAAM).matches(text) and 1 <= len(text) <= 5)


@given(number=st.integers(0, 10_000) | st.sampled_from([10**17, 10**18, 10**30]), zeros=st.integers(0, 20))
def test_a_number_is_taken_when_it_lies_in_its_range(number: int, zeros: int) -> None:
    """Up to 18 digits, zeros included; libxml2 judges longer ones."""
    text = "0" * zeros + str(number)
    assert takes(NUMMER, text.encode()) == (3 <= number <= 4000 and len(text) <= 18)


LEADS = st.binary(max_size=4).filter(lambda some: not any(byte < 0x20 for byte in some))


@given(before=LEADS, char=st.characters().map(lambda char: char.encode("utf-8", "surrogatepass")), behind=LEADS)
@example(b"", b"\xc0\x80", b"")
@example(b"", b"\xe0\x80\xaf", b"")
@example(b"", b"\xf0\x8f\xbf\xbf", b"")
@example(b"", b"\xf4\x90\x80\x80", b"")
@example(b"", b"\xef\xbf\xbf", b"")
@example(b"", b"\xef\xbf\xbe", b"")
@example(b"", b"\xed\xa0\x80", b"")
@example(b"", b"\xf5\x80\x80\x80", b"")
@example(b"\x80", b"", b"")
@example(b"", b"\xe2\x82", b"")
def test_bytes_that_are_no_characters_of_xml_are_never_taken(before: bytes, char: bytes, behind: bytes) -> None:
    """Too long forms, surrogates, halves of characters and the two that XML does not allow: as libxml2 has it."""
    text = before + char + behind
    try:
        etree.fromstring(b"<a><![CDATA[" + text + b"]]></a>")
    except etree.XMLSyntaxError:
        valid = False
    else:
        valid = True
    if b"]]>" not in text:
        assert takes(SimpleType("any", "string"), text) == valid or any(byte < 0x20 for byte in text)


REFERENCES = [
    "&amp;",
    "&lt;",
    "&gt;",
    "&apos;",
    "&quot;",
    "&#233;",
    "&#xE9;",
    "&#x1D11E;",
    "&#13;",
    "&#10;",
    "&#9;",
    "\r\n",
    "\r",
    "\n",
]
BROKEN = [
    "&",
    "&;",
    "&#;",
    "&#x;",
    "&#0;",
    "&#xD800;",
    "&#xFFFF;",
    "&#1114112;",
    "&#99999999;",
    "&foo;",
    "&amp",
    "&#xG;",
    "&#1a;",
    "&AMP;",
    "&lt ;",
]


@given(pieces=st.lists(st.sampled_from([*REFERENCES, *BROKEN, "a", "é", ";", "]]", ">"])))
def test_what_a_reference_says_is_what_libxml2_reads(pieces: list[str]) -> None:
    """References and line ends are replaced; what is no reference is handed back."""
    text = "".join(pieces).encode()
    out = np.zeros(len(text) + 4, np.uint8)
    size = unescape(np.frombuffer(text + bytes(PADDING), np.uint8), 0, len(text), out, 0)
    try:
        read = etree.fromstring(b"<a>" + text + b"</a>").text or ""
    except etree.XMLSyntaxError:
        assert size == -1 or b"]]>" in text
    else:
        assert out[:size].tobytes().decode() == read
