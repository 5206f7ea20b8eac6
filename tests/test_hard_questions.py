"""The shipped hard questions, and files that are not as they should be."""

import json
from pathlib import Path

import pytest

from evals.datasets import read_hard_questions
from index.errors import InputError

TEXT = "Rain fell on Monday. Nobody came."


def test_the_shipped_ones() -> None:
    dataset = read_hard_questions()

    answered = [question for question in dataset.questions if question.answerable]
    assert len(dataset.articles) == 204
    assert len(answered) == 1224
    assert len(dataset.questions) - len(answered) == 408
    assert {question.kind for question in dataset.questions} == {
        "society", "science", "politics", "business", "justice", "culture", "unanswerable",
    }  # fmt: skip
    assert all(
        any(answer in span.text for span in question.gold)
        for question in answered
        for answer in question.answers
    )


def write(folder: Path, evidence: str) -> Path:
    row = {"title": "Rain", "text": TEXT, "questions": [{"question": "When?", "evidence": [evidence]}]}
    (folder / "01-weather.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


def test_evidence_becomes_gold(tmp_path: Path) -> None:
    (question,) = read_hard_questions(write(tmp_path, "Rain fell on Monday.")).questions

    assert (question.kind, question.gold[0].text) == ("weather", "Rain fell on Monday.")


def test_what_does_not_stand_in_the_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"01-weather\.jsonl, line 1: .*does not stand in it once"):
        read_hard_questions(write(tmp_path, "Snow fell."))


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no"):
        read_hard_questions(tmp_path)
