"""What can be evaluated: newscite, what a user would pick instead, and anything else behind one protocol."""

from collections.abc import Callable, Mapping
from importlib import import_module

from evals.systems.newscite import as_systems, pipelines_loaded_once
from evals.systems.protocol import Quoted, Reply, Said, System, SystemOver
from index.errors import InputError

NEWSCITE = "newscite"

PEERS: Mapping[str, tuple[str, str]] = {
    "langchain": ("langchain_recipe", "LangChain's plain recipe: text splitter, embeddings, Chroma"),
    "llamaindex": ("llamaindex_recipe", "LlamaIndex's plain recipe: sentence splitter, vectors in memory"),
    "txtai": ("txtai_recipe", "txtai's hybrid index of vectors and BM25"),
    "bm25": ("bm25", "BM25 alone, by bm25s"),
}
"""By name: what makes it in `evals.systems.peers`, and what it is."""

__all__ = ["NEWSCITE", "PEERS", "Quoted", "Reply", "Said", "System", "SystemOver", "is_remote", "load_system"]


def load_system(name: str = NEWSCITE) -> SystemOver:
    """The system called `name`, its models loaded: "newscite", one of PEERS, the address of one behind HTTP
    (`evals.systems.remote`), or "MODULE:FUNCTION", a function that gives a `SystemOver`.

    Raises InputError where there is none, or its library isn't installed.
    """
    if name == NEWSCITE:
        return as_systems(pipelines_loaded_once(remember=False))
    if is_remote(name):
        from evals.systems.remote import remote

        return remote(name)
    if name in PEERS:
        module, function = "evals.systems.peers", PEERS[name][0]
    elif ":" in name:
        module, _, function = name.partition(":")
    else:
        raise InputError(
            f"there is no system {name!r}; there are: {', '.join([NEWSCITE, *PEERS])}, an http address, or "
            "MODULE:FUNCTION for one of your own"
        )
    try:
        make: Callable[[], SystemOver] = getattr(import_module(module), function)
        return make()
    except (ImportError, AttributeError) as error:
        remedy = "pip install 'newscite[peers]'" if name in PEERS else "it has to be importable"
        raise InputError(f"the system {name!r} can't be loaded ({error}): {remedy}") from error


def is_remote(name: str) -> bool:
    """True if `name` is the address of a system that has its articles already."""
    return name.startswith(("http://", "https://"))
