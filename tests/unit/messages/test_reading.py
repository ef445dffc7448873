"""The verdict on a document is libxml2's on the whole of it, however it is written, damaged and cut into chunks."""

from random import Random

import pytest
from hypothesis import example, given, settings

from keten.messages import Limits
from keten.standard import Release, load
from tests.generating import (
    PLAIN,
    accepts,
    any_style,
    break_bytes,
    break_document,
    document,
    message_definitions,
    schema_versions,
    written,
)
from tests.unit.messages.harness import read_out, seeds, tiny

DEFINITIONS = [pytest.param(release, name, id=f"{release.id}-{name}") for release, name in message_definitions()]
SCHEMAS = [pytest.param(release, id=release.reference) for release in schema_versions()]


def agrees(release: Release, message: str, text: bytes, random: Random) -> bool:
    """Whether the reader and libxml2 come to the same verdict."""
    limits, jobs, tables = tiny(text, random), random.choice((1, 1, 2)), random.random() < 0.3
    return read_out(text, release, limits=limits, jobs=jobs, tables=tables).accepted == accepts(release, message, text)


@pytest.mark.parametrize(("release", "message"), DEFINITIONS)
@given(seed=seeds)
@settings(max_examples=6)
def test_a_valid_document_is_accepted(release: Release, message: str, seed: int) -> None:
    """Every message of every release, in any style."""
    random = Random(seed)
    text = written(
        release, document(release, message, random, clients=random.choice((1, 2, 5))), any_style(random), random
    )
    assert accepts(release, message, text)
    assert agrees(release, message, text, random)


@pytest.mark.parametrize(("release", "message"), DEFINITIONS)
@given(seed=seeds)
@settings(max_examples=12)
def test_a_damaged_document_is_refused_exactly_when_libxml2_refuses_it(
    release: Release, message: str, seed: int
) -> None:
    """Elements dropped, doubled, moved, renamed, nested; foreign namespaces, attributes, loose text, wrong values."""
    random = Random(seed)
    damaged = document(release, message, random, clients=random.choice((1, 3)))
    break_document(damaged, random, times=random.choice((1, 1, 2, 3)))
    text = written(release, damaged, any_style(random, plain=random.random() < 0.5), random)
    assert agrees(release, message, text, random)


@pytest.mark.parametrize("release", SCHEMAS)
@given(seed=seeds)
@settings(max_examples=20)
def test_damaged_bytes_are_refused_exactly_when_libxml2_refuses_them(release: Release, seed: int) -> None:
    """Every schema version, a message at random: cut off, or bytes changed, put in or taken out."""
    random = Random(seed)
    message = random.choice(list(release.messages))
    whole = written(release, document(release, message, random), any_style(random, plain=random.random() < 0.5), random)
    assert agrees(release, message, break_bytes(whole, random), random)


@given(seed=seeds)
@settings(max_examples=60)
def test_clients_of_a_message_that_holds_one_are_judged_like_others(seed: int) -> None:
    """ZK31 and ZK32 hold their client directly; what stands before, behind and beside it counts."""
    random = Random(seed)
    release = load(random.choice(("2.0", "2.1", "2.2")))
    message = random.choice(("ZK31", "ZK32"))
    damaged = document(release, message, random, fullness=0.1)
    children = damaged.parts
    children.insert(random.randint(0, len(children)), random.choice(children))
    random.shuffle(children)
    assert agrees(release, message, written(release, damaged, PLAIN, random), random)


@given(seed=seeds)
@example(seed=0)
@settings(max_examples=25)
def test_chunks_of_one_client_say_the_same_as_one_chunk(seed: int) -> None:
    """The findings do not depend on where the text was cut, nor on how many threads read it."""
    random = Random(seed)
    release = load("2.0")
    damaged = document(release, "AW35", random, clients=6)
    break_document(damaged, random, times=2)
    text = written(release, damaged, any_style(random), random)
    whole = read_out(text)
    head = Limits(head=tiny(text, Random(1)).head, chunk=1)
    for jobs in (1, 2):
        cut = read_out(text, limits=head, jobs=jobs)
        assert cut.reading.clients == whole.reading.clients
        if not whole.reading.broken:
            assert cut.defects == whole.defects
