"""What a person sees in a terminal. Article text is printed as text: never as markup or control codes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from index.build import Report
from index.catalog import Stats
from index.clusters import Cluster
from index.schema import Article, Hit
from index.sources import Skipped
from rag.quoting.attribution import correction_in_words, credit, day_in_words, days_in_words
from rag.schema import Answer, Citation
from ui.wording import counted, standing

_SHOWN_SKIPPED = 20
_WIDTH = 100  # columns: longer lines are hard to read
_INDENT = 4
_LABEL = 11  # columns for the name of a fact
_OPENING = '“"«„'  # a quote that opens with one of these needs no second
_LINE_END = re.compile(r"[ \t]*\n\s*")


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False)
    console.width = min(console.width, _WIDTH)
    return console


def plain(text: str) -> str:
    """The text without what could drive the terminal; line ends and tabs stay.

    Control characters go; lone surrogates, which no terminal can show, become U+FFFD.
    """
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if category == "Cs" else character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if (category := unicodedata.category(character)) != "Cc" or character in "\n\t"
    )


def flowing(text: str) -> str:
    """The text, made plain, on one line: a file's own line ends would break it in odd places."""
    return _LINE_END.sub(" ", plain(text)).strip()


def _print_wrapped(console: Console, text: Text, indent: int = 0) -> None:
    """Print the text wrapped between words and indented, without spaces at the ends of lines."""
    for line in text.wrap(console, max(console.width - indent, 20), tab_size=4):
        line.rstrip()
        console.print(Text(" " * indent) + line if line else line, soft_wrap=True)


def _print_fact(console: Console, name: str, value: str) -> None:
    console.print(Text.assemble((f"{name:<{_LABEL}}" if value else name, "dim"), value), soft_wrap=True)


def _heading(article: Article) -> str:
    """Outlet and origin, day and headline, as far as they are known; without a headline, the file's name."""
    title = article.title or Path(article.source).name
    known = (credit(article), day_in_words(article), correction_in_words(article), title)
    return flowing(" · ".join(filter(None, known)))


def print_answer(answer: Answer) -> None:
    """The answer's prose, then its sources, each with its quote set apart."""
    console = _console()
    _print_wrapped(console, Text(flowing(answer.question), style="bold"))
    if answer.is_reworded:
        _print_wrapped(console, Text(f"Understood as: {flowing(answer.understood)}", style="dim"))
    console.print()
    for is_direct, sentences in groupby(answer.sentences, key=lambda sentence: sentence.role == "direct"):
        said = " ".join(sentence.marked() for sentence in sentences)
        _print_wrapped(console, Text(flowing(said), style="bold" if is_direct else ""))
    if answer.reason:
        _print_wrapped(console, Text(flowing(answer.reason), style="yellow"))
    if stands_on := standing(answer.citations, answer.origins):
        _print_wrapped(console, Text(flowing(stands_on), style="dim"))
    if answer.nearest:
        _print_nearest(console, answer.nearest)
    console.print()
    for citation in answer.citations:
        _print_source(console, citation)


def _print_nearest(console: Console, hit: Hit) -> None:
    console.print()
    console.print(Text("The nearest passage, which is not an answer:", style="dim"))
    _print_wrapped(console, Text(_heading(hit.passage.article), style="dim"), _INDENT)
    _print_wrapped(console, Text(flowing(hit.passage.text), style="dim"), _INDENT)


def _print_source(console: Console, citation: Citation) -> None:
    article = citation.article
    heading = Text.assemble((f"[{citation.marker}] ", "bold cyan"), (_heading(article), "bold"))
    _print_wrapped(console, heading)
    quote = flowing(citation.quote)
    _print_wrapped(console, Text(quote if quote[0] in _OPENING else f"“{quote}”", style="italic"), _INDENT)
    for date in citation.dates:
        meant = f"{_isolated(flowing(date.text))} = {days_in_words(date)}"
        _print_wrapped(console, Text(meant, style="dim"), _INDENT)
    place = (
        f"{article.url or article.source}\narticle {article.id}, characters {citation.start}–{citation.end}"
    )
    for line in plain(place).splitlines():
        console.print(Text(" " * _INDENT + line, style="dim"), soft_wrap=True)
    console.print()


def _isolated(text: str) -> str:
    """The text so that words written from right to left do not turn around what follows them."""
    if not any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return text
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def print_hits(question: str, hits: Sequence[Hit]) -> None:
    """The passages found, best first."""
    console = _console()
    _print_wrapped(console, Text(flowing(question), style="bold"))
    console.print()
    if not hits:
        console.print(Text("No passage found.\n", style="yellow"))
    for hit in hits:
        article = hit.passage.article
        _print_wrapped(console, Text(f"{hit.rank}. {_heading(article)}", style="bold"))
        _print_wrapped(console, Text(plain(hit.passage.text)), _INDENT)
        place = f"article {article.id}, score {hit.score:.2f}"
        console.print(Text(" " * _INDENT + place, style="dim"), soft_wrap=True)
        console.print()


def print_article(article: Article, version: int = 1, replaced: Sequence[str] = ()) -> None:
    """The article's fields, then its text with what is masked dimmed.

    `replaced` is when each earlier version of it gave way to the next; `version`, from 1, is which this is.
    """
    console = _console()
    for name, value in article.to_dict().items():
        if name not in ("text", "masks"):
            _print_fact(console, name, flowing(str(value)))
    if replaced:
        history = ", ".join(f"{number} until {moment[:10]}" for number, moment in enumerate(replaced, 1))
        _print_fact(console, "version", f"{version} ({history}, {len(replaced) + 1} is the present one)")
    console.print()
    text, end = Text(), 0
    for mask in article.masks:
        text.append(plain(article.text[end : mask.start]))
        text.append(f"{plain(article.text[mask.start : mask.end])} ⟨{mask.reason}⟩", style="dim")
        end = mask.end
    text.append(plain(article.text[end:]))
    _print_wrapped(console, text)
    console.print()


def print_articles(articles: Iterable[Article]) -> None:
    """A line an article: id, day, outlet, title. A terminal's width cuts titles; a pipe gets them whole."""
    console = _console()
    listed = [(article, flowing(article.outlet)) for article in articles]
    if not listed:
        console.print("The store is empty: index articles with newscite index PATH", soft_wrap=True)
    outlet_width = max((cell_len(outlet) for _, outlet in listed), default=0)
    for article, outlet in listed:
        padding = " " * (outlet_width - cell_len(outlet))
        title = flowing(article.title or Path(article.source).name)
        line = Text.assemble(
            (article.id, "dim"), f"  {article.published[:10]:<10}  {outlet}{padding}  ", (title, "bold")
        )
        if console.is_terminal:
            line.truncate(console.width, overflow="ellipsis")
        console.print(line, soft_wrap=True)


def print_clusters(clusters: Sequence[Cluster], articles: int) -> None:
    """Each cluster with its articles, oldest first; a line that says so where there is none."""
    console = _console()
    if not articles:
        console.print("The store is empty: index articles with newscite index PATH", soft_wrap=True)
    elif not clusters:
        console.print(
            f"None of {counted(articles, 'article')} are reprints or tell of one event.", soft_wrap=True
        )
    for cluster in clusters:
        origin = f", from {flowing(cluster.origin)}" if cluster.origin else ""
        heading = (f"{cluster.kind}: {counted(len(cluster.articles), 'article')}{origin}", "bold")
        console.print(Text.assemble(heading, (f"  {cluster.id}", "dim")), soft_wrap=True)
        for member in cluster.articles:
            title = flowing(member.title or Path(member.source).name)
            facts = " · ".join(fact for fact in (flowing(member.outlet), title) if fact)
            line = Text.assemble((f"  {member.article_id}", "dim"), f"  {member.published[:10]:<10}  {facts}")
            if console.is_terminal:
                line.truncate(console.width, overflow="ellipsis")
            console.print(line, soft_wrap=True)
        console.print()


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
    console = _console()
    for name, value in facts.items():
        _print_fact(console, name, flowing(value))


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
            f"{folder} holds {counted(report.articles, 'article')} in {counted(report.passages, 'passage')}."
        )
    _console(stderr=True).print(Text(flowing(line)), soft_wrap=True)


def print_skipped(skipped: Sequence[Skipped]) -> None:
    """One line on stderr for what was skipped, up to a number that can be read."""
    lines = [f"skipped {item.source}: {item.reason}" for item in skipped[:_SHOWN_SKIPPED]]
    if len(skipped) > _SHOWN_SKIPPED:
        lines.append(f"… and {len(skipped) - _SHOWN_SKIPPED:,} more; the report with --json names them all")
    console = _console(stderr=True)
    for line in lines:
        console.print(Text(flowing(line)), soft_wrap=True)
