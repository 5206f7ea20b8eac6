"""A follow-up made to stand alone by a chat model, which may move the conversation's words and bring none."""

from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from rag import Pipeline, Turn
from rag.writing.rewording import reworded
from rag.writing.spending import Limits

HISTORY = [Turn("Who is Ilse Tarnowick?", "Ilse Tarnowick is the deputy energy minister of Marentia. [1]")]


def model(*replies: Any) -> GenericFakeChatModel:
    def messages() -> Iterator[AIMessage]:
        for reply in replies:
            if isinstance(reply, Exception):
                raise reply
            yield AIMessage(content=reply)

    return GenericFakeChatModel(messages=messages())


@pytest.mark.parametrize(
    ("reply", "taken"),
    [
        ("When did Ilse Tarnowick travel to Marentia?", "When did Ilse Tarnowick travel to Marentia?"),
        ("“When did the deputy energy minister travel?”", "When did the deputy energy minister travel?"),
        ("When did Ilse Tarnowick travel to Kestrowe?", ""),  # a name from nowhere
        ("When did Ilse Tarnowick travel in 2031?", ""),
        ("She travelled in March.", ""),
        ("When did she travel?\nAnswer: in March?", ""),
        ("Is it?", ""),
        ("When did Ilse Tarnowick travel " + "and travel " * 40 + "?", ""),
        ("When did Ilse Tarnowick travel <b>there</b>?", ""),
        (RuntimeError("no route to host"), ""),
    ],
)
def test_its_words_are_taken_only_where_they_are_the_conversations(reply: Any, taken: str) -> None:
    written, spent = reworded(model(reply), "And when did she travel?", HISTORY, Limits())

    assert written == taken
    assert spent["prompt_tokens"] > 50
    assert spent["llm_seconds"] >= 0


def test_the_pipeline_rewords_what_leans_and_nothing_else(sample_pipeline: Pipeline) -> None:
    asked = "When did Ilse Tarnowick deny the talks?"
    pipeline = Pipeline(sample_pipeline.store, model(asked, "NO ANSWER", "NO ANSWER"))

    leaning = pipeline.answer("And when did she deny the talks?", history=HISTORY)
    alone = pipeline.answer("How many homes were without power after the storm?", history=HISTORY)

    assert leaning.understood == asked
    assert leaning.timings["prompt_tokens"] > 50
    assert alone.understood == alone.question


def test_where_the_model_fails_the_rule_is_at_hand(sample_pipeline: Pipeline) -> None:
    by_rule = sample_pipeline.answer("And when did she travel?", history=HISTORY)
    failing = Pipeline(sample_pipeline.store, model(RuntimeError("down"), RuntimeError("down")))

    answer = failing.answer("And when did she travel?", history=HISTORY)

    assert answer.understood == by_rule.understood != "And when did she travel?"
