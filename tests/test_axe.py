"""axe-core over everything a reader sees: nothing that keeps anyone out."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import browser_test
from gradio_warnings import GRADIO_WARNINGS
from page_server import serving
from playwright.sync_api import Browser, Page, expect

from evals.datasets import read_shipped_sample
from evals.pages import write_report
from evals.run import Options, evaluate
from rag.pipeline import Pipeline

QUESTION = "How many homes lost power in the storm?"  # the sources disagree
BAD = ("serious", "critical")

pytestmark = GRADIO_WARNINGS


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found
        if rule["impact"] in BAD
        for node in rule["nodes"]
    ]


@browser_test
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_keeps_nobody_out(
    browser: Browser, sample_pipeline: Pipeline, theme: Literal["light", "dark"]
) -> None:
    with serving(sample_pipeline) as address:
        page = browser.new_page(color_scheme=theme, reduced_motion="reduce")
        page.goto(address)
        expect(page.locator("#chat .example").first).to_be_visible(timeout=20_000)
        assert violations(page) == []

        page.get_by_label("Your question").fill(QUESTION)
        page.get_by_label("Your question").press("Enter")
        expect(page.locator(".tally")).to_be_visible()
        for choice in page.locator(".feedback summary").all():
            choice.click()
        for fold in ("Narrow the search", "Conversations", "How it answers"):
            page.get_by_role("button", name=fold).click()
        expect(page.locator(".workings")).to_be_visible()
        expect(page.locator("#going-on button").first).to_be_visible(timeout=30_000)
        assert violations(page) == []

        page.get_by_role("button", name="Read in context").first.click()
        expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")

        page.get_by_role("tab", name="Library").click()
        expect(page.get_by_text("1–24 of 24 articles")).to_be_visible()
        assert violations(page) == []
        page.close()


@browser_test
def test_the_report_keeps_nobody_out(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    write_report(evaluate(read_shipped_sample(), Options(limit=4)), file)
    page = browser.new_page()
    page.goto(file.as_uri())
    page.locator("summary").first.click()
    assert violations(page) == []
    page.close()
