"""Questions to go on with, on the page in a real browser."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from chromium import browser_test
from gradio_warnings import GRADIO_WARNINGS
from page_server import ask, serving
from playwright.sync_api import Page, expect

from rag.pipeline import Pipeline
from ui.chat import converse
from ui.going_on import follow_ups, suggestions
from ui.narrowing import EVERYWHERE, Narrowed

QUESTION = "Where did the energy ministry's people and Ordalek meet?"

pytestmark = GRADIO_WARNINGS


class Waiting(Pipeline):
    """The real pipeline, whose questions to go on with wait until they are let through."""

    def __init__(self, pipeline: Pipeline) -> None:
        super().__init__(pipeline.store)
        self.gate = threading.Semaphore(0)
        self.broken_off = threading.Event()

    def example_questions(self, count: int = 4) -> list[str]:  # noqa: ARG002
        return []  # finding them takes answers

    def follow_ups(
        self, answer: Any, *, wanted: Callable[[], bool] = lambda: True, **asked: Any
    ) -> list[str]:
        assert self.gate.acquire(timeout=60)
        if not wanted():
            self.broken_off.set()
        return super().follow_ups(answer, wanted=wanted, **asked)


def buttons(page: Page) -> Any:
    return page.locator("#going-on button")


@browser_test
def test_they_come_after_the_answer_are_asked_by_keyboard_and_go_with_the_next_question(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline
) -> None:
    waiting = Waiting(sample_pipeline)
    page = visit(until_the_end.enter_context(serving(waiting)))
    ask(page, QUESTION)
    expect(page.locator(".tally")).to_be_visible()  # the answer doesn't wait for them
    expect(buttons(page)).to_have_count(0)
    waiting.gate.release()
    found = sample_pipeline.follow_ups(sample_pipeline.answer(QUESTION))
    assert len(found) >= 2
    expect(buttons(page)).to_have_text(found, timeout=30_000)

    buttons(page).last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chat .question").last).to_have_text(found[-1])
    expect(buttons(page)).to_have_count(0)
    expect(page.get_by_label("Your question")).to_be_focused()
    expect(page.locator(".tally")).to_have_count(2)
    expect(page.locator(".abstained, .problem")).to_have_count(0)

    ask(page, QUESTION)  # while they are looked for after the second answer
    expect(page.locator(".tally")).to_have_count(3)
    waiting.gate.release()
    assert waiting.broken_off.wait(30)
    expect(buttons(page)).to_have_count(0)
    waiting.gate.release()
    expect(buttons(page).first).to_be_visible(timeout=30_000)

    page.get_by_role("button", name="Clear").click()
    expect(buttons(page)).to_have_count(0)


def test_a_refused_question_and_a_bad_filter_have_none(sample_pipeline: Pipeline) -> None:
    *_, refused = converse(sample_pipeline, "How many satellites has the space agency launched?", ())
    assert follow_ups(sample_pipeline, refused, EVERYWHERE) == []
    assert follow_ups(sample_pipeline, (), EVERYWHERE) == []
    *_, answered = converse(sample_pipeline, QUESTION, ())
    assert follow_ups(sample_pipeline, answered, Narrowed(since="yesterday")) == []


def test_no_question_is_nothing_at_all() -> None:
    assert suggestions([]) == ""
