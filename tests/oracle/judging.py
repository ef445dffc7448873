"""A document judged by all rules of its message."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from tests.oracle.terms import Element, all_of, place

Failures = Iterator[list[Element]]


@dataclass(frozen=True, slots=True)
class Document:
    """A message whose elements have lost their namespaces."""

    release: str
    message: str
    root: Element

    def each(self, *names: str) -> list[Element]:
        """The elements of these names, and of a path's last name, wherever they stand below the root."""
        return all_of(self.root, *(f"/Bericht//{name}" for name in names))

    @property
    def dagtekening(self) -> list[Element]:
        """The date of the message."""
        return all_of(self.root, "/Bericht/Header/BerichtIdentificatie/Dagtekening")


Rule = Callable[[Document], Failures]
_RULES: dict[tuple[str, str], list[tuple[str, Rule]]] = {}


def rule(*releases: tuple[str, str]) -> Callable[[Rule], Rule]:
    """Registers a rule, named by its function, for the messages of each release."""

    def register(judging: Rule) -> Rule:
        for release, messages in releases:
            for message in messages.split():
                _RULES.setdefault((release, message), []).append((judging.__name__.upper(), judging))
        return judging

    return register


def always(messages: str) -> tuple[tuple[str, str], ...]:
    """The same messages in both releases."""
    return ("2.1", messages), ("2.2", messages)


def judge(release: str, message: str, text: bytes) -> Counter[tuple[str, tuple[str, ...]]]:
    """The findings on a document that is valid by its schema: code and places, and how often."""
    from tests.oracle import conditions, constraints, pairs, technical  # noqa: F401, PLC0415 they register their rules

    root = etree.fromstring(text, etree.XMLParser(remove_comments=True, remove_pis=True))
    for element in root.iter():
        element.tag = etree.QName(element).localname
    document = Document(release, message, root)
    found = ((code, failed) for code, judging in _RULES[release, message] for failed in judging(document))
    return Counter((code, tuple(sorted({place(element) for element in failed}))) for code, failed in found)
