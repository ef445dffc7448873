"""Undoes planted faults by their answer sheet alone: what is left must be the clean conversion."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

Answer = Mapping[str, Any]
Tree = etree._Element


def undone(clean: Path, folder: Path, name: str, answers: Iterable[Answer]) -> tuple[bytes, bytes]:
    """A file as it was and as it is, both without what the answers say of it; equal when these say all of it."""
    about = list(answers)
    made = next((one for one in about if one["change"] == "copy" and one["file"] == name), None)
    before, after = tree(clean / (made["clean_file"] if made else name)), tree(folder / name)
    gone = [] if made is None else _others(before, made["clean_client"])
    for one in about:
        gone += _named(before, after, one, name)
    for element in gone:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    return plain(before), plain(after)


def tree(path: Path) -> Tree:
    """A message as a tree of plain names."""
    root = etree.fromstring(path.read_bytes())
    for element in root.iter():
        element.tag = etree.QName(element).localname
        element.tail = None
        if len(element):
            element.text = None
    etree.cleanup_namespaces(root)
    return root


def plain(root: Tree) -> bytes:
    """A tree as text, without elements that hold nothing."""
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and not len(element) and not element.text:
            parent.remove(element)
    return etree.tostring(root)


def _others(root: Tree, client: int | None) -> list[Tree]:
    """The clients but one, of which a file was made; none where it was made of all."""
    return [one for number, one in enumerate(root.iter("Client"), 1) if client and number != client]


def _named(before: Tree, after: Tree, answer: Answer, name: str) -> list[Tree]:
    """The elements of one file that an answer names; the values it says they had and have are checked."""
    here, was_here = answer["file"] == name, answer["clean_file"] == name
    change = answer["change"]
    if change == "set" and here:
        return [one for cell in _cells(answer) for one in _changed(before, after, answer, cell)]
    if change in ("add", "take") and here:
        return found(after, answer["location"])
    if change == "drop" and was_here:
        return found(before, answer["clean_location"])
    if change == "text" and here and answer["location"]:
        return found(after, f"{answer['location']}/VoorkeurClient")
    return []


def _cells(answer: Answer) -> dict[str, tuple[str, str]]:
    """Before and after by cell of an answer about several; by "" of one about one, which its location names."""
    if "=" not in answer["before"] + answer["after"]:
        return {"": (answer["before"], answer["after"])}
    sides = [dict(word.split("=") for word in answer[side].split()) for side in ("before", "after")]
    return {cell: (sides[0].get(cell, ""), sides[1].get(cell, "")) for cell in {**sides[0], **sides[1]}}


def _changed(before: Tree, after: Tree, answer: Answer, cell: str) -> Sequence[Tree]:
    """The element of a cell on both sides, as far as it is there; it must have the value that the answer says."""
    values = _cells(answer)[cell]
    elements: list[Tree] = []
    for root, column, value in ((before, "clean_location", values[0]), (after, "location", values[1])):
        there = found(root, f"{answer[column]}/{cell}" if cell else answer[column])
        assert [one.text for one in there] == ([value] if value else []), answer
        elements += there
    return elements


def found(root: Tree, location: str) -> list[Tree]:
    """The elements at a location."""
    some = root.getroottree().xpath(location)
    assert isinstance(some, list)
    return [one for one in some if isinstance(one, etree._Element)]
