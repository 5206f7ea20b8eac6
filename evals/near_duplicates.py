"""Whether rewrites of one story are found to be reprints, and whether different stories stay apart.

The data is OneStopEnglish (https://github.com/nishkalavallabhi/OneStopEnglishCorpus): news stories that
teachers have rewritten for three levels of reading, each level a folder. Two articles belong together if
their files have one name but for the level. They are read, indexed and clustered as newscite does it, and
every pair of articles is judged. A few files hold another story than their name says: they count as they are
named, and the report lists what was found against the names.
"""

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from evals.figures import Figure, figure
from evals.schema import Progress, spread
from index.build import index_articles
from index.catalog import Catalog
from index.clusters import Cluster, clusters
from index.embed import load_embedder
from index.errors import InputError
from index.schema import Article
from index.sources import read_paths
from index.store import Store
from rag.settings import read_settings

if TYPE_CHECKING:
    from rich.console import RenderableType

_LEVELS = ("Adv-Txt", "Int-Txt", "Ele-Txt")
_LEVEL_IN_NAME = re.compile(r"[- ]*(adv|int|ele)\w*$", re.IGNORECASE)
_LISTED = 10
_AT_ONCE = 50  # articles in one transaction, about as many as indexing has

Pair = tuple[str, str]
"""Two files, in order of their names."""


@dataclass(frozen=True)
class StoryPairs:
    """Of one story, how many pairs of its levels were found and missed, and how many pairs that it makes
    with other stories were found. Such a pair is shared by two stories, so each has half of it."""

    story: str
    found: int
    missed: int
    wrong: float


@dataclass(frozen=True)
class NearDuplicateReport:
    """The stories of a run by name, the pairs found wrongly and missed, and what it took.

    `merged` are pairs of different stories in one cluster, by the kind of cluster. `unread` are files that
    gave no article. Milliseconds are of one article: `indexing` all of it, `linking` what the catalog takes
    to keep it and to compare it with the others, `clustering` the clusters of all by the number of articles.
    """

    stories: tuple[StoryPairs, ...]
    articles: int
    unread: tuple[str, ...]
    missed: tuple[Pair, ...]
    merged: dict[str, tuple[Pair, ...]]
    indexing: float
    linking: float
    clustering: float

    def figures(self) -> dict[str, Figure]:
        """The metrics by their names, with intervals over stories."""
        found = sum(story.found for story in self.stories)
        missed = sum(story.missed for story in self.stories)
        return {
            "precision": figure(self.stories, precision, n=found + len(self.merged["reprint"])),
            "recall": figure(self.stories, recall, n=found + missed),
        }

    def to_dict(self) -> dict[str, Any]:
        """The figures, every wrong and missed pair, and every story. Milliseconds differ between two runs."""
        return {
            "dataset": "near_duplicates",
            "stories": len(self.stories),
            "articles": self.articles,
            "unread": list(self.unread),
            "metrics": {name: value.to_dict() for name, value in self.figures().items()},
            "different_stories_merged": {kind: len(pairs) for kind, pairs in self.merged.items()},
            "milliseconds_per_article": {
                "indexing": round(self.indexing, 1),
                "linking": round(self.linking, 2),
                "clustering": round(self.clustering, 2),
            },
            "wrong": {kind: [list(pair) for pair in pairs] for kind, pairs in self.merged.items()},
            "missed": [list(pair) for pair in self.missed],
            "cases": [
                {"id": story.story, "found": story.found, "missed": story.missed, "wrong": story.wrong}
                for story in self.stories
            ],
        }

    def __rich__(self) -> "RenderableType":
        from rich.box import SIMPLE_HEAD
        from rich.console import Group
        from rich.table import Table

        table = Table(
            title=f"near_duplicates: {self.articles} articles, {len(self.stories)} stories",
            caption=f"{self.indexing:.0f} ms an article to index, {self.linking:.1f} of it to link it, "
            f"{self.clustering:.2f} to cluster; intervals by bootstrap over stories",
            box=SIMPLE_HEAD,
        )
        for heading in ("metric", "value", "95 % interval", "n", "what it counts"):
            table.add_column(heading, no_wrap=heading != "what it counts")
        for name, value in self.figures().items():
            table.add_row(name, value.shown, value.interval, str(value.n), _MEANS[name])
        for kind, pairs in self.merged.items():
            table.add_row("merged", str(len(pairs)), "", "", f"pairs of different stories in one {kind}")
        lists = [
            *(_listed(f"wrong, in one {kind}", pairs) for kind, pairs in self.merged.items() if pairs),
            *([_listed("missed", self.missed)] if self.missed else []),
            *(
                [f"{len(self.unread)} files gave no article: {', '.join(self.unread[:_LISTED])}"]
                * bool(self.unread)
            ),
        ]
        return Group(table, *lists)


_MEANS = {
    "precision": "pairs in one reprint cluster that are levels of one story",
    "recall": "pairs of levels of one story that are in one reprint cluster",
}


def precision(stories: Sequence[StoryPairs]) -> float | None:
    """Of the pairs found, the share that is of one story; None where none was found."""
    found, wrong = sum(story.found for story in stories), sum(story.wrong for story in stories)
    return found / (found + wrong) if found + wrong else None


def recall(stories: Sequence[StoryPairs]) -> float | None:
    """Of the pairs of one story, the share found; None where there is none."""
    found, missed = sum(story.found for story in stories), sum(story.missed for story in stories)
    return found / (found + missed) if found + missed else None


def run(data: Path, limit: int | None, progress: Progress) -> NearDuplicateReport:
    """Index the articles in the folder `data`, or those of `limit` stories, and judge every pair of them.

    Raises InputError where the folder doesn't hold the three levels.
    """
    story_of = _stories(data, limit)
    read = list(read_paths([data / file for file in story_of]))
    articles = [found for found in read if isinstance(found, Article)]
    file_of = {article.id: _file(article.source) for article in articles}
    unread = tuple(sorted(story_of.keys() - file_of.values()))
    with TemporaryDirectory(prefix="newscite-eval-") as folder:
        began = time.monotonic()
        with Store(
            Path(folder) / "store", load_embedder(read_settings().embedding_model), create=True
        ) as store:
            index_articles(
                store,
                articles,
                on_progress=lambda at: progress("indexing", at.articles, len(articles)),
            )
            indexed = time.monotonic()
            found = clusters(store)
            clustered = time.monotonic()
        linking = _time_linking(Path(folder) / "catalog", articles)
    return _judged(
        {file: story for file, story in story_of.items() if file not in unread},
        {kind: _pairs(found, kind, file_of) for kind in ("reprint", "story")},
        unread=unread,
        indexing=1000 * (indexed - began) / len(articles),
        linking=1000 * linking / len(articles),
        clustering=1000 * (clustered - indexed) / len(articles),
    )


def _stories(data: Path, limit: int | None) -> dict[str, str]:
    """The files of the three levels as `level/name`, and the name of the story of each."""
    names = [f"{level}/{path.name}" for level in _LEVELS for path in sorted((data / level).glob("*.txt"))]
    if not all(any(name.startswith(f"{level}/") for name in names) for level in _LEVELS):
        raise InputError(f"{data} is not OneStopEnglish: there are no .txt files in {', '.join(_LEVELS)}")
    files: dict[str, list[str]] = defaultdict(list)
    for name in names:
        files[_LEVEL_IN_NAME.sub("", Path(name).stem).strip().casefold()].append(name)
    return {file: story for story in spread(sorted(files), limit) for file in files[story]}


def _file(source: str) -> str:
    path = Path(source)
    return f"{path.parent.name}/{path.name}"


def _time_linking(folder: Path, articles: Sequence[Article]) -> float:
    """Seconds that a catalog alone takes for the articles, in which no passage is embedded."""
    catalog = Catalog(folder, create=True)
    try:
        began = time.monotonic()
        for start in range(0, len(articles), _AT_ONCE):
            catalog.swap([(article, []) for article in articles[start : start + _AT_ONCE]])
        return time.monotonic() - began
    finally:
        catalog.close()


def _pairs(found: Iterable[Cluster], kind: str, file_of: dict[str, str]) -> set[Pair]:
    return {
        pair
        for cluster in found
        if cluster.kind == kind
        for pair in combinations(sorted(file_of[member.article_id] for member in cluster.articles), 2)
    }


def _judged(
    story_of: dict[str, str], pairs: dict[str, set[Pair]], *, unread: tuple[str, ...], **milliseconds: float
) -> NearDuplicateReport:
    """Judge the pairs found in clusters of each kind by the stories of their files."""
    together = {pair for pair in combinations(sorted(story_of), 2) if story_of[pair[0]] == story_of[pair[1]]}
    merged = {kind: tuple(sorted(found - together)) for kind, found in pairs.items()}
    missed = tuple(sorted(together - pairs["reprint"]))
    stories = []
    for story in dict.fromkeys(story_of.values()):
        own = {pair for pair in together if story_of[pair[0]] == story}
        wrong = sum(story_of[file] == story for pair in merged["reprint"] for file in pair) / 2
        stories.append(StoryPairs(story, len(own - set(missed)), len(own & set(missed)), wrong))
    return NearDuplicateReport(
        stories=tuple(stories),
        articles=len(story_of),
        unread=unread,
        missed=missed,
        merged=merged,
        **milliseconds,
    )


def _listed(heading: str, pairs: Sequence[Pair]) -> str:
    more = [f"  … and {len(pairs) - _LISTED} more; see --json"] if len(pairs) > _LISTED else []
    return "\n".join([f"{heading}:", *(f"  {one}  |  {other}" for one, other in pairs[:_LISTED]), *more])
