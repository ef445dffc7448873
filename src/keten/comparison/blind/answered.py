"""Finds the message of one's own that a message answers, so that no answer of an earlier time passes for one of today.

Whoever is on the way can keep the messages of a comparison, and send them again in a later one of the same campaign: they
bear a right seal. So a message counts only if it answers the latest one that this side made for its turn, which is at hand.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from keten.comparison.blind.campaign import Key
from keten.comparison.blind.wire import Message, WrongMessage, head_of, load_message

HEAD = 600
"""Bytes at the beginning of a message in which stand who tells whom, and in which turn."""


class Replayed(WrongMessage):
    """A message answers none that this side made last."""

    hint = (
        "Give the answer to your last message, and keep that in the folder of --out or of the message, or name it with"
        " --after; or begin anew with keten blind offer."
    )


def demand_answer(message: Message, key: Key, folders: Iterable[Path], mine: Path | None = None) -> None:
    """See to it that a message answers the latest of this side: `mine`, or the one found in the folders. Raises Replayed.

    An offer that answers none needs none.
    """
    if not message.after:
        return
    found = load_message(mine, key) if mine else _latest(message, key, folders)
    if found is None:
        raise Replayed(f"The message of yours that turn {message.turn} answers is not at hand.")
    if (found.sender, found.seal) != (message.receiver, message.after):
        raise Replayed(
            f"Turn {message.turn} does not answer your last message, but an earlier one: it was sent before."
        )


def _latest(message: Message, key: Key, folders: Iterable[Path]) -> Message | None:
    """The message that this side made last for the turn before."""
    turn = max(1, message.turn - 1)
    head = head_of(message.campaign, message.receiver, message.sender, turn).encode()
    for path in _newest_first(folders, head):
        try:
            return load_message(path, key)
        except WrongMessage:
            continue
    return None


def _newest_first(folders: Iterable[Path], head: bytes) -> Iterator[Path]:
    """The files in the folders that begin like a message, those written last first."""
    here = {one.resolve() for folder in folders if folder.is_dir() for one in folder.iterdir() if one.is_file()}
    for path in sorted(here, key=lambda one: one.stat().st_mtime_ns, reverse=True):
        with suppress(OSError), path.open("rb") as file:  # what may not be read is none of ours
            if file.read(HEAD).startswith(head):
                yield path
