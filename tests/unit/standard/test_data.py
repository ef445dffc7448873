"""The data files of the releases are whole and agree with each other."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

import keten.standard
from keten.standard import Release, SimpleType, load, load_versions, release_ids
from keten.standard.browsing import types_within
from keten.standard.describing import is_fixed, phrase

RELEASES = Path(keten.standard.__file__).parent / "releases"
REFERENCES = [version.reference for release_id in release_ids() for version in load_versions(release_id)]
UNUSED = {"1.2": {"Aanvragen", "Contactgegevens", "Indicaties", "Retour"}}
"""Classes that the published schemas list without using them."""

every_version = pytest.mark.parametrize("release", [load(each) for each in REFERENCES], ids=REFERENCES)
every_release = pytest.mark.parametrize("release", [load(each) for each in release_ids()], ids=release_ids())


def types_in_use(release: Release) -> list[SimpleType]:
    """The simple types of a release, and those that its elements narrow in place."""
    classes = [elements for message in release.messages.values() for elements in message.classes.values()]
    narrowed = [release.type_of(element) for elements in classes for element in elements if element.patterns]
    return [*release.types.values(), *narrowed]


@every_release
def test_a_folder_holds_what_its_release_names(release: Release) -> None:
    """Folder, messages and schema differences are those that release.toml names, no more and no fewer."""
    folder = RELEASES / release.id
    assert {path.stem for path in (folder / "messages").iterdir()} == set(release.messages)
    differences = {path.name.removesuffix(".yaml") for path in (folder / "schemas").glob("*")}
    assert differences == set(list(release.schemas)[1:])


def test_releases_follow_each_other_without_a_day_between() -> None:
    """Each release names the one before it, and begins after that one ended."""
    for old, new in pairwise(map(load, release_ids())):
        assert new.follows == old.id
        assert old.in_use.end is not None
        assert old.in_use.end < new.in_use.start


@every_release
def test_schema_versions_are_in_order(release: Release) -> None:
    """Schema versions stand in the order of their publication and of their numbers."""
    assert sorted(release.schemas.values()) == list(release.schemas.values())
    assert sorted(release.schemas, key=lambda version: [*map(int, version.split("."))]) == list(release.schemas)


@every_version
def test_a_message_bears_its_own_code(release: Release) -> None:
    """The header takes only the code and version of release.toml, and no other message has that code."""
    for message in release.messages.values():
        header = {element.name: element for element in message.classes["Header"]}
        assert release.type_of(header["BerichtCode"]).patterns == (message.code,)
        for name, value in release.message_version.items():
            assert release.type_of(header[name]).patterns == (value,)
    assert max(Counter(message.code for message in release.messages.values()).values()) == 1


@every_version
def test_messages_and_their_replies_point_at_each_other(release: Release) -> None:
    """Every message has a reply within some days or is one, and the reply goes back the way the message came."""
    for message in release.messages.values():
        if message.is_reply:
            assert message.answers is not None
            assert release.messages[message.answers].answered_by == message.name
            assert message.answer_within_workdays is None
        else:
            assert message.answered_by is not None
            reply = release.messages[message.answered_by]
            assert (reply.answers, reply.sender, reply.receiver) == (message.name, message.receiver, message.sender)
            assert int(reply.code) == int(message.code) + 1
            assert message.answer_within_workdays == 1


@every_version
def test_a_reply_is_its_message_with_return_codes(release: Release) -> None:
    """A reply lists the elements of its message in their order, and adds return codes and what identifies the reply."""
    added = {"RetourCodes", "IdentificatieRetour", "DagtekeningRetour", "XsltVersie", "XsdVersieRetour"}
    for message in release.messages.values():
        if message.answers is not None:
            original = release.messages[message.answers]
            for name in message.classes_in_use - {"RetourCodes"}:
                own = [element.name for element in message.classes[name] if element.name not in added]
                assert own == [element.name for element in original.classes[name]], (message.name, name)


@every_version
def test_every_type_is_used(release: Release) -> None:
    """No type and no structure stands there for nothing."""
    used = {name for message in release.messages for name in types_within(release, message)}
    assert release.types.keys() | release.structures.keys() <= used


@every_version
def test_every_class_is_used(release: Release) -> None:
    """A message lists no class without use, but for those that were published so."""
    unused = {name for message in release.messages.values() for name in {*message.classes} - message.classes_in_use}
    assert unused == UNUSED.get(release.id, set())


@every_version
def test_names_are_unambiguous(release: Release) -> None:
    """A name means a simple type, a structure or a class, never two of them; an element stands in a class once."""
    assert not release.types.keys() & release.structures.keys()
    for message in release.messages.values():
        assert not message.classes.keys() & (release.types.keys() | release.structures.keys())
        for elements in message.classes.values():
            assert max(Counter(element.name for element in elements).values()) == 1


@every_version
def test_codes_have_the_length_of_their_type(release: Release) -> None:
    """Every code is a value of its own type."""
    for kind in release.types.values():
        lengths = {len(code) for code in kind.codes}
        assert all((kind.min_length or 0) <= length <= (kind.max_length or length) for length in lengths), kind.name


def test_every_pattern_has_its_words() -> None:
    """What a pattern demands can be told in words, for all patterns of all releases."""
    patterns = {p for reference in REFERENCES for kind in types_in_use(load(reference)) for p in kind.patterns}
    assert [pattern for pattern in patterns if not is_fixed(pattern) and pattern in phrase(pattern)] == []


def test_every_phrase_is_needed() -> None:
    """No words stand there for a pattern that no release has."""
    said = yaml.safe_load((RELEASES.parent / "phrases.yaml").read_text(encoding="utf-8"))
    phrases = {**said["whole"], **said["patterns"]}
    patterns = {p for reference in REFERENCES for kind in types_in_use(load(reference)) for p in kind.patterns}
    assert set(phrases) <= patterns


@pytest.mark.parametrize("path", sorted(RELEASES.rglob("*.yaml")), ids=lambda path: str(path.relative_to(RELEASES)))
def test_no_name_is_given_twice(path: Path) -> None:
    """YAML keeps the last of two equal keys in silence, so no file may have them; and every key is a text."""
    for mapping in mappings(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)):
        keys = [key.value for key, _ in mapping.value]
        assert max(Counter(keys).values()) == 1, [key for key, count in Counter(keys).items() if count > 1]
        # rules.yaml is read as nothing but text, whatever a key looks like
        assert path.name == "rules.yaml" or {key.tag for key, _ in mapping.value} == {"tag:yaml.org,2002:str"}


def mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    """All mappings of a YAML document."""
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from mappings(value)
