"""The gate: figures that a change may not make worse, and bounds that are not loosened without a reason."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from evals import command
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


# Your own articles and questions.


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "my-eval"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "storm.txt").write_text(
        "Storm in Aulin\n\nThe storm cut power to 4,000 homes in Aulin on Monday. Nobody was hurt.\n",
        encoding="utf-8",
    )
    questions = [
        {
            "question": "How many homes in Aulin lost power in the storm?",
            "gold": [{"article": "storm.txt", "quote": "4,000 homes"}],
        },
        {"question": "Which penguin won the chess championship?", "gold": []},
    ]
    lines = "\n".join(json.dumps(question) for question in questions)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    return folder


def gate(*words: str) -> Result:
    return CliRunner().invoke(command.app, ["gate", *words])


def test_a_baseline_of_your_own_is_begun_and_then_held(own: Path) -> None:
    begun = gate("--data", str(own), "--write")
    assert begun.exit_code == 0, begun.output
    written = json.loads((own / "baseline.json").read_text(encoding="utf-8"))["own"]["bounds"]
    assert written["sentence@1"] == [{"at_least": 1.0}]
    assert written["false_answer_rate"] == [{"at_most": 0.0}]
    assert gate("--data", str(own)).exit_code == 0

    again = gate("--data", str(own), "--write")
    assert isinstance(again.exception, InputError)
    assert "change its bounds by hand" in str(again.exception)


def test_a_baseline_is_begun_only_for_your_own_data() -> None:
    assert isinstance(gate("--write").exception, InputError)


@pytest.mark.slow
def test_pytest_checks_each_bound_of_your_own_baseline(own: Path) -> None:
    assert gate("--data", str(own), "--write").exit_code == 0
    baseline = own / "baseline.json"
    read = json.loads(baseline.read_text(encoding="utf-8"))
    read["own"]["bounds"]["sentence@3"] = [{"at_least": 1.1}]
    baseline.write_text(json.dumps(read), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--newscite-eval", str(own), "-v"],
        cwd=own / "articles",  # where there are no other tests
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stdout + done.stderr
    assert "sentence@3 at least 1.1: it is 1.0000" in done.stdout
    assert f"1 failed, {len(read['own']['bounds']) - 1} passed" in done.stdout


def test_a_loosened_bound_is_one_line_for_pytest_too(own: Path) -> None:
    bounds = {"own": {"digest": "d", "bounds": {"sentence@1": [{"at_least": 0.6}, {"at_least": 0.5}]}}}
    (own / "baseline.json").write_text(json.dumps(bounds), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--newscite-eval", str(own)],
        cwd=own / "articles",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "was loosened to at least 0.5: say why" in done.stdout
    assert "Traceback" not in done.stdout
