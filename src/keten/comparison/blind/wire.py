"""The messages that two sides exchange, as JSON: names of fields and buckets, and digests; nothing else of a book."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from keten.comparison.blind.sealing import LETTERS, LOWEST, UPPER, Told
from keten.comparison.terms import fields as all_fields
from keten.comparison.terms import logical_key
from keten.core import UsageError

FORM = "keten-blind-1"
LAST_TURN = 5
DIGEST = re.compile(r"[\w-]{16}", re.ASCII)
BUCKET = re.compile(rf"[\w-]{{{UPPER},{LOWEST}}}", re.ASCII)


class WrongMessage(UsageError):
    """A message of a blind comparison cannot be used."""

    hint = "Ask the other side for the file again; docs/blind-comparison.md tells whose turn it is and with which file."


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a blind comparison.

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
    check: str
    buckets: Mapping[str, str] = field(default_factory=dict)
    clients: Mapping[str, Told] = field(default_factory=dict)
    records: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    alone: Mapping[str, Sequence[int]] = field(default_factory=dict)


def save_message(message: Message, path: Path) -> None:
    """Write a message to a file. Raises WrongMessage."""
    try:
        path.write_text(as_json(message) + "\n", encoding="utf-8")
    except OSError as error:
        raise WrongMessage(
            f"The message {path} cannot be written: {error.strerror}.", hint="Give another --out."
        ) from None


def as_json(message: Message) -> str:
    """A message as it goes over the line."""
    told = {
        "form": FORM,
        "campaign": message.campaign,
        "from": message.sender,
        "to": message.receiver,
        "turn": message.turn,
        "fields": list(message.fields),
        "check": message.check,
        "buckets": dict(message.buckets),
        "clients": dict(message.clients),
        "records": dict(message.records),
        "alone": dict(message.alone),
    }
    return json.dumps(told)


def load_message(path: Path) -> Message:
    """Read a message; it comes from elsewhere, so nothing of it is taken on trust. Raises WrongMessage."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise WrongMessage(f"The message {path} cannot be read: {error.strerror}.") from None
    return of_json(text, str(path))


def of_json(text: str | bytes, name: str = "It") -> Message:
    """The message in a text. Raises WrongMessage."""
    try:
        return _message(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise WrongMessage(f"{name} is no message of a blind comparison, or a damaged one.") from None


def _message(told: Any) -> Message:  # noqa: ANN401 as JSON is
    """The message in some JSON. Raises one of several errors for what is none.

    A first turn that lacks buckets would pass for equal in them.
    """
    _demand(told["form"] == FORM and told["turn"] in range(1, LAST_TURN + 1))
    named = [str(name) for name in told["fields"]]
    fields = tuple(name for name in all_fields() if name in named)
    _demand(list(fields) == named and set(logical_key()) <= set(fields))
    _demand(told["turn"] > 1 or sum(len(name) == UPPER for name in told["buckets"]) == len(LETTERS) ** UPPER)
    return Message(
        campaign=str(told["campaign"]),
        sender=str(told["from"]),
        receiver=str(told["to"]),
        fields=fields,
        turn=int(told["turn"]),
        check=_digest(told["check"]),
        buckets={_bucket(name): _digest(one) for name, one in told["buckets"].items()},
        clients={_bucket(name): _clients(name, some) for name, some in told["clients"].items()},
        records={_digest(one): _records(some, len(fields)) for one, some in told["records"].items()},
        alone={_digest(one): _numbers(some) for one, some in told["alone"].items()},
    )


def _clients(bucket: str, some: Any) -> list[tuple[str, str]]:  # noqa: ANN401 as JSON is
    told = [(_digest(identity), _digest(content)) for identity, content in some]
    _demand(all(identity.startswith(bucket) for identity, _ in told) and len(dict(told)) == len(told))
    return told


def _records(some: Any, width: int) -> list[list[str]]:  # noqa: ANN401 as JSON is
    records = [[_digest(one) for one in record] for record in some]
    _demand(bool(records) and all(len(record) == width for record in records))
    return records


def _numbers(some: Any) -> list[int]:  # noqa: ANN401 as JSON is
    numbers = list(some)
    _demand(bool(numbers) and all(type(number) is int and 0 <= number < len(numbers) for number in numbers))
    return numbers


def _digest(text: str) -> str:
    _demand(DIGEST.fullmatch(text) is not None)
    return text


def _bucket(text: str) -> str:
    _demand(BUCKET.fullmatch(text) is not None)
    return text


def _demand(fulfilled: bool) -> None:  # noqa: FBT001 it is all there is to say
    if not fulfilled:
        raise ValueError
