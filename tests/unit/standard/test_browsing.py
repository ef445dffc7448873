"""A message from above and a type from below."""

from keten.standard import load
from keten.standard.browsing import Use, message_tree, structure_trees, types_of_elements, types_within, uses, walk
from tests.unit.standard.making import release

SMALL = release(
    types="{Tekst: string, Getal: integer}",
    structures="{S: {X: Tekst, Diep: D}, D: {Y: Getal}}",
    messages={"ABC1": "{Root: {A: S, B*: K}, K: {C: Tekst x+}}", "ABC2": "{Root: {B: K}, K: {C: Tekst}}"},
)


def test_a_message_all_the_way_down() -> None:
    """Every element in document order with how deep it stands; a simple type with what narrows it in place."""
    tree = list(walk(message_tree(SMALL, SMALL.messages["ABC1"])))
    assert [(depth, branch.element.name) for depth, branch in tree] == [
        (0, "Bericht"),
        (1, "A"),
        (2, "X"),
        (2, "Diep"),
        (3, "Y"),
        (1, "B"),
        (2, "C"),
    ]
    narrowed = tree[-1][1].type
    assert narrowed is not None
    assert narrowed.patterns == ("x+",)


def test_a_structure_all_the_way_down() -> None:
    """As for a message, from the elements of the structure."""
    assert [branch.element.name for tree in structure_trees(SMALL, "S") for _, branch in walk(tree)] == [
        "X",
        "Diep",
        "Y",
    ]


def test_where_a_type_is_used() -> None:
    """In structures first, then in classes, those of the same name and element together."""
    assert uses(SMALL, "Tekst") == (Use("S", "X", ()), Use("K", "C", ("ABC1", "ABC2")))
    assert uses(SMALL, "D") == (Use("S", "Diep", ()),)
    assert uses(SMALL, "Onbekend") == ()


def test_the_types_of_elements_of_a_name() -> None:
    """In capitals or not; of an element of a structure without messages."""
    assert types_of_elements(SMALL, "c") == {"Tekst": ("ABC1", "ABC2")}
    assert types_of_elements(SMALL, "Y") == {"Getal": ()}
    assert types_of_elements(SMALL, "Tekst") == {}


def test_the_types_within_a_message() -> None:
    """Types, structures and classes alike; none for a message that is not there."""
    assert types_within(SMALL, "ABC2") == {"Root", "K", "Tekst"}
    assert types_within(SMALL, "ABC1") == {"Root", "S", "D", "K", "Tekst", "Getal"}
    assert types_within(load("1.2"), "ZK31") == set()
