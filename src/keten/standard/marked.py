"""YAML whose values know where they stand: for data files that people write, so that an error names file, line and key."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from keten.core import UsageError
from keten.core.data import read_plain, yaml_node
from keten.core.plain import plain

NUMBER = re.compile(r"\d{1,6}(\.\d{1,2})?")
"""No sign, no exponent, at most two decimals: amounts of money and volumes stay exact whatever is done with them."""

DEEPEST, MOST, LONGEST = 10, 100_000, 200
"""Levels of keys within keys; values, those that an alias repeats included; characters of a key."""

SHOWN = 200
"""Characters of a wrong value that an error repeats."""


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
                raise value.wrong(f"{named} as key", repr(name))
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
        value = found or (repr(self.value[:SHOWN]) if isinstance(self.value, str) else "keys with values")
        where = f", at {self.key}" if self.key else ""
        return self.error(plain(f"{self.path}, line {self.line}{where}: expected {expected}, found {value}."))


def read_marked(path: Path, error: type[UsageError]) -> Marked:
    """The content of a YAML file of mappings. Raises `error` for a file that cannot be read or has a key twice."""
    node = yaml_node(read_plain(path, error), str(path), error)
    if node is None:
        raise error(f"{plain(str(path))} is empty.")
    return _Reading(path, error, iter(range(MOST))).marked(node, "", DEEPEST + 2)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Gives the values of a file their places, as long as some are `left` that it may have."""

    path: Path
    error: type[UsageError]
    left: Iterator[int]

    def marked(self, node: yaml.Node, key: str, levels: int) -> Marked:
        """A value and all below it, which may have so many levels more."""
        line = node.start_mark.line + 1
        if next(self.left, None) is None:
            raise self.error(f"{plain(str(self.path))} has more than {MOST:,} values, with those that it repeats.")
        if isinstance(node, yaml.ScalarNode):
            return Marked(self.path, line, key, node.value, self.error)
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(line, f", at {key or 'the top'}: expected a value or keys with values, found a list.")
        if not levels:
            raise self._wrong(line, f", at {key}: expected at most {DEEPEST} levels of keys, found more.")
        values: dict[str, Marked] = {}
        for name, value in self._pairs(node):
            if name in values:
                twice = f": the key {name} stands twice in {key or 'the file'}."
                raise self._wrong(value.start_mark.line + 1, twice)
            values[name] = self.marked(value, f"{key}.{name}".lstrip("."), levels - 1)
        return Marked(self.path, line, key, values, self.error)

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or len(key.value) > LONGEST:
                raise self._wrong(key.start_mark.line + 1, ": expected a plain word as key.")
            yield key.value, value

    def _wrong(self, line: int, told: str) -> UsageError:
        return self.error(plain(f"{self.path}, line {line}{told}"))
