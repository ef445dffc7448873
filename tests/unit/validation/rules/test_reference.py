"""The findings are those of the reference, on messages that break nearly every rule in every message it is about."""

import json
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from keten.validation import validate

ARCHIVE = Path(__file__).parents[3] / "cases" / "reference" / "rules.zip"
Found = Counter[tuple[str, frozenset[str]]]


@pytest.mark.slow
@pytest.mark.parametrize(("release", "documents"), [("2.1", 159), ("2.2", 157)])
def test_the_findings_are_those_of_the_reference(release: str, documents: int) -> None:
    """As many of each code, at the same sets of places."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        expected = json.loads(archive.read(f"{release}/findings.json"))
        assert len(expected) == documents
        for row in expected:
            report = validate(BytesIO(archive.read(f"{release}/{row['file']}")), release=release, max_findings=0)
            found: Found = Counter((one.code, frozenset(one.locations)) for one in report.findings)
            assert found == Counter((code, frozenset(places)) for code, places in row["findings"]), row["file"]
