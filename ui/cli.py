"""The `newscite` command.

Scripts build on it: with `--json` each result is one line of JSON on stdout, progress and messages go to
stderr, and every error of newscite's own is one line there, with exit status 1. Heavy libraries are
imported inside the commands, so that `--help` is instant.
"""

import io
import os
import sys
from importlib.metadata import entry_points

import typer

from index.errors import NewsciteError
from ui.commands import asking, reading, serving, stored

app = typer.Typer(
    name="newscite",
    help="Answers questions about news articles; every sentence cites the exact source passage.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for _command in (
    *(reading.index, reading.watch, asking.ask, asking.search, stored.show, stored.list_articles),
    *(stored.clusters, stored.remove, stored.stats, stored.check, reading.extract, asking.chat),
    *(serving.serve, serving.user, serving.mcp),
):
    app.command(name=_command.__name__.partition("_")[0])(_command)


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
    """Commands that live in rooms `ui` does not import: the entry points of newscite.commands, typer apps."""
    for entry in entry_points(group="newscite.commands"):
        app.add_typer(entry.load(), name=entry.name)
