import json
from pathlib import Path
from typing import Any

import pytest

from evals.datasets import read_realtimeqa
from index.errors import InputError

PAGE = "https://post.example/2031/06/12/flood.html"
FLOOD = "The Elmar rose by Two\nmetres on Sunday, the mayor said. Nobody was hurt.\n\nTwo metres is a record."
OTHER = "It has been two metres deep since spring. Divers call the harbour shallow."


def result(url: str = PAGE, text: str = FLOOD, **changes: Any) -> dict[str, Any]:
    return {
        "url": url,
        "title": "Flood in Elmar - Post",
        "text": text,
        "authors": ["Ada Writer", "Bo Author"],
        "publish_date": "2031/06/12",
        **changes,
    }


def question(id: str = "20310617_0", **changes: Any) -> dict[str, Any]:
    return {
        "question_id": id,
        "question_date": "2031/06/16",
        "question_source": "Quiz",
        "question_url": "https://quiz.example/2031-06-16",
        "question_sentence": "How far did the Elmar rise this week? ",
        "choices": ["One metre", "“Two metres”", "Three metres", "Not at all"],
        "answer": ["1"],
        "evidence": "",
        **changes,
    }


def search(*results: dict[str, Any], id: str = "20310617_0", **changes: Any) -> dict[str, Any]:
    return {"question_id": id, "search_time": "2031/06/17/16:34", "search_result": list(results), **changes}


def week(folder: Path, questions: list[Any], searches: list[Any] | None, day: str = "20310617") -> Path:
    for name, rows in (("qa", questions), ("gcs", searches)):
        if rows is not None:
            lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows)
            (folder / f"{day}_{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_a_result_is_an_article_and_gold_is_where_the_right_choice_stands(tmp_path: Path) -> None:
    dataset = read_realtimeqa(
        week(tmp_path, [question()], [search(result(), result("https://b.example", OTHER))])
    )
    article, other = dataset.articles
    assert (article.key, article.url, article.text) == ("20310617_gcs.jsonl#1/1", PAGE, FLOOD)
    assert (article.title, article.author) == ("Flood in Elmar - Post", "Ada Writer, Bo Author")
    assert (article.published, article.language, article.outlet) == ("2031-06-12", "en", "")
    (asked,) = dataset.questions
    assert (asked.id, asked.kind) == ("20310617_0", "Quiz")
    assert asked.text == "How far did the Elmar rise this week?"
    assert asked.answers == ("“Two metres”",)
    assert asked.filter.until == "2031-06-17"
    assert [(span.article.id, span.start, span.text) for span in asked.gold] == [
        (article.id, 18, "Two\nmetres"),
        (article.id, 74, "Two metres"),
        (other.id, 12, "two metres"),
    ]


def test_an_article_that_the_quiz_links_to_comes_before_others_that_were_found(tmp_path: Path) -> None:
    evidence = f'It rose by <a href="{PAGE}#:~:text=rose&amp;so">two metres</a> in a night.'
    rows = [search(result("https://b.example", OTHER), result())]
    dataset = read_realtimeqa(week(tmp_path, [question(evidence=evidence)], rows))
    assert {span.article.url for span in dataset.questions[0].gold} == {PAGE}
    rows = [search(result("https://b.example", OTHER))]
    dataset = read_realtimeqa(week(tmp_path, [question(evidence=evidence)], rows))
    assert {span.article.url for span in dataset.questions[0].gold} == {"https://b.example"}


def test_a_sentence_of_the_quiz_is_gold_where_it_stands(tmp_path: Path) -> None:
    evidence = "Divers call the <b>harbour</b> shallow. It did! It rained on for many days &amp; nights."
    asked = question(choices=["Yes", "No"], answer=["0"], evidence=evidence)
    dataset = read_realtimeqa(
        week(tmp_path, [asked], [search(result(text=f"It did! {OTHER}"), result(text=FLOOD))])
    )
    assert [span.text for span in dataset.questions[0].gold] == ["Divers call the harbour shallow."]


def test_what_is_later_than_the_search_or_of_no_known_day_is_no_gold(tmp_path: Path) -> None:
    rows = [search(result(publish_date="2031/06/18"), result("https://b.example", OTHER, publish_date=""))]
    dataset = read_realtimeqa(week(tmp_path, [question()], rows))
    assert [article.published for article in dataset.articles] == ["2031-06-18", ""]
    assert dataset.questions == ()
    assert "1 questions whose answer stands in no result" in dataset.description


def test_weeks_in_folders_are_read_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    (tmp_path / "2031").mkdir()
    dead = {"url": "https://dead.example", "title": "Gone"}
    first = [search(result(), dead, result("https://c.example", " "))]
    week(tmp_path / "2031", [question()], first)
    later = [question("20310624_0"), question("20310624_1", choices=["Dry", "Wet"])]
    found = [search(result(), id="20310624_0"), search(result(PAGE, f"{FLOOD} So."), id="20310624_1")]
    week(tmp_path, later, found, day="20310624")
    week(tmp_path, [question("20310701_0")], None, day="20310701")
    week(tmp_path, [question("20310617_0_nota")], None, day="20310617_qa_nota")

    dataset = read_realtimeqa(tmp_path)

    assert [asked.id for asked in dataset.questions] == ["20310617_0", "20310624_0"]
    assert [article.text for article in dataset.articles] == [FLOOD, f"{FLOOD} So."]
    assert "1 weeks without results, 2 results without text and 1 questions" in dataset.description
    assert dataset.digest == read_realtimeqa(tmp_path).digest


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (question(answer=["4"]), r"the answer \['4'\] is none of 4 choices, counted from 0"),
        (question(answer=["-1"]), "is none of 4 choices"),
        (question(answer=[]), "is none of 4 choices"),
        (question(answer=["Two"]), "invalid literal"),
        (question(choices=[1, 2]), "a field is of another type"),
        (question(evidence=None), "'evidence' must be a text, not null"),
        (question("20310617_1"), "20310617_gcs.jsonl has no results for the question 20310617_1"),
        ({"question_id": "20310617_0"}, "there is no 'choices'"),
        ("Why?", "a field is of another type"),
    ],
)
def test_a_wrong_question_of_realtimeqa_is_named_by_its_line(
    tmp_path: Path, wrong: Any, message: str
) -> None:
    folder = week(tmp_path, [question(), wrong], [search(result())])
    with pytest.raises(
        InputError, match=rf"20310617_qa\.jsonl, line 2: not as RealTime QA .*{message}"
    ) as caught:
        read_realtimeqa(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (search(result(publish_date="June 12")), "'June 12' is no day, as 2022/06/17 is"),
        (search(result(), search_time="soon"), "'soon' is no day"),
        (search(result(text=3)), "'text' must be a text, not 3"),  # type: ignore[arg-type]
        (search({"text": FLOOD}), "there is no 'title'"),
        ({"question_id": "20310617_1"}, "there is no 'search_result'"),
        ([1], "a field is of another type"),
    ],
)
def test_a_wrong_result_of_realtimeqa_is_named_by_its_line(tmp_path: Path, wrong: Any, message: str) -> None:
    folder = week(tmp_path, [question()], [search(result()), wrong])
    with pytest.raises(
        InputError, match=rf"20310617_gcs\.jsonl, line 2: not as RealTime QA has it: .*{message}"
    ):
        read_realtimeqa(folder)


def test_a_folder_without_weeks_and_two_questions_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"not RealTime QA, whose weeks are two files, as 20220617_qa\.jsonl"
    ):
        read_realtimeqa(tmp_path)
    with pytest.raises(InputError, match="two questions share an id"):
        read_realtimeqa(week(tmp_path, [question(), question()], [search(result())]))
