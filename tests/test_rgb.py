import json
from pathlib import Path
from typing import Any

import pytest

from evals.datasets import read_rgb, read_rgb_rejection
from index.errors import InputError

SHUT = "Feb 3, 2031 ... The port of Elmar shut on February 3, 2031, after the storm."
LATER = "The Elmar port, SHUT since 3 February 2031 and not before, may open soon."
STORM = "A storm was seen off Elmar in winter. Boats stayed in the port."
FERRY = "Elmar has two ferries a day, in summer 31."


def row(id: int = 0, **changes: Any) -> dict[str, Any]:
    return {
        "id": id,
        "query": "When did the port of Elmar shut? ",
        "answer": [["February 3, 2031", "3 February 2031", "Feb 3, 2031"]],
        "positive": [SHUT, LATER],
        "negative": [STORM, FERRY],
        **changes,
    }


def rgb_folder(folder: Path, **files: list[Any]) -> Path:
    for name, rows in files.items():
        lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows)
        (folder / f"{name}.json").write_text(lines, encoding="utf-8")
    return folder


def test_a_piece_of_rgb_is_an_article_and_any_wording_in_a_positive_one_is_gold(tmp_path: Path) -> None:
    dataset = read_rgb(rgb_folder(tmp_path, en=[row()]))
    assert [(article.key, article.title, article.text) for article in dataset.articles] == [
        ("en.json#1/positive/1", "", SHUT),
        ("en.json#1/positive/2", "", LATER),
        ("en.json#1/negative/1", "", STORM),
        ("en.json#1/negative/2", "", FERRY),
    ]
    (question,) = dataset.questions
    assert (question.id, question.kind) == ("en/0", "noise robustness")
    assert question.text == "When did the port of Elmar shut?"
    assert [(span.article.key[-1], span.start, span.text) for span in question.gold] == [
        ("1", 42, "February 3, 2031"),
        ("1", 0, "Feb 3, 2031"),
        ("2", 27, "3 February 2031"),
    ]
    assert question.answers == ("February 3, 2031", "3 February 2031", "Feb 3, 2031")
    assert "left out are 0 empty pieces and 0 questions" in dataset.description


def test_an_answer_of_rgb_is_found_as_whole_words_in_positive_pieces_alone(tmp_path: Path) -> None:
    rows = [
        row(answer="shut"),
        row(
            1, answer=["203"], positive=["203,000 came, 1203 of them early, 3.203 and 203.5 too: 203 in all."]
        ),
        row(2, answer="ferries"),
    ]
    dataset = read_rgb(rgb_folder(tmp_path, en=rows))
    found = {question.id: [span.text for span in question.gold] for question in dataset.questions}
    assert found == {"en/0": ["shut", "SHUT"], "en/1": ["203"]}
    assert dataset.questions[1].gold[0].start == 55
    assert "0 empty pieces and 1 questions whose answer stands in no positive one" in dataset.description


def test_empty_pieces_are_counted(tmp_path: Path) -> None:
    folder = rgb_folder(tmp_path, en=[row(positive=["", SHUT], negative=[" ", STORM])])
    dataset = read_rgb(folder)
    assert [article.key for article in dataset.articles] == ["en.json#1/positive/2", "en.json#1/negative/2"]
    assert "left out are 2 empty pieces and 0 questions" in dataset.description
    assert "left out are 2 empty pieces and 0 which" in read_rgb_rejection(folder).description


def test_a_piece_of_two_questions_is_one_article(tmp_path: Path) -> None:
    rows = [
        row(),
        row(1, query="How many ferries are there?", answer="two", positive=[FERRY], negative=[SHUT]),
    ]
    dataset = read_rgb(rgb_folder(tmp_path, en=rows))
    assert len(dataset.articles) == 4
    assert dataset.questions[1].gold[0].article == dataset.articles[3]


def test_the_mended_file_comes_before_the_first_and_questions_of_two_parts_beside_it(tmp_path: Path) -> None:
    parts = row(
        query="When did the port shut, and how many ferries are there?",
        answer=[["3 February 2031", "February 3, 2031"], "two"],
        answer1=["3 February 2031"],
        answer2=["two"],
        positive=[[SHUT], [FERRY]],
        negative=[STORM],
    )
    dataset = read_rgb(rgb_folder(tmp_path, en=[row(7)], en_refine=[row()], en_int=[parts]))
    assert [(question.id, question.kind) for question in dataset.questions] == [
        ("en_refine/0", "noise robustness"),
        ("en_int/0", "information integration"),
    ]
    assert [span.text for span in dataset.questions[1].gold] == ["February 3, 2031", "two"]
    assert dataset.digest != read_rgb(rgb_folder(tmp_path, en_int=[row()])).digest


def test_negative_rejection_has_the_pieces_that_answer_no_question(tmp_path: Path) -> None:
    rows = [
        row(),
        row(1, query="How many ferries are there?", answer="two", positive=[FERRY], negative=[STORM]),
    ]
    dataset = read_rgb_rejection(rgb_folder(tmp_path, en_refine=rows))
    assert [article.text for article in dataset.articles] == [STORM]
    assert [(question.id, question.kind, question.gold) for question in dataset.questions] == [
        ("en_refine/0", "negative rejection", ()),
        ("en_refine/1", "negative rejection", ()),
    ]
    assert "0 empty pieces and 1 which answer another question" in dataset.description


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row(answer=[["two", 2]]), "'answer' holds 2, which is no text"),
        (row(positive=[SHUT, None]), "'positive' holds None, which is no text"),
        (row(query=None), "'query' must be a text, not null"),
        ({"id": 1, "query": "Why?", "answer": "so", "positive": []}, "there is no 'negative'"),
        (["Why?"], "a field is of another type"),
    ],
)
def test_a_wrong_line_of_rgb_is_named(tmp_path: Path, wrong: Any, message: str) -> None:
    folder = rgb_folder(tmp_path, en=[row(), wrong])
    for read in (read_rgb, read_rgb_rejection):
        with pytest.raises(InputError, match=rf"en\.json, line 2: not as RGB has it: .*{message}") as caught:
            read(folder)
        assert "\n" not in str(caught.value)


def test_two_questions_of_rgb_with_one_id_and_a_folder_without_its_files_are_refused(tmp_path: Path) -> None:
    for read in (read_rgb, read_rgb_rejection):
        with pytest.raises(InputError, match=r"not RGB, .* en_refine\.json"):
            read(tmp_path)
    rgb_folder(tmp_path, en_int=[row()])
    with pytest.raises(
        InputError, match=r"not RGB, whose questions to refuse are in en_refine\.json or en\.json"
    ):
        read_rgb_rejection(tmp_path)
    rgb_folder(tmp_path, en=[row(), row()])
    for read in (read_rgb, read_rgb_rejection):
        with pytest.raises(InputError, match="two questions share an id"):
            read(tmp_path)
