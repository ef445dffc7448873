"""Texts from outside, made harmless for who reads them: on a screen, in a page, in a spreadsheet."""

from collections.abc import Mapping
from typing import Any


def plain(text: str) -> str:
    r"""A text with nothing in it that a screen or a parser would act on: what cannot be printed is spelled out.

    >>> plain("a\x1b[31m.xml")
    'a\\x1b[31m.xml'
    """
    return text if text.isprintable() else "".join(one if one.isprintable() else _spelled(one) for one in text)


def plain_within(value: Any) -> Any:  # noqa: ANN401 figures are of any shape
    """Figures with every text in them made plain, those of keys too."""
    match value:
        case str():
            return plain(value)
        case Mapping():
            return {plain_within(key): plain_within(one) for key, one in value.items()}
        case list() | tuple():
            return [plain_within(one) for one in value]
        case _:
            return value


def _spelled(one: str) -> str:
    return one.encode("unicode_escape").decode()
