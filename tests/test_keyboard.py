"""The page without a pointer: everything is reached, seen to have the focus, used and left by keys alone."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from chromium import browser_test
from gradio_warnings import GRADIO_WARNINGS
from page_server import pipeline_over, serving, squeezed
from playwright.sync_api import FloatRect, Locator, Page, expect
from service_server import Gated

from rag.pipeline import Pipeline

QUESTION = "How many homes lost power in the storm?"
TEXT = "The lighthouse of Ostrel was lit again on Tuesday after eleven years, the harbour office said."
FARTHEST = 60  # Tab stops between two places that belong together

pytestmark = GRADIO_WARNINGS


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until `target` has the focus."""
    expect(target).to_be_visible()
    for _ in range(FARTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{FARTHEST} Tabs don't reach {target}")


def typed_question(page: Page, question: str) -> None:
    """Ask from the box, which has the focus from the start."""
    expect(page.get_by_label("Your question")).to_be_focused(timeout=20_000)
    page.keyboard.type(question)
    page.keyboard.press("Enter")


@browser_test
def test_from_the_address_bar_to_a_source_in_its_context_and_back(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline
) -> None:
    page = visit(address)
    typed_question(page, QUESTION)
    expect(page.locator(".tally")).to_be_visible()
    marker, card = page.locator("#m-1-2"), page.locator("#c-1-2")
    tab_to(page, marker, "Shift+Tab")
    expect(marker.locator(".peek")).to_be_visible()
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()

    read = card.get_by_role("button", name="Read in context")
    tab_to(page, read)
    page.keyboard.press("Enter")
    reader = page.get_by_role("dialog")
    expect(reader.locator("mark")).to_be_in_viewport()
    citation = sample_pipeline.answer(QUESTION).citations[1]
    assert squeezed(reader.locator("mark").inner_text()) == squeezed(citation.quote)
    assert reader.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.closest('main, #desk')") is None
    )  # what is behind is out of reach
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(read).to_be_focused()

    tab_to(page, card.locator(".number"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(marker).to_be_focused()
    tab_to(page, page.get_by_label("Your question"))


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tab_goes_round_the_whole_page_and_is_always_seen(
    address: str, visit: Callable[..., Page], scheme: str
) -> None:
    page = visit(address, color_scheme=scheme)
    typed_question(page, QUESTION)
    expect(page.locator(".tally")).to_be_visible()
    unseen, stops = [], []
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        stop = page.evaluate_handle("document.activeElement").as_element()
        assert stop is not None
        name = str(
            stop.evaluate(
                "e => `${e.tagName} ${e.ariaLabel || e.placeholder || e.innerText}`.split('\\n')[0]"
            )
        )
        if name.startswith("BODY"):
            continue
        box = stop.bounding_box()
        assert box is not None
        around: FloatRect = {
            "x": max(0, box["x"] - 5),
            "y": max(0, box["y"] - 5),
            "width": box["width"] + 10,
            "height": box["height"] + 10,
        }
        focused = page.screenshot(clip=around)
        stop.evaluate("element => element.blur()")
        if page.screenshot(clip=around) == focused:
            unseen.append(name)
        stop.focus()
        stops.append(name)
        if stop.evaluate("element => element.matches('#question textarea')"):
            break
    assert unseen == []
    found = "\n".join(stops)
    order = [
        *("BUTTON Ask", "BUTTON Narrow the search", "BUTTON Conversations", "SUMMARY How many homes"),
        *("BUTTON Read in context", "BUTTON Settings", "BUTTON Library", "A [1]", "TEXTAREA"),
    ]
    assert re.search(".*".join(map(re.escape, order)), found, re.DOTALL), found


@browser_test
def test_an_answer_is_stopped_and_another_asked(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline
) -> None:
    gated = Gated(sample_pipeline)
    page = visit(until_the_end.enter_context(serving(gated)))
    typed_question(page, QUESTION)
    expect(page.locator(".working")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Stop"))
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_have_text("Stopped before the answer was complete.")
    gated.gate.release(1000)
    tab_to(page, page.get_by_label("Your question"), "Shift+Tab")
    typed_question(page, QUESTION)
    expect(page.locator("#c-2-1")).to_be_visible()


@browser_test
def test_the_search_is_narrowed_to_an_outlet_and_a_day(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    tab_to(page, page.get_by_role("button", name="Narrow the search"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Outlets"))
    page.keyboard.type("Velloway")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    tab_to(page, page.get_by_label("Since"))
    page.keyboard.type("2031-01-01")
    tab_to(page, page.get_by_label("Your question"), "Shift+Tab")
    typed_question(page, QUESTION)
    expect(page.locator(".tally")).to_contain_text("from 1 outlet")
    assert set(page.locator(".card .outlet").all_inner_texts()) == {"Velloway Courier"}
    assert "since=2031-01-01" in (page.locator("a.share").get_attribute("href") or "")


@browser_test
def test_an_article_is_added_found_read_and_removed(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, tmp_path: Path
) -> None:
    pipeline = until_the_end.enter_context(pipeline_over(tmp_path, sample_pipeline))
    page = visit(until_the_end.enter_context(serving(pipeline)))
    tab_to(page, page.get_by_role("tab", name="Library"))
    page.keyboard.press("Enter")
    expect(page.locator(".extent")).to_have_text("Nothing is indexed yet.")
    tab_to(page, page.get_by_role("tab", name="Text"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Title", exact=True))
    page.keyboard.type("Lamp")
    tab_to(page, page.get_by_label("Text", exact=True))
    page.keyboard.type(TEXT)
    tab_to(page, page.get_by_role("button", name="Add the text"))
    page.keyboard.press("Enter")
    expect(page.locator("#library-text-told .done")).to_contain_text("1 added", timeout=15_000)

    tab_to(page, page.get_by_label("Search titles and outlets"), "Shift+Tab")
    page.keyboard.type("lamp")
    tab_to(page, page.locator(".shelf button.title"))
    page.keyboard.press("Enter")
    expect(page.locator(".reading h2")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Remove this article"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".ask")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Remove it"))
    page.keyboard.press("Enter")
    expect(page.locator("#library-notice .done")).to_contain_text("Removed: Lamp")
