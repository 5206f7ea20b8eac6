"""Commands that answer: ask, search, chat."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import InputError, NewsciteError
from ui.json_lines import print_json
from ui.options import (
    AsOfOption,
    InputOption,
    JsonOption,
    LanguageOption,
    OutletOption,
    QuestionArgument,
    SampleOption,
    SinceOption,
    StoreOption,
    UntilOption,
)

if TYPE_CHECKING:
    from rag import Filter, Pipeline
    from ui.questions import Asked


def ask(
    question: QuestionArgument = None,
    *,
    input_file: InputOption = None,
    store: StoreOption = None,
    outlet: OutletOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    language: LanguageOption = "",
    as_of: AsOfOption = "",
    json_output: JsonOption = False,
) -> None:
    """Answer a question, or a file of them, from the indexed articles."""
    from ui.terminal import print_answer

    default = _filter(outlet, since, until, language)

    def answer(pipeline: "Pipeline", asked: "Asked") -> None:
        result = pipeline.answer(
            asked.question, history=asked.history, filter=asked.filter, as_of=asked.as_of
        )
        print_json(result.to_dict()) if json_output else print_answer(result)

    _for_each_question(question, input_file, default, as_of, store, answer)


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
    as_of: AsOfOption = "",
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
            print_json({"question": asked.question, "hits": [hit.to_dict() for hit in hits]})
        else:
            print_hits(asked.question, hits)

    _for_each_question(question, input_file, default, as_of, store, find)


def chat(
    store: StoreOption = None,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="The address to serve on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="The port to serve on.")
    ] = 7860,
    sample: SampleOption = False,
) -> None:
    """Open the chat page."""
    from rag import open_pipeline
    from rag.settings import read_settings
    from ui.first_articles import index_sample_if_empty
    from ui.serving import check_address, serve

    settings = read_settings()
    check_address(host, port)
    with open_pipeline(store, settings=settings, create=True) as pipeline:
        if sample:
            index_sample_if_empty(pipeline)
        serve(pipeline, host=host, port=port)


def _filter(outlet: list[str] | None, since: str, until: str, language: str) -> "Filter":
    from index.schema import Filter

    return Filter(outlet=outlet or (), since=since, until=until, language=language)


def _for_each_question(  # noqa: PLR0917 -- what its two callers were given
    question: str | None,
    input_file: Path | None,
    filter: "Filter",
    as_of: str,
    store: Path | None,
    act: Callable[["Pipeline", "Asked"], None],
) -> None:
    """Do `act` for the question, or for each line of the file.

    `filter` holds where a line says nothing of its own; a bad line is reported and the rest goes on.
    """
    from rag import open_pipeline
    from rag.asking.conversation import check_question
    from ui.questions import Asked, read_questions

    if (question is None) == (input_file is None):
        raise InputError("give one question, or --input FILE with questions")
    asked: Iterable[Asked | NewsciteError]
    if input_file is not None:
        asked = read_questions(input_file, filter, as_of)
    else:
        asked = [Asked(check_question(question or ""), filter, as_of=as_of)]
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
