"""Two runs compared, question by question."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from evals.compare import compare, compare_files
from index.errors import InputError


def case(number: int, right: bool, *, answerable: bool = True, refused: bool = False) -> dict[str, Any]:
    return {
        "id": f"q{number}",
        "question": f"Question {number}?",
        "answerable": answerable,
        "status": "abstained" if refused else "answered",
        "sentence@1": right if answerable else None,
        "sentence@3": True if answerable else None,
        "hits": [right] if answerable else None,
        "absent": {"status": "abstained"} if answerable else None,
    }


def run(*cases: dict[str, Any], digest: str = "d" * 64) -> dict[str, Any]:
    return {"dataset": "sample", "digest": digest, "cases": list(cases)}


FIRST = run(case(1, True), case(2, False), case(3, False), case(4, True), case(5, False, answerable=False))
SECOND = run(
    case(1, True),
    case(2, True),
    case(3, True),
    case(4, False),
    case(5, False, answerable=False, refused=True),
)


def test_differences_by_hand() -> None:
    plain = compare(FIRST, SECOND).to_dict()

    first = plain["measures"]["sentence@1"]
    assert (first["first"]["value"], first["second"]["value"]) == (0.5, 0.75)
    assert first["difference"]["value"] == 0.25
    assert first["difference"]["low"] < 0.25 < first["difference"]["high"]
    assert (first["better"], first["worse"]) == (["q2", "q3"], ["q4"])
    assert plain["measures"]["sentence@3"]["difference"] == {"value": 0, "low": 0, "high": 0, "n": 4}
    assert plain["measures"]["refused"]["better"] == ["q5"]
    assert plain["measures"]["answered"]["first"]["n"] == 4
    assert plain["measures"]["refused_absent"]["difference"]["value"] == 0


def test_what_is_done_again_and_what_is_not_by_hand() -> None:
    def unknown(number: int, *repeats: bool) -> dict[str, Any]:
        return {**case(number, False, answerable=False), "answerable": None, "repeats": list(repeats)}

    plain = compare(
        run(unknown(1, True, False), unknown(2, False), unknown(3), case(4, True)),
        run(unknown(1, False, False), unknown(2, True), unknown(3), case(4, True)),
    ).to_dict()
    repeated = plain["measures"]["not_repeated"]
    assert (repeated["better"], repeated["worse"], repeated["first"]["n"]) == (["q1"], ["q2"], 2)
    assert "refused" not in plain["measures"]  # nobody knows whether to refuse


def test_only_what_both_were_asked_counts() -> None:
    plain = compare(FIRST, run(case(2, True), case(9, True))).to_dict()

    assert plain["questions"] == 1
    assert plain["measures"]["sentence@1"]["better"] == ["q2"]


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        (run(case(1, True), digest="e" * 64), "not of the same data"),
        (run(case(9, True)), "share no question"),
        ({"dataset": "disputes", "digest": "d" * 64, "cases": [{"id": "p1"}]}, "'disputes' has no questions"),
        ({"dataset": "scale"}, "'scale' has no questions"),
    ],
)
def test_what_can_not_be_compared_is_one_clear_line(other: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError, match=problem) as failure:
        compare(FIRST, other)
    assert "\n" not in str(failure.value)


def test_files_that_are_no_results_are_named(tmp_path: Path) -> None:
    good, bad, listed = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "list.json"
    good.write_text(json.dumps(FIRST))
    bad.write_text("{")
    listed.write_text("[]")

    assert compare_files(good, good).questions == 5
    for file in (bad, listed, tmp_path / "missing.json"):
        with pytest.raises(InputError, match=file.name):
            compare_files(good, file)


def test_the_table_names_what_flipped() -> None:
    console = Console(width=120, record=True)

    console.print(compare(FIRST, SECOND))

    shown = console.export_text()
    assert "sentence@1 + Question 2?" in shown
    assert "sentence@1 - Question 4?" in shown
