"""The documentation of a release: all that it has, linked together, and nothing that needs a network."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from keten.core import FolderInUse
from keten.core.marks import MARK
from keten.standard import Release, load, release_ids, rules_of, text_of
from keten.standard.browsing import message_tree, walk
from keten.standard.describing import role
from keten.standard.forms.site import FACTS, pages, write_pages

SHOWN = ("2.0@1.3", *release_ids())


@cache
def site(reference: str) -> dict[str, html.HtmlElement]:
    """The pages of a release by their names."""
    return {name: html.fromstring(text) for name, text in pages(load(reference))}


def words(element: html.HtmlElement) -> str:
    """The text of an element, with single blanks."""
    return " ".join(" ".join(element.itertext()).split())


@pytest.mark.parametrize("reference", SHOWN)
def test_every_link_leads_to_a_place_in_the_pages(reference: str) -> None:
    """To a page, and to what it points at there; no page fetches anything from elsewhere, and none has a script."""
    found = site(reference)
    places = {f"{name}#{place}" for name, page in found.items() for place in ("", *page.xpath("//@id"))}
    for name, page in found.items():
        links = [(link if link[0] != "#" else name + link).partition("#") for link in page.xpath("//@href")]
        assert {f"{to}#{place}" for to, _, place in links} <= places, name
        assert not page.xpath("//@src | //script | //link | //img"), name


@pytest.mark.parametrize("reference", SHOWN)
def test_the_start_tells_of_every_message(reference: str) -> None:
    """What it is, from whom and to whom, its answer and within how long; and the schema versions."""
    shown, page = load(reference), site(reference)["index.html"]
    rows = [[words(cell) for cell in row] for row in page.xpath("//tbody/tr")]
    for message in shown.messages.values():
        within = f"{message.answer_within_workdays} working day" if message.answered_by else ""
        fields = [message.name, message.purpose, message.code, role(message.sender), role(message.receiver)]
        assert [*fields, message.answered_by or "", within] in rows
    assert [row[:2] for row in rows[-len(shown.schemas) :]] == [[v, str(day)] for v, day in shown.schemas.items()]


@pytest.mark.parametrize("reference", SHOWN)
def test_the_page_of_a_message_has_its_tree(reference: str) -> None:
    """Every element in document order with how often it may stand there, and of short code lists all codes."""
    shown = load(reference)
    for name, message in shown.messages.items():
        branches = [branch for _, branch in walk(message_tree(shown, message))]
        rows = site(reference)[f"{name}.html"].xpath("//table[@class='tree']/tbody/tr")
        expected = [(branch.element.name, branch.element.cardinality) for branch in branches]
        assert [(words(row[0]), words(row[1])) for row in rows] == expected
        for branch, row in zip(branches, rows, strict=True):
            if branch.type and branch.type.name == "LDT_JaNee":
                assert "1 Ja 2 Nee" in words(row[2])


@pytest.mark.parametrize("reference", SHOWN)
def test_all_codes_and_types_are_told(reference: str) -> None:
    """With their meanings, their patterns, and where they are used."""
    shown = load(reference)
    for name, kind in shown.types.items():
        (place,) = site(reference)["codes.html" if kind.codes else "types.html"].xpath(f"//*[@id='{name}']")
        told = words(place)
        assert all(f"{code} {' '.join(label.split())}".strip() in told for code, label in kind.codes.items())
        assert all(pattern in told for pattern in kind.patterns if not kind.codes)
        assert "used in" in told


@pytest.mark.parametrize("reference", SHOWN)
def test_all_rules_are_told(reference: str) -> None:
    """With their texts; and on the page of a message those that apply to it."""
    rules = rules_of(load(reference).id)
    page = site(reference)["rules.html"]
    assert set(page.xpath("//section/@id")) == rules.codes
    for code in rules.judged:
        (place,) = page.xpath(f"//section[@id='{code}']")
        assert text_of(code) in words(place)
    codes = {words(one) for one in site(reference)["AW33.html"].xpath("//section[h2='Rules']//a")}
    judged = {code for code, rule in rules.judged.items() if "AW33" in rule.messages}
    unjudged = {code for code, (_, messages) in rules.unjudged.items() if "AW33" in messages}
    assert codes == judged | unjudged | {*rules.structure}


def test_rules_stand_beside_the_elements_that_they_look_at() -> None:
    """CD050 of 2.0 looks at Leveringsvorm and CoordinatorZorgThuis of an assigned package."""
    rows = site("2.0")["AW33.html"].xpath("//table[@class='tree']//tr[td[4][contains(., 'CD050')]]/td[1]")
    assert {words(row) for row in rows} == {"Leveringsvorm", "CoordinatorZorgThuis"}


def test_what_changed_since_the_release_and_the_schema_version_before() -> None:
    """All of it on one page; on that of a message what concerns it."""
    page = site("2.0@1.4")["changes.html"]
    assert [words(one) for one in page.xpath("//h1")[1:]] == [
        "Since release 1.2 (schema 1.2)",
        "Since release 2.0 (schema 1.3)",
    ]
    assert "~ Naam renamed Achternaam" in words(page)
    dropped = "~ pattern dropped: only capitals and digits (([A-Z0-9])+)"
    assert dropped in words(site("2.0@1.4")["AW33.html"])
    assert "Nothing changed." in words(site("2.0@1.4")["AW317.html"])
    assert "It is the first release." in words(site("1.2@1.0")["changes.html"])


def test_what_the_data_says_is_text() -> None:
    """Never markup, whatever a code is called."""
    shown = load("2.0")
    kind = replace(shown.types["LDT_JaNee"], codes={"1": "<b>yes</b> & so"})
    text = dict(pages(replace(shown, types={**shown.types, kind.name: kind})))
    assert all("&lt;b&gt;yes&lt;/b&gt; &amp; so" in text[name] for name in ("codes.html", "AW33.html", "changes.html"))
    assert not any("<b>yes" in page for page in text.values())


def test_earlier_pages_are_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    """A page of a message that the release no longer has goes; a folder with other things is refused, and stays as it is."""
    folder = tmp_path / "docs"
    write_pages(load("2.0"), folder)
    assert (folder / "ZK31.html").is_file()
    written = write_pages(load("1.2"), folder)
    assert {*written, folder / FACTS, folder / MARK} == {*folder.iterdir()}
    assert json.loads((folder / FACTS).read_text(encoding="utf-8"))["release"] == "1.2"
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderInUse):
        write_pages(load("2.0"), tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "mine"


def test_what_somebody_who_stopped_left_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C after the first page: nothing."""

    def stopped(_: Release) -> Iterator[tuple[str, str]]:
        yield "index.html", ""
        raise KeyboardInterrupt

    monkeypatch.setattr("keten.standard.forms.site.pages", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_pages(load("2.0"), tmp_path)
    monkeypatch.undo()
    assert not list(tmp_path.iterdir())
    written = write_pages(load("2.0"), tmp_path)
    assert {*written, tmp_path / FACTS, tmp_path / MARK} == {*tmp_path.iterdir()}
