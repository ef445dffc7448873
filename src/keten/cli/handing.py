"""Hands out a report: on screen, or as a file."""

from pathlib import Path

from keten.core import UsageError


def room_for(out: Path | None) -> None:
    """Look whether a report can be written there, before long work. Raises UsageError."""
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise UsageError(f"{out} cannot be written: it is a folder, or in none.", hint="Give another --out.")


def hand_over(report: str, out: Path | None) -> None:
    """Print a report, or write it to a file. Raises UsageError."""
    if out is None:
        print(report)
        return
    try:
        out.write_text(report + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.", hint="Give another --out.") from None
