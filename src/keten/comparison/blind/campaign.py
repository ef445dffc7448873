"""The key of a campaign, and the digests it makes: nobody without the key can make or test one."""

import hmac
import json
import os
import re
import secrets
from binascii import b2a_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from keten.core import UsageError, reason_of
from keten.core.data import Given, read_json
from keten.core.plain import plain

KEY_BYTES, DIGEST_BYTES = 32, 12
"""96 bits: among a million digests two are the same by chance once in 10^17 campaigns; written they have 16 letters."""

NAME = re.compile(r"[\w.-]{1,64}")
URL_SAFE = bytes.maketrans(b"+/", b"-_")
SEPARATOR, ABSENT = "\x1f", "\x00"
"""Between the parts of what is digested, and for a part that is absent; no value of a book holds either."""

Purpose = Literal["bucket", "client", "content", "field", "padding"]


class WrongKey(UsageError):
    """A key file cannot be used."""

    hint = "Both sides need the same key file; one of them makes it with `keten blind key` and hands it over safely."


@dataclass(frozen=True, slots=True)
class Key:
    """The secret that two parties share for one campaign."""

    campaign: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealer:
    """Makes the digests of one comparison: with the campaign's key, for two parties and the fields they compare."""

    secret: bytes = field(repr=False)

    def raw(self, purpose: Purpose, *parts: str | None) -> bytes:
        """The digest of some parts. Digests for different purposes, or of parts cut differently, have nothing in common."""
        told = [ABSENT if part is None else part for part in parts] if None in parts else parts
        text = SEPARATOR.join((purpose, *told))
        return hmac.digest(self.secret, text.encode(), "sha256")[:DIGEST_BYTES]

    def digest(self, purpose: Purpose, *parts: str | None) -> str:
        """The digest as it is written."""
        return written(self.raw(purpose, *parts))


def sealer(key: Key, parties: Iterable[str], fields: Sequence[str]) -> Sealer:
    """The sealer for a comparison. Another campaign, pair of parties or choice of fields gives other digests throughout."""
    context = SEPARATOR.join(("keten-blind-2", key.campaign, *sorted(parties), "", *fields))
    return Sealer(hmac.digest(key.secret, context.encode(), "sha256"))


def message_seal(key: Key, text: bytes) -> str:
    """The seal of a message: nobody without the key can make one, and one of another text, key or campaign is another."""
    own = hmac.digest(key.secret, SEPARATOR.join(("keten-blind-2", "message", key.campaign)).encode(), "sha256")
    return hmac.digest(own, text, "sha256").hex()


def written(raw: bytes) -> str:
    """A digest in letters, digits, hyphens and underscores."""
    return b2a_base64(raw, newline=False).translate(URL_SAFE).decode()


def new_key(campaign: str) -> Key:
    """A key for a campaign, made by chance. Raises WrongKey."""
    if not NAME.fullmatch(campaign):
        raise WrongKey(
            f"{campaign!r} cannot be the name of a campaign.", hint="Use at most 64 letters, digits, dots and hyphens."
        )
    return Key(campaign, secrets.token_bytes(KEY_BYTES))


def save_key(key: Key, path: Path) -> None:
    """Write a key to a new file that only its owner may read. Raises WrongKey."""
    text = json.dumps({"campaign": key.campaign, "key": key.secret.hex()}) + "\n"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except (OSError, ValueError) as error:
        raise WrongKey(
            f"The key file {plain(str(path))} cannot be written: {reason_of(error)}.",
            hint="Give another --out; a key that is there already is never replaced.",
        ) from None


class KeyFile(Given):
    """A key as it is kept."""

    campaign: Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,64}$")]
    key: Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{2 * KEY_BYTES}}}$")]


def load_key(path: Path) -> Key:
    """Read a key file. Raises WrongKey."""
    told = read_json(path, KeyFile, WrongKey)
    return Key(told.campaign, bytes.fromhex(told.key))
