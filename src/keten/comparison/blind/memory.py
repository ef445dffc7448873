"""What a side remembers of an exchange, beside its key file: which messages it sent, so that no old answer counts as new.

Whoever is on the way can keep the messages of a comparison, and send them again in a later one of the same campaign: they
bear a right seal. So a message counts only if it answers one that was sent in the exchange at hand, and an exchange that
gave way to another, or that was reported on, is not taken up again.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from keten.comparison.blind.campaign import WrongKey
from keten.comparison.blind.wire import TOLD_ALL, Message, WrongMessage, as_json
from keten.core.data import Given, read_json
from keten.core.data import as_json as written
from keten.core.files import NotWritable, writing_whole


class Replayed(WrongMessage):
    """A message answers none that this side sent in the exchange at hand."""

    hint = "Give the answer to your last message, or begin anew with keten blind offer; docs/blind-comparison.md."


class Exchange(Given):
    """The exchange at hand: the seals of the messages sent in it, and whether its outcome was reported; those before it."""

    exchange: str
    sent: tuple[str, ...] = ()
    reported: bool = False
    spent: tuple[str, ...] = ()


class Sides(Given):
    """What each side that uses a key file remembers."""

    sides: dict[str, Exchange]


def place(key: Path) -> Path:
    """Where it is remembered what was sent with a key."""
    return key.with_name(f"{key.name}.exchanges")


def admit(key: Path, message: Message) -> None:
    """Look whether a message may be answered. Raises Replayed, WrongKey."""
    known = _recalled(key).get(message.receiver)
    _admit(known, message)
    if known and known.reported and message.exchange == known.exchange and message.turn < TOLD_ALL:
        raise Replayed(f"Turn {message.turn} belongs to a comparison that was reported on: it was sent before.")


def admit_report(key: Path, message: Message) -> None:
    """Look whether a message may be reported on; when it tells all, that ends the exchange. Raises Replayed, WrongKey."""
    sides = _recalled(key)
    known = sides.get(message.receiver)
    _admit(known, message)
    if known and message.turn >= TOLD_ALL:
        _keep(key, {**sides, message.receiver: known.model_copy(update={"reported": True})})


def send(key: Path, message: Message, out: Path, inputs: Iterable[Path]) -> None:
    """Write a sealed message to a file, none of the inputs, and remember it. Raises WrongKey, NotWritable."""
    _remember(key, message)
    with writing_whole(out, inputs) as stream:
        stream.write(f"{as_json(message)}\n".encode())


def _remember(key: Path, message: Message) -> None:
    sides = _recalled(key)
    known = sides.get(message.sender)
    if known and known.exchange == message.exchange:
        kept = known.model_copy(update={"sent": tuple(dict.fromkeys((*known.sent, message.seal)))})
    else:
        spent = (*known.spent, known.exchange) if known else ()
        kept = Exchange(exchange=message.exchange, sent=(message.seal,), spent=spent)
    _keep(key, {**sides, message.sender: kept})


def _admit(known: Exchange | None, message: Message) -> None:
    if known and message.exchange in known.spent:
        raise Replayed(f"Turn {message.turn} belongs to an earlier comparison of this campaign: it was sent before.")
    answers = known.sent if known else ()
    if message.after and message.after not in answers:
        raise Replayed(f"Turn {message.turn} answers none of the messages that were made here with this key file.")
    if message.turn > 1 and (known is None or message.exchange != known.exchange):
        raise Replayed(f"Turn {message.turn} belongs to another comparison than the one at hand.")


def _recalled(key: Path) -> Mapping[str, Exchange]:
    """What is remembered. Raises WrongKey."""
    return read_json(place(key), Sides, WrongKey).sides if place(key).exists() else {}


def _keep(key: Path, sides: Mapping[str, Exchange]) -> None:
    told = {"sides": {name: one.model_dump() for name, one in sides.items()}}
    try:
        with writing_whole(place(key)) as stream:
            stream.write(written(told).encode())
    except NotWritable as error:
        hint = "Keep the key file in a folder that you may write to: it is remembered there which messages were sent."
        raise WrongKey(str(error), hint=hint) from None
