"""What a validation found: the verdict on one input, with all that is needed to repeat and to act on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from keten.validation.findings import Finding

Verdict = Literal["valid", "invalid", "unclear"]


@dataclass(frozen=True, slots=True)
class Input:
    """The input that was judged; identification and date are those of its header, if it could be read.

    `header` has what each element of the header says, by its path in it, right or not.
    """

    name: str
    bytes: int
    sha256: str
    identificatie: str | None = None
    dagtekening: str | None = None
    header: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one input.

    `findings` may be cut off (`truncated`); `by_code` counts all of them. `release`, `schema_version` and `message` are
    None when the input is no message of a known release. `seconds` is how long it took. `not_judged`
    says of each rule for such a message that was not judged why not. `day` is the day as on which it was judged, if one
    was asked for.
    """

    input: Input
    release: str | None
    schema_version: str | None
    message: str | None
    verdict: Verdict
    findings: tuple[Finding, ...]
    by_code: Mapping[str, int]
    clients: int
    truncated: bool
    seconds: float
    not_judged: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None

    @property
    def total(self) -> int:
        """The number of findings, listed or not."""
        return sum(self.by_code.values())
