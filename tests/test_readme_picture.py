"""The README's picture is the page as it is, over the shipped sample. `pytest --picture` makes it anew."""

from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from chromium import browser_test, visitors
from gradio_warnings import GRADIO_WARNINGS
from page_server import ask, serving, squeezed
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from rag.pipeline import Pipeline

PICTURE = Path(__file__).parents[1] / "docs" / "page.png"
SIZE: ViewportSize = {"width": 1280, "height": 960}
MOST_BYTES = 200 * 1024
QUESTION = "How many homes lost power in the storm?"  # the sources disagree

# What can be scrolled where there is more of it than is seen, and so may show a scrollbar.
SCROLLED = """() => [...document.querySelectorAll("*")].filter((element) =>
  ["auto", "scroll"].includes(getComputedStyle(element).overflowY) && element.checkVisibility()
  && element.scrollHeight > element.clientHeight + 1)
  .map((element) => `${element.tagName}#${element.id}.${element.className}`)
"""

pytestmark = GRADIO_WARNINGS


def small_png(page: Page) -> bytes:
    """What the window shows, in as many colours as are needed to see no difference."""
    buffer = BytesIO()
    with Image.open(BytesIO(page.screenshot())) as taken:
        taken.convert("RGB").quantize(128).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


@browser_test
def test_the_picture_shows_a_dispute_with_both_sides_and_nothing_cut(
    browser: Browser, until_the_end: ExitStack, sample_pipeline: Pipeline, request: pytest.FixtureRequest
) -> None:
    address = until_the_end.enter_context(serving(sample_pipeline))
    answer = sample_pipeline.answer(QUESTION)
    with visitors(browser) as visit:
        page = visit(address, SIZE, color_scheme="light")
        ask(page, QUESTION)
        expect(page.locator(".tally")).to_contain_text("disputed")
        said = page.locator(".said")
        expect(said).to_have_count(len(answer.sentences))
        for shown in said.all():
            expect(shown).to_be_in_viewport(ratio=1)
            assert shown.locator("a.marker").count() > 0
        for side in ("One side", "The other side"):
            cards = page.get_by_role("region", name=side, exact=True).locator(".card")
            expect(cards.first).to_be_in_viewport(ratio=1)
        quotes = {squeezed(text) for text in page.locator("mark").all_inner_texts()}
        assert quotes == {squeezed(citation.quote) for citation in answer.citations}
        assert page.evaluate(SCROLLED) == []
        page.mouse.move(0, 0)
        page.get_by_label("Your question").blur()
        picture = small_png(page)
    assert len(picture) < MOST_BYTES
    if request.config.getoption("--picture"):
        PICTURE.write_bytes(picture)
