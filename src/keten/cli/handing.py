"""Hands out a report: on screen, or as a file."""

from pathlib import Path

from keten.core import UsageError


def hand_over(report: str, out: Path | None) -> None:
    """Print a report, or write it to a file. Raises UsageError."""
    if out is None:
        print(report)
        return
    try:
        out.write_text(report + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.") from None
