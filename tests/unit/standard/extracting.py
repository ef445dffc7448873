"""Reads schemas back into the facts that they state, by a way of its own: it shares no code with what makes them.

Form of the facts: `namespace` of the common types; `types` (LDT_*): `base`, and where stated `patterns`, `codes` (code:
name), `minLength`, `maxLength`, `minInclusive`, `maxInclusive`; `structures` (CDT_*): ordered elements; `messages`:
their `namespace`, `root` element and `classes` (ordered elements). An element has a `name`, a `type` or a `restriction`
(a type narrowed in place), and where stated `optional` and `max`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

XS = {"xs": "http://www.w3.org/2001/XMLSchema"}
COMMON = "basisschema.xsd"

Facts = dict[str, Any]


def digest(facts: Facts) -> str:
    """The sha256 of the facts, written with sorted keys and no blanks."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def facts_of(schemas: Iterable[tuple[str, bytes]]) -> Facts:
    """The facts that a set of schemas states."""
    roots = {name: etree.fromstring(text) for name, text in schemas}
    common = roots.pop(COMMON)
    return {
        "namespace": common.get("targetNamespace"),
        "types": {each.attrib["name"]: _type(each) for each in _all(common, "xs:simpleType")},
        "structures": _classes(common),
        "messages": {name.removesuffix(".xsd"): _message(root) for name, root in roots.items()},
    }


def _message(root: etree._Element) -> Facts:
    (element,) = _all(root, "xs:element")
    return {"namespace": root.get("targetNamespace"), "root": element.get("name"), "classes": _classes(root)}


def _classes(root: etree._Element) -> Facts:
    return {
        each.attrib["name"]: [_element(element) for element in _all(each, "xs:sequence/xs:element")]
        for each in _all(root, "xs:complexType")
    }


def _element(element: etree._Element) -> Facts:
    stated = dict(element.attrib)
    facts: Facts = {"name": stated.pop("name")}
    if "type" in stated:
        facts["type"] = _local(stated.pop("type"))
    for narrowed in _all(element, "xs:simpleType"):
        facts["restriction"] = _type(narrowed)
    if stated.pop("minOccurs", "1") == "0":
        facts["optional"] = True
    if "maxOccurs" in stated:
        facts["max"] = stated.pop("maxOccurs")
    assert not stated, f"more is stated of {facts['name']} than the facts can hold: {stated}"
    return facts


def _type(simple_type: etree._Element) -> Facts:
    (restriction,) = _all(simple_type, "xs:restriction")
    facts: Facts = {"base": _local(restriction.attrib["base"])}
    for facet in _all(restriction, "xs:*"):
        kind, value = etree.QName(facet).localname, facet.attrib["value"]
        if kind == "enumeration":
            facts.setdefault("codes", {})[value] = facet.findtext("xs:annotation/xs:documentation", "", XS)
        elif kind == "pattern":
            facts.setdefault("patterns", []).append(value)
        else:
            facts[kind] = int(value) if kind.endswith("Length") else value
    return facts


def _all(element: etree._Element, path: str) -> Iterator[etree._Element]:
    found = element.xpath(path, namespaces=XS)
    assert isinstance(found, list)
    for each in found:
        assert isinstance(each, etree._Element)
        yield each


def _local(name: str) -> str:
    return name.rpartition(":")[2]
