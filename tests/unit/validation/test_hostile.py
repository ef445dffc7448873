"""Whatever bytes come in: a report comes out, with the findings that it counts, and soon."""

import time
from io import BytesIO
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keten.validation import Report, validate
from tests.generating import PLAIN, any_style, break_bytes, break_document, document, message_definitions, written

MOST_SECONDS = 10
DEFINITIONS = message_definitions()


def judged(text: bytes) -> Report:
    """The report, which must be right about itself."""
    begun = time.monotonic()
    report = validate(BytesIO(text), max_findings=50)
    assert time.monotonic() - begun < MOST_SECONDS
    assert (report.verdict == "valid") == (report.total == 0)
    assert len(report.findings) == min(report.total, 50)
    assert report.input.bytes == len(text)
    return report


@given(seed=st.integers(0, 2**32))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_message_gets_a_report(seed: int) -> None:
    """Elements moved, doubled, renamed, left out, values replaced; or bytes changed; in any message of any release."""
    random = Random(seed)
    release, message = random.choice(DEFINITIONS)
    part = document(release, message, random, clients=random.choice((1, 3)))
    break_document(part, random, times=random.choice((0, 1, 2, 5)))
    text = written(release, part, random.choice((PLAIN, any_style(random))), random)
    judged(break_bytes(text, random) if random.random() < 0.5 else text)


@given(text=st.binary(max_size=2000))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_get_a_report(text: bytes) -> None:
    """They are hardly ever a message."""
    judged(text)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_the_rules_find_the_same_however_it_is_written(seed: int) -> None:
    """Prefixes, comments between elements, references and line ends change nothing, nor does another thread."""
    random = Random(seed)
    release, message = random.choice(DEFINITIONS)
    part = document(release, message, random, clients=3)
    plainly, oddly = (written(release, part, style, random) for style in (PLAIN, any_style(random)))
    one, other = (validate(BytesIO(text), max_findings=0, jobs=jobs) for text, jobs in ((plainly, 1), (oddly, 2)))
    assert one.findings == other.findings
