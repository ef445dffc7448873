"""One client of a size that nobody has: the findings are counted at the cost of a sort, and memory stays bounded."""

import re
import time
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest

from keten.standard import load
from keten.validation import Report, validate
from tests.generating import PLAIN, written
from tests.generating.stated import Stated, stated

MOST_SECONDS, MOST_GIB = 10, 1.0


def repeated(message: str, element: str, client: Stated, times: int) -> bytes:
    """A document in which the only element of a class stands so many times, without space between elements."""
    release = load("2.2")
    text = written(release, stated(release, message, {}, [client]), PLAIN, Random(1))
    compact = re.sub(rb">\s+<", b"><", text)
    begin, end = compact.index(b"<m:%s>" % element.encode()), compact.rindex(b"</m:%s>" % element.encode())
    end += len(b"</m:%s>" % element.encode())
    return compact[:begin] + compact[begin:end] * times + compact[end:]


def judged(text: bytes) -> Report:
    """The report, within the time and memory that one client may take; measured in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        report, seconds, kibibytes = pool.submit(measured, text).result()
    assert seconds < MOST_SECONDS
    assert kibibytes < MOST_GIB * (1 << 20)
    return report


def measured(text: bytes) -> tuple[Report, float, int]:
    """The report, the processor seconds it took, and the most KiB that the process held."""
    begun = time.process_time()
    report = validate(BytesIO(text))
    return report, time.process_time() - begun, held()


def held() -> int:
    """The most KiB that this process held. The system's usual count begins with what its parent held."""
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("the most memory a process held can only be measured on Linux")
    return int(re.findall(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="utf-8"))[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("element", "content", "times"),
    [
        ("ToegewezenFunctie", {"ToegewezenFunctie": {}}, 20_000),
        ("Contact", {"Contact": {"Soort": "02"}}, 200_000),
    ],
)
def test_a_client_with_more_than_a_client_may_hold_is_refused(element: str, content: Stated, times: int) -> None:
    """20,000 assignments, 200,000 contacts."""
    assert list(judged(repeated("AW33", element, content, times)).by_code) == ["XML"]


@pytest.mark.slow
def test_a_comment_of_fifty_megabytes_is_refused() -> None:
    """More than a client may hold, whatever it says."""
    text = repeated("AW33", "Commentaar", {"Commentaar": "x"}, 1)
    assert list(judged(text.replace(b">x<", b">" + b"x " * 25_000_000 + b"<")).by_code) == ["XML"]


def test_as_many_assignments_as_a_client_may_hold() -> None:
    """Every two of them break TR077, TR101 and TR106: each pair counts, and only as many as asked for are listed."""
    report = judged(repeated("AW33", "ToegewezenFunctie", {"ToegewezenFunctie": {}}, 2_000))
    pairs = 2_000 * 1_999 // 2
    assert [report.by_code[code] for code in ("TR077", "TR101", "TR106")] == [pairs] * 3
    assert (len(report.findings), report.truncated) == (10_000, True)


def test_as_many_contacts_as_a_client_may_hold() -> None:
    """Every two have the same Soort."""
    report = judged(repeated("AW33", "Contact", {"Contact": {"Soort": "02"}}, 9_900))
    assert (report.by_code["TR101"], report.by_code["TR006"]) == (9_900 * 9_899 // 2, 2 * 9_900)


@pytest.mark.parametrize("leveringsvorm", ["4", "8"])
def test_an_application_to_thousands_of_institutions(leveringsvorm: str) -> None:
    """For stay every two of them clash; for part-time stay each with those behind it."""
    client: Stated = {"Aanvraag": {"Leveringsvorm": leveringsvorm, "AanvraagInstelling": {"Opname": "1"}}}
    report = judged(repeated("AW39", "AanvraagInstelling", client, 3_500))
    pairs = 3_500 * 3_499 // 2
    expected = {"TR106": pairs, "TR120": pairs} if leveringsvorm == "4" else {"TR106": pairs, "TR127": 3_499}
    assert {code: report.by_code[code] for code in expected} == expected


def test_thousands_of_indications_numbered_backwards() -> None:
    """Each two break TR079."""
    release = load("2.2")
    indications = [{"VolgnummerIndicatie": 9_999 - one, "Afgiftedatum": f"{1000 + one}-01-01"} for one in range(3_000)]
    text = written(release, stated(release, "AW317", {}, [{"Indicatie": indications}]), PLAIN, Random(1))
    assert judged(text).by_code["TR079"] == 3_000 * 2_999 // 2


def test_blanks_before_a_letter_take_no_time() -> None:
    """The pattern of Commentaar, which makes others search for ever."""
    text = repeated("AW33", "Commentaar", {"Commentaar": "x"}, 1).replace(b">x<", b">" + b" " * 60 + b"x<")
    begun = time.process_time()
    assert "XSD" not in validate(BytesIO(text)).by_code
    assert time.process_time() - begun < 1
