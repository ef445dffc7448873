"""The messages that two sides exchange, as JSON: names of fields and buckets, and digests; nothing else of a book.

A file ends in its seal, a digest with the campaign's key of every byte before it: of who tells whom what, in which turn, in
answer to which message. What is not sealed so is not even read.
"""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from keten.comparison.blind.campaign import Key, message_seal
from keten.comparison.blind.sealing import LETTERS, LOWEST, UPPER, Told
from keten.comparison.terms import fields as all_fields
from keten.comparison.terms import logical_key
from keten.core import UsageError
from keten.core.data import Given, read_plain
from keten.core.files import writing_whole
from keten.core.plain import plain

FORM = "keten-blind-2"
LAST_TURN = 5
TOLD_ALL = 4
"""From this turn on a message holds what the other side knows of all clients that differ."""

MOST_BYTES = 1 << 30
"""Of a message: a million clients that all differ take less."""

SEAL = ', "seal": "'
"""Stands before the seal, the last value of a message."""

END = '"}'

Digest = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16}$")]
Bucket = Annotated[str, StringConstraints(pattern=rf"^[A-Za-z0-9_-]{{{UPPER},{LOWEST}}}$")]
Number = Annotated[int, Field(ge=0)]


class WrongMessage(UsageError):
    """A message of a blind comparison cannot be used."""

    hint = "Ask the other side for the file again; docs/blind-comparison.md tells whose turn it is and with which file."


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a blind comparison.

    `after` is the seal of the message that it answers, `seal` its own, when it is ready; `nonce` is drawn anew for each, so
    that no answer to an earlier one fits. `unread`: how much of its book the sender could not read.

    `buckets`: digests by bucket (turn 1: the upper ones; turn 2: the lowest of those that differ). `clients`: identity and
    content of the clients in the lowest buckets that differ (from turn 3 on). From turn 4 on, `records`: for each client
    that both have and that differs, the digests of its records' fields; `alone`: for each client that only the sender has,
    the numbers of its records' keys, so that they can be counted.
    """

    campaign: str
    sender: str
    receiver: str
    fields: tuple[str, ...]
    turn: int
    nonce: str
    unread: int = 0
    after: str = ""
    seal: str = ""
    buckets: Mapping[str, str] = field(default_factory=dict)
    clients: Mapping[str, Told] = field(default_factory=dict)
    records: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    alone: Mapping[str, Sequence[int]] = field(default_factory=dict)


class Wire(Given):
    """A message as it goes over the line: what each value may be."""

    form: Literal["keten-blind-2"]
    campaign: str
    sender: str = Field(alias="from")
    receiver: str = Field(alias="to")
    turn: Annotated[int, Field(ge=1, le=LAST_TURN)]
    nonce: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    unread: Number
    after: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
    fields_: tuple[str, ...] = Field(alias="fields")
    buckets: dict[Bucket, Digest]
    clients: dict[Bucket, list[tuple[Digest, Digest]]]
    records: dict[Digest, Annotated[list[list[Digest]], Field(min_length=1)]]
    alone: dict[Digest, Annotated[list[Number], Field(min_length=1)]]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """What its parts say of each other. A first turn that lacks buckets would pass for equal in them."""
        known = tuple(name for name in all_fields() if name in self.fields_)
        whole = self.turn > 1 or sum(len(name) == UPPER for name in self.buckets) == len(LETTERS) ** UPPER
        fits = (
            self.fields_ == known and set(logical_key()) <= set(known),
            whole and (self.turn == 1 or bool(self.after)),
            all(_of_bucket(name, some) for name, some in self.clients.items()),
            all(len(record) == len(known) for some in self.records.values() for record in some),
            all(number < len(some) for some in self.alone.values() for number in some),
        )
        if not all(fits):
            raise ValueError
        return self


def _of_bucket(name: str, some: Sequence[tuple[str, str]]) -> bool:
    """Whether clients are those of a bucket, each once."""
    return all(identity.startswith(name) for identity, _ in some) and len(dict(some)) == len(some)


def sealed(message: Message, key: Key) -> Message:
    """A message that is ready, with its seal."""
    return replace(message, seal=message_seal(key, _told(message).encode()))


def as_json(message: Message) -> str:
    """A sealed message as it goes over the line."""
    return f"{_told(message)}{SEAL}{message.seal}{END}"


def head_of(campaign: str, sender: str, receiver: str, turn: int) -> str:
    """How a message begins: which one it is."""
    told = {"form": FORM, "campaign": campaign, "from": sender, "to": receiver, "turn": turn}
    return json.dumps(told).removesuffix("}")


def _told(message: Message) -> str:
    """All that a message says, but for its seal and the last bracket."""
    told = {
        "nonce": message.nonce,
        "unread": message.unread,
        "after": message.after,
        "fields": list(message.fields),
        "buckets": dict(message.buckets),
        "clients": dict(message.clients),
        "records": dict(message.records),
        "alone": dict(message.alone),
    }
    head = head_of(message.campaign, message.sender, message.receiver, message.turn)
    return f"{head}, {json.dumps(told).removeprefix('{').removesuffix('}')}"


def save_message(message: Message, path: Path, inputs: Iterable[Path]) -> None:
    """Write a sealed message to a file, which is none of the inputs. Raises NotWritable."""
    with writing_whole(path, inputs) as stream:
        stream.write(f"{as_json(message)}\n".encode())


def load_message(path: Path, key: Key) -> Message:
    """Read a message; it comes from elsewhere, so nothing of it is taken on trust. Raises WrongMessage."""
    return unsealed(read_plain(path, WrongMessage, MOST_BYTES), key, plain(str(path)))


def unsealed(text: bytes, key: Key, name: str = "It") -> Message:
    """The message in a text, if it is as a holder of the key made it. Raises WrongMessage."""
    told, found, seal = text.rstrip().rpartition(SEAL.encode())
    if not found or not seal.endswith(END.encode()):
        raise WrongMessage(f"{name} is no message of a blind comparison, or one that was cut or changed.")
    mine = message_seal(key, told)
    if not hmac.compare_digest(mine.encode(), seal.removesuffix(END.encode())):
        raise WrongMessage(
            f"{name} is not as it was made: it was changed on its way, or made with another key than that of campaign"
            f" {key.campaign}."
        )
    try:
        wire = Wire.model_validate_json(told + b"}")
    except ValidationError:
        raise WrongMessage(f"{name} is no message of a blind comparison of this version of keten.") from None
    return _message(wire, mine)


def _message(wire: Wire, seal: str) -> Message:
    return Message(
        campaign=wire.campaign,
        sender=wire.sender,
        receiver=wire.receiver,
        fields=wire.fields_,
        turn=wire.turn,
        nonce=wire.nonce,
        unread=wire.unread,
        after=wire.after,
        seal=seal,
        buckets=wire.buckets,
        clients=wire.clients,
        records=wire.records,
        alone=wire.alone,
    )
