"""The judges of support: newscite's rules, any entailment model, any chat model."""

from pathlib import Path

import pytest
from langchain_core.language_models import FakeListChatModel
from small_models import cross_encoder
from test_eval_run import FLOOD

from evals.judging import chat_judge, load_judge
from index.errors import ChatModelError, InputError
from index.schema import Span

LABELS = {0: "contradiction", 1: "entailment", 2: "neutral"}
CITED = [Span(FLOOD, 0, 44)]


def test_the_rules_judge_by_default() -> None:
    judge = load_judge()
    assert judge.name == "rules"
    assert judge.supports(CITED, "The river Elmar rose by two metres.")
    assert not judge.supports(CITED, "The river Elmar rose by nine metres.")


@pytest.mark.parametrize(("favourite", "supported"), [(1, True), (2, False)])
def test_an_entailment_model_judges_alone(tmp_path: Path, favourite: int, supported: bool) -> None:
    folder = cross_encoder(tmp_path / "nli", labels=LABELS, favourite=favourite)
    judge = load_judge(f"nli:{folder}")
    assert judge.name == f"nli:{folder}"
    assert judge.supports(CITED, "The river Elmar rose by nine metres.") is supported


@pytest.mark.parametrize(("reply", "supported"), [("Yes.", True), ("no", False), ("I can't tell", False)])
def test_a_chat_model_says_yes_or_no(reply: str, supported: bool) -> None:
    judge = chat_judge("llm:any", FakeListChatModel(responses=[reply]))
    assert judge.supports(CITED, "The river rose.") is supported


def test_a_chat_model_that_does_not_reply_is_one_line() -> None:
    broken = FakeListChatModel(responses=[])
    with pytest.raises(ChatModelError, match="the judge 'llm:any' does not reply"):
        chat_judge("llm:any", broken).supports(CITED, "The river rose.")


@pytest.mark.parametrize("name", ["", "nli:", "somebody", "llm:"])
def test_a_wrong_name_is_one_line(name: str) -> None:
    with pytest.raises(InputError, match="it is rules, nli:MODEL or llm:MODEL"):
        load_judge(name)


def test_a_model_that_cannot_be_loaded_is_one_line() -> None:
    with pytest.raises(InputError, match="can't be loaded"):
        load_judge("nli:/nowhere/at/all")
    with pytest.raises(ChatModelError):
        load_judge("llm:no-such-provider:model")
