"""The hand-marked articles: which of their lines are boilerplate, and of what kind.

`pages` holds pages as people copy them out of browsers, made up from end to end. Rules were written looking
at `dev`, then measured on `held_out` and mended by what that showed, then once more so on `fresh` and on
`unseen`; 33 of 295, 57 of 148 and 19 of 76 lines could be cited before that. That is what to expect of the
masks elsewhere; of those 19, all but 2 lack a full stop and are not quoted any more. Beside each page,
`marks/…/NAME.marks` has the same page with the kind of each line in front, `article` for the article's own,
and above it questions that bait its boilerplate:

    ? Which ferry company will run boats this winter?

    navigation<TAB>Skip to main content
    article<TAB>Old bridge to stay shut until spring

White space is as in the page or a plain space. `sample.marks` does the same for the shipped sample, but has
only the boilerplate: a heading `== FILE` for each article, then its lines.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path

from index.errors import InputError
from index.schema import Article, touches
from index.sources import read_paths

ARTICLE = "article"
KINDS = (
    *("navigation", "date", "byline", "share", "caption", "related", "tags", "promotion", "advertisement"),
    *("comments", "consent", "copyright", "disclaimer", "bio"),
)
PARTS = {"dev": "dev", "held_out": "held out", "fresh": "fresh", "unseen": "unseen", "sample": "sample"}

_LINE = re.compile(r"[^\r\n]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"))


@dataclass(frozen=True)
class Line:
    """One line of boilerplate at `[start, end)` of its article's text, and its kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class MarkedPage:
    """An article as newscite reads it, masks and all, and which of its lines a person calls boilerplate.

    `part` is one of `PARTS`; `questions` bait the boilerplate: it would answer them best. `lines` are in
    order.
    """

    name: str
    part: str
    article: Article
    lines: tuple[Line, ...]
    questions: tuple[str, ...]

    @cached_property
    def language(self) -> str:
        """The article's language, as newscite detects it."""
        return self.article.language or "?"

    def touched(self, start: int, end: int) -> Sequence[Line]:
        """The boilerplate that shares a character with `[start, end)`."""
        return [line for line in self.lines if line.start < end and start < line.end]


def read_marked_pages() -> tuple[MarkedPage, ...]:
    """The marked pages and the marked sample, as installed with newscite.

    Raises InputError if a page can't be read or its marks don't agree with it.
    """
    with (
        as_file(files("evals") / "boilerplate") as folder,
        as_file(files("index") / "sample" / "articles") as articles,
    ):
        return (
            *(page for part in PARTS if part != "sample" for page in read_pages(folder, part)),
            *read_sample(articles, folder / "sample.marks"),
        )


def digest_of(pages: Sequence[MarkedPage]) -> str:
    """SHA-256 over the texts, marks and questions: the same digest, the same evaluation."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(repr((page.name, page.article.text, page.lines, page.questions)).encode())
    return digest.hexdigest()


def read_pages(folder: Path, part: str) -> Iterator[MarkedPage]:
    """Read the pages of `folder/pages/PART`, each with its marks in `folder/marks/PART`.

    Raises InputError if one can't be read, has no marks, or has marks of other lines than its own.
    """
    for name, article in _articles(folder / "pages" / part):
        path = folder / "marks" / part / f"{name}.marks"
        if not path.is_file():
            raise InputError(f"the page {name} has no marks: write {path.name}")
        questions, marks = _marks(path.name, path.read_text(encoding="utf-8"))
        found = list(_lines_of(article))
        for number, ((_, words), (start, end)) in enumerate(zip(marks, found, strict=False), start=1):
            if words != _plain(article.text[start:end]):
                raise InputError(
                    f"{path.name}, line {number} of the page: {words[:40]!r} is marked, but the page "
                    f"has {_plain(article.text[start:end])[:40]!r} there"
                )
        if len(marks) != len(found):
            raise InputError(f"{path.name} marks {len(marks)} lines, but the page has {len(found)}")
        lines = (
            Line(start, end, kind)
            for (kind, _), (start, end) in zip(marks, found, strict=True)
            if kind != ARTICLE
        )
        yield MarkedPage(name, part, article, tuple(lines), questions)


def read_sample(articles: Path, marks: Path) -> Iterator[MarkedPage]:
    """Read a folder of articles, with the boilerplate lines of all of them in the one file `marks`.

    A marked line that the article doesn't hold is none: the reader of its format has left it out already.
    Raises InputError if an article can't be read, or the marks name one that isn't there.
    """
    sections = dict(_sections(marks))
    for name, article in _articles(articles):
        questions, wanted = _marks(f"{marks.name}, {name}", sections.pop(name, ""))
        kinds = {words: kind for kind, words in wanted}
        lines = (
            Line(start, end, kinds[_plain(article.text[start:end])])
            for start, end in _lines_of(article)
            if _plain(article.text[start:end]) in kinds
        )
        yield MarkedPage(name, "sample", article, tuple(lines), questions)
    if sections:
        raise InputError(f"{marks.name} marks {next(iter(sections))!r}, but there is no such article")


def _articles(folder: Path) -> Iterator[tuple[str, Article]]:
    for read in read_paths([folder]):
        if not isinstance(read, Article):
            raise InputError(f"a marked page can't be read: {read}")
        yield Path(read.source).name, read


def _sections(path: Path) -> Iterator[tuple[str, str]]:
    for section in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, lines = section.partition("\n")
        yield name.strip(), lines


def _marks(name: str, text: str) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """The questions, and the kind and words of each line that holds something."""
    questions, marks = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        kind, tab, words = line.partition("\t")
        if line.startswith("? "):
            questions.append(line[2:].strip())
        elif tab and kind in (ARTICLE, *KINDS):
            marks.append((kind, _plain(words)))
        elif line.strip():
            raise InputError(
                f"{name}, line {number}: {line[:40]!r} does not start with a kind and a tab; "
                f"the kinds are {', '.join((ARTICLE, *KINDS))}"
            )
    return tuple(questions), marks


def _lines_of(article: Article) -> Iterator[tuple[int, int]]:
    """The lines that hold something, without outer white space; a front matter is not counted."""
    front = [mask for mask in article.masks if mask.reason == "front matter"]
    for line in _LINE.finditer(article.text):
        if _plain(line[0]) and not touches(front, line.start(), line.end()):
            lead = len(line[0]) - len(line[0].lstrip())
            yield line.start() + lead, line.start() + len(line[0].rstrip())


def _plain(text: str) -> str:
    """The words as an editor shows them: white space is a space, direction marks don't count."""
    return " ".join(text.translate(_INVISIBLE).split())
