"""A message as arrays for the kernel: all that the kernel takes for granted is true of every message."""

import numpy as np
import pytest

from keten.messages import layout_of
from keten.messages.grammar import MOST_GRAMMARS, Prefixes, client_grammar, envelope_grammar
from keten.messages.kernel import MAX_DEPTH, PADDING
from keten.messages.opening import MOST_PREFIX
from keten.standard import Release, load
from tests.generating import schema_versions

SCHEMAS = [pytest.param(release, id=release.reference) for release in schema_versions()]
LONGEST = Prefixes(b"m" * MOST_PREFIX, b"b" * MOST_PREFIX)
BESIDE_NAME = len("</") + len(">")


@pytest.mark.parametrize("release", SCHEMAS)
def test_the_kernel_never_looks_beyond_the_padding(release: Release) -> None:
    """It compares a whole name, with the longest prefix, without asking whether the text goes on so far."""
    for message in release.messages:
        elements = client_grammar(layout_of(release, message), LONGEST).grammar.elements
        assert elements["name_size"].max() + BESIDE_NAME < PADDING


@pytest.mark.parametrize("release", SCHEMAS)
def test_elements_lie_as_the_kernel_walks_them(release: Release) -> None:
    """Children behind their parent and beside each other; no deeper than there is room; every table has a parent or none."""
    for message in release.messages:
        layout = layout_of(release, message)
        for entry, tables in (
            (client_grammar(layout, Prefixes(b"m:", b"b:")), layout.client_tables),
            (envelope_grammar(layout, Prefixes(b"m:", b"b:")), layout.envelope_tables),
        ):
            elements, parents = entry.grammar.elements, entry.grammar.parents
            depth = np.zeros(len(elements), int)
            for number, element in enumerate(elements):
                children = range(element["child_from"], element["child_from"] + element["child_count"])
                assert not children or children[0] > number
                depth[list(children)] = depth[number] + 1
                assert (element["kind"] >= 0) == (element["child_count"] == 0)
            assert depth.max() < MAX_DEPTH
            assert len(parents) == len(tables)
            assert all(parent < number for number, parent in enumerate(parents))


@pytest.mark.parametrize("release", SCHEMAS)
def test_clients_stand_last_in_what_holds_them(release: Release) -> None:
    """So nothing may follow them there: the reader counts on it when it judges what stands around the clients."""
    for message in release.messages:
        layout = layout_of(release, message)
        node = layout.root
        for name in layout.client_path[1:]:
            holder, node = node, next(child for child in node.children if child.name == name)
        assert holder.children[-1] is node


def test_prefixes_without_end_take_no_memory_without_end() -> None:
    """Senders choose them; only the last are remembered."""
    layout = layout_of(load("2.2"), "CA319")
    for number in range(MOST_GRAMMARS + 10):
        envelope_grammar(layout, Prefixes(b"m%d:" % number, b"b:"))
    assert envelope_grammar.cache_info().currsize == MOST_GRAMMARS
