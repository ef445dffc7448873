"""Spoils messages of 1.2 so that most stay valid: assignments that clash, contradict, or end before they start."""

import re
from pathlib import Path
from random import Random

DAYS = (
    *("1896-02-29", "2016-02-29", "2017-06-30", "2018-03-30", "2018-03-31", "2018-04-01", "2018-04-02"),
    *("2018-05-31", "2018-06-01", "2019-01-01", "9999-12-31"),
)
PERIOD = {"Ingangsdatum": DAYS, "Einddatum": DAYS}
ASSIGNED = {
    **PERIOD,
    "Soort": tuple("12345"),
    "Zorgkantoor": ("5501", "5502"),
    "Toewijzingsdatum": ("2018-01-01", "2018-01-02", "12018-01-01"),
    "Toewijzingstijd": ("09:00:00", "09:00:00.000", "24:00:00"),
}
CELLS = {
    "ToegewezenFunctie": {**ASSIGNED, "FunctieCode": ("31", "41", "61", "91"), "Opslag": ("1", "01", " 2", "+2")},
    "ToegewezenZorgzwaartepakket": {
        **ASSIGNED,
        "ZzpCode": ("754", "755", "997", "999"),
        "Leveringsvorm": tuple("245"),
        "Klasse": ("KE3", "KE6", "KE7"),
        "VoorkeurClient": tuple("23467"),
    },
    "GeindiceerdeFunctie": {**PERIOD, "Financiering": tuple("1234")},
    "GeindiceerdZorgzwaartepakket": {**PERIOD, "ZzpCode": ("754", "755", "997", "999")},
}
"""Values that cells of a class may get: its days, codes and numbers, also where they are written otherwise."""

ITEM = re.compile(rf"<({'|'.join(CELLS)})>.*?</\1>", re.DOTALL)
START = re.compile(r"</Ingangsdatum>(?!<Einddatum>)")


def spoil(folder: Path, seed: int, rate: float) -> None:
    """Spoil a part of the cells in all messages of a folder; some assignments come to stand there twice."""
    random = Random(seed)
    for path in sorted(folder.rglob("*.xml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(ITEM.sub(lambda match: _spoiled(match, random, rate), text), encoding="utf-8", newline="")


def _spoiled(match: re.Match[str], random: Random, rate: float) -> str:
    """An item with other cells, or the same item with these beside it."""
    text, name = match[0], match[1]
    if random.random() < rate:
        text = START.sub(f"</Ingangsdatum><Einddatum>{random.choice(DAYS)}</Einddatum>", text)
    for cell, values in CELLS[name].items():
        if random.random() < rate:
            text = re.sub(rf"(<{cell}>)[^<]*", rf"\g<1>{random.choice(values)}", text)
    if name in ("ToegewezenFunctie", "ToegewezenZorgzwaartepakket"):
        if random.random() < rate / 2 and "<RedenIntrekking>" not in text:
            text = text.replace("<Klasse>", "<RedenIntrekking>1</RedenIntrekking><Klasse>")
        if random.random() < rate:
            text = match[0] + text
    return text
