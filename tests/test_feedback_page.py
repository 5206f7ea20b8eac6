"""What a reader says of an answer, in a real browser: by mouse and keys, changed and taken back."""

import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from chromium import browser_test
from gradio_warnings import GRADIO_WARNINGS
from page_server import ask, serving
from playwright.sync_api import Page, expect
from service_server import serving as service

from index.store import Store
from rag.pipeline import Pipeline

DISPUTED = "Did the government negotiate with Ordalek about the Sarrow Gorge dam?"
REFUSED = "Who won the chess championship of Antarctica?"

pytestmark = GRADIO_WARNINGS


@pytest.fixture
def pipeline(
    sample_store: Path, sample_pipeline: Pipeline, tmp_path: Path, until_the_end: ExitStack
) -> Pipeline:
    """A pipeline over a store of its own that holds the sample."""
    shutil.copytree(sample_store, tmp_path / "store")
    return until_the_end.enter_context(Pipeline(Store(tmp_path / "store", sample_pipeline.store.embedder)))


def rows(pipeline: Pipeline) -> list[dict[str, Any]]:
    file = pipeline.store.folder / "feedback" / "questions.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@browser_test
def test_an_answer_is_judged_changed_and_taken_back(
    visit: Callable[..., Page], until_the_end: ExitStack, pipeline: Pipeline
) -> None:
    page = visit(until_the_end.enter_context(serving(pipeline)))
    ask(page, DISPUTED)
    expect(page.locator(".tally")).to_be_visible()
    answered = page.get_by_role("group", name="What this answer is worth")
    expect(answered).to_contain_text("What you say is saved with the question")
    told = answered.get_by_role("status")

    right = answered.get_by_role("button", name="Right")
    right.press("Enter")
    expect(told).to_have_text(
        f"Saved. To test with it: newscite eval own --data {pipeline.store.folder}/feedback"
    )
    expect(right).to_have_attribute("aria-pressed", "true")
    expect(right).to_be_focused()
    assert [len(row["sides"]) for row in rows(pipeline)] == [2]

    answered.get_by_text("Wrong citation").press("Enter")
    second = answered.get_by_role("group", name="Which citation is wrong?").get_by_role("button", name="[2]")
    second.press("Space")
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(right).to_have_attribute("aria-pressed", "false")
    answered.get_by_text("Unsupported").click()
    answered.get_by_role("group", name="Which sentence is not supported?").get_by_role("button").first.click()
    expect(answered.locator("[aria-pressed=true]")).to_have_count(2)
    (row,) = rows(pipeline)
    assert row["question"] == DISPUTED
    cited = pipeline.answer(DISPUTED).citations[1]
    assert (row["wrong"][0]["start"], row["wrong"][0]["end"]) == (cited.start, cited.end)
    assert row["wrong"][1]["sentence"] == pipeline.answer(DISPUTED).sentences[0].text

    ask(page, REFUSED)
    refused = page.get_by_role("group", name="What this answer is worth").last
    refused.get_by_role("button", name="Should have been answered").click()
    expect(refused.get_by_role("status")).to_contain_text("Saved.")

    page.reload()
    expect(page.locator(".judge[aria-pressed=true]")).to_have_count(3, timeout=20_000)
    expect(second).to_be_visible()
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(told.first).to_contain_text("Saved.")
    page.locator(".judge[aria-pressed=true]").last.click()
    expect(told.last).to_have_text("Taken back.")
    assert [row["question"] for row in rows(pipeline)] == [DISPUTED]


@browser_test
def test_the_service_saves_it_too_under_its_own_rules_and_logs_nothing_of_it(
    visit: Callable[..., Page],
    until_the_end: ExitStack,
    pipeline: Pipeline,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("INFO", "newscite.service")
    address, _ = until_the_end.enter_context(service(pipeline))
    page = visit(address)
    ask(page, REFUSED)
    page.get_by_role("button", name="Rightly refused").click()
    expect(page.locator(".feedback [role=status]")).to_contain_text("Saved.")
    assert [(row["question"], row["gold"]) for row in rows(pipeline)] == [(REFUSED, [])]
    printed = capfd.readouterr()
    for logged in (caplog.text, printed.out, printed.err):
        assert "Antarctica" not in logged
    assert "component_server" not in caplog.text  # the page's own traffic has one name


@browser_test
def test_what_can_not_be_saved_is_one_line_and_is_not_shown_as_said(
    visit: Callable[..., Page], until_the_end: ExitStack, pipeline: Pipeline
) -> None:
    (pipeline.store.folder / "feedback").write_text("in the way", encoding="utf-8")
    page = visit(until_the_end.enter_context(serving(pipeline)))
    ask(page, REFUSED)
    page.get_by_role("button", name="Rightly refused").click()
    expect(page.locator(".feedback [role=status]")).to_contain_text("Not saved: this can't be saved in")
    expect(page.get_by_role("button", name="Rightly refused")).to_have_attribute("aria-pressed", "false")


@browser_test
def test_where_nothing_may_be_changed_nothing_is_asked(
    visit: Callable[..., Page], until_the_end: ExitStack, pipeline: Pipeline
) -> None:
    page = visit(until_the_end.enter_context(serving(pipeline, may_change=False)))
    ask(page, DISPUTED)
    expect(page.locator(".tally")).to_be_visible()
    assert page.locator(".feedback").count() == 0
    assert page.evaluate("window.newsciteJudge") is None
    page.get_by_role("button", name="Read in context").first.click()
    expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
