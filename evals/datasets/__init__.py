"""The datasets by name: what each measures, where to get it, and how to read it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals.datasets.onestop_qa import read_onestop_qa
from evals.datasets.sample import read_sample, read_shipped_sample
from evals.schema import Dataset
from index.errors import InputError

__all__ = ["DATASETS", "Entry", "load_dataset", "read_onestop_qa", "read_sample", "read_shipped_sample"]


@dataclass(frozen=True)
class Entry:
    """A dataset before it is read. `read` takes the `--data` folder; None: it ships with newscite."""

    name: str
    measures: str
    where: str
    read: Callable[[Path], Dataset] | None = None


_ENTRIES = (
    Entry(
        name="sample",
        measures="cited sentences, retrieval and refusing on the shipped articles, by kind of question",
        where="ships with newscite",
    ),
    Entry(
        name="onestop_qa",
        measures="sentence-level citation accuracy on Guardian articles; refusing what no article is about",
        where="https://github.com/berzak/onestop-qa; --data is the folder that holds `articles`",
        read=read_onestop_qa,
    ),
)
DATASETS = {entry.name: entry for entry in _ENTRIES}


def load_dataset(name: str, data: Path | None = None) -> Dataset:
    """Read the dataset called `name`, from the folder `data` unless it ships with newscite.

    Raises InputError on an unknown name, a missing or needless `data`, or data that isn't the dataset.
    """
    entry = DATASETS.get(name)
    if entry is None:
        raise InputError(f"there is no dataset {name!r}; there are: {', '.join(DATASETS)}")
    if entry.read is None:
        if data is not None:
            raise InputError(f"the dataset {name!r} ships with newscite and takes no --data")
        return read_shipped_sample()
    if data is None:
        raise InputError(f"the dataset {name!r} needs --data FOLDER; get it from {entry.where}")
    return entry.read(data)
