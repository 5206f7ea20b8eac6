"""The options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="The store's folder. [default: NEWSCITE_STORE, else your data folder]"
    ),
]
SampleOption = Annotated[
    bool, typer.Option("--sample", help="Index the shipped sample if the store is empty.")
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
AsOfOption = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Answer as of this day: nothing later is used, “last week” is counted from it.",
    ),
]
LanguageOption = Annotated[
    str, typer.Option("--language", metavar="CODE", help="Only this language: en, es, ar …")
]
AllowPrivateOption = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Fetch from private addresses too, such as this machine and its network."
    ),
]
MaxPagesOption = Annotated[
    int,
    typer.Option(
        "--max-pages", metavar="N", min=1, help="Of the pages that feeds and sitemaps name, fetch N a run."
    ),
]
