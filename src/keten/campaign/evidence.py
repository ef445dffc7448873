"""Evidence, frozen: the hashes of all that a verdict rests on, and what has changed since."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator

from keten.campaign.campaign_file import Campaign
from keten.campaign.copying import Digest, copied
from keten.campaign.holding import Held, NotHeld, given, relative
from keten.campaign.values import Word, spelled
from keten.core import UsageError
from keten.core.data import Given, as_json, from_json, read_plain
from keten.core.plain import plain
from keten.core.tasks import Pool, Tell

MANIFEST = "manifest.json"

OWN = re.compile(r"campaign\.json|criteria\.yaml|index\.html|repair-\d{1,9}\.csv")
"""The files of a record, beside its manifest."""


class NoEvidence(UsageError):
    """A folder without a manifest that can be read."""

    hint = "Give the folder that keten campaign judge wrote to."


def _told_from_here(name: str) -> str:
    if PurePosixPath(name).is_absolute():
        raise ValueError("must be told from the folder of the record")
    return name


Near = Annotated[Word, AfterValidator(_told_from_here)]


class Manifest(Given):
    """What a verdict rests on; all names are told from the folder of the record.

    `campaign`: the file that says what was handed in; `criteria` that were chosen instead of those that it names. `given`:
    what was read of all that was handed in, `inputs` being its folders and files with messages, and `aside` what lay in
    them and was not judged. `record`: what came out.
    """

    campaign: Near
    criteria: Near | None
    inputs: list[str]
    given: dict[str, Digest]
    aside: list[str]
    record: dict[str, Digest]


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as it was when the verdict was given, or does not follow from what was handed in.

    Its path is told from the folder of the record; `why`, where there is more to say.
    """

    path: str
    what: Literal["changed", "gone", "added", "unreadable", "unfounded"]
    why: str = ""


def freeze(campaign: Campaign, held: Held, made: Path, home: Path) -> str:
    """Write the manifest of a record that was made, to stand in the folder `home`; its seal. Raises NotHeld."""
    manifest = Manifest(
        campaign=_followed(campaign.file, home),
        criteria=_followed(campaign.chosen, home) if campaign.chosen else None,
        inputs=sorted(spelled(relative(path, home)) for path in given(campaign)),
        given=dict(held.files),
        aside=list(held.aside),
        record={path.name: _digest(path.read_bytes()) for path in sorted(made.iterdir())},
    )
    content = as_json(manifest.model_dump()).encode()
    (made / MANIFEST).write_bytes(content)
    return seal_of(content)


def seal_of(content: bytes) -> str:
    """The hash of a manifest: who keeps it can tell whether any of the evidence was touched, the manifest included."""
    return sha256(content).hexdigest()


def read_manifest(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest of a record, and as it is written. Raises NoEvidence."""
    path = folder / MANIFEST
    if not os.path.lexists(path):
        raise NoEvidence(f"{plain(str(folder))} holds no evidence of a campaign ({MANIFEST}).")
    content = read_plain(path, NoEvidence)
    return from_json(content, Manifest, str(path), NoEvidence), content


def own_files(folder: Path, place: Path, pool: Pool, tell: Tell) -> tuple[Mapping[str, Digest], Mapping[str, str]]:
    """Copy the files of a record to a place of ours: what they hold, and which of them cannot be read, with why."""
    place.mkdir()
    names = sorted(path.name for path in folder.iterdir() if OWN.fullmatch(path.name))
    done = dict(zip(names, copied([(folder / name, place / name) for name in names], pool, tell, "seal"), strict=True))
    read = {name: one for name, one in done.items() if isinstance(one, Digest)}
    return read, {name: one for name, one in done.items() if isinstance(one, str)}


def differences(frozen: Mapping[str, Digest], now: Mapping[str, Digest], unread: Mapping[str, str]) -> list[Difference]:
    """What files are not as they were."""
    found = [Difference(name, "unreadable", why) for name, why in unread.items()]
    for name in sorted((frozen.keys() | now.keys()) - unread.keys()):
        if name not in now:
            found.append(Difference(name, "gone"))
        elif frozen.get(name) != now[name]:
            found.append(Difference(name, "changed" if name in frozen else "added"))
    return found


def aside_differs(frozen: Sequence[str], now: Sequence[str]) -> list[Difference]:
    """What is not aside any more, and what came to lie there."""
    gone, added = sorted(set(frozen) - set(now)), sorted(set(now) - set(frozen))
    return [*(Difference(name, "gone") for name in gone), *(Difference(name, "added") for name in added)]


def _followed(path: Path, home: Path) -> str:
    """The name of a file that verifying starts from: it must be one that can be written down as it is. Raises NotHeld."""
    name = relative(path, home)
    if spelled(name) != name:
        raise NotHeld(f"The path {spelled(name)} cannot stand in a manifest.", hint="Give the file another name.")
    return name


def _digest(content: bytes) -> Digest:
    return Digest(bytes=len(content), sha256=sha256(content).hexdigest())
