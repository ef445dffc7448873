"""What changed in a simple type, in words; codes of which nothing but the code can be told are told together."""

import unicodedata
from collections.abc import Iterator, Sequence

from keten.standard.changes import Change, CodeAdded, CodeRemoved, CodeRenamed
from keten.standard.describing import MOST_CODES, describe
from keten.standard.forms.sentences import CAME, CHANGED, WENT, Sentence, tell
from keten.standard.model import SimpleType

CodeChange = CodeAdded | CodeRemoved | CodeRenamed

SIGNS = {"{} new codes": CAME, "{} codes gone": WENT, "all {} codes gone": WENT, "{} names respelled": CHANGED}
"""How codes are told together, and the sign of each."""


def type_sentences(changes: Sequence[Change], old: SimpleType | None, new: SimpleType | None) -> Iterator[Sentence]:
    """What changed in one type; `old` or `new` is None when it came or went."""
    if new is None:
        yield Sentence(WENT, "type gone", describe(old) if old else "")
    elif old is None:
        yield from _new(new)
    else:
        yield from _changed(changes, list_gone=not new.codes)


def _new(kind: SimpleType) -> Iterator[Sentence]:
    yield Sentence(CAME, "new type", describe(kind))
    if len(kind.codes) > MOST_CODES:
        yield from (tell(CodeAdded(code, name)) for code, name in kind.codes.items())


def _changed(changes: Sequence[Change], *, list_gone: bool) -> Iterator[Sentence]:
    bundles: dict[str, list[CodeChange]] = {}
    for change in changes:
        if isinstance(change, CodeChange) and (bundle := _bundle(change, list_gone=list_gone)):
            bundles.setdefault(bundle, []).append(change)
        else:
            yield tell(change)
    for bundle, bundled in bundles.items():
        codes = ", ".join(change.code for change in bundled)
        yield tell(bundled[0]) if len(bundled) == 1 else Sentence(SIGNS[bundle], bundle.format(len(bundled)), codes)


def _bundle(change: CodeChange, *, list_gone: bool) -> str | None:
    """How a code is told together with others; None when it has a name that must be told."""
    match change:
        case CodeAdded():
            return None if change.name else "{} new codes"
        case CodeRemoved():
            return "all {} codes gone" if list_gone else None if change.name else "{} codes gone"
        case CodeRenamed():
            return "{} names respelled" if plain(change.old) == plain(change.new) else None


def plain(name: str) -> str:
    """A name in small letters without accents.

    >>> plain("BELGIË")
    'belgie'
    """
    apart = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
