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


class Panic(KetenError):
    """A part that does the work, such as Polars, gave up in a way that is no error of Python: mostly, memory ran out."""

    hint = (
        "Run it with fewer --jobs, or on a machine with more memory; if it keeps failing, report it with the message."
    )

    @classmethod
    def of(cls, error: BaseException) -> "Panic":
        """What is told of whatever ended the work."""
        said = " ".join(str(error).split())
        return cls(
            f"The work was given up ({type(error).__name__}: {said}); memory may have run out. There is no verdict."
        )


class UsageError(KetenError):
    """What was asked cannot be done as it was asked: a wrong option, an unknown name, a path that cannot be read."""

    hint = "Look at the command's --help."
    exit_code = 2
