"""A run's report in a real browser, from the file: its numbers, its filters, both themes, a phone."""

from pathlib import Path
from typing import Any, Literal

import pytest
from chromium import browser_test
from playwright.sync_api import Browser, expect

from evals.datasets import read_shipped_sample
from evals.pages import write_report
from evals.report import to_dict
from evals.run import Options, evaluate

AA = 4.5  # WCAG 2.2, contrast of text


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A report on some questions of the sample, and the same as plain data."""
    result = evaluate(read_shipped_sample(), Options(limit=12))
    file = tmp_path_factory.mktemp("report") / "report.html"
    write_report(result, file)
    return file, to_dict(result)


CONTRASTS = """() => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (!color.endsWith(", 0)") && color !== "transparent") return color;
    }
    return "rgb(255, 255, 255)";
  };
  const said = "p, td, th, h1, h2, summary, button, mark, figcaption, label, .verdict *";
  return [...document.querySelectorAll(said)]
    .filter((element) => element.textContent.trim() && element.checkVisibility())
    .map((element) => {
      const pair = [light(getComputedStyle(element).color), light(behind(element))];
      const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      return [ratio, element.tagName, element.textContent.slice(0, 40)];
    });
}"""


@browser_test
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_the_report_reads_well(
    browser: Browser,
    report: tuple[Path, dict[str, Any]],
    theme: Literal["light", "dark"],
    width: int,
    tmp_path: Path,
) -> None:
    file, told = report
    page = browser.new_page(color_scheme=theme, viewport={"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())

    shown_figures = {name: figure for name, figure in told["metrics"].items() if figure["n"]}
    assert len(shown_figures) > 15
    for name, figure in shown_figures.items():
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True)).first
        shown = "–" if figure["value"] is None else f"{figure['value']:.3f}"
        expect(row.get_by_role("cell").first).to_have_text(shown)
    for summary in page.locator("summary").all()[:4]:
        summary.click()
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 50
    assert [found for found in contrasts if found[0] < AA] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    page.screenshot(path=tmp_path / "report.png", full_page=True)
    assert (tmp_path / "report.png").stat().st_size > 50_000
    page.close()


@browser_test
def test_its_questions_are_filtered_by_what_came_of_them(
    browser: Browser, report: tuple[Path, dict[str, Any]]
) -> None:
    file, told = report
    page = browser.new_page()
    page.goto(file.as_uri())
    questions = page.locator("details:visible")
    expect(questions).to_have_count(12)

    right = sum(bool(case["sentence@1"]) for case in told["cases"])
    page.get_by_role("button", name="first citation right").click()
    expect(questions).to_have_count(right)
    expect(page.locator("#count")).to_have_text(f"{right} of 12 questions")

    page.get_by_role("button", name="all", exact=True).click()
    page.get_by_label("words").fill(told["cases"][3]["question"])
    expect(questions).to_have_count(1)
    page.locator("details:visible summary").focus()
    page.keyboard.press("Enter")
    cited = told["cases"][3]["citations"][0]["quote"]
    expect(page.locator("details mark.cited:visible").first).to_contain_text(cited[:20])
    page.close()
