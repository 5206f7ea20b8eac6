"""Something to ask about at the first start."""

import typer

from index.sample import index_sample
from rag import Pipeline
from ui.progress import progress_bar


def index_sample_if_empty(pipeline: Pipeline) -> None:
    """Index the shipped sample into a store that has no article."""
    if pipeline.stats().articles:
        return
    typer.echo("The store is empty: indexing the sample articles.", err=True)
    with progress_bar() as progress:
        index_sample(pipeline.store, on_progress=progress)
