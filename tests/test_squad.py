import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import shared_folder

from evals.datasets import read_squad2_sample, read_xquad
from index.errors import InputError

HARBOUR = "The harbour shut at noon. Nobody knew why."
PUERTO = "El puerto cerró a mediodía."


def asked(id: str, *answers: tuple[int, str], question: str = " When did it shut? ") -> dict[str, Any]:
    given = [{"answer_start": start, "text": text} for start, text in answers]
    return {"id": id, "question": question, "answers": given}


def xquad_file(folder: Path, language: str, *paragraphs: tuple[str, list[dict[str, Any]]]) -> None:
    written = [{"context": context, "qas": questions} for context, questions in paragraphs]
    content = {"version": "1.1", "data": [{"title": "Port_of_Elmar", "paragraphs": written}]}
    path = folder / f"xquad.{language}.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def squad2_folder(folder: Path, *rows: tuple[str, str, list[str], bool]) -> Path:
    """Rows of id, context, answers and whether it is impossible."""
    queries = [{"id": name, "context": context, "question": f"{name}?"} for name, context, _, _ in rows]
    truth = {name: {"answers": answers, "is_impossible": cannot} for name, _, answers, cannot in rows}
    (folder / "queries.json").write_text(json.dumps({"queries": queries}), encoding="utf-8")
    (folder / "ground_truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def test_a_paragraph_of_xquad_is_an_article_and_its_language_the_kind(tmp_path: Path) -> None:
    xquad_file(tmp_path, "en", ("Rain.", []), (HARBOUR, [asked("q1", (20, "noon"))]))
    xquad_file(tmp_path, "es", (PUERTO, [asked("q1", (18, "mediodía"))]))
    dataset = read_xquad(tmp_path)
    assert [(article.key, article.source, article.language) for article in dataset.articles] == [
        ("xquad.en.json#1", "xquad.en.json#1", "en"),
        ("xquad.en.json#2", "xquad.en.json#2", "en"),
        ("xquad.es.json#1", "xquad.es.json#1", "es"),
    ]
    assert {article.title for article in dataset.articles} == {"Port of Elmar"}
    assert [article.text for article in dataset.articles] == ["Rain.", HARBOUR, PUERTO]
    english, spanish = dataset.questions
    assert (english.id, english.kind, english.filter.language) == ("en/q1", "en", "en")
    assert (spanish.id, spanish.kind, spanish.filter.language) == ("es/q1", "es", "es")
    assert english.text == "When did it shut?"
    assert [(span.start, span.text) for span in spanish.gold] == [(18, "mediodía")]
    assert spanish.gold[0].article == dataset.articles[2]


def test_each_distinct_answer_of_xquad_is_gold_once(tmp_path: Path) -> None:
    answers = [(20, "noon"), (20, "noon"), (17, "at noon")]
    xquad_file(tmp_path, "en", (HARBOUR, [asked("q1", *answers)]))
    (question,) = read_xquad(tmp_path).questions
    assert [(span.start, span.end) for span in question.gold] == [(20, 24), (17, 24)]
    assert question.answers == ("noon", "at noon")


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (asked("q1", (19, "noon")), "at 19 stands ' noo', not the answer 'noon'"),
        (asked("q1", (40, "noon")), "span 40:44 is not inside xquad.en.json#1"),
        (asked("q1", (-4, "noon")), "span -4:0 is not inside"),
        (asked("q1"), "question q1 has no answer"),
        ({"id": "q1", "question": "When?"}, "there is no 'answers'"),
    ],
)
def test_a_wrong_question_of_xquad_is_named_by_its_paragraph(
    tmp_path: Path, question: dict[str, Any], message: str
) -> None:
    xquad_file(tmp_path, "en", (HARBOUR, [question]))
    with pytest.raises(InputError, match=rf"xquad\.en\.json, paragraph 1: not as XQuAD has it: .*{message}"):
        read_xquad(tmp_path)


@pytest.mark.parametrize("written", ["{oops", "[]", '{"data": [{"paragraphs": [1]}]}', '{"data": 3}'])
def test_a_file_of_another_form_is_not_xquad(tmp_path: Path, written: str) -> None:
    (tmp_path / "xquad.en.json").write_text(written, encoding="utf-8")
    with pytest.raises(InputError, match=r"xquad\.en\.json: not as XQuAD has it") as caught:
        read_xquad(tmp_path)
    assert "\n" not in str(caught.value)


def test_two_questions_of_xquad_with_one_id_are_refused(tmp_path: Path) -> None:
    xquad_file(tmp_path, "en", (HARBOUR, [asked("q1", (20, "noon")), asked("q1", (4, "harbour"))]))
    with pytest.raises(InputError, match="two questions share an id"):
        read_xquad(tmp_path)


def test_a_folder_without_files_of_xquad_says_how_they_are_called(tmp_path: Path) -> None:
    (tmp_path / "xquad.english.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"not XQuAD, whose files are called xquad\.LL\.json"):
        read_xquad(tmp_path)


def test_the_whole_of_xquad_is_read() -> None:
    folder = shared_folder("data/xquad")
    dataset = read_xquad(folder)
    assert Counter(article.language for article in dataset.articles) == {"en": 240, "es": 120, "ar": 120}
    assert Counter(question.kind for question in dataset.questions) == {"en": 1190, "es": 612, "ar": 612}
    assert all(len(question.gold) == 1 for question in dataset.questions)
    questions = {question.id: question for question in dataset.questions}
    known = [questions[f"{language}/56beb4343aeaaa14008c925b"] for language in ("en", "es", "ar")]
    assert [question.gold[0].text for question in known] == ["308", "308", "308"]
    assert known[0].gold[0].article.title == "Super Bowl 50"
    assert dataset.digest == read_xquad(folder).digest


def test_gold_of_squad2_are_the_answers_that_stand_once(tmp_path: Path) -> None:
    twice = "A dog met a dog and a cat."
    dataset = read_squad2_sample(
        squad2_folder(
            tmp_path,
            ("one", HARBOUR, ["noon", "noon", "at noon", "o"], False),
            ("two", twice, ["dog"], False),
            ("three", twice, ["a cat", "absent"], False),
            ("four", HARBOUR, [""], True),
        )
    )
    assert [(article.key, article.text) for article in dataset.articles] == [
        ("queries.json#1", HARBOUR),
        ("queries.json#2", twice),
    ]
    found = {
        question.id: [(span.start, span.text) for span in question.gold] for question in dataset.questions
    }
    assert found == {"one": [(20, "noon"), (17, "at noon")], "three": [(20, "a cat")], "four": []}
    assert [question.kind for question in dataset.questions] == ["answerable", "answerable", "unanswerable"]
    assert dataset.questions[0].answers == ("noon", "at noon", "o")
    assert "1 left out" in dataset.description


def test_an_answer_that_overlaps_itself_stands_twice(tmp_path: Path) -> None:
    dataset = read_squad2_sample(squad2_folder(tmp_path, ("one", "They sang lalala.", ["lala"], False)))
    assert dataset.questions == ()


@pytest.mark.parametrize(
    ("answers", "impossible"),
    [(["noon"], True), ([], False), ([""], False)],
)
def test_a_question_of_squad2_is_either_answered_or_impossible(
    tmp_path: Path, answers: list[str], impossible: bool
) -> None:
    folder = squad2_folder(tmp_path, ("one", HARBOUR, answers, impossible))
    with pytest.raises(InputError, match="question one must have answers or is_impossible, and not both"):
        read_squad2_sample(folder)


def test_a_question_of_squad2_without_its_truth_is_named(tmp_path: Path) -> None:
    folder = squad2_folder(tmp_path, ("one", HARBOUR, ["noon"], False))
    (folder / "ground_truth.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"not as the sample of SQuAD 2\.0 has it: there is no 'one'"):
        read_squad2_sample(folder)


def test_the_sample_of_squad2_is_two_files(tmp_path: Path) -> None:
    (tmp_path / "queries.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"not the sample of SQuAD 2\.0"):
        read_squad2_sample(tmp_path)


def test_the_whole_sample_of_squad2_is_read() -> None:
    dataset = read_squad2_sample(shared_folder("data/squad2_sample500"))
    assert len(dataset.articles) == 411
    assert Counter(question.kind for question in dataset.questions) == {
        "answerable": 222,
        "unanswerable": 258,
    }
    assert "20 left out" in dataset.description
    assert all(question.answerable == (question.kind == "answerable") for question in dataset.questions)
