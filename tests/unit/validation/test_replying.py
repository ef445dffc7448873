"""A reply says what was found, repeats what it must, and is itself a right message; for every message that has one."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from keten.core import UsageError
from keten.messages import Source
from keten.standard import Release, load
from keten.validation import Finding, NoReply, NotAnswered, Reply, reply, validate
from keten.validation.reply_marks import Marks
from keten.validation.replying import answer
from tests.generating import PLAIN, accepts, content, document, schema_versions, written
from tests.unit.messages.harness import AW35
from tests.unit.validation.making import message

OWN = {"IdentificatieRetour": "R1", "DagtekeningRetour": "2018-04-06"}
QUESTIONS = [
    pytest.param(release, name, id=f"{release.reference}-{name}")
    for release in schema_versions()
    for name, one in release.messages.items()
    if one.answered_by
]
PLACE = "/Bericht/Clienten/Client[{}]/GeleverdeZorgzwaartepakketten/GeleverdZorgzwaartepakket[{}]/Begindatum"


def rule(*locations: str, client: int | None = 1, code: str = "9016") -> Finding:
    """A finding of a rule."""
    return Finding("TR016", "rule", "Wrong.", client, locations, return_code=code)


def answered(
    path: Path, text: bytes, *findings: Finding, release: str = "2.0", every: bool = False
) -> tuple[bytes, Reply]:
    """The reply to a message in which, besides what is wrong with its structure, this was found."""
    path.write_bytes(text)
    marks, out = Marks(), BytesIO()
    report = validate(path, release=release, tell=marks.add)
    for found in findings:
        marks.add(found)
    said = answer(Source("a.xml", path), report, marks, out, own=OWN, every_client=every)
    return out.getvalue(), said


def codes(text: bytes) -> list[tuple[str, str]]:
    """Every return code in a reply, with the record that bears it."""
    found = []
    for record in etree.fromstring(text).iter(etree.Element):
        told = record.findall("{*}RetourCodes/{*}RetourCode")
        found += [(etree.QName(record).localname, str(one.text)) for one in told]
    return found


def clients(text: bytes) -> list[str]:
    return [str(one.text) for one in etree.fromstring(text).iterfind(".//{*}Client/{*}Bsn")]


@pytest.mark.parametrize(("release", "name"), QUESTIONS)
def test_the_reply_is_a_right_message(release: Release, name: str, tmp_path: Path) -> None:
    """With nothing wrong, all clients back, some of them wrong, or rejected as a whole: libxml2 takes it."""
    random = Random(f"{release.reference} {name}")
    made = document(release, name, random, clients=3)
    text = written(release, made, PLAIN, random)
    top = "/Bericht/Client" if made.parts[-1].name == "Client" else "/Bericht/Clienten/Client[2]"
    wrong = rule(f"{top}/Indicatie/Ingangsdatum", f"{top}/Bsn", client=2)
    reply_name = release.messages[name].answered_by
    assert reply_name
    for findings, every in (
        ([], False),
        ([], True),
        ([wrong], False),
        ([wrong], True),
        ([Finding("XSD", "structure", "")], True),
    ):
        back, _ = answered(tmp_path / "a.xml", text, *findings, release=release.reference, every=every)
        assert accepts(release, reply_name, back)


def test_nothing_wrong_is_accepted_with_the_header_alone(tmp_path: Path) -> None:
    """It says 0200, who sent what to whom, and which reply this is."""
    back, said = answered(tmp_path / "a.xml", AW35)
    assert (said.message, said.accepted, said.rejected, codes(back)) == ("AW36", True, 0, [("Header", "0200")])
    header = {etree.QName(one).localname: one.text for one in etree.fromstring(back).iter() if not len(one)}
    asked = {etree.QName(one).localname: one.text for one in etree.fromstring(AW35).find("{*}Header").iter()}  # type: ignore[union-attr]
    for name in ("Afzender", "Ontvanger", "Identificatie", "Dagtekening"):
        assert header[name] == asked[name]
    assert (header["BerichtCode"], header["IdentificatieRetour"], header["DagtekeningRetour"]) == (
        "355",
        "R1",
        "2018-04-06",
    )


def test_a_client_with_a_wrong_record_goes_back_whole(tmp_path: Path) -> None:
    """The wrong record bears the code of the rule, the others of this client 0233; the other client stays."""
    back, said = answered(tmp_path / "a.xml", AW35, rule(PLACE.format(1, 2)))
    assert (said.accepted, said.technical, said.rejected) == (False, False, 1)
    assert clients(back) == ["999990019"]
    assert codes(back) == [
        ("Header", "0200"),
        ("Client", "0233"),
        ("GeleverdZorgzwaartepakket", "0233"),
        ("GeleverdZorgzwaartepakket", "9016"),
    ]


def test_records_go_back_unchanged(tmp_path: Path) -> None:
    """Without its return codes a reply's client is the client of the message."""
    back, _ = answered(tmp_path / "a.xml", AW35, rule(PLACE.format(1, 1)), every=True)
    release = load("2.0")

    def records(text: bytes, name: str) -> Iterator[object]:
        parts = content(release, name, text)[1]
        for part in parts[1:]:
            assert not isinstance(part, str)
            yield without_codes(part)

    def without_codes(part: tuple[str, object]) -> tuple[str, object]:
        tag, inner = part
        name = tag.rpartition("}")[2] if "/aw3" in tag else tag
        if isinstance(inner, str):
            return name, inner
        assert isinstance(inner, tuple)
        return name, tuple(without_codes(one) for one in inner if not one[0].endswith("}RetourCodes"))

    assert list(records(back, "AW36")) == list(records(AW35, "AW35"))


def test_all_clients_go_back_when_that_is_asked(tmp_path: Path) -> None:
    """Right ones with 0200 on every record."""
    back, said = answered(tmp_path / "a.xml", AW35, rule(PLACE.format(1, 2)), every=True)
    assert (len(clients(back)), said.rejected) == (2, 1)
    first = codes(back).index(("Client", "0200"))
    assert {code for _, code in codes(back)[first:]} == {"0200"}


def test_more_codes_on_a_record_are_all_told_once(tmp_path: Path) -> None:
    """In the order in which they were found."""
    place = PLACE.format(1, 1)
    back, _ = answered(tmp_path / "a.xml", AW35, rule(place), rule(place, code="S003"), rule(place))
    assert [code for record, code in codes(back) if record == "GeleverdZorgzwaartepakket"] == ["9016", "S003", "0233"]


def test_a_code_that_the_release_does_not_have_is_said_in_another_way(tmp_path: Path) -> None:
    """The client goes back all the same."""
    back, said = answered(tmp_path / "a.xml", AW35, rule(PLACE.format(1, 1), code="D090"))
    assert (said.rejected, {code for _, code in codes(back)}) == (1, {"0200", "0233"})


def test_what_is_wrong_with_the_header_is_said_there(tmp_path: Path) -> None:
    """With the code of its rule; no client is to blame."""
    back, said = answered(tmp_path / "a.xml", AW35, rule("/Bericht/Header/Afzender", client=None, code="9021"))
    assert (said.accepted, codes(back)) == (False, [("Header", "9021")])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<m:Geslacht>2", b"<m:Geslacht>8"),
        (b"</m:Clienten>", b"</m:Clienten><m:Naschrift/>"),
        (b"</m:Bericht>", b""),
        (b"<m:BerichtSubversie>0", b"<m:BerichtSubversie>9"),
    ],
    ids=["in a client", "behind the clients", "broken off", "another version"],
)
def test_a_structure_that_is_not_right_rejects_the_message_as_a_whole(
    right: bytes, wrong: bytes, tmp_path: Path
) -> None:
    """0001 in the header, and nothing else; the reply has the version of its release."""
    back, said = answered(tmp_path / "a.xml", AW35.replace(right, wrong))
    assert (said.technical, said.rejected, codes(back)) == (True, 0, [("Header", "0001")])
    assert accepts(load("2.0"), "AW36", back)


@pytest.mark.parametrize("text", [b"", b"no XML", b"<a/>", AW35.replace(b"<m:Afzender>41424344", b"<m:Afzender>x")])
def test_what_cannot_be_repeated_has_no_reply(text: bytes, tmp_path: Path) -> None:
    """A reply with an invented sender would reach nobody."""
    with pytest.raises(NoReply):
        answered(tmp_path / "a.xml", text)


def test_a_reply_is_not_answered(tmp_path: Path) -> None:
    """It is a mistake of the one who asks."""
    with pytest.raises(NotAnswered, match="AW36"):
        answered(tmp_path / "a.xml", message("2.0", "AW36", retour="2018-04-06"))


def test_a_reply_names_itself_from_the_message(tmp_path: Path) -> None:
    """The same message, the same reply: its own identification comes from the digest, its day from the Dagtekening."""
    path = tmp_path / "a.xml"
    path.write_bytes(AW35)
    first, second = BytesIO(), BytesIO()
    said = reply(path, first)
    reply(path, second)
    assert first.getvalue() == second.getvalue()
    assert f"<IdentificatieRetour>R{said.report.input.sha256[:11].upper()}<".encode() in first.getvalue()
    assert b"<DagtekeningRetour>2018-04-05<" in first.getvalue()


def test_an_identification_that_does_not_fit_is_a_mistake_of_the_one_who_asks(tmp_path: Path) -> None:
    """It says what would."""
    path = tmp_path / "a.xml"
    path.write_bytes(AW35)
    with pytest.raises(UsageError, match="1 to 12 characters"):
        reply(path, BytesIO(), identificatie="much too long for it")


def test_from_2_1_on_a_reply_names_what_it_was_judged_by(tmp_path: Path) -> None:
    """The rule set where the sector has one, and the schemas."""
    back, _ = answered(tmp_path / "a.xml", message("2.2", "AW35"), release="2.2")
    texts = {etree.QName(one).localname: one.text for one in etree.fromstring(back).iter()}
    assert texts["XsltVersie"] == "2.1.4"
    retour = etree.fromstring(back).find(".//{*}XsdVersieRetour")
    assert retour is not None
    assert [one.text for one in retour] == ["1.0.0", "1.0.0"]
