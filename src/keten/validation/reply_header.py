"""The header of a reply: that of the message it answers, as it was sent, and what identifies the reply itself."""

from collections.abc import Mapping, Sequence

import polars as pl

from keten.core import KetenError, UsageError
from keten.messages import HEADER, Column, Layout, Node, Tables
from keten.messages.joining import PARENT
from keten.messages.values import is_value
from keten.standard import Release, SimpleType
from keten.standard.describing import describe
from keten.validation.reply_tables import RETURN_CODE, code_tables


class NoReply(KetenError):
    """No reply can be written: it must repeat what the message does not say."""

    hint = "Keep the file with the incident, and ask its sender by hand for a new one."
    exit_code = 1


def heading(layout: Layout, question: Mapping[str, str], own: Mapping[str, str], codes: list[str]) -> Tables:
    """The tables of the header of a reply: `question` has the texts of the message's header, `own` those of the reply.

    Raises NoReply when the message lacks, or says wrongly, what the reply must repeat; UsageError when the reply's own
    text is not right.
    """
    node = next(child for child in layout.root.children if child.name == HEADER)
    release = layout.release
    texts = {**question, "BerichtCode": layout.message.code}
    cells: dict[str, str | None] = {}
    for column in layout.tables[HEADER].columns:
        if column.name in own:
            cells[column.name] = _own(column, own[column.name])
        elif column.type is not None:
            cells[column.name] = _repeated(
                node, column, (texts.get(column.name), release.message_version.get(column.name))
            )
    frame = pl.DataFrame({name: pl.Series([text], dtype=pl.String) for name, text in cells.items()})
    said = pl.DataFrame({PARENT: pl.Series([0] * len(codes), dtype=pl.UInt32), RETURN_CODE: codes})
    return {HEADER: frame, code_tables(layout)[HEADER]: said}


def schema_texts(release: Release) -> dict[str, str]:
    """By which schemas the message was judged, from 2.1 on; LDT_Versie wants three numbers."""
    version = f"{release.schema_version}.0"
    return {f"XsdVersieRetour/{name}": version for name in ("BasisschemaXsdVersie", "BerichtXsdVersie")}


def _own(column: Column, text: str) -> str:
    """What the reply says of itself."""
    assert column.type is not None
    if not _fits(text, column.type):
        raise UsageError(f"{column.name} cannot be {text!r}. Expected: {describe(column.type)}.")
    return text


def _repeated(node: Node, column: Column, texts: Sequence[str | None]) -> str | None:
    """The first of the texts that is right; None where the element is left out."""
    assert column.type is not None
    for text in texts:
        if text is not None and _fits(text, column.type):
            return text
    if _may_lack(node, column.name):
        return None
    raise NoReply(f"Its header has no {column.name}, or not a right one, and a reply must repeat it.")


def _fits(text: str, kind: SimpleType) -> bool:
    return bool(pl.select(is_value(pl.lit(text), kind)).item())


def _may_lack(node: Node, name: str) -> bool:
    """Whether an element of the header, or what it stands in, is optional."""
    for step in name.split("/"):
        node = next(child for child in node.children if child.name == step)
        if node.optional:
            return True
    return False
