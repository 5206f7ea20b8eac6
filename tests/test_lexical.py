"""The lexical side against real tantivy: what is found, what a question's words are, and who sees what."""

import math
import subprocess
import sys
from pathlib import Path

import pytest

from index.lexical import LexicalIndex
from index.schema import Article, Filter, Passage


def passage(key: str, text: str, language: str = "en", title: str = "") -> Passage:
    article = Article(key=key, source=key, text=text, title=title, language=language)
    return Passage(article, 0, len(text))


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    return LexicalIndex(tmp_path / "lexical")


def found(lexical: LexicalIndex, question: str) -> list[str]:
    return list(lexical.search(question, 10, Filter()))


def test_an_empty_index_finds_nothing(lexical: LexicalIndex) -> None:
    assert found(lexical, "rain") == []
    assert lexical.passage_ids() == set()


def test_the_passage_with_more_of_the_question_comes_first(lexical: LexicalIndex) -> None:
    both = passage("both", "The minister resigned over the bridge.")
    one = passage("one", "The minister was tired.")
    lexical.replace((), [one, both, passage("none", "It rained.")])
    scores = lexical.search("Which ministers resigned?", 10, Filter())
    assert list(scores) == [both.id, one.id]
    assert scores[both.id] > scores[one.id] > 0
    assert list(lexical.search("Which ministers resigned?", 1, Filter())) == [both.id]


def test_the_headline_is_searched_with_the_passage(lexical: LexicalIndex) -> None:
    titled = passage("a", "It opened.", title="Bridge at Lindow")
    lexical.replace((), [titled])
    assert found(lexical, "Lindow") == [titled.id]


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("en", "The ministers were resigning.", "Did a minister resign?"),
        ("en", "Müller met Beyoncé in São Paulo.", "muller beyonce sao"),
        ("es", "Las elecciones presidenciales fueron el lunes.", "¿Cuándo fue la elección presidencial?"),
        ("es", "El camión cruzó la frontera.", "camion"),
        ("ar", "قال الوزير إن الانتخابات انتهت.", "متى انتهت الانتخابات؟"),
        ("fr", "Le président a démissionné.", "president"),
        ("", "The ministers resigned.", "ministers"),
    ],
)
def test_words_are_found_in_their_other_forms_and_without_accents(
    lexical: LexicalIndex, language: str, text: str, question: str
) -> None:
    held = passage("a", text, language)
    lexical.replace((), [held, passage("b", "Nada. Rien. Nothing.", language)])
    assert found(lexical, question) == [held.id]


@pytest.mark.parametrize(
    ("question", "field", "words"),
    [
        ("Who resigned, and when?", "en", ["resign"]),
        ("What did the WHO say about US banks?", "en", ["who", "us", "bank"]),
        ("WHAT DID THE WHO SAY ABOUT BANKS?", "en", ["bank"]),
        ("Rain, rain and RAIN", "en", ["rain"]),
        ("¿Quién dimitió y cuándo?", "other", ["dimitio"]),
        ("متى استقال الوزير؟", "other", ["استقال", "الوزير"]),
        ("Who?", "en", []),
        ("", "en", []),
        ("?!…", "en", []),
    ],
)
def test_the_words_that_say_what_a_question_is_about(
    lexical: LexicalIndex, question: str, field: str, words: list[str]
) -> None:
    assert lexical.question_words(question, field) == words


def test_a_question_without_such_words_finds_nothing(lexical: LexicalIndex) -> None:
    lexical.replace((), [passage("a", "Who was it? What did they say?")])
    assert found(lexical, "Who was it?") == []


@pytest.mark.parametrize(
    "question", ['"', "a AND (b", "title:x^2 -y", "*", "rain" * 20_000, "\x00rain", "👩‍👩‍👧"]
)
def test_a_question_is_words_and_never_a_query_language(lexical: LexicalIndex, question: str) -> None:
    lexical.replace((), [passage("a", "Snow fell.")])
    assert found(lexical, question) == []


def test_replace_removes_and_adds_at_once_and_never_doubles(lexical: LexicalIndex) -> None:
    old, new = passage("old", "Rain fell."), passage("new", "Rain fell again.")
    lexical.replace((), [old])
    lexical.replace((), [old])
    assert found(lexical, "rain") == [old.id]
    lexical.replace([old.id, "no such id"], [new])
    assert found(lexical, "rain") == [new.id]
    assert lexical.passage_ids() == {new.id}
    lexical.replace([new.id], ())
    assert lexical.passage_ids() == set()


def test_rare_words_weigh_more(lexical: LexicalIndex) -> None:
    lexical.replace((), [passage(str(number), f"rain number{number}") for number in range(9)])
    # Nine passages, beside the hundred that a small store is thought to stand in.
    assert lexical.idf("rain", "en") == pytest.approx(math.log(1 + 100.5 / 9.5))
    assert lexical.idf("number3", "en") == pytest.approx(math.log(1 + 108.5 / 1.5))
    assert lexical.idf("rain", "en") < lexical.idf("number3", "en") < lexical.idf("never", "en")


def test_it_is_kept_on_disk(tmp_path: Path) -> None:
    held = passage("a", "Rain fell.")
    LexicalIndex(tmp_path).replace((), [held])
    assert found(LexicalIndex(tmp_path), "rain") == [held.id]


def test_what_another_process_wrote_is_seen_after_reload(tmp_path: Path) -> None:
    here = LexicalIndex(tmp_path)
    there = (
        "import sys, pathlib; from index.lexical import LexicalIndex;"
        "from index.schema import Article, Passage;"
        "LexicalIndex(pathlib.Path(sys.argv[1])).replace("
        "(), [Passage(Article(key='a', source='a', text='Rain fell.', language='en'), 0, 10)])"
    )
    subprocess.run([sys.executable, "-c", there, str(tmp_path)], check=True)
    assert found(here, "rain") == []
    here.reload()
    assert found(here, "rain") == [passage("a", "Rain fell.").id]


def test_a_file_that_a_killed_run_left_behind_does_no_harm(tmp_path: Path) -> None:
    """Tantivy writes which documents are deleted, then what is current. A run killed in between leaves the
    first, and the next one, which gives its file the same name, would fail for ever."""
    folder = tmp_path / "lexical"
    one, two = passage("one", "Rain fell."), passage("two", "Snow fell.")
    LexicalIndex(folder).replace((), [one, two])
    current = (folder / "meta.json").read_bytes()
    LexicalIndex(folder).replace([one.id], ())
    assert list(folder.glob("*.del"))
    (folder / "meta.json").write_bytes(current)

    lexical = LexicalIndex(folder)
    assert lexical.passage_ids() == {one.id, two.id}
    lexical.replace([one.id], ())
    assert lexical.passage_ids() == {two.id}
