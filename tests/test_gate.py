"""The gate: figures that a change may not make worse, and bounds that are not loosened without a reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from evals.datasets import read_shipped_sample
from evals.gate import BASELINE, check_gate
from index.errors import InputError

FIGURES = {"sentence@1": 0.5, "false_answer_rate": 0.2, "auroc": None}


class Measured:
    """A report of these figures."""

    def to_dict(self) -> dict[str, Any]:
        return {"digest": "d1", "metrics": {name: {"value": value} for name, value in FIGURES.items()}}

    def __rich__(self) -> str:
        return ""


def baseline(folder: Path, bounds: Any, digest: str = "d1") -> Path:
    file = folder / "baseline.json"
    file.write_text(json.dumps({"sample": {"digest": digest, "bounds": bounds}}))
    return file


@pytest.mark.parametrize(
    ("bounds", "passed"),
    [
        ({"sentence@1": [{"at_least": 0.5}], "false_answer_rate": [{"at_most": 0.2}]}, True),
        ({"sentence@1": [{"at_least": 0.51}]}, False),
        ({"false_answer_rate": [{"at_most": 0.19}]}, False),
        ({"sentence@1": [{"at_least": 0.6}, {"at_least": 0.5, "reason": "harder questions"}]}, True),
        ({"sentence@1": [{"at_least": 0.4}, {"at_least": 0.5}]}, True),
        ({"auroc": [{"at_least": 0.5}]}, False),
    ],
)
def test_bounds(tmp_path: Path, bounds: Any, passed: bool) -> None:
    report = check_gate(lambda _: Measured(), baseline(tmp_path, bounds))

    assert report.passed is passed
    assert report.to_dict()["passed"] is passed
    console = Console(width=100, record=True)
    console.print(report)
    assert ("FAILED" in console.export_text()) is not passed


@pytest.mark.parametrize(
    ("bounds", "digest", "problem"),
    [
        (
            {"sentence@1": [{"at_least": 0.6}, {"at_least": 0.5}]},
            "d1",
            "was loosened to at least 0.5: say why",
        ),
        ({"false_answer_rate": [{"at_most": 0.1}, {"at_most": 0.2, "reason": " "}]}, "d1", "loosened"),
        ({"sentence@1": [{"at_least": 0.6}, {"at_most": 0.5}]}, "d1", "loosened"),
        ({"sentence@2": [{"at_least": 0.6}]}, "d1", "measures no 'sentence@2'"),
        ({"sentence@1": []}, "d1", "is a list of"),
        ({"sentence@1": [{"floor": 0.6}]}, "d1", "is a list of"),
        ({"sentence@1": [{"at_least": "much"}]}, "d1", "is a list of"),
        ({"sentence@1": [{"at_least": 0.5}]}, "d2", "the data of 'sample' has changed"),
    ],
)
def test_a_baseline_that_does_not_hold_is_one_clear_line(
    tmp_path: Path, bounds: Any, digest: str, problem: str
) -> None:
    with pytest.raises(InputError, match=problem) as failure:
        check_gate(lambda _: Measured(), baseline(tmp_path, bounds, digest))
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("text", ["{", "[]", '{"sample": {}}', '{"sample": 1}'])
def test_a_file_that_is_no_baseline_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bounds.json"
    file.write_text(text)

    with pytest.raises(InputError, match=r"bounds\.json can't be read"):
        check_gate(lambda _: Measured(), file)


def test_the_shipped_baseline_is_of_the_shipped_data() -> None:
    entries = json.loads(BASELINE.read_text(encoding="utf-8"))

    assert entries["sample"]["digest"] == read_shipped_sample().digest
    # Whether this version passes it is seen where the README's commands are run.
    assert {"pointer_validity", "sentence@1", "boilerplate_citation_rate"} <= entries["sample"][
        "bounds"
    ].keys()
