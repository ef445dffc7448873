"""The beginning of a document tells what it is, and how its names are written."""

from random import Random

import pytest

from keten.messages.defects import Refused
from keten.messages.opening import NO_PREFIX, look
from keten.standard import load
from tests.generating import Style, document, written
from tests.unit.messages.harness import AW35, read_out

M, B = "http://www.istandaarden.nl/iwlz/2_0/aw35/schema", "http://www.istandaarden.nl/iwlz/2_0/basisschema/schema"
"""The namespaces of the message and of the common types."""

OPENINGS = {
    "prefixes": (f'<m:Bericht xmlns:m="{M}" xmlns:b="{B}"><m:Clienten><m:Client>', (b"m:", b"b:")),
    "a default namespace": (f'<Bericht xmlns="{M}" xmlns:b="{B}"><Clienten><Client>', (b"", b"b:")),
    "the other one by default": (f'<m:Bericht xmlns:m="{M}" xmlns="{B}"><m:Clienten><m:Client>', (b"m:", b"")),
    "further in": (f'<Bericht xmlns="{M}"><x:Clienten xmlns:x="{M}" xmlns="{B}"><x:Client>', (b"x:", b"")),
    "one not declared": (f'<m:Bericht xmlns:m="{M}"><m:Clienten><m:Client>', (b"m:", NO_PREFIX)),
    "a foreign client": (f'<m:Bericht xmlns:m="{M}" xmlns:b="{B}"><m:Clienten><b:Client>', (NO_PREFIX, b"b:")),
    "one too long": (f'<m:Bericht xmlns:m="{M}" xmlns:{"b" * 80}="{B}"><m:Clienten><m:Client>', (b"m:", NO_PREFIX)),
}
"""The beginning of a document, and how names then begin."""


@pytest.mark.parametrize(("text", "prefixes"), OPENINGS.values(), ids=OPENINGS.keys())
def test_the_opening_tells_how_names_are_written(text: str, prefixes: tuple[bytes, bytes]) -> None:
    """As declared around the clients; a prefix that the kernel cannot use leaves all to the exact path."""
    opening = look(text.encode(), complete=False)
    assert opening.prefixes == prefixes
    assert opening.plain == (NO_PREFIX not in prefixes)
    assert (opening.layout.message.name, opening.client_path) == ("AW35", ("Bericht", "Clienten", "Client"))


def test_the_encoding_is_that_of_the_declaration() -> None:
    """Not what an instruction of the sender's own says, whose name begins as the declaration does."""
    style = b"<?xml-stylesheet href='a.xsl' encoding='ISO-8859-1'?>"
    assert read_out(style + AW35[AW35.index(b"<m:Bericht") :]).accepted


def test_the_head_ends_where_the_first_client_begins() -> None:
    """Everything before it, to the byte; the header can be read from it."""
    opening = look(AW35, complete=True)
    assert opening.head == AW35.partition(b"<m:Client>")[0]
    assert opening.root[0][3].text == "41424344"


def test_a_name_that_might_go_on_is_no_client_yet() -> None:
    """A head cut off behind `<m:Client` of `<m:Clienten>` shows no client."""
    cut = AW35[: AW35.index(b"<m:Clienten") + len(b"<m:Client")]
    with pytest.raises(Refused, match="no client"):
        look(cut, complete=False)


def test_a_release_is_judged_in_the_schema_version_that_was_picked() -> None:
    """The document names the release; which of its schema versions counts, the caller says."""
    assert look(AW35, complete=True, pick=lambda _: load("2.0@1.3")).layout.release.reference == "2.0@1.3"
    with pytest.raises(Refused, match=r"release 2\.0\. Expected: one of release 2\.1\."):
        look(AW35, complete=True, pick=lambda _: load("2.1"))


@pytest.mark.parametrize("space", ["", " xmlns='http://www.istandaarden.nl/iwlz/2_0/schema/aw35'"])
def test_a_namespace_of_no_message_is_told_with_one_that_is(space: str) -> None:
    """At the root element, with the releases there are and a namespace to copy."""
    with pytest.raises(Refused) as refused:
        look(f"<Bericht{space}/>".encode(), complete=True)
    assert refused.value.defect.path == "/Bericht"
    assert "release 1.2, 2.0, 2.1, 2.2, such as http://www.istandaarden.nl/iwlz/2_2/" in refused.value.defect.detail


def test_without_the_common_prefix_nothing_is_taken_for_plain() -> None:
    """`<:Datum>` is not well-formed: a prefix that is not declared must never match it."""
    release, random = load("2.0"), Random(1)
    text = written(release, document(release, "AW35", random, ordinary=True), Style(local=True), random)
    assert read_out(text).accepted
    colons = text.replace(b"<b:", b"<:").replace(b"</b:", b"</:")
    assert [defect.kind for defect in read_out(colons).defects] == ["not xml"]


def test_a_message_cut_off_anywhere_gives_a_finding() -> None:
    """Never a traceback, and never a verdict as if it were whole."""
    whole = len(AW35.rstrip())
    assert [size for size in range(whole) if read_out(AW35[:size], tables=False).accepted] == []
    assert read_out(AW35[:whole]).accepted
