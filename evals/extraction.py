"""How much of a news page's article is read from its HTML, and how little else.

The data is the article extraction benchmark (https://github.com/scrapinghub/article-extraction-benchmark):
saved pages with the text of the article as a person marked it. The measure is the benchmark's own, as its
evaluate.py has it: words in runs of four, letter case kept, each run as often as it occurs; precision and
recall a page; their means over pages; and F1 of these two means. Accuracy is the share of pages whose words
are exactly the marked ones.

Measured is what newscite would cite: an article's text outside its masks. The same of its whole text stands
beside it.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from statistics import mean
from time import monotonic
from typing import TYPE_CHECKING, Any

from evals.figures import Figure, figure, shown
from evals.schema import Progress, spread
from index.errors import InputError
from index.schema import Article
from index.sources import Skipped, read_paths

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_RUN = 4  # words of a shingle
_WORST = 10
_SHOWN_WORDS = 9

_Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Match:
    """Shingles in both texts, in the read one only, and in the marked one only."""

    both: int
    read_only: int
    marked_only: int

    @property
    def precision(self) -> float:
        """The share of what was read that is marked; 1 where both texts are empty."""
        return _share(self.both, self.read_only, self.marked_only)

    @property
    def recall(self) -> float:
        """The share of what is marked that was read; 1 where both texts are empty."""
        return _share(self.both, self.marked_only, self.read_only)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return _harmonic(self.precision, self.recall)


@dataclass(frozen=True)
class PageScore:
    """One page: the words marked and read on it, and how they match. `skipped` says why none were read."""

    name: str
    url: str
    marked: str
    read: str
    whole: str
    skipped: str = ""

    @cached_property
    def match(self) -> Match:
        """Over what newscite would cite."""
        return match(self.marked, self.read)

    @cached_property
    def match_whole(self) -> Match:
        """Over the whole text, masked or not."""
        return match(self.marked, self.whole)

    @property
    def is_exact(self) -> bool:
        """True if the words are those marked, and no others."""
        return _tokens(self.marked) == _tokens(self.read)


@dataclass(frozen=True)
class ExtractionReport:
    """The pages of a run, in the order of their names, and how long reading a page took."""

    pages: tuple[PageScore, ...]
    milliseconds: float

    def figures(self) -> dict[str, Figure]:
        """The metrics by their names, with intervals over pages."""
        cited = [page.match for page in self.pages]
        whole = [page.match_whole for page in self.pages]
        return {
            "precision": figure(cited, precision),
            "recall": figure(cited, recall),
            "f1": figure(cited, f1),
            "accuracy": figure([page.is_exact for page in self.pages], mean),
            "precision_whole": figure(whole, precision),
            "recall_whole": figure(whole, recall),
            "f1_whole": figure(whole, f1),
        }

    def worst(self) -> list[PageScore]:
        """The ten pages with the lowest F1, worst first."""
        return sorted(self.pages, key=lambda page: page.match.f1)[:_WORST]

    def to_dict(self) -> dict[str, Any]:
        """The figures, and every page. Only `milliseconds` differs between two runs."""
        return {
            "dataset": "article_extraction",
            "pages": len(self.pages),
            "metrics": {name: value.to_dict() for name, value in self.figures().items()},
            "milliseconds_per_page": round(self.milliseconds, 1),
            "cases": [_case(page) for page in self.pages],
        }

    def __rich__(self) -> "RenderableType":
        from rich.console import Group

        return Group(self._figures_table(), self._worst_table())

    def _figures_table(self) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(
            title=f"article_extraction: {len(self.pages)} pages",
            caption=f"{self.milliseconds:.0f} ms a page; intervals by bootstrap over pages",
            box=SIMPLE_HEAD,
        )
        for heading in ("metric", "value", "95 % interval", "what it counts"):
            table.add_column(heading, no_wrap=heading != "what it counts")
        for name, value in self.figures().items():
            table.add_row(name, value.shown, value.interval, _MEANS[name])
        return table

    def _worst_table(self) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(title="the worst pages", box=SIMPLE_HEAD)
        table.add_column("page", no_wrap=True)
        for heading in ("P", "R", "F1"):
            table.add_column(heading, justify="right", no_wrap=True)
        table.add_column("missing (−) and too much (+)")
        for page in self.worst():
            result = page.match
            cells = (shown(result.precision), shown(result.recall), shown(result.f1))
            table.add_row(page.name[:12], *cells, difference(page))
        return table


_MEANS = {
    "precision": "of what newscite would cite, the share that is the article's",
    "recall": "of the article, the share that can be cited",
    "f1": "harmonic mean of the two",
    "accuracy": "pages read word for word",
    "precision_whole": "the same over the whole text, masked or not",
    "recall_whole": "",
    "f1_whole": "",
}


def run(data: Path, limit: int | None, progress: Progress) -> ExtractionReport:
    """Read the benchmark's pages in the folder `data`, or `limit` of them, and match them with the marks.

    Raises InputError where the folder doesn't hold `ground-truth.json` and pages in `html/`.
    """
    marked = _marked(data)
    files = {path.name.partition(".")[0]: path for path in sorted((data / "html").glob("*.html*"))}
    names = spread(sorted(marked.keys() & files.keys()), limit)
    if not names:
        raise InputError(f"{data} is not the article extraction benchmark: no page in html/ is marked")
    pages, seconds = [], 0.0
    for done, name in enumerate(names):
        progress("reading pages", done, len(names))
        began = monotonic()
        article = next(read_paths([files[name]]))
        seconds += monotonic() - began
        pages.append(_page(name, marked[name], article))
    progress("reading pages", len(names), len(names))
    return ExtractionReport(tuple(pages), 1000 * seconds / len(names))


def match(marked: str, read: str) -> Match:
    """Compare two texts by their shingles.

    >>> match("Rain fell in the north.", "Rain fell in the north. Share this").precision
    0.5
    """
    ours, gold = _shingles(read), _shingles(marked)
    return Match((ours & gold).total(), (ours - gold).total(), (gold - ours).total())


def precision(matches: Sequence[Match]) -> float | None:
    """The mean of the pages' precision, over pages of which something was read."""
    return _mean([one.precision for one in matches if one.both + one.read_only])


def recall(matches: Sequence[Match]) -> float | None:
    """The mean of the pages' recall, over pages on which something is marked."""
    return _mean([one.recall for one in matches if one.both + one.marked_only])


def f1(matches: Sequence[Match]) -> float | None:
    """The harmonic mean of the mean precision and the mean recall, as the benchmark has it."""
    return _harmonic(precision(matches) or 0.0, recall(matches) or 0.0)


def difference(page: PageScore) -> str:
    """The longest run of words missing and the longest too much, in a few words each."""
    if page.skipped:
        return page.skipped
    gold, ours = _tokens(page.marked), _tokens(page.read)
    changes = SequenceMatcher(None, gold, ours, autojunk=False).get_opcodes()
    missing = max(([*gold[a:b]] for kind, a, b, _, _ in changes if kind != "equal"), key=len, default=[])
    extra = max(([*ours[a:b]] for kind, _, _, a, b in changes if kind != "equal"), key=len, default=[])
    return "; ".join(f"{sign}{_few(words)}" for sign, words in (("−", missing), ("+", extra)) if words)


def _few(words: Sequence[str]) -> str:
    more = " …" if len(words) > _SHOWN_WORDS else ""
    return f"{len(words)} words: {' '.join(words[:_SHOWN_WORDS])}{more}"


def _marked(data: Path) -> dict[str, dict[str, str]]:
    try:
        rows = json.loads((data / "ground-truth.json").read_text(encoding="utf-8"))
        return {
            name: {"articleBody": row["articleBody"], "url": row.get("url", "")} for name, row in rows.items()
        }
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise InputError(
            f"{data} is not the article extraction benchmark: ground-truth.json: {type(error).__name__}"
        ) from None


def _page(name: str, marked: dict[str, str], read: object) -> PageScore:
    if not isinstance(read, Article):
        reason = read.reason if isinstance(read, Skipped) else "not an article"
        return PageScore(name, marked["url"], marked["articleBody"], "", "", reason)
    cited = "\n".join(read.text[start:end] for start, end in read.open_spans())
    return PageScore(name, marked["url"], marked["articleBody"], cited, read.text)


def _case(page: PageScore) -> dict[str, Any]:
    result, whole = page.match, page.match_whole
    return {
        "id": page.name,
        "url": page.url,
        "precision": round(result.precision, 4),
        "recall": round(result.recall, 4),
        "f1": round(result.f1, 4),
        "f1_whole": round(whole.f1, 4),
        "exact": page.is_exact,
        "skipped": page.skipped,
    }


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _shingles(text: str) -> _Shingles:
    """Every run of four words; a shorter text is one run, an empty one none."""
    words = _tokens(text)
    return Counter(
        run for start in range(max(1, len(words) - _RUN + 1)) if (run := tuple(words[start : start + _RUN]))
    )


def _share(both: int, mine: int, other: int) -> float:
    if mine == other == 0:
        return 1.0
    return both / (both + mine) if both or mine else 0.0


def _mean(values: Sequence[float]) -> float | None:
    return mean(values) if values else None


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
