"""XML schemas generated from a release: one for the common types, one per message."""

from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from keten.core.folders import filling
from keten.standard.model import Classes, Element, Message, Release, SimpleType

XS = "http://www.w3.org/2001/XMLSchema"
KIND = "set of schemas"
COMMON = "basisschema.xsd"
BOUNDS = {"min_length": "minLength", "max_length": "maxLength", "minimum": "minInclusive", "maximum": "maxInclusive"}


def write_schemas(release: Release, folder: Path) -> list[Path]:
    """Write the schemas of a release into a folder (made if absent), instead of earlier ones; the paths, common types first.

    Whatever else stands in the folder stays. Raises FolderInUse, also for a file of others that bears the name of a schema.
    """
    written = []
    with filling(folder, KIND, beside_others=True, private=False) as draft:
        for name, text in schemas(release):
            (draft.new / name).write_bytes(text)
            written.append(folder / name)
    return written


def schemas(release: Release) -> Iterator[tuple[str, bytes]]:
    """File name and text of every schema of a release."""
    yield COMMON, common_schema(release)
    for message in release.messages.values():
        yield f"{message.name}.xsd", message_schema(release, message)


def common_schema(release: Release, *, stepwise: bool = False, may_lack: Callable[[str], bool] | None = None) -> bytes:
    """The schema of the simple types and structures that all messages share.

    The published form lists several patterns side by side, which schema processors read as alternatives although all of
    them must match; `stepwise` narrows pattern by pattern instead (docs/decisions/patterns.md). Elements whose name
    `may_lack` approves are optional wherever they stand.
    """
    root = _schema(release.namespace, {"xs": XS, "b": release.namespace})
    for kind in release.types.values():
        _simple_type(root, kind, stepwise=stepwise)
    _complex_types(root, release.structures, own="b")
    _let_lack(root, may_lack)
    return _text(root)


def message_schema(
    release: Release, message: Message, *, root_class: str = "Root", may_lack: Callable[[str], bool] | None = None
) -> bytes:
    """The schema of a message.

    For reading in parts: `root_class` makes the schema of one class alone (the element then bears the class's name),
    and `may_lack` lets elements be absent, as in the common schema.
    """
    root = _schema(message.namespace, {"xs": XS, "m": message.namespace, "b": release.namespace})
    etree.SubElement(root, f"{{{XS}}}import", namespace=release.namespace, schemaLocation=COMMON)
    name = release.root_element if root_class == "Root" else root_class
    etree.SubElement(root, f"{{{XS}}}element", name=name, type=f"m:{root_class}")
    _complex_types(root, message.classes, own="m")
    _let_lack(root, may_lack)
    return _text(root)


def _schema(namespace: str, prefixes: dict[str | None, str]) -> etree._Element:
    return etree.Element(f"{{{XS}}}schema", nsmap=prefixes, targetNamespace=namespace, elementFormDefault="qualified")


def _complex_types(root: etree._Element, classes: Classes, *, own: str) -> None:
    for name, elements in classes.items():
        sequence = etree.SubElement(etree.SubElement(root, f"{{{XS}}}complexType", name=name), f"{{{XS}}}sequence")
        for element in elements:
            prefix = own if element.type in classes else "b"
            _element(sequence, element, f"{prefix}:{element.type}")


def _element(sequence: etree._Element, element: Element, kind: str) -> None:
    made = etree.SubElement(sequence, f"{{{XS}}}element", name=element.name)
    if element.patterns:
        restriction = etree.SubElement(etree.SubElement(made, f"{{{XS}}}simpleType"), f"{{{XS}}}restriction", base=kind)
        _facet(restriction, "pattern", element.patterns)
    else:
        made.set("type", kind)
    if element.optional:
        made.set("minOccurs", "0")
    if element.repeats:
        made.set("maxOccurs", "unbounded")


def _simple_type(root: etree._Element, kind: SimpleType, *, stepwise: bool) -> None:
    simple = etree.SubElement(root, f"{{{XS}}}simpleType", name=kind.name)
    restriction = etree.SubElement(simple, f"{{{XS}}}restriction")
    inner = restriction
    for pattern in kind.patterns[1:] if stepwise else ():
        step = etree.SubElement(inner, f"{{{XS}}}simpleType")
        _facet(inner, "pattern", (pattern,))
        inner = etree.SubElement(step, f"{{{XS}}}restriction")
    inner.set("base", f"xs:{kind.base}")
    for attribute, facet in BOUNDS.items():
        bound = getattr(kind, attribute)
        if bound is not None:
            _facet(inner, facet, (str(bound),))
    _facet(inner, "pattern", kind.patterns[:1] if stepwise else kind.patterns)
    for code, label in kind.codes.items():
        made = etree.SubElement(inner, f"{{{XS}}}enumeration", value=code)
        if label:
            etree.SubElement(etree.SubElement(made, f"{{{XS}}}annotation"), f"{{{XS}}}documentation").text = label


def _let_lack(root: etree._Element, may_lack: Callable[[str], bool] | None) -> None:
    """Make elements optional by their name."""
    for element in root.iterfind(f".//{{{XS}}}sequence/{{{XS}}}element"):
        if may_lack is not None and may_lack(str(element.get("name"))):
            element.set("minOccurs", "0")


def _facet(restriction: etree._Element, facet: str, values: tuple[str, ...]) -> None:
    for value in values:
        etree.SubElement(restriction, f"{{{XS}}}{facet}", value=value)


def _text(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
