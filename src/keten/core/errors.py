"""The one root of everything that stops the work. What is merely wrong inside a message is a finding, not an error."""


class KetenError(Exception):
    """The work cannot go on: the message says what and where, the hint what to do.

    `exit_code` is what a command ends with: 2 for wrong usage or an unreadable path, 3 for an internal fault.
    """

    hint = "Run the command again; if it keeps failing, report it with the command and the message above."
    exit_code = 3

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint


def reason_of(error: Exception) -> str:
    """Why a file could not be read or written; its path is named by who tells.

    >>> reason_of(FileNotFoundError(2, "No such file or directory", "nope.toml"))
    'No such file or directory'
    """
    return getattr(error, "strerror", None) or str(error)


class UsageError(KetenError):
    """What was asked cannot be done as it was asked: a wrong option, an unknown name, a path that cannot be read."""

    hint = "Look at the command's --help."
    exit_code = 2
