import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import shared_folder

from evals.datasets import read_clapnq
from index.errors import InputError

SENTENCES = ["Rain fell .", "Rivers rose .", "Rain fell .", "Dams held ."]
TEXT = " Rain fell . Rivers rose .  Rain fell . Dams held . "


def row(id: str, *selected: list[str], **passage: Any) -> dict[str, Any]:
    """A question whose annotators selected these sentences, one list each."""
    return {
        "id": id,
        "input": f"{id} of the flood ",
        "passages": [{"title": "Flood", "text": TEXT, "sentences": SENTENCES, **passage}],
        "output": [{"answer": " ".join(chosen), "selected_sentences": chosen} for chosen in selected],
    }


def clapnq_folder(
    folder: Path, answerable: list[dict[str, Any]], unanswerable: list[dict[str, Any]] | None = None
) -> Path:
    for name, rows in (("answerable", answerable), ("unanswerable", unanswerable or [])):
        lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows)
        (folder / f"clapnq_dev_{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_gold_is_what_any_annotator_selected_where_it_stands(tmp_path: Path) -> None:
    folder = clapnq_folder(tmp_path, [row("q1", ["Dams held ."], ["Rivers rose ."], [])])
    dataset = read_clapnq(folder)
    (article,) = dataset.articles
    assert (article.key, article.title, article.text) == ("clapnq_dev_answerable.jsonl#1", "Flood", TEXT)
    (question,) = dataset.questions
    assert (question.id, question.text, question.kind) == ("q1", "q1 of the flood", "answerable")
    assert [(span.start, span.end) for span in question.gold] == [(13, 26), (40, 51)]
    assert question.answers == ("Dams held .", "Rivers rose .")


def test_a_selected_sentence_that_stands_twice_is_gold_twice(tmp_path: Path) -> None:
    (question,) = read_clapnq(clapnq_folder(tmp_path, [row("q1", ["Rain fell ."])])).questions
    assert [(span.start, span.end) for span in question.gold] == [(1, 12), (28, 39)]


def test_a_passage_of_two_questions_is_one_article(tmp_path: Path) -> None:
    dry = {"text": "It was dry .", "sentences": ["It was dry ."]}
    folder = clapnq_folder(
        tmp_path,
        [row("q1", ["Dams held ."]), row("q2", ["It was dry ."], **dry), row("q3", ["Dams held ."])],
        [row("q4", []), row("q5", [], title="Another")],
    )
    dataset = read_clapnq(folder)
    assert [article.source for article in dataset.articles] == [
        "clapnq_dev_answerable.jsonl#1",
        "clapnq_dev_answerable.jsonl#2",
        "clapnq_dev_unanswerable.jsonl#2",
    ]
    assert [(question.id, question.kind, question.answerable) for question in dataset.questions] == [
        ("q1", "answerable", True),
        ("q2", "answerable", True),
        ("q3", "answerable", True),
        ("q4", "unanswerable", False),
        ("q5", "unanswerable", False),
    ]


def test_an_answerable_question_without_a_selected_sentence_is_left_out_and_counted(tmp_path: Path) -> None:
    dataset = read_clapnq(clapnq_folder(tmp_path, [row("q1", [], []), row("q2", ["Dams held ."])]))
    assert [question.id for question in dataset.questions] == ["q2"]
    assert "1 left out" in dataset.description


def test_a_line_separator_in_a_text_does_not_cut_the_row(tmp_path: Path) -> None:
    passage = {"text": "Rain\u2028fell .", "sentences": ["Rain\u2028fell ."]}
    (question,) = read_clapnq(clapnq_folder(tmp_path, [row("q1", ["Rain\u2028fell ."], **passage)])).questions
    assert question.gold[0].text == "Rain\u2028fell ."


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row("q1", [], sentences=["Rain fell .", "Dams held ."]), "after character 13 .* than 'Dams held .'"),
        (row("q1", [], sentences=["Rain stopped ."]), "after character 1 the passage goes on otherwise"),
        (row("q1", [], sentences=[""]), "span 1:1 is not inside"),
        (row("q1", ["Snow fell ."]), "selected sentence 'Snow fell .' is none of the passage"),
        ({"id": "q1", "input": "Why?"}, "there is no 'passages'"),
        (row("q1", [], text=None), "a field is of another type"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(tmp_path: Path, wrong: dict[str, Any], message: str) -> None:
    folder = clapnq_folder(tmp_path, [row("q0", ["Dams held ."]), wrong])
    with pytest.raises(InputError, match=rf"clapnq_dev_answerable\.jsonl, line 2: not as .*{message}"):
        read_clapnq(folder)


def test_an_unanswerable_question_has_no_selected_sentence(tmp_path: Path) -> None:
    folder = clapnq_folder(tmp_path, [], [row("q1", ["Dams held ."])])
    with pytest.raises(InputError, match=r"line 1: .*question q1 is unanswerable but has selected"):
        read_clapnq(folder)


def test_two_questions_with_one_id_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    folder = clapnq_folder(tmp_path, [row("q1", ["Dams held ."])], [row("q1", [])])
    with pytest.raises(InputError, match="two questions share an id"):
        read_clapnq(folder)
    (folder / "clapnq_dev_unanswerable.jsonl").unlink()
    with pytest.raises(InputError, match=r"not CLAPNQ, whose questions are in .*unanswerable\.jsonl"):
        read_clapnq(folder)


def test_the_whole_of_clapnq_is_read() -> None:
    folder = shared_folder("data/clapnq")
    dataset = read_clapnq(folder)
    assert len(dataset.articles) == 299
    assert Counter(question.kind for question in dataset.questions) == {
        "answerable": 149,
        "unanswerable": 150,
    }
    assert all(question.answerable == (question.kind == "answerable") for question in dataset.questions)
    assert "1 left out" in dataset.description
    first = dataset.questions[0]
    assert first.gold[0].article.title == "Forecasting"
    assert [span.text[:20] for span in first.gold] == [
        "Seasonality is a cha",
        "Any predictable chan",
        "In such situations ,",
    ]
    assert dataset.digest == read_clapnq(folder).digest
