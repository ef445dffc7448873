"""How clients are spread over messages, and what tells messages apart (rules M1, M3, M4)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from keten.conversion import Settings, convert
from keten.conversion.before.bounding import MOST_ITEMS
from keten.messages import find_sources, layout_of, read, write
from keten.standard import load
from tests.unit.conversion.building import DEFAULTS, client_tables, header
from tests.unit.conversion.notation import Sent
from tests.unit.threads import threads

PROVIDER, SENDER = "41000001", "5501"
LAYOUT = layout_of(load("1.2"), "AW33")
ZZP = {
    "Instelling": PROVIDER,
    "Zorgkantoor": SENDER,
    "Soort": "1",
    "Toewijzingsdatum": "2017-12-01",
    "Toewijzingstijd": "09:00:00",
    "Klasse": "KE7",
    "Leveringsvorm": "4",
    "VoorkeurClient": "4",
}


def write_message(path: Path, clients: list[tuple[str, str, list[str]]], code: str = "754") -> None:
    """A message to one provider about clients: Bsn, Besluitnummer, and the starts of their stays."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in LAYOUT.client_tables}
    for number, (bsn, besluit, starts) in enumerate(clients):
        dates = {"Afgiftedatum": "2016-01-01", "Ingangsdatum": "2016-01-01"}
        rows["Client"].append({**DEFAULTS["Client"], "Bsn": bsn})
        rows["Client/Contact"].append({**DEFAULTS["Client/Contact"], "parent": number})
        rows["Indicatie"].append({**DEFAULTS["Indicatie"], **dates, "Besluitnummer": besluit, "parent": number})
        rows["ToegewezenZorgzwaartepakket"] += [
            {**ZZP, "ZzpCode": code, "Ingangsdatum": start, "parent": number} for start in starts
        ]
    sent = Sent("AW33", SENDER, PROVIDER, "2018-03-01", path.stem, ())
    with path.open("wb") as file:
        write(LAYOUT, header(LAYOUT, sent), [client_tables(LAYOUT, rows)], file)


def run(folder: Path) -> Mapping[str, Any]:
    """Convert the messages in a folder; the figures."""
    with threads(1) as pool:
        return convert(list(find_sources([str(folder)])), folder / "out", Settings(), pool, lambda *_: None)


def bsns(path: Path) -> list[str]:
    """The Bsn of the clients in a message, in their order."""
    with path.open("rb") as stream:
        found: list[str] = next(iter(read(stream).batches())).tables["Client"]["Bsn"].to_list()
    return found


@pytest.mark.parametrize(("clients", "files"), [(1, [1]), (50, [50]), (51, [50, 1]), (120, [50, 50, 20])])
def test_at_most_fifty_clients_to_a_message(tmp_path: Path, clients: int, files: list[int]) -> None:
    """By Bsn, the first fifty in the first message."""
    people = [f"{900_000_000 + (number * 7919) % 1000}" for number in range(clients)]
    write_message(tmp_path / "a.xml", [(bsn, "1", ["2017-01-01"]) for bsn in people])
    told = run(tmp_path)["messages"]
    assert [message["clients"] for message in told] == files
    found = [bsn for message in told for bsn in bsns(tmp_path / "out" / message["name"])]
    assert found == sorted(people)


def test_a_second_indication_goes_into_the_second_series(tmp_path: Path) -> None:
    """By the number of the decision, not by its text; a Bsn stands once in a message."""
    write_message(tmp_path / "a.xml", [("900000001", "10", ["2017-01-01"]), ("900000002", "3", ["2017-01-01"])])
    write_message(tmp_path / "b.xml", [("900000001", "9", ["2018-05-01"])], code="755")
    names = [message["name"] for message in run(tmp_path)["messages"]]
    assert [(name, bsns(tmp_path / "out" / name)) for name in names] == [
        (f"5501/AW33/AW33_{PROVIDER}_1_1.xml", ["900000001", "900000002"]),
        (f"5501/AW33/AW33_{PROVIDER}_2_1.xml", ["900000001"]),
    ]


def test_an_identificatie_is_unique_short_and_follows_from_the_content(tmp_path: Path) -> None:
    """At most twelve characters; other content, another identificatie (M3)."""
    seen = []
    for start in ("2017-01-01", "2018-06-01"):
        folder = tmp_path / start
        folder.mkdir()
        write_message(folder / "a.xml", [(f"{900_000_000 + nr}", "1", [start]) for nr in range(120)])
        seen += [message["identificatie"] for message in run(folder)["messages"]]
    assert len(set(seen)) == len(seen) == 6
    assert pl.Series(seen).str.contains("^[A-Z2-7]{1,12}$").all()


@pytest.mark.parametrize("messages", [1, 3])
@pytest.mark.parametrize("more", [0, 1])
def test_a_client_with_absurdly_many_assignments(tmp_path: Path, more: int, messages: int) -> None:
    """It is refused with its reason, wherever they stand, and the others go over: comparing each with each would not end."""
    first = pl.date_range(pl.date(2010, 1, 1), pl.date(2016, 12, 31), eager=True).dt.to_string("%Y-%m-%d").to_list()
    starts = first[: MOST_ITEMS + more]
    for number in range(messages):
        some = [*starts[number::messages], starts[0]]  # the first stands in all messages, and counts once
        write_message(tmp_path / f"{number}.xml", [("900000001", "1", some), ("900000002", "1", ["2017-01-01"])])
    figures = run(tmp_path)
    assert figures["exceptions"] == ({"EX06": messages} if more else {})
    clients = figures["account"]["total"]["clients"]
    assert clients["refused"] == messages * more
    told = pl.read_csv(tmp_path / "out" / "exceptions.csv", infer_schema=False).select("detail", "reason")
    assert [detail[:46] for detail in told["detail"]] == [
        "The client has more than 1,000 assignments, or"
    ] * messages * more
    assert all("or beyond what keten converts" in reason for reason in told["reason"]), "for it is valid 1.2"
    assert clients["sent complete"] == 2 - more
