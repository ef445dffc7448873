"""A small round: two zorgkantoren, one of which has not handed in, judged in a moment."""

from pathlib import Path

from keten.campaign import Judged, judge, read_campaign, verify
from keten.core import UsageError
from keten.core.tasks import Pool

CAMPAIGN = """
[campaign]
name = "Proefconversie"
trial = 1
criteria = "agreed.yaml"

[settings]
tariffs = "tariffs.yaml"
file = "settings.toml"

[[zorgkantoor]]
code = "5501"
before = "in/5501"

[[zorgkantoor]]
code = "5502"
before = "in/5502.xml"
"""
CRITERIA = """
handed-in: { says: x, measure: delivery.missing, most: 0, scope: zorgkantoor, blocking: true, source: y }
enough: { says: x, measure: before.messages, least: 1, scope: national, blocking: true, source: y }
"""
SHIPPED = Path(__file__).parents[3] / "src/keten/standard/tariffs/2018-fictief.yaml"


def quiet(step: str, done: int, count: int) -> None:
    """Tells nobody."""


def noticed(record: Path, pool: Pool) -> bool:
    """Whether verifying says of a record that it is not as it was, or none at all."""
    try:
        return bool(verify(record, pool, quiet).differences)
    except UsageError:
        return True


def hand_in(place: Path) -> Path:
    """Put a round into a folder; its campaign file."""
    texts = {"agreed.yaml": CRITERIA, "settings.toml": "repeat = 1\n", "round.toml": CAMPAIGN}
    messages = {name: f"<x>{name}</x>" for name in ("in/5501/a.xml", "in/5501/sub/b.xml", "in/5502.xml")}
    for name, text in {**texts, **messages, "in/5501/notes.txt": "Dear all"}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    (place / "tariffs.yaml").write_bytes(SHIPPED.read_bytes())
    return place / "round.toml"


def judged(place: Path, pool: Pool) -> Judged:
    """Judge a round into the folder `record`."""
    return judge(read_campaign(place / "round.toml"), place / "record", pool, quiet)
