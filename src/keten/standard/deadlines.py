"""By which day a message must be answered."""

from dataclasses import dataclass
from datetime import date

from keten.core import UsageError
from keten.core.workdays import add_workdays
from keten.standard.model import Release


class NoReplyDue(UsageError):
    """No day can be told by which something is answered."""

    hint = "`keten standard show R` tells which messages are answered, by what and within how many working days."


@dataclass(frozen=True, slots=True)
class Due:
    """The reply that a message sent on a day asks for: its name, and the last day on which it is in time."""

    message: str
    sent: date
    within: int
    by: date


def reply_due(release: Release, name: str, sent: date) -> Due:
    """When a message of a release that was sent on a day is answered at last. Raises NoReplyDue, NoWorkdays."""
    message = release.messages.get(name)
    if message is None:
        raise NoReplyDue(f"{name} is no message, so it is not sent.")
    if message.answers is not None:
        raise NoReplyDue(f"{name} is itself the reply to {message.answers}.")
    if message.answered_by is None or message.answer_within_workdays is None:
        raise NoReplyDue(f"Release {release.id} does not say within how many days {name} is answered.")
    within = message.answer_within_workdays
    return Due(message.answered_by, sent, within, add_workdays(sent, within))
