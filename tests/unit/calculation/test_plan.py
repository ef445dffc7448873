"""A plan as it is read: every error names the path of its key and what was expected there."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.calculation.shares.given import WrongInput, parse_json
from keten.calculation.shares.plan import plan_of
from tests.unit.calculation.planning import EXAMPLE, changed, example

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"zzp": ...}, "The input lacks 'zzp'."),
    ({"kleur": "rood"}, "kleur: expected no such key, only zzp, leveringsvorm, from, providers, sector, to"),
    ({"zzp": "7VV"}, 'zzp: expected a ZzpCode of 2.0; found "7VV".'),
    ({"zzp": 755}, "zzp: expected a ZzpCode of 2.0; found 755."),
    ({"sector": "GGZ"}, 'sector: expected VV, the sector of ZZP 755; found "GGZ".'),
    ({"leveringsvorm": "2"}, 'leveringsvorm: expected a leveringsvorm that providers share: 4, 5, 7; found "2".'),
    ({"from": "2018-02-30"}, 'from: expected a date like 2018-04-01; found "2018-02-30".'),
    ({"from": "20180401"}, "from: expected a date like 2018-04-01"),
    ({"to": "2018-03-31"}, 'to: expected a day not before 2018-04-01; found "2018-03-31".'),
    ({"providers": []}, "providers: expected a list of 1 to 50; found []."),
    ({"providers": "ZA1"}, "providers: expected a list of 1 to 50"),
    ({"providers/1": 5}, "providers[1]: expected an object; found 5."),
    ({"providers/1/instelling": "ZA2"}, 'providers[1].instelling: expected an AGB code of 8 digits; found "ZA2".'),
    ({"providers/1/instelling": "00000101"}, "providers: 00000101 stands there more than once"),
    ({"providers/0/soort": "5"}, 'providers[0].soort: expected a Soort that can be asked for: 1, 3; found "5".'),
    ({"providers/0/opname": "ja"}, 'providers[0].opname: expected true or false; found "ja".'),
    ({"providers/0/care/0/volume": 0}, "providers[0].care[0].volume: expected a number above 0"),
    ({"providers/0/care/0/volume": -1}, "providers[0].care[0].volume: expected a number above 0"),
    ({"providers/0/care/0/volume": 1.005}, "providers[0].care[0].volume: expected a number above 0"),
    ({"providers/0/care/0/volume": True}, "providers[0].care[0].volume: expected a number above 0"),
    ({"providers/0/care/0/volume": ...}, "providers[0].care[0] lacks 'volume'."),
    ({"providers/0/care/0": {"functie": "32", "klasse": "K3"}}, "providers[0].care[0].functie: expected a FunctieCode"),
    ({"extras": [{"element": "Toeslag", "code": "1"}]}, "extras[0].element: expected an element that names a reason"),
    (
        {"extras": [{"element": "ExtraKostenThuis", "code": "1"}, {"element": "ExtraKostenThuis", "code": "2"}]},
        "extras[1].element: expected each element once",
    ),
    ({"request/zorgkantoor": "9999"}, 'request.zorgkantoor: expected the code of a zorgkantoor; found "9999".'),
    ({"request/converted": ...}, "request lacks 'converted'."),
    ({"request/client/bsn": "123456789"}, "request.client.bsn: expected a Bsn; this one fails the eleven-test."),
    ({"request/client/bsn": 999990019}, "request.client.bsn: expected a text"),
    ({"request/client/achternaam": " "}, "request.client.achternaam: expected a text"),
    ({"request/identificatie": "meer dan twaalf tekens"}, "request.identificatie: expected a text of at most 12"),
]


@pytest.mark.parametrize(("changes", "says"), WRONG, ids=[says for _, says in WRONG])
def test_what_is_wrong(changes: dict[str, Any], says: str) -> None:
    """The path of the key, what was expected, what was found."""
    with pytest.raises(WrongInput) as raised:
        example(changes)
    assert str(raised.value).startswith(says)


@pytest.mark.parametrize("key", ["bsn", "achternaam", "geboortedatum", "naam"])
def test_what_is_said_of_a_client_is_not_repeated(key: str) -> None:
    """Whoever reads the error need not see whose it may be."""
    with pytest.raises(WrongInput) as raised:
        example({f"request/client/{key}": "Jansen\n123456789"})
    assert f"request.client.{key}" in str(raised.value)
    assert "123456789" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1 column 2"),
        ('{"zzp": "755", "zzp": "754"}', "'zzp' stands twice"),
        ("[" * 100_000, "is no JSON: brackets stand more than"),
        ("9" * 10_000, "is no JSON: Exceeds the limit"),
    ],
)
def test_what_is_no_json(text: str, says: str) -> None:
    """The error says where, or why."""
    with pytest.raises(WrongInput, match=says):
        parse_json(text, "input.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
PLACES = [
    "zzp", "leveringsvorm", "from", "providers", "providers/0", "providers/0/care", "providers/0/care/0",
    "providers/0/care/0/volume", "request", "request/client", "request/client/bsn", "request/dagtekening", "sector",
]  # fmt: skip


@given(place=st.sampled_from(PLACES), value=JSON)
def test_anything_anywhere_is_read_or_refused(place: str, value: object) -> None:
    """Never another exception than the one with a path."""
    with suppress(WrongInput):
        plan_of(parse_json(json.dumps(changed({place: value})), "input.json"))


def test_null_is_as_good_as_absent() -> None:
    """For what may be left out."""
    assert example({"to": None, "extras": None}) == example()


def test_the_example_is_what_it_says() -> None:
    """Read from JSON, with exact volumes."""
    plan = example()
    assert plan.sector == "VV"
    assert str(plan.providers[1].care[0].volume) == "10.8"
    assert plan.request is not None
    assert plan.request.roles == {"CoordinatorZorgThuis": EXAMPLE["request"]["sender"]}
