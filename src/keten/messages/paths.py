"""Where an element stands: the XPath form of the sector's reports.

Local names only; a step has an index, from 1, exactly where the element has siblings of its name.
"""

from collections import Counter
from collections.abc import Iterator

from lxml import etree


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


class Paths:
    """The paths of the elements within `top`, from there, each found when it is first asked for.

    An element's siblings count as they stand when the first of them is asked for: ask before you take one away.
    """

    def __init__(self, top: etree._Element) -> None:
        self.top = top
        self.steps: dict[etree._Element, dict[etree._Element, str]] = {}

    def __getitem__(self, element: etree._Element) -> str:
        parent = element.getparent()
        if element is self.top or parent is None:
            return ""
        if parent not in self.steps:
            self.steps[parent] = dict(_steps(parent))
        return self[parent] + self.steps[parent][element]


def _steps(parent: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The step to each element in an element."""
    children = [(child, local_name(child)) for child in parent.iterchildren(etree.Element)]
    total = Counter(name for _, name in children)
    seen: Counter[str] = Counter()
    for child, name in children:
        seen[name] += 1
        yield child, f"/{name}[{seen[name]}]" if total[name] > 1 else f"/{name}"
