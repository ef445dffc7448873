"""What was read is written back with nothing lost, nothing added, and in the form that the sector asks for."""

from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings

from keten.messages import write
from keten.standard import Release, load
from tests.generating import PLAIN, accepts, any_style, content, document, message_definitions, written
from tests.unit.messages.harness import Outcome, read_out, seeds, tiny

DEFINITIONS = [pytest.param(release, name, id=f"{release.id}-{name}") for release, name in message_definitions()]


def written_back(outcome: Outcome) -> bytes:
    """The document that its tables make."""
    layout = outcome.reading.layout
    assert layout is not None
    stream = BytesIO()
    write(layout, outcome.reading.header, (batch.tables for batch in outcome.batches), stream)
    return stream.getvalue()


@pytest.mark.parametrize(("release", "message"), DEFINITIONS)
@given(seed=seeds)
@settings(max_examples=6)
def test_a_document_survives_reading_and_writing(release: Release, message: str, seed: int) -> None:
    """All elements, also the empty ones, all texts to the letter, in the same order; and the result is valid."""
    random = Random(seed)
    text = written(
        release, document(release, message, random, clients=random.choice((1, 2, 5))), any_style(random), random
    )
    back = written_back(read_out(text, limits=tiny(text, random)))
    assert content(release, message, back) == content(release, message, text)
    assert accepts(release, message, back)


def test_what_is_written_has_the_form_that_the_sector_asks_for() -> None:
    """OP192: UTF-8 without byte order mark, CR LF behind every element, no space that indents."""
    release, random = load("2.0"), Random(1)
    text = written(release, document(release, "AW33", random, ordinary=True), PLAIN, random)
    back = written_back(read_out(text))
    assert back.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\r\n<Bericht xmlns="')
    assert all(line.startswith(b"<") for line in back.split(b"\r\n")[:-1])
    assert back.endswith(b"</Bericht>\r\n")


def test_writing_what_was_written_changes_nothing() -> None:
    """The form is a fixed point: a second round gives the same bytes."""
    release, random = load("1.2"), Random(2)
    once = written_back(read_out(written(release, document(release, "IO31", random, clients=3), PLAIN, random)))
    assert written_back(read_out(once)) == once


def test_a_message_without_clients_has_no_element_that_holds_them() -> None:
    """A reply without errors has no clients: Clienten may not stand there empty."""
    release, random = load("2.0"), Random(3)
    reply = document(release, "AW34", random)
    reply.parts = reply.parts[:1]
    back = written_back(read_out(written(release, reply, PLAIN, random)))
    assert b"Client" not in back
    assert accepts(release, "AW34", back)
