"""The place of a row is the place of its element in the document."""

from random import Random

from hypothesis import given, settings
from lxml import etree

from keten.messages.locating import path_of_row
from keten.standard import load
from tests.generating import any_style, document, written
from tests.unit.messages.harness import read_out, seeds


@given(seed=seeds)
@settings(max_examples=30)
def test_the_path_of_a_row_leads_to_its_element(seed: int) -> None:
    """Every row of every table: the first cell that is filled says what the element at that path says."""
    random = Random(seed)
    release = load(random.choice(("1.2", "2.0")))
    text = written(release, document(release, "AW33", random, clients=3), any_style(random), random)
    outcome = read_out(text)
    layout, tables = outcome.reading.layout, outcome.tables
    assert layout is not None
    root = etree.fromstring(text, etree.XMLParser(remove_comments=True, remove_pis=True))
    for name, table in layout.client_tables.items():
        columns = [column.name for column in table.columns if column.type]
        for number, row in enumerate(tables[name].select(columns).iter_rows(named=True)):
            client, path = path_of_row(layout, tables, name, number)
            element = located(root, f"/Bericht/Clienten/Client[{client + 1}]{path}")
            filled = next((column for column in columns if row[column] is not None), None)
            if filled is not None:
                inner = element if table.leaf else located(element, f"./{filled}")
                assert (inner.text or "") == row[filled]


def located(top: etree._Element, path: str) -> etree._Element:
    """The one element at a path of local names."""
    steps = [step.partition("[") for step in path.split("/")]
    written_out = [
        f"*[local-name()='{name}']{bracket}{index}" if name.strip(".") else name for name, bracket, index in steps
    ]
    (element,) = etree.XPath("/".join(written_out), smart_strings=False)(top)
    assert isinstance(element, etree._Element)
    return element
