import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import InputError
from index.schema import Filter
from rag.schema import Turn
from ui.questions import Asked, read_questions

ANY = Filter()


def read(folder: Path, *lines: str | dict[str, Any], filter: Filter = ANY) -> list[Asked | InputError]:
    file = folder / "questions"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return list(read_questions(file, filter))


def test_text_is_a_question_a_line_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    asked = read(tmp_path, "Who won the cup?", "", "   ", "  ¿Quién ganó?\r", "من فاز؟")
    assert asked == [Asked("Who won the cup?", ANY), Asked("¿Quién ganó?", ANY), Asked("من فاز؟", ANY)]


def test_a_byte_order_mark_is_no_part_of_the_first_question(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_bytes(b"\xef\xbb\xbfWho won?\r\nWho lost?\r\n")
    assert [item.question for item in read_questions(file, ANY) if isinstance(item, Asked)] == [
        "Who won?",
        "Who lost?",
    ]


def test_json_lines_carry_everything_a_question_can_have(tmp_path: Path) -> None:
    row = {
        "id": "q1",
        "question": "And who lost?",
        "outlet": ["Marentine Post", "Velloway Courier"],
        "since": "2031-01-01",
        "until": "2031-12-31",
        "language": "en",
        "as_of": "2031-06-01",
        "history": [{"question": "Who won the cup?", "answer": "Velloway."}, "When was that?"],
    }
    assert read(tmp_path, row) == [
        Asked(
            "And who lost?",
            Filter(["Marentine Post", "Velloway Courier"], "2031-01-01", "2031-12-31", "en"),
            "2031-06-01",
            (Turn("Who won the cup?", "Velloway."), Turn("When was that?")),
        )
    ]


def test_a_row_needs_its_question_alone(tmp_path: Path) -> None:
    bare = {"question": "Who won?"}
    empty = {
        **bare,
        "outlet": None,
        "since": None,
        "until": "",
        "language": None,
        "as_of": "",
        "history": None,
    }
    assert (
        read(tmp_path, bare, empty, {**bare, "outlet": ""}, {**bare, "outlet": []})
        == [Asked("Who won?", ANY)] * 4
    )


def test_text_and_json_may_be_mixed(tmp_path: Path) -> None:
    assert read(tmp_path, "Who won?", {"question": "Who lost?"}) == [
        Asked("Who won?", ANY),
        Asked("Who lost?", ANY),
    ]


def test_what_a_line_says_comes_before_the_options(tmp_path: Path) -> None:
    options = Filter(outlet="Marentine Post", since="2031-01-01", language="en")
    own, silent = read(
        tmp_path,
        {"question": "Who won?", "outlet": "Tessaby Herald", "language": "es"},
        "Who?",
        filter=options,
    )
    assert own == Asked("Who won?", Filter("Tessaby Herald", "2031-01-01", "", "es"))
    assert silent == Asked("Who?", options)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"question": "Who won?"', "this is not JSON"),
        ("{" * 100_000, "this is not JSON"),
        ('{"quest": "Who won?"}', "unknown field 'quest': the fields are as_of, history, language, outlet"),
        ('{"since": "2031-01-01"}', "the question is empty"),
        ('{"question": ""}', "the question is empty"),
        ('{"question": 5}', "question is 5: write it as text"),
        ('{"question": false}', "question is False: write it as text"),
        ('{"question": "Who won?", "outlet": 7}', "outlet is 7: write a name or a list of names"),
        ('{"question": "Who won?", "outlet": ["Post", 7]}', "write a name or a list of names"),
        ('{"question": "Who won?", "since": 2031}', "since is 2031: write it as text"),
        ('{"question": "Who won?", "since": "soon"}', "since 'soon' is not a date: write it as 2026-01-17"),
        ('{"question": "Who won?", "until": "2031-02-30"}', "until '2031-02-30' is not a date"),
        ('{"question": "Who won?", "as_of": "today"}', "as_of 'today' is not a date: write it as 2026-01-17"),
        ('{"question": "Who won?", "history": [3]}', "history holds 3: write"),
        ('{"question": "Who won?", "history": [{"answer": "Velloway."}]}', "history holds {'answer'"),
        ('{"question": "Who won?", "history": ["?"]}', "history holds '?'"),
        ("???", "the question '???' holds no word"),
        ("a" * 100_000, "100,000 characters long; shorten it to 2,000 at most"),
    ],
)
def test_a_bad_line_gives_its_error_and_the_rest_goes_on(tmp_path: Path, line: str, complaint: str) -> None:
    before, error, after = read(tmp_path, "Who won?", line, "Who lost?")
    assert before == Asked("Who won?", ANY)
    assert after == Asked("Who lost?", ANY)
    assert isinstance(error, InputError)
    assert str(error).startswith(f"{tmp_path / 'questions'} line 2: ")
    assert complaint in str(error)
    assert "\n" not in str(error)
    assert len(str(error)) < 500


def test_a_file_that_cant_be_read_is_refused_before_any_question(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing can't be read \(No such file or directory\)"):
        read_questions(tmp_path / "missing", ANY)
    with pytest.raises(InputError, match=r"can't be read \(Is a directory\): give a file of questions"):
        read_questions(tmp_path, ANY)
    (tmp_path / "latin").write_bytes("¿Quién ganó?".encode("latin-1"))
    with pytest.raises(InputError, match=r"latin is not UTF-8 text: save it as UTF-8"):
        read_questions(tmp_path / "latin", ANY)
    (tmp_path / "blank").write_text(" \n\n")
    with pytest.raises(InputError, match=r"blank holds no question: write one a line"):
        read_questions(tmp_path / "blank", ANY)
