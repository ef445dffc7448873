"""The generated schemas state the published facts, libxml2 takes them, and their options do what they promise."""

import tomllib
from pathlib import Path

import pytest
from lxml import etree

from keten.core import FolderInUse
from keten.core.marks import MARK
from keten.standard import Release, load
from keten.standard.xsd import XS, common_schema, message_schema, schemas, write_schemas
from tests.unit.standard.extracting import digest, facts_of

CASES = Path(__file__).parents[2] / "cases" / "standard"
PUBLISHED: dict[str, str] = tomllib.loads((CASES / "facts.toml").read_text())["sha256"]


@pytest.mark.parametrize("reference", PUBLISHED)
def test_the_schemas_state_the_published_facts(reference: str) -> None:
    """Every name, order, cardinality, type, facet, code and code name is that of the published schemas."""
    assert digest(facts_of(schemas(load(reference)))) == PUBLISHED[reference]


@pytest.mark.parametrize("reference", PUBLISHED)
def test_every_schema_compiles(reference: str, tmp_path: Path) -> None:
    """A schema processor takes the schema of every message."""
    for path in write_schemas(load(reference), tmp_path):
        etree.XMLSchema(file=path)


def test_schemas_are_written_side_by_side(tmp_path: Path) -> None:
    """The common types and one schema per message, in a folder that need not be there."""
    written = write_schemas(load("2.0"), tmp_path / "new" / "folder")
    assert [path.name for path in written[:3]] == ["basisschema.xsd", "IO31.xsd", "IO32.xsd"]
    assert {*written, tmp_path / "new" / "folder" / MARK} == {*(tmp_path / "new" / "folder").iterdir()}
    assert len(written) == 23


def test_schemas_beside_files_of_others(tmp_path: Path) -> None:
    """What is not keten's stays, and stands in the way where it bears the name of a schema; earlier schemas give way."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_schemas(load("2.0"), tmp_path)
    write_schemas(load("2.0"), tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    foreign = tmp_path / "other" / "AW33.xsd"
    foreign.parent.mkdir()
    foreign.write_text("mine", encoding="utf-8")
    with pytest.raises(FolderInUse, match="is in the way: it is not of keten"):
        write_schemas(load("2.0"), foreign.parent)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in foreign.parent.iterdir()] == [
        ("AW33.xsd", "mine")
    ]


def accepts(release: Release, type_name: str, value: str, *, stepwise: bool) -> bool:
    """Whether a schema processor takes a value for a type."""
    schema = etree.fromstring(common_schema(release, stepwise=stepwise))
    etree.SubElement(schema, f"{{{XS}}}element", name="Value", type=f"b:{type_name}")
    document = etree.Element(f"{{{release.namespace}}}Value")
    document.text = value
    return etree.XMLSchema(schema).validate(document)


@pytest.mark.parametrize(
    ("reference", "type_name", "value", "published", "stepwise"),
    [
        ("1.2", "LDT_HuisnummerToevoeging", "bis", True, True),
        ("2.0@1.3", "LDT_HuisnummerToevoeging", "bis", True, False),
        ("2.0@1.3", "LDT_HuisnummerToevoeging", "BIS", True, True),
        ("2.0@1.3", "LDT_HuisnummerToevoeging", "    ", False, False),
        ("2.0@1.4", "LDT_HuisnummerToevoeging", "bis", True, True),
        ("2.0@1.4", "LDT_AgbCode", "12345", True, False),
        ("2.0@1.6", "LDT_AgbCode", "12345", False, False),
    ],
)
def test_a_processor_reads_patterns_side_by_side_as_alternatives(
    reference: str, type_name: str, value: str, *, published: bool, stepwise: bool
) -> None:
    """The published form of 2.0@1.3 lets a lower-case HuisnummerToevoeging pass, the stepwise form does not."""
    release = load(reference)
    assert accepts(release, type_name, value, stepwise=False) == published
    assert accepts(release, type_name, value, stepwise=True) == stepwise


def test_patterns_stand_side_by_side_in_three_schema_versions() -> None:
    """Elsewhere no type has two patterns, and no element narrows a type that has one."""
    several = {
        release.reference: [kind.name for kind in release.types.values() if len(kind.patterns) > 1]
        for release in map(load, PUBLISHED)
    }
    assert {reference: names for reference, names in several.items() if names} == {
        "2.0@1.2": ["LDT_AgbCode", "LDT_HuisnummerToevoeging"],
        "2.0@1.3": ["LDT_AgbCode", "LDT_HuisnummerToevoeging"],
        "2.0@1.4": ["LDT_AgbCode"],
    }
    for release in map(load, PUBLISHED):
        classes = [elements for message in release.messages.values() for elements in message.classes.values()]
        narrowed = [release.types[element.type] for elements in classes for element in elements if element.patterns]
        assert not any(kind.patterns for kind in narrowed)


@pytest.mark.parametrize("reference", PUBLISHED)
def test_the_stepwise_form_differs_only_where_a_type_has_several_patterns(reference: str) -> None:
    """The stepwise form states the same patterns in the same types, each in a step of its own."""
    release = load(reference)
    published, stepwise = (etree.fromstring(common_schema(release, stepwise=form)) for form in (False, True))
    for kind, as_published, in_steps in zip(release.types.values(), published, stepwise, strict=False):
        patterns = [each.get("value") for each in in_steps.iter(f"{{{XS}}}pattern")]
        assert sorted(map(str, patterns)) == sorted(kind.patterns)
        same = etree.tostring(as_published) == etree.tostring(in_steps)
        assert same == (len(kind.patterns) < 2)


def test_a_class_can_be_the_root_of_a_schema_of_its_own() -> None:
    """With `root_class` the element bears the class's name, and may lack what `may_lack` approves."""
    release = load("2.0")
    text = message_schema(release, release.messages["AW33"], root_class="Client", may_lack=lambda name: name == "Bsn")
    root = etree.fromstring(text)
    (element,) = root.findall(f"{{{XS}}}element")
    assert (element.get("name"), element.get("type")) == ("Client", "m:Client")
    lacking = {each.get("name") for each in root.iter(f"{{{XS}}}element") if each.get("minOccurs") == "0"}
    optional = {e.name for elements in release.messages["AW33"].classes.values() for e in elements if e.optional}
    assert lacking == optional | {"Bsn"}
