"""The account of keten's own conversion as figures, and its exceptions as work."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from keten.campaign.accounts import WrongAccount, account_figures, account_work

ACCOUNT: dict[str, Any] = {
    "account": {
        "zorgkantoren": {
            "5501": {
                "read": 9,
                "items": 6,
                "repeated": 3,
                "sent": 4,
                "outcomes": {"converted": 4, "pgb not sent": 1},
                "exceptions": {"EX08": 1},
                "clients": {"sent complete": 3, "refused": 1},
            }
        }
    },
    "percentages": {"byZorgkantoor": {"5501": {"packages": 4, "one": 1, "byReason": {"no tariff table": 1}}}},
}
LISTED = """code,zorgkantoor,file,client,location,detail,reason,who,action
EX08,5501,a.xml,3,/Bericht,,They share days.,zorgkantoor,Decide.
EX04,5502,b.xml,1,/Bericht,blank,A value.,zorgkantoor,Correct it.
EX06,5501,c.xml,,,broken,No valid 1.2.,zorgkantoor,Repair.
"""


@pytest.fixture
def account(tmp_path: Path) -> Path:
    """The files that a conversion leaves."""
    (tmp_path / "exceptions.csv").write_text(LISTED, encoding="utf-8")
    path = tmp_path / "conversion.json"
    path.write_text(json.dumps(ACCOUNT), encoding="utf-8")
    return path


def test_figures(account: Path) -> None:
    """Every number of the account of a zorgkantoor, and what is not accounted for."""
    figures = account_figures(account, account, "5501")
    assert figures["conversion.unaccounted"] == 0
    assert figures["conversion.outcomes.pgb not sent"] == 1
    assert figures["conversion.exceptions.EX08"] == 1
    assert figures["conversion.one-because.no tariff table"] == 1


def test_an_account_that_does_not_close(account: Path) -> None:
    """What is missing is counted, and so is what is too much."""
    for read in ('"read": 8', '"read": 10'):
        account.write_text(json.dumps(ACCOUNT).replace('"read": 9', read), encoding="utf-8")
        assert account_figures(account, account, "5501")["conversion.unaccounted"] == 1


def test_an_account_of_others(account: Path) -> None:
    """A zorgkantoor that is not in it was not measured."""
    assert account_figures(account, account, "5507") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON: brackets stand more than 64 deep"),
        ("[]", "conversion.json: "),
        ("{}", "account is missing. percentages is missing."),
        ('{"account": {"zorgkantoren": {"5501": {}}}}', "account.zorgkantoren.5501.read is missing."),
        (json.dumps(ACCOUNT).replace('"read": 9', '"read": -9'), "account.zorgkantoren.5501.read should be greater"),
        (json.dumps(ACCOUNT).replace('"read": 9', '"read": true'), "account.zorgkantoren.5501.read should be"),
        (json.dumps(ACCOUNT).replace('"read": 9', '"read": NaN'), "NaN is no number"),
        (
            json.dumps(ACCOUNT).replace('"read": 9', f'"read": {10**30}'),
            "account.zorgkantoren.5501.read should be less",
        ),
        (json.dumps(ACCOUNT).replace("pgb not sent", "pgb\\u001b[31m"), "holds a character that cannot be printed"),
    ],
)
def test_no_account(account: Path, text: str, said: str) -> None:
    """A file that is no account is told so, with the place and what is expected there."""
    account.write_text(text, encoding="utf-8")
    with pytest.raises(WrongAccount, match=re.escape(said)):
        account_figures(account, account, "5501")


def test_work(account: Path) -> None:
    """The exceptions of the zorgkantoor only, with their place, detail, and who does what."""
    work = (
        account_work(account, account.parent / "exceptions.csv", "5501")
        .select("code", "before_file", "before_client", "what", "action")
        .rows()
    )
    assert work == [
        ("EX08", "a.xml", 3, "They share days.", "zorgkantoor: Decide."),
        ("EX06", "c.xml", None, "No valid 1.2. broken", "zorgkantoor: Repair."),
    ]


def test_no_work_without_a_list(account: Path) -> None:
    """A list of exceptions that is not there, or is none, is told so."""
    listed = account.parent / "exceptions.csv"
    for content in (None, b"", b"code;zorgkantoor\n", b"\xff\xfe\x00", LISTED.replace(",3,", ",many,").encode()):
        listed.unlink() if content is None else listed.write_bytes(content)
        with pytest.raises(WrongAccount, match=r"exceptions.csv is no list of exceptions"):
            account_work(listed, listed, "5501")
