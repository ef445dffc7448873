"""The day that counts: which release and schema version held then, and whether a message may be of its release."""

from datetime import date

from keten.messages import HEADER, Reading
from keten.standard import Release, load, load_as_of, release_ids
from keten.validation.findings import Finding

NOT_IN_USE = "RELEASE"
"""The code of a finding about a message of a release that was not in use on the day that counts."""

DAGTEKENING = "BerichtIdentificatie/Dagtekening"
"""In a reply these are the identification and the day of the message it answers; its own bear `Retour` in their name."""


def counting_day(reading: Reading, as_of: date) -> date:
    """The day by which a message is judged: for a reply that on which its question was asked, if that is the earlier."""
    if reading.layout is None or not reading.layout.message.is_reply:
        return as_of
    return min(as_of, as_day(reading.header_texts.get(DAGTEKENING, "")) or as_of)


def as_day(text: str) -> date | None:
    """The day of a date as it stands in a message; None for what is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def judge_as_of(reading: Reading, as_of: date, *, choose: bool) -> Finding | None:
    """Judge a message as on a day: whether its release was in use, and (`choose`) in which schema version it is read."""
    if reading.layout is None:
        return None
    day = counting_day(reading, as_of)
    if choose:
        reading.judge_as(load_as_of(reading.layout.release.id, day))
    release = reading.layout.release
    return None if day in release.in_use else _not_in_use(release, day)


def _not_in_use(release: Release, day: date) -> Finding:
    """Says when the release was in use, and which one counts on the day."""
    text = f"Release {release.id} is in use {release.in_use}, not on {day}. {_what_counts(day)}"
    return Finding(NOT_IN_USE, "structure", text, locations=(f"/{release.root_element}/{HEADER}",))


def _what_counts(day: date) -> str:
    releases = [load(release_id) for release_id in release_ids()]
    now = next((one for one in releases if day in one.in_use), None)
    if now is not None:
        counts = load_as_of(now.id, day)
        return f"On that day release {counts.id} counts, in schema version {counts.schema_version}."
    following = next((one for one in releases if one.in_use.start > day), None)
    then = f" The next, {following.id}, is in use {following.in_use}." if following else ""
    return f"On that day no release is in use.{then}"
