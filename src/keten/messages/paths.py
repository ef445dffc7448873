"""Where an element stands: the XPath form of the sector's reports.

Local names only; a step has an index, from 1, exactly where the element has siblings of its name.
"""

from collections import Counter

from lxml import etree


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def paths_within(top: etree._Element) -> dict[etree._Element, str]:
    """The path of every element within `top`, from there: `top` itself has the empty path."""
    paths = {top: ""}
    for parent in top.iter(etree.Element):
        children = [(child, local_name(child)) for child in parent.iterchildren(etree.Element)]
        total = Counter(name for _, name in children)
        seen: Counter[str] = Counter()
        for child, name in children:
            seen[name] += 1
            paths[child] = f"{paths[parent]}/{name}" + (f"[{seen[name]}]" if total[name] > 1 else "")
    return paths
