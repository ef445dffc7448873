"""Kinds of values that files of others give: bounded, and with nothing in them that a screen would act on."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LONGEST_WORD, LONGEST_TEXT = 1_000, 10_000


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("holds a character that cannot be printed")
    return text


def _readable(text: str) -> str:
    _printable(text.replace("\n", " ").replace("\t", " "))
    return text


Word = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD), AfterValidator(_printable)]
"""A name, or a path."""

Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_readable)]
"""A text of any number of lines."""


Count = Annotated[int, Field(ge=0, lt=2**63)]
"""A figure."""

Counts = Annotated[dict[Word, Count], Field(max_length=100_000)]


class Part(BaseModel):
    """What is needed of an object that holds more."""

    model_config = ConfigDict(strict=True, frozen=True)


def spelled(name: str) -> str:
    r"""The name of a file as it can be written everywhere; two names are never spelled alike.

    >>> spelled("5501/AW33/a.xml"), spelled("a\x1b.xml")
    ('5501/AW33/a.xml', 'a\\x1b.xml')
    """
    return name if name.isprintable() and "\\" not in name else name.encode("unicode_escape").decode()
