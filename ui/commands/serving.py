"""Commands that serve programs, and say who may ask: serve, user, mcp."""

import sys
from typing import Annotated

import typer

from ui.options import SampleOption, StoreOption


def serve(
    store: StoreOption = None,
    host: Annotated[
        str | None,
        typer.Option(
            "--host", metavar="HOST", help="The address to serve on. [default: NEWSCITE_HOST, else 127.0.0.1]"
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="PORT",
            min=1,
            max=65535,
            help="The port to serve on. [default: NEWSCITE_PORT, else 7860]",
        ),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TOKEN",
            help="What whoever asks must show; NEWSCITE_TOKEN keeps it out of the list of processes.",
        ),
    ] = None,
    sample: SampleOption = False,
) -> None:
    """Serve the page, and the same answers over HTTP, as OpenAI's API gives them, and over MCP."""
    from pydantic import SecretStr

    from rag import open_pipeline
    from rag.settings import read_settings
    from ui.first_articles import index_sample_if_empty
    from ui.service.server import check_bind
    from ui.service.server import serve as serve_until_stopped
    from ui.service.tracing import traced

    given = {"host": host, "port": port, "token": SecretStr(token) if token else None}
    settings = read_settings().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    check_bind(settings)
    with (
        traced() as provider,
        open_pipeline(store, settings=settings, create=True, tracer_provider=provider) as pipeline,
    ):
        if sample:
            index_sample_if_empty(pipeline)
        serve_until_stopped(pipeline, settings)


def user(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The user's name.", show_default=False)],
) -> None:
    """Print the line of a user for the file that NEWSCITE_USERS names. Asks for the password, or reads it
    from standard input where that is no terminal."""
    from ui.service.users import user_line

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    typer.echo(user_line(name, password))


def mcp(store: StoreOption = None) -> None:
    """Serve the tools ask, search and read_article to one program, over MCP on stdin and stdout."""
    from rag import open_pipeline
    from rag.settings import read_settings
    from ui.service.answers import Answers
    from ui.service.mcp import mcp_server
    from ui.service.records import log_to_stderr

    log_to_stderr()
    settings = read_settings()
    with open_pipeline(store, settings=settings) as pipeline:
        answers = Answers(pipeline, simultaneous=settings.simultaneous, seconds=settings.answer_timeout)
        mcp_server(answers).run("stdio")
        answers.close()
