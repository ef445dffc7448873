"""The messages in which a change is, in as few words as will do."""

from collections.abc import Mapping, Sequence

from keten.standard.comparing.messages import COMMON
from keten.standard.differences import Differences

MOST_MISSING = 3
"""So many messages without the change are named, instead of all those with it."""


class Places:
    """Names lists of messages; made for the messages that both releases have."""

    def __init__(self, found: Differences) -> None:
        self.only = found.message
        self.all = [name for name in found.new.messages if name in found.old.messages]
        replies = [name for name in self.all if found.new.messages[name].is_reply]
        self.groups: Mapping[str, Sequence[str]] = {
            "all messages and their common schema": [COMMON, *self.all],
            "all messages": self.all,
            "all replies": replies,
            "all but the replies": [name for name in self.all if name not in replies],
        }

    def __call__(self, messages: Sequence[str]) -> str:
        """These messages in words; nothing for none, and when all is about one message."""
        if not messages or self.only is not None:
            return ""
        for words, group in self.groups.items():
            if set(messages) == set(group):
                return words
        missing = [name for name in self.all if name not in messages]
        if len(missing) <= MOST_MISSING < len(self.all) / 2:
            return f"all but {' '.join(missing)}"
        return " ".join(messages)
