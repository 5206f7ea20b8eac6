"""The `newscite` command.

Scripts build on it: with `--json` each result is one line of JSON on stdout, progress and messages go to
stderr, and every error of newscite's own is one line there, with exit status 1. Heavy libraries are
imported inside the commands, so that `--help` is instant.
"""

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import InputError, NewsciteError

if TYPE_CHECKING:
    from index.build import Progress
    from index.catalog import Catalog
    from index.sources import Skipped
    from rag import Filter, Pipeline
    from ui.questions import Asked

app = typer.Typer(
    name="newscite",
    help="Answers questions about news articles; every sentence cites the exact source passage.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="The store's folder. [default: NEWSCITE_STORE, else your data folder]"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one line a result.")]
QuestionArgument = Annotated[
    str | None, typer.Argument(metavar="QUESTION", help="The question.", show_default=False)
]
InputOption = Annotated[
    Path | None,
    typer.Option("--input", metavar="FILE", help="A file of questions: text, one a line, or JSON Lines."),
]
OutletOption = Annotated[
    list[str] | None, typer.Option("--outlet", metavar="NAME", help="Only this outlet; may be repeated.")
]
SinceOption = Annotated[str, typer.Option("--since", metavar="DATE", help="Only articles from this day on.")]
UntilOption = Annotated[str, typer.Option("--until", metavar="DATE", help="Only articles up to this day.")]
LanguageOption = Annotated[
    str, typer.Option("--language", metavar="CODE", help="Only this language: en, es, ar …")
]


def main() -> None:
    """Run the command; an error of newscite's own becomes one line on stderr and exit status 1."""
    _quiet_libraries()
    _print_anything()
    _add_commands()
    try:
        app()
    except NewsciteError as error:
        typer.echo(f"newscite: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _quiet_libraries() -> None:
    """No library may phone home or fetch a model behind the user's back."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _print_anything() -> None:
    """News has letters that a terminal's encoding may lack: they become question marks, not an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _add_commands() -> None:
    """Commands that live in rooms `ui` does not import: the entry points of newscite.commands."""
    for entry in entry_points(group="newscite.commands"):
        app.command(name=entry.name)(entry.load())


@app.command()
def index(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or patterns.", metavar="PATH...")],
    store: StoreOption = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove what has vanished from under PATH.")] = False,
    json_output: JsonOption = False,
) -> None:
    """Read articles and index those that are new or changed. The last line, for scripts, is JSON."""
    from index.build import index_articles
    from index.embed import load_embedder
    from index.sources import read_paths
    from index.store import Store
    from rag.settings import read_settings
    from ui.terminal import print_report

    settings = read_settings()
    folder = store or settings.store
    articles = read_paths(paths, max_bytes=settings.max_file_mb * 1024**2)
    with (
        Store(folder, load_embedder(settings.embedding_model), create=True) as opened,
        _progress_bar() as progress,
    ):
        report = index_articles(
            opened,
            articles,
            prune_under=[Path(path) for path in paths] if prune else (),
            on_progress=progress,
        )
    if not json_output:
        print_report(report, folder)
    if json_output or not sys.stdout.isatty():
        _print_json(report.to_dict())
    if not (report.added or report.updated or report.unchanged or report.removed):
        raise typer.Exit(1)


@app.command()
def ask(
    question: QuestionArgument = None,
    *,
    input_file: InputOption = None,
    store: StoreOption = None,
    outlet: OutletOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    language: LanguageOption = "",
    json_output: JsonOption = False,
) -> None:
    """Answer a question, or a file of them, from the indexed articles."""
    from ui.terminal import print_answer

    default = _filter(outlet, since, until, language)

    def answer(pipeline: "Pipeline", asked: "Asked") -> None:
        result = pipeline.answer(
            asked.question, history=asked.history, filter=asked.filter, as_of=asked.as_of
        )
        _print_json(result.to_dict()) if json_output else print_answer(result)

    _for_each_question(question, input_file, default, store, answer)


@app.command()
def search(
    question: QuestionArgument = None,
    *,
    input_file: InputOption = None,
    k: Annotated[int, typer.Option("-k", metavar="N", min=1, help="How many passages.")] = 10,
    store: StoreOption = None,
    outlet: OutletOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    language: LanguageOption = "",
    json_output: JsonOption = False,
) -> None:
    """Show the passages that best match a question, or each of a file of them."""
    from ui.terminal import print_hits

    default = _filter(outlet, since, until, language)

    def find(pipeline: "Pipeline", asked: "Asked") -> None:
        hits = pipeline.search(
            asked.question, k=k, history=asked.history, filter=asked.filter, as_of=asked.as_of
        )
        if json_output:
            _print_json({"question": asked.question, "hits": [hit.to_dict() for hit in hits]})
        else:
            print_hits(asked.question, hits)

    _for_each_question(question, input_file, default, store, find)


@app.command()
def show(
    article_id: Annotated[
        str, typer.Argument(metavar="ARTICLE_ID", help="The article's id, as list and ask give it.")
    ],
    store: StoreOption = None,
    json_output: JsonOption = False,
) -> None:
    """Show a stored article: its fields, text and masks."""
    from ui.terminal import print_article

    with _catalog(store) as catalog:
        article = catalog.article(article_id)
    if article is None:
        raise InputError(
            f"there is no article {article_id!r} in the store: newscite list shows those there are"
        )
    _print_json(article.to_dict()) if json_output else print_article(article)


@app.command(name="list")
def list_articles(store: StoreOption = None, json_output: JsonOption = False) -> None:
    """List the stored articles, newest first."""
    from ui.terminal import print_articles

    with _catalog(store) as catalog:
        if not json_output:
            print_articles(catalog.articles())
            return
        for article in catalog.articles():
            _print_json(
                {name: value for name, value in article.to_dict().items() if name not in ("text", "masks")}
            )


@app.command()
def remove(
    article_ids: Annotated[list[str], typer.Argument(help="Ids of articles.", metavar="ARTICLE_ID...")],
    store: StoreOption = None,
) -> None:
    """Take articles out of the store."""
    from index.embed import load_embedder
    from index.store import Store
    from rag.settings import read_settings

    settings = read_settings()
    with Store(store or settings.store, load_embedder(settings.embedding_model)) as opened, opened.writing():
        unknown = [article_id for article_id in article_ids if opened.catalog.article(article_id) is None]
        removed = opened.catalog.remove(article_ids)
        opened.clear_strays()
    typer.echo(f"removed {removed} of {len(article_ids)} articles")
    if unknown:
        raise InputError(f"not in the store: {', '.join(unknown)}; newscite list shows those there are")


@app.command()
def stats(store: StoreOption = None, json_output: JsonOption = False) -> None:
    """Say what the store holds."""
    from dataclasses import asdict

    from ui.terminal import print_stats

    with _catalog(store) as catalog:
        found, made_with = catalog.stats(), catalog.meta()
        fields = {
            **asdict(found),
            "store": str(catalog.path.parent),
            "embedder": made_with.get("embedder", ""),
        }
    _print_json(fields) if json_output else print_stats(found, fields["store"], fields["embedder"])


@app.command()
def extract(
    files: Annotated[list[str], typer.Argument(help="Files, folders or patterns.", metavar="FILE...")],
    json_output: JsonOption = False,
) -> None:
    """Show what reading makes of files; nothing is stored."""
    from index.schema import Article
    from index.sources import read_paths
    from rag.settings import read_settings
    from ui.terminal import print_article, print_skipped

    skipped: list[Skipped] = []
    for article in read_paths(files, max_bytes=read_settings().max_file_mb * 1024**2):
        if not isinstance(article, Article):
            skipped.append(article)
        elif json_output:
            fields = article.to_dict()
            del fields["article_id"], fields["url"]
            _print_json(fields)
        else:
            print_article(article)
    print_skipped(skipped)
    if skipped:
        raise typer.Exit(1)


@app.command()
def chat(
    store: StoreOption = None,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="The address to serve on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="The port to serve on.")
    ] = 7860,
    sample: Annotated[
        bool, typer.Option("--sample", help="Index the shipped sample if the store is empty.")
    ] = False,
) -> None:
    """Open the chat page."""
    from index.sample import index_sample
    from rag import open_pipeline
    from ui.chat import check_address, serve

    check_address(host, port)
    with open_pipeline(store, create=True) as pipeline:
        if sample and not pipeline.stats().articles:
            typer.echo("The store is empty: indexing the sample articles.", err=True)
            with _progress_bar() as progress:
                index_sample(pipeline.store, on_progress=progress)
        serve(pipeline, host=host, port=port)


@contextmanager
def _catalog(store: Path | None) -> Iterator["Catalog"]:
    from index.catalog import Catalog
    from rag.settings import read_settings

    catalog = Catalog(store or read_settings().store)
    try:
        yield catalog
    finally:
        catalog.close()


def _filter(outlet: list[str] | None, since: str, until: str, language: str) -> "Filter":
    from index.schema import Filter

    return Filter(outlet=outlet or (), since=since, until=until, language=language)


def _for_each_question(
    question: str | None,
    input_file: Path | None,
    filter: "Filter",
    store: Path | None,
    act: Callable[["Pipeline", "Asked"], None],
) -> None:
    """Do `act` for the question, or for each line of the file.

    `filter` holds where a line says nothing of its own; a bad line is reported and the rest goes on.
    """
    from rag import open_pipeline
    from rag.conversation import check_question
    from ui.questions import Asked, read_questions

    if (question is None) == (input_file is None):
        raise InputError("give one question, or --input FILE with questions")
    asked: Iterable[Asked | NewsciteError]
    if input_file is not None:
        asked = read_questions(input_file, filter)
    else:
        asked = [Asked(check_question(question or ""), filter)]
    failed = 0
    with open_pipeline(store) as pipeline:
        for item in asked:
            try:
                if isinstance(item, NewsciteError):
                    raise item
                act(pipeline, item)
            except InputError as error:
                failed += 1
                typer.echo(f"newscite: {error}", err=True)
    if failed:
        raise typer.Exit(1)


def _print_json(fields: dict[str, Any]) -> None:
    line = json.dumps(fields, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8")  # a replaced stdout may have none
    except UnicodeEncodeError:
        line = json.dumps(fields)
    typer.echo(line)


@contextmanager
def _progress_bar() -> Iterator[Callable[["Progress"], None]]:
    """A line on stderr that says how far indexing is; silent where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    from ui.terminal import plain

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading")

        def update(progress: "Progress") -> None:
            name = plain(Path(progress.source).name)
            counts = f"{progress.articles:,} articles read, {progress.passages:,} passages indexed"
            bar.update(task, description=f"{counts} · {name}")

        yield update
