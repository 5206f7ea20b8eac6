"""What browser tests leave to look at: pictures that they keep, and what stood open when one failed."""

import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, Page


class Artifacts:
    """A folder for pictures and figures; without one, nothing is written."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def picture(self, page: Page, name: str) -> None:
        """Keep what the window shows as `name`.png."""
        if file := self._file(f"{name}.png"):
            page.screenshot(path=file)

    def figure(self, name: str, line: str) -> None:
        """Print a line, and keep it as `name`.txt."""
        print(line)  # noqa: T201
        if file := self._file(f"{name}.txt"):
            file.write_text(f"{line}\n", encoding="utf-8")

    def failure(self, browser: Browser, name: str) -> None:
        """Keep every open page of the browser, with its address and its console, under the test's name."""
        pages = [page for context in browser.contexts for page in context.pages]
        for number, page in enumerate(pages, start=1):
            with suppress(Error):  # a page that hangs or is gone must not hide why the test failed
                console = [f"{message.type}: {message.text}" for message in page.console_messages()]
                errors = [f"uncaught: {error}" for error in page.page_errors()]
                if file := self._file(f"failed-{name}-{number}.txt"):
                    file.write_text("\n".join([page.url, *console, *errors, ""]), encoding="utf-8")
                self.picture(page, f"failed-{name}-{number}")

    def _file(self, name: str) -> Path | None:
        if self._folder is None:
            return None
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / re.sub(r"[^\w.-]+", "-", name)
