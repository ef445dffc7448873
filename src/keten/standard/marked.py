"""YAML whose values know where they stand: for data files that people write, so that an error names file, line and key."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from keten.core import UsageError
from keten.core.data import compose_yaml
from keten.core.plain import plain

NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,2})?")
"""No sign, no exponent, at most two decimals: amounts of money and volumes stay exact whatever is done with them."""

DEEPEST, MOST = 10, 100_000
"""Levels of keys within keys, and values in all: an alias within itself would go on for ever, a few of aliases nearly so."""

MOST_SHOWN = 60
"""Characters of a value in an error text."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A value of a file with its place; all scalars are texts. `error` is what its complaints are raised as."""

    path: Path
    line: int
    key: str
    value: "str | Mapping[str, Marked]"
    error: type[UsageError]

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> "Mapping[str, Marked]":
        """The values of a mapping with these keys and no others."""
        found = self.entries()
        for name in found:
            if name not in {*required, *optional}:
                raise found[name].wrong(f"none of that name, only {', '.join([*required, *optional])}")
        for name in required:
            if name not in found:
                raise self.wrong(f"a value for {name}", "none")
        return found

    def entries(self, form: str = ".*", named: str = "") -> "Mapping[str, Marked]":
        """The values of a mapping whose keys have a form, a pattern; `named` says it in words."""
        if isinstance(self.value, str):
            raise self.wrong("keys with values")
        for name, value in self.value.items():
            if not re.fullmatch(form, name):
                raise value.wrong(f"{named} as key", repr(name[:MOST_SHOWN]))
        return self.value

    def text(self) -> str:
        """A text that says something."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong("a text")
        return self.value.strip()

    def one_of(self, words: Sequence[str]) -> str:
        """One of these words."""
        if self.value not in words:
            raise self.wrong(f"one of {', '.join(words)}")
        return self.text()

    def day(self) -> date:
        """A date."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.wrong("a date like 2018-04-01") from None

    def number(self) -> Decimal:
        """A number of NUMBER above zero, exact."""
        if not isinstance(self.value, str) or not NUMBER.fullmatch(self.value) or not Decimal(self.value):
            raise self.wrong("a number above zero and below a million with at most two decimals, like 12.50")
        return Decimal(self.value)

    def wrong(self, expected: str, found: str | None = None) -> UsageError:
        """The error to raise when something else was expected here."""
        value = found or (repr(self.value[:MOST_SHOWN]) if isinstance(self.value, str) else "keys with values")
        where = f", at {plain(self.key[:MOST_SHOWN])}" if self.key else ""
        return self.error(f"{plain(str(self.path))}, line {self.line}{where}: expected {expected}, found {value}.")


def read_marked(path: Path, error: type[UsageError]) -> Marked:
    """The content of a YAML file of mappings. Raises `error` for a file that cannot be read or has a key twice."""
    node = compose_yaml(path, error)
    if node is None:
        raise error(f"{plain(str(path))} is empty.")
    return _Reading(path, error).marked(node, "", DEEPEST + 1)


class _Reading:
    """Gives the values of a file their places, as long as there are not too many."""

    def __init__(self, path: Path, error: type[UsageError]) -> None:
        self.path, self.error, self.left = path, error, MOST

    def marked(self, node: yaml.Node, key: str, levels: int) -> Marked:
        """A value and all below it, which may have so many levels more."""
        self.left -= 1
        if self.left < 0:
            raise self._wrong(node, f"expected at most {MOST:,} values, found more.")
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return Marked(self.path, line, key, node.value, self.error)
        at = f"at {plain(key[:MOST_SHOWN]) or 'the top'}"
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, f"{at}: expected a value or keys with values, found a list.")
        if levels < 0:
            raise self._wrong(node, f"{at}: expected at most {DEEPEST} levels of keys, found more.")
        values: dict[str, Marked] = {}
        for name, value in self._pairs(node):
            if name in values:
                twice = plain(name[:MOST_SHOWN])
                raise self._wrong(value, f"the key {twice} stands twice in {plain(key[:MOST_SHOWN]) or 'the file'}.")
            values[name] = self.marked(value, f"{key}.{name}".lstrip("."), levels - 1)
        return Marked(self.path, line, key, values, self.error)

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._wrong(key, "expected a plain word as key.")
            yield key.value, value

    def _wrong(self, node: yaml.Node, what: str) -> UsageError:
        line = f"{plain(str(self.path))}, line {node.start_mark.line + 1}"
        return self.error(f"{line}, {what}" if what.startswith("at ") else f"{line}: {what}")
