"""What a visitor sees, scene by scene, in light, in dark and on a phone: nothing is cut, covered or too wide.

`--artifacts DIR` keeps a picture of each.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from artifacts import Artifacts
from chromium import NARROW, WIDE, browser_test
from gradio_warnings import GRADIO_WARNINGS
from page_server import ask, pipeline_over, serving
from playwright.sync_api import Page, expect

from rag.pipeline import Pipeline

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": WIDE, "color_scheme": "light"},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "phone": {"viewport": NARROW, "color_scheme": "light"},
}
LIGHTHOUSE = (
    "The lighthouse of Ostrel was lit again on Tuesday after eleven years, the harbour office said.\n\n"
    "Keeper Ilse Varden climbed 214 steps to turn the lamp on, and the crowd on the pier cheered."
)

# Gives a line for whatever is too wide, cut, off the screen or under another control.
FAULTS = """() => {
  const found = [];
  const name = (element) =>
    `${element.tagName}.${element.className} "${(element.innerText || "").slice(0, 40)}"`;
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`the page is ${wide} px too wide`);
  const within = document.querySelector("dialog[open]") ?? document.body;
  const seen = [...within.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    const isShown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return box.width > 2 && box.height > 2 && isShown && !element.closest("svg, .unseen");
  });
  for (const element of seen) {
    const hides = ["hidden", "clip"].includes(getComputedStyle(element).overflowX);
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText) continue;
    if (hides && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${name(element)}`);
    const box = element.getBoundingClientRect();
    if (box.right > innerWidth + 1 || box.left < -1) found.push(`off the screen: ${name(element)}`);
  }
  const controls = seen.filter((element) => element.matches("button, a[href], input, textarea, summary"));
  controls.forEach((one, place) => {
    const a = one.getBoundingClientRect();
    for (const other of controls.slice(place + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const b = other.getBoundingClientRect();
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width < 4 || height < 6) continue;
      const x = Math.max(a.left, b.left) + width / 2;
      const y = Math.max(a.top, b.top) + height / 2;
      const there = document.elementsFromPoint(x, y); // without what is scrolled out of its frame
      if (there.includes(one) && there.includes(other)) found.push(`${name(one)} lies on ${name(other)}`);
    }
  });
  return found;
}"""

pytestmark = GRADIO_WARNINGS


@pytest.fixture
def empty(until_the_end: ExitStack, sample_pipeline: Pipeline, tmp_path: Path) -> str:
    """The address of a page over a store of its own, with nothing in it."""
    pipeline = until_the_end.enter_context(pipeline_over(tmp_path / "store", sample_pipeline))
    return until_the_end.enter_context(serving(pipeline))


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def scene(look: str, artifacts: Artifacts) -> Iterator[Callable[[Page, str], None]]:
    """Looks at the page as it stands, and keeps a picture of it. Its faults are told at the end, together."""
    faults: list[str] = []

    def looked_at(page: Page, name: str) -> None:
        page.wait_for_timeout(200)  # Gradio's folds open over some frames
        artifacts.picture(page, f"{name}-{look}")
        faults.extend(f"{name}: {fault}" for fault in page.evaluate(FAULTS))

    yield looked_at
    assert faults == []


def answered(page: Page, question: str, count: int) -> None:
    ask(page, question)
    expect(page.locator(".tally, .abstained")).to_have_count(count, timeout=20_000)


@browser_test
def test_asking(address: str, visit: Callable[..., Page], look: str, scene: Callable[..., None]) -> None:
    page = visit(address, **LOOKS[look])
    expect(page.locator("#chat .example").first).to_be_visible(timeout=20_000)
    scene(page, "01-welcome")
    answered(page, "How many homes lost power in the storm?", 1)
    scene(page, "02-dispute")
    page.locator("#m-1-1").hover()
    expect(page.locator("#m-1-1 .peek")).to_be_visible()
    scene(page, "03-peek")
    page.locator("#m-1-1").click()
    page.mouse.move(0, 0)
    scene(page, "04-marker-followed")
    page.locator("#c-1-1").get_by_role("button", name="Read in context").click()
    expect(page.get_by_role("dialog").locator("mark")).to_be_in_viewport()
    scene(page, "05-context")
    page.keyboard.press("Escape")
    answered(page, "What reasons does the auditor general give for the dam getting so expensive?", 2)
    scene(page, "06-long-answer")
    answered(page, "Who won the chess championship of Antarctica?", 3)
    page.get_by_text("The nearest passage").click()
    scene(page, "07-refusal")
    answered(page, "كم كتاباً تحمل المكتبة العائمة؟", 4)
    scene(page, "08-arabic")
    page.get_by_role("button", name="Narrow the search").click()
    scene(page, "09-filters")
    page.get_by_label("Outlets").click()
    page.get_by_role("option").nth(1).click()
    page.get_by_role("option").nth(2).click()
    scene(page, "10-outlets")
    page.keyboard.press("Escape")
    page.get_by_label("Since").fill("yesterday")
    ask(page, "What happened?")
    expect(page.locator(".problem")).to_be_visible()
    scene(page, "11-problem")
    page.get_by_role("button", name="Narrow the search").click()
    page.get_by_role("button", name="Conversations").click()
    page.get_by_role("button", name="How it answers").click()
    expect(page.locator(".workings")).to_be_visible()
    page.locator(".workings").scroll_into_view_if_needed()
    scene(page, "12-conversations")


@browser_test
def test_reading(address: str, visit: Callable[..., Page], look: str, scene: Callable[..., None]) -> None:
    page = visit(address, **LOOKS[look])
    page.get_by_role("tab", name="Library").click()
    expect(page.locator(".extent")).to_be_visible()
    scene(page, "20-library")
    page.get_by_role("button", name="Filter").click()
    scene(page, "21-library-filters")
    page.get_by_role("button", name="Filter").click()
    page.locator(".shelf button.title", has_text="Museum").first.click()
    expect(page.locator(".reading h2")).to_be_focused()
    scene(page, "22-reading")
    page.get_by_role("button", name="Remove this article").click()
    expect(page.locator(".ask")).to_be_focused()
    scene(page, "23-removing")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="All articles").click()
    page.locator(".shelf button.title", has_text="سفينة").click()
    expect(page.locator(".reading h2")).to_be_focused()
    scene(page, "24-reading-arabic")


@browser_test
def test_adding(
    empty: str, visit: Callable[..., Page], tmp_path: Path, look: str, scene: Callable[..., None]
) -> None:
    page = visit(empty, **LOOKS[look])
    expect(page.get_by_text("newscite index PATH")).to_be_visible()
    scene(page, "30-empty")
    page.get_by_role("tab", name="Library").click()
    expect(page.locator(".extent")).to_have_text("Nothing is indexed yet.")
    scene(page, "31-empty-library")
    (tmp_path / "lighthouse.txt").write_text(f"Lighthouse of Ostrel is lit again\n\n{LIGHTHOUSE}")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    page.locator("#library-files input[type=file]").set_input_files(
        [tmp_path / "lighthouse.txt", tmp_path / "photo.jpg"]
    )
    expect(page.locator("#library-files-told .done")).to_contain_text("1 added", timeout=15_000)
    expect(page.locator(".shelf li")).to_have_count(1)
    scene(page, "32-uploaded")
    page.get_by_role("tab", name="Web address").click()
    page.get_by_label("Address of a page, a feed or a sitemap").fill("http://127.0.0.1:9/feed")
    page.get_by_role("button", name="Fetch and add").click()
    expect(page.locator("#library-address-told")).to_contain_text("private", timeout=15_000)
    scene(page, "33-address-refused")
    page.get_by_role("tab", name="Text", exact=True).click()
    page.get_by_label("Text", exact=True).fill(LIGHTHOUSE)
    page.get_by_label("Date").fill("someday")
    page.get_by_role("button", name="Add the text").click()
    expect(page.locator("#library-text-told .problem")).to_be_visible()
    scene(page, "34-text-refused")
    page.locator(".shelf button.title").click()
    page.get_by_role("button", name="Remove this article").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#library-notice .done")).to_contain_text("Removed: Lighthouse of Ostrel")
    scene(page, "35-removed")
