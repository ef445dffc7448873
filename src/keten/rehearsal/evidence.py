"""Evidence, frozen: the hashes of all that a verdict rests on, and what has changed since."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Literal

from keten.core import UsageError
from keten.core.tasks import Pool, Tell, run
from keten.messages import find_sources

Json = Mapping[str, Any]

MANIFEST = "manifest.json"
FILES_IN_TASK = 200


class NoEvidence(UsageError):
    """A folder without a manifest that can be read."""

    hint = "Give the folder that keten campaign judge wrote to."


@dataclass(frozen=True, slots=True)
class Basis:
    """What a verdict rests on.

    `papers`: files such as criteria and settings; `inputs`: folders and files with messages, all of which are evidence;
    `figures`: what the criteria were held against.
    """

    papers: Sequence[Path]
    inputs: Sequence[Path]
    figures: Json


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as it was when the verdict was given; its path is told from the folder of the campaign."""

    path: str
    what: Literal["changed", "gone", "added", "unreadable"]


def freeze(folder: Path, basis: Basis, pool: Pool, tell: Tell) -> str:
    """Write the manifest of a campaign into the folder of its results, which are evidence too; its seal."""
    own = [path for path in folder.iterdir() if path.is_file() and path.name != MANIFEST]
    every = sorted({_from(folder, path) for path in (*own, *basis.papers, *_messages(basis.inputs))})
    manifest = {
        "figures": digest_of(basis.figures),
        "inputs": sorted(_from(folder, path) for path in basis.inputs),
        "files": dict(zip(every, _digests(folder, every, pool, tell), strict=True)),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return seal(folder)


def seal(folder: Path) -> str:
    """The hash of the manifest: who keeps it can tell whether any of the evidence was touched, the manifest included."""
    return sha256(read_manifest_bytes(folder)).hexdigest()


def check(folder: Path, pool: Pool, tell: Tell) -> list[Difference]:
    """What differs from the evidence as it was frozen. Raises NoEvidence."""
    manifest = read_manifest(folder)
    frozen: Mapping[str, str] = manifest["files"]
    now = _digests(folder, list(frozen), pool, tell)
    inputs = [folder / path for path in manifest["inputs"]]
    present = {_from(folder, path) for path in _messages(path for path in inputs if path.exists())}
    found = [
        Difference(path, "gone" if not (folder / path).exists() else "changed" if digest else "unreadable")
        for path, digest in zip(frozen, now, strict=True)
        if digest != frozen[path]
    ]
    return [*found, *(Difference(path, "added") for path in sorted(present - frozen.keys()))]


def digest_of(figures: Json) -> str:
    """The hash of figures, whatever the order in which they are written."""
    return sha256(json.dumps(figures, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a campaign. Raises NoEvidence."""
    try:
        manifest: dict[str, Any] = json.loads(read_manifest_bytes(folder))
        return {name: manifest[name] for name in ("figures", "inputs", "files")}
    except (ValueError, KeyError, TypeError) as error:
        raise NoEvidence(f"The {MANIFEST} in {folder} is damaged: {error}.") from None


def read_manifest_bytes(folder: Path) -> bytes:
    """The manifest as it is written. Raises NoEvidence."""
    try:
        return (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise NoEvidence(f"{folder} holds no evidence of a campaign ({MANIFEST}): {error.strerror}.") from None


def _messages(inputs: Iterable[Path]) -> set[Path]:
    return {source.path for path in inputs for source in find_sources([str(path)]) if source.path is not None}


def _from(folder: Path, path: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _digests(folder: Path, paths: Sequence[str], pool: Pool, tell: Tell) -> list[str | None]:
    parts = [paths[first : first + FILES_IN_TASK] for first in range(0, len(paths), FILES_IN_TASK)]
    done = run(pool, tell, "seal", _digest, ((folder, part) for part in parts), count=len(parts))
    return [digest for part in done for digest in part]


def _digest(folder: Path, paths: Sequence[str]) -> list[str | None]:
    """The hashes of files; None for one that cannot be read."""
    return [_of_file(folder / path) for path in paths]


def _of_file(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
