"""A run's cases in a file: what was asked is not asked again, and nothing else is taken for it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_eval_run import Scripted, dataset, scripted, without_seconds

from evals.cases import EvalResult
from evals.journal import cases_file
from evals.run import Options, evaluate
from evals.systems import Reply, System
from index.errors import InputError
from index.schema import Article, Span


class Breaking(Scripted):
    """A system that breaks down at its fourth question."""

    asked_in_all = 0

    def answer(self, question: str, **_: object) -> Reply:
        Breaking.asked_in_all += 1
        if Breaking.asked_in_all == 4:
            raise KeyboardInterrupt
        return super().answer(question)


def everything(gold: Sequence[Span]) -> Sequence[Span]:
    return gold


@contextmanager
def breaking(articles: Sequence[Article]) -> Iterator[System]:
    yield Breaking(articles, everything)


def run(file: Path) -> EvalResult:
    return evaluate(dataset(), Options(keep=file), system_over=scripted(everything))


def test_a_run_that_was_broken_off_goes_on_and_ends_as_a_whole_one(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    with pytest.raises(KeyboardInterrupt):
        evaluate(dataset(), Options(keep=file), system_over=breaking)
    assert len(file.read_bytes().splitlines()) == 1 + 3
    with file.open("ab") as torn:
        torn.write(b'{"over": "all", "id": "mi')

    resumed = run(file)

    assert without_seconds(resumed) == without_seconds(run(tmp_path / "other.jsonl"))
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows[1:5]] == ["rise", "shifts", "bridge", "mill"]
    assert [row["over"] for row in rows[1:]] == ["all"] * 4 + ["absent"] * 4
    assert rows[1]["gold"][0]["quote"] == rows[1]["citations"][0]["quote"] == "rose by two metres"
    assert rows[1]["citations"][0]["right"] is True


def test_a_whole_run_is_not_asked_again(tmp_path: Path) -> None:
    first = run(tmp_path / "cases.jsonl")

    def nobody(_articles: Sequence[Article]) -> System:
        raise AssertionError("nothing is to be indexed")

    again = evaluate(dataset(), Options(keep=tmp_path / "cases.jsonl"), system_over=nobody)  # type: ignore[arg-type]
    assert without_seconds(again) == without_seconds(first)


def test_the_cases_of_another_run_are_refused_and_stay(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    run(file)
    before = file.read_bytes()
    with pytest.raises(InputError, match="the cases of another run"):
        evaluate(dataset(), Options(keep=file, system="bm25"), system_over=scripted(everything))
    assert file.read_bytes() == before


def test_a_file_of_something_else_is_refused_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes", encoding="utf-8")
    with pytest.raises(InputError, match="something else"):
        run(file)
    assert file.read_text(encoding="utf-8") == "my notes"


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    run(file)
    lines = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join([lines[0], b'{"over": "all"}']) + b"\n")
    with pytest.raises(InputError, match="line 2: not a case"):
        run(file)


def test_the_file_is_named_after_dataset_and_system(tmp_path: Path) -> None:
    file = cases_file(tmp_path / "kept", "own", "http://127.0.0.1:80/v1/answer")
    assert file.parent.is_dir()
    assert file.name == "own.http-127.0.0.1-80-v1-answer.jsonl"


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="can't be kept"):
        cases_file(tmp_path / "file", "own", "newscite")
