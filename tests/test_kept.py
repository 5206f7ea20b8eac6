"""Conversations in a browser: quotes come from the articles, and nothing that was changed there passes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from rag.pipeline import Pipeline
from ui import kept
from ui.chat import converse
from ui.render import Exchange

QUESTIONS = (
    "Did the government negotiate with Ordalek about the Sarrow Gorge dam?",
    "Who won the chess championship of Antarctica?",
)


@pytest.fixture(scope="module")
def exchanges(sample_pipeline: Pipeline) -> tuple[Exchange, ...]:
    """An answer with two sides, and a refusal."""
    asked: tuple[Exchange, ...] = ()
    for question in QUESTIONS:
        *_, asked = converse(sample_pipeline, question, asked)
    return asked


def through_json(plain: Any) -> Any:
    return json.loads(json.dumps(plain))


def test_a_conversation_comes_back_as_it_was(
    sample_pipeline: Pipeline, exchanges: tuple[Exchange, ...]
) -> None:
    held = through_json(kept.keep(kept.NOTHING, "c1", exchanges))
    found = kept.find(held, "c1")
    assert found is not None
    again = kept.restored(found, sample_pipeline.store.catalog.article)

    for one, other in zip(again, exchanges, strict=True):
        assert one.answer is not None
        assert other.answer is not None
        assert one.sentences == other.sentences
        assert [c.quote for c in one.citations] == [c.quote for c in other.citations]
        assert (one.answer.text, one.answer.status) == (other.answer.text, other.answer.status)
        assert (one.answer.origins, one.answer.disputed) == (other.answer.origins, other.answer.disputed)
        assert one.turn == other.turn


def test_citations_are_kept_as_places(exchanges: tuple[Exchange, ...]) -> None:
    (held,) = kept.conversations(kept.keep(kept.NOTHING, "c1", exchanges))
    assert held["exchanges"][0]["citations"] == [
        [cited.article.id, cited.start, cited.end, cited.passage_id] for cited in exchanges[0].citations
    ]


def test_an_answer_whose_article_is_gone_says_so_and_keeps_its_question(
    exchanges: tuple[Exchange, ...],
) -> None:
    found = kept.keep(kept.NOTHING, "c1", exchanges)["conversations"][0]
    again = kept.restored(found, lambda _: None)
    assert again[0].question == QUESTIONS[0]
    assert "no longer in the store" in again[0].problem
    assert again[1].answer is not None  # it cites nothing
    assert again[1].answer.status == "abstained"


def broken(value: Any) -> Iterator[Any]:
    """`value` with each of its parts replaced by something else."""
    yield from (None, -1, "<script>", [], {})
    if isinstance(value, dict):
        for key, part in value.items():
            for other in broken(part):
                yield {**value, key: other}
            yield {name: rest for name, rest in value.items() if name != key}
    elif isinstance(value, list):
        for place, part in enumerate(value):
            for other in broken(part):
                yield [*value[:place], other, *value[place + 1 :]]


def test_what_was_changed_in_the_browser_shows_nothing_that_no_article_says(
    sample_pipeline: Pipeline, exchanges: tuple[Exchange, ...]
) -> None:
    held = through_json(kept.keep(kept.NOTHING, "c1", exchanges[:1]))
    tried = 0
    for changed in broken(held):
        for conversation in kept.conversations(changed):
            for exchange in kept.restored(conversation, sample_pipeline.store.catalog.article):
                tried += 1
                for citation in exchange.citations:
                    text = citation.article.text
                    assert citation.quote == text[citation.start : citation.end]
    assert tried > 100


def test_the_latest_conversation_is_first_and_the_oldest_make_room(exchanges: tuple[Exchange, ...]) -> None:
    held: kept.Kept = kept.NOTHING
    for number in range(40):
        held = kept.keep(held, f"c{number}", exchanges[1:])
    assert [one["id"] for one in kept.conversations(held)] == [f"c{number}" for number in range(39, 9, -1)]
    held = kept.keep(held, "c20", exchanges)
    assert kept.conversations(held)[0]["id"] == "c20"
    assert len(kept.conversations(held)) == 30


def test_a_conversation_is_named_renamed_and_forgotten(exchanges: tuple[Exchange, ...]) -> None:
    held = kept.keep(kept.keep(kept.NOTHING, "c1", exchanges), "c2", exchanges[1:])
    assert [one["name"] for one in kept.conversations(held)] == [
        "Who won the chess championship of Antarctica?",
        "Did the government negotiate with Ordalek about the Sarrow G…",
    ]
    held = kept.rename(held, "c1", "  The dam \n")
    assert [one["name"] for one in kept.conversations(kept.rename(held, "c1", " "))][1] == "The dam"
    assert kept.conversations(kept.keep(held, "c1", exchanges))[0]["name"] == "The dam"
    assert [one["id"] for one in kept.conversations(kept.forget(held, "c2"))] == ["c1"]


def test_what_a_browser_holds_is_read_or_is_nothing(exchanges: tuple[Exchange, ...]) -> None:
    held = kept.keep(kept.NOTHING, "c1", exchanges)
    assert kept.read(json.dumps(held)) == through_json(held)
    for text in ("", "null", "[]", "{oops", "[" * 100_000):
        assert kept.read(text) == kept.NOTHING


def test_only_the_conversation_that_changed_goes_back(exchanges: tuple[Exchange, ...]) -> None:
    held = kept.keep(kept.keep(kept.NOTHING, "c1", exchanges), "c2", exchanges[1:])
    told = {name: json.loads(kept.changed(held, name)) for name in ("c1", "c2", "c3")}
    assert [(one["id"], one["first"]) for one in told.values()] == [
        ("c1", False),
        ("c2", True),
        ("c3", False),
    ]
    assert told["c1"]["now"] == through_json(kept.find(held, "c1"))
    assert told["c3"]["now"] is None


def test_a_conversation_as_markdown(exchanges: tuple[Exchange, ...]) -> None:
    written = kept.markdown(exchanges)
    first = exchanges[0]
    assert written.startswith(f"# newscite: {len(first.citations)} citations\n\n## {QUESTIONS[0]}\n")
    assert all(sentence.marked() in written for sentence in first.sentences)
    assert f"[{len(first.citations)}]\n\n> " in written
    assert exchanges[1].answer is not None
    assert exchanges[1].answer.reason in written
