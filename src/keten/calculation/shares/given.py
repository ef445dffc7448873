"""JSON whose values know where they stand: an error names the path of the key and what was expected there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from keten.core import UsageError
from keten.core.data import exact_json, read_plain
from keten.core.plain import plain

NUMBER = re.compile(r"\d{1,4}(\.\d{1,2})?")
"""Volumes: positive, below ten thousand, at most two decimals; so that all that is computed of them stays exact."""


class WrongInput(UsageError):
    """What was given to be calculated cannot be understood: the message says where and what was expected."""

    hint = "docs/calculation.md describes the input; `keten calculate --practice list` names cases to look at."


SHOWN = 40
"""Characters of a wrong value that an error repeats."""

PRIVATE = "client"
"""The key under which a client stands."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value of a JSON document with the path of its key."""

    path: str
    value: Any

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Given]:
        """The values of an object with these keys and no others; null is as good as absent for an optional one."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("an object")
        for name in self.value:
            if name not in (*required, *optional):
                raise self.below(name).wrong(f"no such key, only {', '.join([*required, *optional])}")
        for name in required:
            if name not in self.value:
                raise WrongInput(f"{plain(self.path) or 'The input'} lacks {name!r}.")
        filled = {name: value for name, value in self.value.items() if value is not None or name in required}
        return {name: self.below(name) for name in filled}

    def below(self, name: str) -> Given:
        """The value of a key."""
        return Given(f"{self.path}.{name}".lstrip("."), self.value[name])

    def items(self, most: int) -> list[Given]:
        """The values of a list of at least one and at most so many."""
        if not isinstance(self.value, list) or not 0 < len(self.value) <= most:
            raise self.wrong(f"a list of 1 to {most}")
        return [Given(f"{self.path}[{number}]", value) for number, value in enumerate(self.value)]

    def text(self) -> str:
        """A text that says something, of characters that can be printed."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong("a text")
        if not self.value.isprintable():
            raise self.wrong("a text without control characters")
        return self.value

    def matching(self, pattern: str, expected: str) -> str:
        """A text of a pattern."""
        if not re.fullmatch(pattern, self.text()):
            raise self.wrong(expected)
        return self.text()

    def code(self, known: Mapping[str, str] | Sequence[str], expected: str) -> str:
        """A text that is one of the known codes."""
        if not isinstance(self.value, str) or self.value not in known:
            few = f": {', '.join(known)}" if len(known) <= len("0123456789") else ""
            raise self.wrong(f"{expected}{few}")
        return self.text()

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def day(self) -> date:
        """A date."""
        try:
            return date.fromisoformat(self.matching(r"\d{4}-\d\d-\d\d", "a date like 2018-04-01"))
        except ValueError:
            raise self.wrong("a date like 2018-04-01") from None

    def volume(self) -> Decimal:
        """A number above zero, written as a number or as a text."""
        written = str(self.value) if isinstance(self.value, str | int | Decimal) else ""
        if isinstance(self.value, bool) or not NUMBER.fullmatch(written) or not Decimal(written):
            raise self.wrong("a number above 0 and below 10000 with at most two decimals, like 4.5")
        return Decimal(written)

    def whole(self, most: int) -> int:
        """A whole number from 0 on."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not 0 <= self.value <= most:
            raise self.wrong(f"a whole number from 0 to {most}")
        return self.value

    def wrong(self, expected: str) -> WrongInput:
        """The error to raise when something else was expected here."""
        return WrongInput(plain(f"{self.path or 'The input'}: expected {expected}{self._found()}."))

    def _found(self) -> str:
        """What was found, if it is short and says nothing of a client."""
        found = json.dumps(self.value, default=str, ensure_ascii=False)
        return f"; found {found}" if len(found) <= SHOWN and PRIVATE not in self.path else ""


def read_json(path: Path) -> Given:
    """The content of a JSON file; numbers with decimals stay exact. Raises WrongInput."""
    return Given("", exact_json(read_plain(path, WrongInput), str(path), WrongInput))


def parse_json(text: str, name: str) -> Given:
    """The content of a JSON text. Raises WrongInput."""
    return Given("", exact_json(text.encode(), name, WrongInput))
