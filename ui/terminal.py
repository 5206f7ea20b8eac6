"""What a person sees in a terminal. Article text is printed as text: never as markup or control codes."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from index.build import Report
from index.catalog import Stats
from index.schema import Article, Hit
from index.sources import Skipped
from rag.attribution import day_in_words, who
from rag.schema import Answer, Citation

_SHOWN_SKIPPED = 20
_WIDTH = 100


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False)
    if console.width > _WIDTH:
        console.width = _WIDTH
    return console


def plain(text: str) -> str:
    """The text without control characters, which could drive the terminal; line ends and tabs stay."""
    return "".join(
        character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t" or unicodedata.category(character) != "Cc"
    )


def print_answer(answer: Answer) -> None:
    """The answer's prose, then its sources, each with its quote set apart."""
    console = _console()
    console.print(Text(answer.question, style="bold"))
    if answer.status == "abstained":
        console.print(Text(plain(answer.reason), style="yellow"))
        console.print()
        return
    console.print()
    console.print(Text(plain(answer.text)))
    if answer.reason:
        console.print(Text(plain(answer.reason), style="yellow"))
    console.print()
    for citation in answer.citations:
        _print_source(console, citation)


def _print_source(console: Console, citation: Citation) -> None:
    article = citation.article
    known = [who(article), day_in_words(article), article.title if article.outlet else ""]
    line = Text(f"[{citation.marker}] ", style="bold cyan")
    line.append(plain(" · ".join(part for part in known if part)), style="bold")
    console.print(line)
    place = f"{article.url or article.source}  characters {citation.start}–{citation.end}  article {article.id}"
    console.print(Padding(Text(plain(place), style="dim"), (0, 0, 0, 4)))
    console.print(Padding(Text(f"“{plain(citation.quote)}”", style="italic"), (0, 0, 1, 4)))


def print_hits(question: str, hits: Sequence[Hit]) -> None:
    """The passages found, best first."""
    console = _console()
    console.print(Text(question, style="bold"))
    if not hits:
        console.print(Text("No passage found.", style="yellow"))
    for hit in hits:
        article = hit.passage.article
        heading = " · ".join(part for part in (who(article), day_in_words(article), article.title) if part)
        console.print(Text(plain(f"\n{hit.rank}. {heading}  ({hit.score:.2f}, article {article.id})"), style="bold"))
        console.print(Padding(Text(plain(hit.passage.text)), (0, 0, 0, 3)))
    console.print()


def print_article(article: Article) -> None:
    """The article's fields, then its text with what is masked dimmed."""
    console = _console()
    for name, value in article.to_dict().items():
        if name not in ("text", "masks"):
            console.print(Text.assemble((f"{name:<11}", "dim"), plain(str(value))))
    console.print()
    text, end = Text(), 0
    for mask in article.masks:
        text.append(plain(article.text[end : mask.start]))
        text.append(f"{plain(article.text[mask.start : mask.end])} ⟨{mask.reason}⟩", style="dim")
        end = mask.end
    text.append(plain(article.text[end:]))
    console.print(text)
    console.print()


def print_articles(articles: Iterable[Article]) -> None:
    """A table of articles."""
    table = Table("id", "published", "outlet", "title or file", box=None, header_style="bold")
    for article in articles:
        title = article.title or Path(article.source).name
        table.add_row(article.id, article.published[:10], Text(plain(article.outlet)), Text(plain(title)))
    if table.row_count:
        _console().print(table)
    else:
        _console().print("The store is empty: index articles with newscite index PATH")


def print_stats(stats: Stats, store: str, embedder: str) -> None:
    """What the store holds, a line a fact."""
    facts = {
        "store": store,
        "articles": f"{stats.articles:,}",
        "passages": f"{stats.passages:,}",
        "outlets": _tally(stats.outlets),
        "languages": _tally(stats.languages),
        "published": " to ".join(day for day in (stats.first_published, stats.last_published) if day),
        "embedder": embedder,
    }
    for name, value in facts.items():
        _console().print(Text.assemble((f"{name:<11}", "dim"), plain(value)))


def _tally(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} ({count:,})" for name, count in counts.items())


def print_report(report: Report, folder: Path) -> None:
    """What an index run did, on stderr; the report itself goes to stdout."""
    print_skipped(report.skipped)
    if not report.articles:
        line = "No article was indexed, and the store is empty."
    else:
        line = (
            f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged, "
            f"{report.removed:,} removed in {report.seconds:.1f} s. "
            f"{folder} holds {report.articles:,} articles in {report.passages:,} passages."
        )
    _console(stderr=True).print(Text(plain(line)), soft_wrap=True)


def print_skipped(skipped: Sequence[Skipped]) -> None:
    """One line on stderr for what was skipped, up to a number that can be read."""
    lines = [f"skipped {item.source}: {item.reason}" for item in skipped[:_SHOWN_SKIPPED]]
    if len(skipped) > _SHOWN_SKIPPED:
        lines.append(f"… and {len(skipped) - _SHOWN_SKIPPED:,} more; the report with --json names them all")
    for line in lines:
        _console(stderr=True).print(Text(plain(line)), soft_wrap=True)
