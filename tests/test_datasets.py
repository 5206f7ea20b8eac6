import json
from pathlib import Path
from typing import Any

import pytest

from evals.datasets import read_hard_questions, read_onestop_qa, read_own, read_sample, read_shipped_sample
from evals.evaluations import EVALUATIONS, run_evaluation
from index.errors import InputError

SHARED = Path(__file__).parents[2] / "shared" / "data" / "onestop_qa"
needs_onestop_qa = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no OneStopQA at {SHARED}")

ONESTOP_ARTICLE = """\
# Title
Rain at Last

# Paragraph

Adv: It <A1>rained <D2>in the north</A1> and</D2> <A2><A3>nobody</A3> came</A2>, <A1>they said</A1>.

Int: It rained.

Ele: Rain.

Q: Where did it rain?
a: In the north
b: In the south
c: Nowhere
d: Everywhere

Q: What happened?
a: Nobody came
b: Somebody came
c: All came
d: Nothing

Q2: Who came?
a: Nobody
b: Somebody
c: All
d: The north

# Paragraph

Adv: <A1>The sun</A1> <A2>shone</A2> <A3>later</A3>.

Int: Sun.

Ele: Sun.

Q: What shone?
a: The sun
b: -
c: -
d: -

Q: What did it do?
a: Shine
b: -
c: -
d: -

Q1: When?
a: Later
b: -
c: -
d: -
"""


def onestop_folder(tmp_path: Path, written: str = ONESTOP_ARTICLE) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "rain.txt").write_text(written, encoding="utf-8")
    return tmp_path


def test_a_onestop_article_is_its_advanced_paragraphs_without_marks(tmp_path: Path) -> None:
    dataset = read_onestop_qa(onestop_folder(tmp_path))
    (article,) = dataset.articles
    assert article.title == "Rain at Last"
    assert article.text == "It rained in the north and nobody came, they said.\n\nThe sun shone later."
    assert article.language == "en"


def test_onestop_gold_is_what_the_marks_stood_around(tmp_path: Path) -> None:
    dataset = read_onestop_qa(onestop_folder(tmp_path))
    found = [(question.id, [span.text for span in question.gold]) for question in dataset.questions]
    assert found == [
        ("rain/1/1", ["rained in the north", "they said"]),
        ("rain/1/2", ["nobody came"]),
        ("rain/1/3", ["nobody"]),
        ("rain/2/1", ["The sun"]),
        ("rain/2/2", ["shone"]),
        ("rain/2/3", ["later"]),
    ]
    assert [question.answers for question in dataset.questions][:2] == [("In the north",), ("Nobody came",)]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("</A3>", "", "never closed"),
        ("<A3>", "", "opens or closes twice"),
        ("<A2><A3>nobody</A3> came</A2>", "<A3>nobody</A3> came", "no critical span .* 'What happened"),
        ("Q2: Who came?", "Who came?", "needs an Adv text and 3 questions"),
        ("# Title\nRain at Last", "", "no title"),
        ("# Paragraph", "# Section", "no paragraph"),
    ],
)
def test_a_damaged_onestop_article_is_named(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in ONESTOP_ARTICLE
    folder = onestop_folder(tmp_path, ONESTOP_ARTICLE.replace(right, wrong))
    with pytest.raises(InputError, match=rf"rain\.txt: not an article of OneStopQA: .*{message}"):
        read_onestop_qa(folder)


@needs_onestop_qa
def test_the_whole_of_onestop_qa_is_read() -> None:
    dataset = read_onestop_qa(SHARED)
    assert len(dataset.articles) == 15
    assert sum(len(article.text.split("\n\n")) for article in dataset.articles) == 85
    assert len(dataset.questions) == 255
    assert all(question.answerable for question in dataset.questions)
    assert sum(len(question.gold) > 1 for question in dataset.questions) == 7
    assert not any(mark in article.text for article in dataset.articles for mark in "<>")
    assert dataset.digest == read_onestop_qa(SHARED).digest


@needs_onestop_qa
def test_a_onestop_question_known_by_eye() -> None:
    questions = {question.id: question for question in read_onestop_qa(SHARED).questions}
    question = questions["Inky-the-octopus-escapes-from-aquarium/1/1"]
    assert question.text == "Why does Yarrell mention that octopuses live alone?"
    assert question.answers == ("To provide evidence that Inky did not escape because he was lonely",)
    (gold,) = question.gold
    assert gold.text == (
        "“Octopuses are famous escape artists. I don’t think he was unhappy with us, or lonely, "
        "as octopuses are solitary creatures."
    )


@needs_onestop_qa
def test_the_third_onestop_question_overlaps_the_one_its_heading_names() -> None:
    dataset = read_onestop_qa(SHARED)
    gold = {question.id: question.gold for question in dataset.questions}
    for question in dataset.questions:
        paragraph, _, number = question.id.rpartition("/")
        if number == "3":
            others = [*gold[f"{paragraph}/1"], *gold[f"{paragraph}/2"]]
            assert any(mine.overlaps(other) for mine in question.gold for other in others)


def sample_folder(tmp_path: Path, *rows: dict[str, Any]) -> tuple[Path, Path]:
    articles = tmp_path / "articles"
    articles.mkdir()
    flood = "Flood in Elmar\n\nThe river rose by two metres. Nobody was hurt, the mayor said.\n"
    (articles / "flood.txt").write_text(flood, encoding="utf-8")
    wires = [
        {
            "title": "Strike",
            "text": "Drivers in Porto Velo stopped work on Monday, the union said.",
            "url": "https://wire.example/1",
        },
        {
            "title": "Talks",
            "text": "Talks began on Tuesday in Porto Velo. Talks began again later.",
            "url": "https://wire.example/2",
        },
    ]
    (articles / "wires.jsonl").write_text(
        "".join(json.dumps(wire) + "\n" for wire in wires), encoding="utf-8"
    )
    questions = tmp_path / "questions.jsonl"
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return articles, questions


ROSE = {"article": "flood.txt", "quote": "rose by two metres"}
DENIED = {"article": "flood.txt", "quote": "Nobody was hurt"}


def row(**changes: Any) -> dict[str, Any]:
    gold = [{"article": "flood.txt", "quote": "rose by two metres"}]
    return {"id": "q1", "question": "How far did the river rise?", "kind": "simple", "gold": gold, **changes}


def test_a_question_of_the_sample_has_the_span_of_its_quote(tmp_path: Path) -> None:
    dataset = read_sample(*sample_folder(tmp_path, row(answers=["two metres"])))
    (question,) = dataset.questions
    assert [span.text for span in question.gold] == ["rose by two metres"]
    assert question.answers == ("two metres",)
    assert question.answerable
    assert len(dataset.articles) == 3


def test_a_row_of_a_file_is_named_by_its_number(tmp_path: Path) -> None:
    gold = [{"article": "wires.jsonl#2", "quote": "Talks began on Tuesday"}]
    (question,) = read_sample(*sample_folder(tmp_path, row(gold=gold))).questions
    assert question.gold[0].article.title == "Talks"


def test_a_question_without_gold_is_unanswerable_and_filters_and_history_are_kept(tmp_path: Path) -> None:
    history = [{"question": "Was there a flood?", "answer": "Yes."}]
    asked = row(gold=[], outlet="Elmar Post", since="2026-01-01", history=history)
    (question,) = read_sample(*sample_folder(tmp_path, asked)).questions
    assert not question.answerable
    assert question.filter.outlet == ("Elmar Post",)
    assert question.filter.since == "2026-01-01"
    assert [(turn.question, turn.answer) for turn in question.history] == [("Was there a flood?", "Yes.")]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"gold": [{"article": "flood.txt", "quote": "fell"}]}, "'fell' stands 0 times in flood.txt"),
        ({"gold": [{"article": "wires.jsonl#2", "quote": "Talks began"}]}, "stands 2 times"),
        ({"gold": [{"article": "flood.txt", "quote": ""}]}, "must stand once"),
        ({"gold": [{"article": "snow.txt", "quote": "fell"}]}, "there is no article 'snow.txt'"),
        ({"until": "yesterday"}, "until 'yesterday' is not a date"),
        ({"hint": "flood"}, "unknown field hint"),
        ({"gold": [{"article": "flood.txt", "start": 3}]}, 'a place needs an "article" and a "quote", or'),
        ({"gold": [{"quote": "fell"}]}, "a place needs an"),
        ({"gold": ["fell"]}, "gold must be a list of places, each an object"),
        ({"gold": {"article": "flood.txt"}}, "gold must be a list of places"),
        ({"gold": [{"article": ["flood.txt"], "quote": "fell"}]}, "'article' must be a text, not "),
        ({"gold": [{"article": "flood.txt", "quote": 3}]}, "'quote' must be a text, not 3"),
        ({"gold": [{"article": "flood.txt", "start": 3, "end": 3}]}, "span 3:3 is not inside"),
        ({"gold": [{"article": "flood.txt", "start": -1, "end": 3}]}, "span -1:3 is not inside"),
        ({"gold": [{"article": "flood.txt", "start": 3, "end": 999}]}, "span 3:999 is not inside"),
        ({"gold": [{"article": "flood.txt", "start": "3", "end": 9}]}, "'3' and 9 must be whole numbers"),
        ({"gold": [{"article": "flood.txt", "start": 3, "end": 9.0}]}, "3 and 9.0 must be whole numbers"),
        ({"gold": [{"article": "flood.txt", "start": True, "end": 9}]}, "True and 9 must be whole numbers"),
        ({"gold": [{"article": "snow.txt", "start": 3, "end": 9}]}, "there is no article 'snow.txt'"),
        ({"question": 3}, "'question' must be a text, not 3"),
        ({"question": " "}, "the question is empty"),
        ({"kind": None}, "'kind' must be a text, not null"),
        ({"language": 5}, "'language' must be a text, not 5"),
        ({"answers": "two metres"}, "answers must be a list of texts"),
        ({"history": [{"answer": "Yes."}]}, "an exchange in history has a "),
        ({"history": ["Yes."]}, "history must be a list of objects"),
        ({"sides": [[ROSE]]}, "sides must be two or more, each with a place"),
        ({"sides": [[ROSE], []]}, "sides must be two or more, each with a place"),
        ({"sides": [ROSE, ROSE]}, "sides must be a list of sides, each a list of places"),
        ({"sides": [[ROSE], ["fell"]]}, "a side must be a list of places, each an object"),
        ({"sides": [[ROSE], [{"article": "flood.txt", "quote": "by two"}]]}, "two sides share 'rose by two"),
        ({"sides": [[ROSE], [{"article": "flood.txt", "quote": "fell"}]]}, "'fell' stands 0 times"),
        ({"outlet": [3]}, "outlet must be a list of texts"),
        ({"wrong": ROSE}, "wrong must be a list of objects"),
        ({"wrong": ["fell"]}, "wrong must be a list of objects"),
        ({"wrong": [{"article": "flood.txt", "quote": "fell"}]}, "'fell' stands 0 times"),
        ({"wrong": [{}]}, "a place needs an"),
        ({"wrong": [{"refused": False}]}, 'refusing is wrong is said as {"refused": true}'),
        ({"wrong": [{"refused": True, **ROSE}]}, 'refusing is wrong is said as {"refused": true}'),
        ({"wrong": [{"sentence": " "}]}, "a wrong sentence is empty"),
        ({"wrong": [{"sentence": 3}]}, "'sentence' must be a text, not 3"),
        ({"wrong": [{"sentence": "It fell.", "by": 2}]}, 'a wrong sentence has a "sentence", and "on"'),
        ({"wrong": [{"sentence": "It fell.", "on": ROSE}]}, "on must be a list of places, each an object"),
    ],
)
def test_a_wrong_question_of_the_sample_is_named(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=rf"questions\.jsonl, line 1, question 'q1': .*{message}") as caught:
        read_sample(*sample_folder(tmp_path, row(**changes)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("id", [7, ["q1"], None])
def test_an_id_of_the_sample_is_a_text(tmp_path: Path, id: object) -> None:
    with pytest.raises(InputError, match=r"questions\.jsonl, line 1, question .*: 'id' must be a text"):
        read_sample(*sample_folder(tmp_path, row(id=id)))


def test_sides_are_gold_and_gold_may_be_left_out(tmp_path: Path) -> None:
    others = [{"article": "wires.jsonl#2", "quote": "began on Tuesday"}, DENIED]
    disputed = row(sides=[[ROSE], others])
    del disputed["gold"]
    more = [{"article": "flood.txt", "quote": "The river"}, ROSE]
    (alone, beside) = read_sample(
        *sample_folder(tmp_path, disputed, row(id="q2", sides=[[ROSE], [DENIED]], gold=more))
    ).questions
    assert [[span.text for span in side] for side in alone.sides] == [
        ["rose by two metres"],
        ["began on Tuesday", "Nobody was hurt"],
    ]
    assert alone.gold == (*alone.sides[0], *alone.sides[1])
    assert [span.text for span in beside.gold] == ["The river", "rose by two metres", "Nobody was hurt"]


def test_what_is_wrong_stands_beside_gold_or_alone(tmp_path: Path) -> None:
    wrong = [DENIED, {"sentence": "It fell.", "on": [ROSE]}, {"sentence": "It fell."}, {"refused": True}]
    alone = row(id="q2", wrong=wrong, outlet=["Elmar Post", "Sandholm Times"])
    del alone["gold"]
    beside, without = read_sample(*sample_folder(tmp_path, row(wrong=wrong), alone)).questions
    assert beside.wrong == without.wrong
    assert [(one.sentence, [span.text for span in one.places]) for one in beside.wrong] == [
        ("", ["Nobody was hurt"]),
        ("It fell.", ["rose by two metres"]),
        ("It fell.", []),
        ("", []),
    ]
    assert (beside.answerable, beside.unanswerable) == (True, False)
    assert (without.answerable, without.unanswerable) == (False, False)
    assert without.filter.outlet == ("Elmar Post", "Sandholm Times")


def test_a_line_of_the_sample_is_cut_at_line_feeds_alone(tmp_path: Path) -> None:
    articles, questions = sample_folder(tmp_path)
    asked = [row(question="How far did\u2028the river\x85rise?"), row(id="q2")]
    lines = [json.dumps(each, ensure_ascii=False) for each in asked]
    questions.write_bytes("\r\n".join([lines[0], "", lines[1]]).encode())
    assert [question.text for question in read_sample(articles, questions).questions] == [
        "How far did\u2028the river\x85rise?",
        "How far did the river rise?",
    ]


def test_two_articles_of_one_name_are_refused(tmp_path: Path) -> None:
    articles, questions = sample_folder(tmp_path, row())
    (articles / "old").mkdir()
    (articles / "old" / "flood.txt").write_text(
        "Flood in Elmar\n\nNobody came to see it.\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"two articles are called flood\.txt: .*old/flood\.txt"):
        read_sample(articles, questions)


def test_articles_and_questions_of_ones_own(tmp_path: Path) -> None:
    articles, questions = sample_folder(tmp_path)
    text = (articles / "flood.txt").read_text(encoding="utf-8")
    asked = [
        {"question": "What rose?", "gold": [{"article": "flood.txt", "start": 0, "end": 9}]},
        {"question": "Who sang?", "gold": []},
    ]
    questions.write_text("\n".join(json.dumps(each) for each in asked), encoding="utf-8")

    dataset = read_own(tmp_path)

    assert dataset.name == "own"
    assert [(each.id, each.kind, each.answerable) for each in dataset.questions] == [
        ("1", "question", True),
        ("2", "question", False),
    ]
    assert text[:9] == dataset.questions[0].gold[0].text
    questions.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="is empty: there is nothing to ask"):
        read_own(tmp_path)
    with pytest.raises(InputError, match="not articles with questions"):
        read_own(tmp_path / "nowhere")


def test_two_questions_of_the_sample_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2, question 'q1': an earlier question has the same id 'q1'"):
        read_sample(*sample_folder(tmp_path, row(), row()))


def test_the_number_of_a_line_can_be_the_id_of_another_question(tmp_path: Path) -> None:
    unnamed = row()
    del unnamed["id"]
    with pytest.raises(InputError, match=r"line 2: an earlier question has the same id '2'"):
        read_sample(*sample_folder(tmp_path, row(id="2"), unnamed))


def test_a_question_that_lacks_a_field_or_is_not_json_is_named_by_its_line(tmp_path: Path) -> None:
    articles, questions = sample_folder(tmp_path, {"question": "Why?", "kind": "simple"})
    with pytest.raises(InputError, match=r"questions\.jsonl, line 1: it lacks gold, sides or wrong"):
        read_sample(articles, questions)
    questions.write_text("[1]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"questions\.jsonl, line 1: a question is an object"):
        read_sample(articles, questions)
    questions.write_text("\n{oops\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"questions\.jsonl, line 2: not JSON"):
        read_sample(articles, questions)


def test_the_digest_changes_with_what_is_read(tmp_path: Path) -> None:
    articles, questions = sample_folder(tmp_path, row())
    before = read_sample(articles, questions).digest
    assert before == read_sample(articles, questions).digest
    flood = articles / "flood.txt"
    flood.write_bytes(flood.read_bytes() + b"\nIt rained again on the next day.\n")
    assert read_sample(articles, questions).digest != before


def test_the_shipped_sample_is_whole() -> None:
    dataset = read_shipped_sample()
    assert len(dataset.articles) >= 16
    assert len(dataset.questions) >= 40
    assert any(not question.answerable for question in dataset.questions)


def test_an_unknown_evaluation_names_those_there_are() -> None:
    with pytest.raises(InputError, match=r"no evaluation 'onestop'; there are: sample, .*onestop_qa"):
        run_evaluation("onestop")


def test_data_is_asked_for_where_it_is_needed_and_refused_where_it_is_not(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs --data FOLDER; get it from https"):
        run_evaluation("onestop_qa")
    with pytest.raises(InputError, match="takes no --data"):
        run_evaluation("sample", tmp_path)


def test_a_folder_that_is_not_the_dataset_is_refused_in_one_line(tmp_path: Path) -> None:
    for name in (entry.name for entry in EVALUATIONS.values() if entry.where):
        for folder in (tmp_path, tmp_path / "missing"):
            with pytest.raises(InputError, match="not ") as caught:
                run_evaluation(name, folder)
            assert "\n" not in str(caught.value)


def test_every_evaluation_says_what_it_measures_and_holds() -> None:
    assert all(entry.measures for entry in EVALUATIONS.values())
    assert all(entry.holds and entry.licence for entry in EVALUATIONS.values())


def test_what_ships_holds_as_many_questions_as_its_evaluation_says() -> None:
    for dataset in (read_shipped_sample(), read_hard_questions()):
        entry = EVALUATIONS[dataset.name]
        assert entry.holds == f"{len(dataset.questions):,} questions on {len(dataset.articles)} articles"
        assert entry.licence == dataset.licence
